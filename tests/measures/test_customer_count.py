"""The three-step count: orders per key, never rows; young cohorts out; few customers unknown."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from toolkit.errors import InputError
from toolkit.measures.customer_count import CLASSES, customer_count
from toolkit.measures.summaries import summarise


@pytest.fixture
def counted(make_case):
    def run(rows, as_of="2025-12-31", **columns):
        frame = pd.DataFrame(rows).assign(**columns)
        return customer_count(summarise(make_case(as_of, orders=frame)))

    return run


def _order(customer, day, *, number, rows=1, amount=100.0, product="茶"):
    return [
        {
            "order_id": number,
            "line_no": str(line),
            "customer_id": customer,
            "order_date": day,
            "amount": amount / rows,
            "product": product,
        }
        for line in range(rows)
    ]


def _shop():
    """a: one order of three rows; b: two orders of one row; c: one row; a guest."""
    return [
        *_order("a", "2025-01-05", number="o1", rows=3, amount=300.0),
        *_order("b", "2025-01-06", number="o2"),
        *_order("b", "2025-02-15", number="o3"),
        *_order("c", "2025-03-01", number="o4", amount=500.0),
        *_order(None, "2025-03-02", number="o5"),
    ]


def test_counting_rows_is_not_counting_orders(counted):
    found = counted(_shop())
    table = found.customers.set_index("customer_id")
    assert table["orders"].to_dict() == {"b": 2, "c": 1, "a": 1}
    assert table["rows"].to_dict() == {"b": 2, "c": 1, "a": 3}
    assert list(table.index) == ["b", "c", "a"]  # most orders first, then the larger amount
    once, twice, thrice = found.classes[:3]
    assert (once.customers, twice.customers, thrice.customers) == (2, 1, 0)
    assert (once.by_rows, twice.by_rows, thrice.by_rows) == (1, 1, 1)
    assert found.moved == 1
    assert found.fact("count.moved_customers").value == 1
    assert found.fact("count.rows").value == 7
    assert found.fact("customers.orders").value == 5
    assert found.fact("count.guest_orders").value == 1
    assert found.fact("customers.count").value == 3


def test_classes_hold_every_customer_order_and_yen_once(counted):
    rng = np.random.default_rng(2)
    rows = []
    for customer in range(60):
        for number in range(int(rng.integers(1, 14))):
            day = date(2025, 1, 1).toordinal() + int(rng.integers(0, 300))
            rows += _order(
                f"c{customer}",
                date.fromordinal(day).isoformat(),
                number=f"{customer}-{number}",
                rows=int(rng.integers(1, 4)),
                amount=600.0,
            )
    found = counted(rows)
    table = found.customers
    assert sum(one.customers for one in found.classes) == len(table) == 60
    assert sum(one.by_rows for one in found.classes) == 60
    assert sum(one.orders for one in found.classes) == table["orders"].sum()
    assert sum(one.amount for one in found.classes) == pytest.approx(table["amount"].sum())
    for one in found.classes:
        top = one.high or 10**9
        assert one.customers == table["orders"].between(one.low, top).sum()
        assert one.by_rows == table["rows"].between(one.low, top).sum()
    assert table["orders"].is_monotonic_decreasing
    assert [one.low for one in found.classes] == list(CLASSES)
    assert [one.high for one in found.classes] == [1, 2, 3, 4, 5, 9, None]


def test_cancelled_orders_and_repeated_totals_are_not_counted(counted):
    rows = [
        *_order("a", "2025-01-05", number="o1"),
        *_order("a", "2025-01-05", number="o1"),
        *_order("a", "2025-02-05", number="o2"),
    ]
    found = counted(rows, _cancelled=[False, False, True], _repeated=[False, True, False])
    (one,) = found.customers.itertuples(index=False)
    assert (one.orders, one.rows, one.amount) == (1, 2, 100)


def test_a_month_is_told_only_when_its_last_new_customer_has_had_the_window(counted):
    rows = [
        *_order("a", "2025-01-31", number="o1"),
        *_order("a", "2025-05-01", number="o2"),  # 90 days
        *_order("b", "2025-01-01", number="o3"),
        *_order("b", "2025-04-02", number="o4"),  # 91 days
    ]
    cohort = counted(rows, as_of="2025-05-01").cohorts[0]
    assert (cohort.label, cohort.customers) == ("2025-01", 2)
    assert cohort.again == {90: 1, 180: None, 365: None}
    assert counted(rows, as_of="2025-04-30").cohorts[0].again[90] is None
    assert counted(rows, as_of="2025-07-30").cohorts[0].again[180] == 2


def test_f2_and_shares_are_those_of_the_diagnosis(counted, facts):
    rows = _shop()
    found, known = counted(rows), facts("2025-12-31", orders=pd.DataFrame(rows))
    ids = {"customers.top_decile_sales_share", "customers.repeat_rate", "customers.net_sales"}
    keys = [*ids, *(f"customers.f2_conversion[window_days={w}]" for w in (90, 180, 365))]
    for key in keys:
        one, other = found.fact(key), known[key]
        assert (one.value, one.n, one.period, one.state, one.unit, one.reason) == (
            other.value,
            other.n,
            other.period,
            other.state,
            other.unit,
            other.reason,
        )


def test_days_between_first_and_second_order(counted):
    fact = counted(_shop()).fact("count.second_order_days_median")
    assert (fact.value, fact.n, fact.unit) == (40, 1, "days")
    alone = counted(_order("a", "2025-01-05", number="o1"))
    assert alone.fact("count.second_order_days_median").reason == "no_rows"


def _beginners(product, people, again, start):
    rows = []
    for person in range(people):
        key = f"{product}{person}"
        rows += _order(key, start, number=f"{key}-1", product=product)
        if person < again:
            rows += _order(key, "2025-03-01", number=f"{key}-2", product="別")
    return rows


def test_first_products_with_few_customers_have_no_rate(counted):
    rows = [
        *_beginners("米", 30, 12, "2025-01-10"),
        *_beginners("酒", 29, 20, "2025-01-10"),
        *_beginners("茶", 31, 0, "2025-12-01"),
    ]
    found = {one.product: one for one in counted(rows).first_products}
    assert list(found) == ["茶", "米", "酒"]
    rice, sake, tea = found["米"], found["酒"], found["茶"]
    assert (rice.customers, rice.mature, rice.again, rice.rate) == (30, 30, 12, 0.4)
    assert (sake.mature, sake.again, sake.rate) == (29, 20, None)
    assert (tea.customers, tea.mature, tea.rate) == (31, 0, None)  # window still open


def test_an_order_of_two_products_counts_for_each_once(counted):
    rows = _order("a", "2025-01-05", number="o1", rows=3)
    rows[1]["product"] = "米"
    found = {one.product: one.customers for one in counted(rows).first_products}
    assert found == {"茶": 1, "米": 1}
    crossed_out = counted(rows, _cancelled=[False, True, False]).first_products
    assert [one.product for one in crossed_out] == ["茶"]
    bare = [{k: v for k, v in row.items() if k != "product"} for row in rows]
    assert counted(bare).first_products == ()


def test_what_cannot_be_counted_is_refused(make_case, counted):
    with pytest.raises(InputError) as none:
        customer_count(summarise(make_case("2025-12-31")))
    assert none.value.problems[0].code == "count_no_orders"
    with pytest.raises(InputError) as guests:
        counted(_order(None, "2025-01-05", number="o1"))
    assert guests.value.problems[0].code == "count_no_customers"
