"""Who came by advertising: from the customer list, the advertising reports, or visits."""

from datetime import date, timedelta

import pytest

PAID, YEAR = "acquisition.paid_share", "acquisition.paid_share_yoy"
UPPER = "acquisition.paid_share_change_upper"


def customers_by_day(start, days, labels):
    """A new customer a day, and the customer list with the sources in turn."""
    first = date.fromisoformat(start)
    dates = [(first + timedelta(days=number)).isoformat() for number in range(days)]
    orders = [
        {"order_id": f"o{i}{start}", "customer_id": f"c{i}{start}", "order_date": day, "amount": 1}
        for i, day in enumerate(dates)
    ]
    listed = [
        {"customer_id": row["customer_id"], "channel": labels[i % len(labels)]}
        for i, row in enumerate(orders)
    ]
    return orders, listed


def spend(months, **channels):
    return [
        {"month": month, "channel": name, "amount": 1000, "new_customers": count}
        for month in months
        for name, count in channels.items()
    ]


def test_the_customer_list_comes_first(facts):
    """Of ten, six by paid search, three unpaid, one not known: 6 ÷ 9."""
    labels = ["Ｓｅａｒｃｈ Ads"] * 6 + ["紹介"] * 3 + [None]
    orders, listed = customers_by_day("2025-01-01", 50, labels)
    claims = spend(["2025-01"], **{"search ads": 40, "tv": 0})
    found = facts("2025-02-28", orders=orders, customers=listed, ad_spend=claims)
    fact = found[PAID]
    assert (fact.value, fact.n, fact.table) == (pytest.approx(30 / 45), 45, "customers")
    assert fact.low95 < fact.low < fact.value < fact.high < fact.high95
    assert found[YEAR].reason == "immature"
    assert found[UPPER].reason == "immature"


def test_a_list_that_writes_a_channel_otherwise_is_not_used(facts):
    """Two claims of 10 and 5 in January, 31 new customers: 15 ÷ 31."""
    orders, listed = customers_by_day("2025-01-01", 59, ["search", "other"])
    claims = spend(["2025-01"], search=10, social=5)
    fact = facts("2025-02-28", orders=orders, customers=listed, ad_spend=claims)[PAID]
    assert (fact.value, fact.n, fact.table) == (pytest.approx(15 / 31), 31, "ad_spend")


def test_reports_that_claim_more_than_there_are(facts):
    orders, _ = customers_by_day("2025-01-01", 59, [None])
    found = facts("2025-02-28", orders=orders, ad_spend=spend(["2025-01"], search=32))
    assert found[PAID].reason == "beyond_whole"
    assert found[UPPER].reason == "beyond_whole"


def test_the_channel_of_the_first_order_stands_in_for_the_list(facts):
    orders, _ = customers_by_day("2025-01-01", 40, [None])
    orders = [{**row, "channel": "lp-a" if i % 4 else "top"} for i, row in enumerate(orders)]
    found = facts("2025-02-28", orders=orders, ad_spend=spend(["2025-01"], **{"LP-A": 20}))
    assert (found.value(PAID), found[PAID].table) == (0.75, "orders")


def test_orders_of_paid_visits_come_last(facts):
    rows = [
        {"date": f"2025-01-{day:02d}", "sessions": 100, "paid": paid, "orders": count}
        for day in (6, 13)
        for paid, count in ((True, 30), (False, 20), (None, 99))
    ]
    fact = facts("2025-01-31", traffic=rows)[PAID]
    assert (fact.value, fact.n, fact.table) == (0.6, 100, "traffic")


def test_year_on_year_and_the_most_it_can_have_changed(facts):
    """Half of the customers of the first year came by advertising, a quarter of the second."""
    first, one = customers_by_day("2023-04-01", 366, ["ads", "none"])
    second, two = customers_by_day("2024-04-01", 365, ["ads", "none", "none", "none"])
    claims = spend(["2024-04"], ads=5)
    found = facts("2025-03-31", orders=first + second, customers=one + two, ad_spend=claims)
    assert found.value(YEAR) == pytest.approx(92 / 365 - 0.5)
    assert found[UPPER].value == found[YEAR].high95
    assert found[UPPER].value < 0
    assert found[UPPER].low is None


def test_why_there_is_no_share(facts):
    nothing = facts("2025-03-31")
    assert (nothing[PAID].reason, nothing[PAID].needs) == ("no_table", ("ad_spend",))
    visits = [{"date": "2025-01-06", "sessions": 10, "orders": 1}]
    assert facts("2025-03-31", traffic=visits)[PAID].reason == "no_column"
    alone = facts("2025-03-31", ad_spend=spend(["2025-01"], ads=5))
    assert (alone[PAID].reason, alone[PAID].needs) == ("no_table", ("orders",))
