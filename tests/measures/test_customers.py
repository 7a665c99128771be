"""Facts of customers on orders small enough to work out by hand."""

import pytest

SHOP = """
    ann 2025-01-10 100
    ann 2025-01-20 200
    ann 2025-02-09 300
    bob 2025-01-15 400
    bob 2025-03-16 -50
    cat 2025-02-01 50
    -   2025-02-20 1000
"""


@pytest.fixture(scope="module")
def shop(facts, orders):
    return facts("2025-03-31", orders=orders(SHOP))


@pytest.mark.parametrize(
    ("key", "value", "n"),
    [
        ("customers.count", 3, 3),
        ("customers.orders", 7, 7),
        ("customers.net_sales", 2000.0, 7),
        ("customers.aov", 2000 / 7, 7),
        ("customers.orders_per_customer", 2.0, 3),
        ("customers.repeat_rate", 2 / 3, 3),
        # gaps: ann 10 and 20 days, bob 60
        ("customers.purchase_interval_median_days", 20.0, 3),
        # ann 600, bob 350, cat 50: the top tenth and the top fifth of three are one customer
        ("customers.top_decile_sales_share", 0.6, 3),
        ("customers.top_quintile_sales_share", 0.6, 3),
        # (−2·50 + 0·350 + 2·600) ÷ (3 · 1000)
        ("customers.sales_gini", 1100 / 3000, 3),
        ("acquisition.new_customers", 3, 3),
        ("customers.cohort_active[cohort=2025-01,month=0]", 2, 2),
        ("customers.cohort_active[cohort=2025-01,month=1]", 1, 2),
        ("customers.cohort_active[cohort=2025-01,month=2]", 1, 2),
        ("customers.cohort_active[cohort=2025-02,month=0]", 1, 1),
        ("customers.cohort_active[cohort=2025-02,month=1]", 0, 1),
    ],
)
def test_by_hand(shop, key, value, n):
    assert shop[key].value == pytest.approx(value)
    assert shop[key].n == n


def test_facts_say_where_they_come_from(shop):
    fact = shop["customers.repeat_rate"]
    assert (fact.unit, fact.table, fact.rows_total, fact.sampled) == ("share", "orders", 7, True)
    assert fact.period == ("2025-01-10", "2025-03-31")
    assert fact.low95 < fact.low < fact.value < fact.high < fact.high95
    assert shop["customers.orders"].low is None


def test_cancelled_orders_are_in_no_figure(facts, orders):
    rows = orders("ann 2025-01-10 100\n ann 2025-02-01 70\n bob 2025-01-12 900")
    rows[1]["_cancelled"] = rows[2]["_cancelled"] = True
    rows[0]["_cancelled"] = False
    found = facts("2025-03-01", orders=rows)
    assert found.value("customers.count") == 1
    assert found.value("customers.orders") == 1
    assert found.value("customers.net_sales") == 100.0


def test_one_customer_has_no_shares(facts, orders):
    """Of one, a share is all or nothing: it is not known, and why."""
    found = facts("2025-03-01", orders=orders("ann 2025-01-10 100\n ann 2025-02-01 70"))
    shares = [fact for fact in found.values() if fact.sampled and fact.unit in ("share", "index")]
    assert found.value("customers.orders_per_customer") == 2.0
    assert [fact.key for fact in shares if fact.known] == []
    for name in ("repeat_rate", "top_decile_sales_share", "sales_gini"):
        fact = found[f"customers.{name}"]
        assert (fact.state, fact.reason, fact.n, fact.low) == ("unknown", "small_n", 1, None)


def test_lines_are_one_order_and_a_repeated_total_counts_once(facts, orders):
    rows = orders("ann 2025-01-10 100\n ann 2025-01-10 100\n ann 2025-01-10 30")
    rows[1]["order_id"] = rows[0]["order_id"]
    for row, repeated in zip(rows, (False, True, False), strict=True):
        row["_repeated"] = repeated
    found = facts("2025-03-01", orders=rows)
    assert found.value("customers.orders") == 2
    assert found.value("customers.net_sales") == 130.0


def test_amounts_of_lines_are_summed_per_order(facts, orders):
    rows = orders("ann 2025-01-10 100\n ann 2025-01-10 40\n bob 2025-01-11 60")
    rows[1]["order_id"] = rows[0]["order_id"]
    found = facts("2025-03-01", orders=rows)
    assert found.value("customers.aov") == 100.0
    assert found.value("customers.repeat_rate") == 0.0


def test_elapsed_time_where_orders_carry_a_time(facts, orders):
    rows = orders("ann 2025-01-10T18:00 100\n ann 2025-01-12T06:00 100")
    found = facts("2025-01-12", orders=rows)
    assert found.value("customers.purchase_interval_median_days") == 1.5


def test_calendar_days_where_orders_carry_none(facts, orders):
    found = facts("2025-01-12", orders=orders("ann 2025-01-10 100\n ann 2025-01-12 100"))
    assert found.value("customers.purchase_interval_median_days") == 2.0


@pytest.mark.parametrize(("as_of", "rate"), [("2025-02-20", 0.0), ("2025-02-21", 1.0)])
def test_dormant_only_past_twice_the_interval(facts, orders, as_of, rate):
    days = ("2025-01-11", "2025-01-21", "2025-01-31")
    rows = orders("\n".join(f"{who} {day} 1" for who in ("ann", "bob") for day in days))
    assert facts(as_of, orders=rows).value("customers.dormant_rate") == rate


def test_sales_of_twelve_months(facts, orders):
    rows = orders("ann 2024-01-31 1\n ann 2024-03-31 10\n ann 2024-04-01 100\n bob 2025-03-31 1000")
    fact = facts("2025-03-31", orders=rows)["customers.sales_12m"]
    assert fact.value == 1100.0
    assert fact.period == ("2024-04-01", "2025-03-31")


def test_twelve_months_are_not_stated_from_six(facts, orders):
    days = "\n".join(
        f"ann 2025-{month:02d}-{day:02d} 10" for month in range(1, 7) for day in (1, 15)
    )
    found = facts("2025-06-15", orders=orders(days))
    assert found["customers.sales_12m"].reason == "immature"
    assert found["acquisition.new_customers_12m"].reason == "immature"


def test_new_customers_of_twelve_months(facts, orders):
    rows = orders("ann 2024-01-31 1\n bob 2024-04-01 1\n ann 2024-06-01 1\n cat 2025-03-31 1")
    assert facts("2025-03-31", orders=rows).value("acquisition.new_customers_12m") == 2


def test_shares_of_nothing_are_unknown(facts, orders):
    found = facts("2025-02-01", orders=orders("ann 2025-01-10 100\n bob 2025-01-12 -100"))
    for name in ("top_decile_sales_share", "top_quintile_sales_share", "sales_gini"):
        assert found[f"customers.{name}"].reason == "zero_base"


def test_guests_alone_are_sales_without_customers(facts, orders):
    found = facts("2025-02-01", orders=orders("- 2025-01-10 100\n - 2025-01-12 50"))
    assert found.value("customers.net_sales") == 150.0
    assert found["customers.count"].reason == "no_rows"
