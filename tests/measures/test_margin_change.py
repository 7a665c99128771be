"""The contribution margin rate of this year against last: exact, or unknown."""

import pytest

from toolkit.facts import Facts
from toolkit.measures.margin_change import CHANGE, margin_change_facts
from toolkit.measures.summaries import summarise

MONTHS = [f"{2023 + place // 12}-{place % 12 + 1:02d}" for place in range(24)]


def _orders(months):
    """Sales of 1,000 a month, on its first and its last day."""
    return [
        {"order_id": f"{month}-{day}", "customer_id": "c", "order_date": f"{month}-{day}",
         "amount": 500}
        for month in months
        for day in ("01", "28")
    ]  # fmt: skip


def _costs(cogs, **items):
    rows = []
    for place, month in enumerate(MONTHS):
        rows.append({"month": month, "item": "cogs", "amount": cogs(place)})
        rows += [
            {"month": month, "item": item, "amount": amount(place)}
            for item, amount in items.items()
            if amount(place) is not None
        ]
    return rows


def _fact(make_case, costs, months=(*MONTHS, "2025-01")):
    orders = _orders(months)
    case = make_case(orders[-1]["order_date"], orders=orders, costs=costs, run_date="2025-09-01")
    found = Facts(margin_change_facts(summarise(case)))
    return found.get(CHANGE)


def test_goods_became_dearer(make_case):
    # 30 % of sales in 2023, 34 % in 2024; fees stay at 5 %, advertising is not in the rate.
    costs = _costs(
        lambda place: 300 if place < 12 else 340,
        payment_fee=lambda _: 50,
        advertising=lambda place: 10 * place,
    )
    fact = _fact(make_case, costs)
    assert fact.value == pytest.approx(-0.04)
    assert (fact.period, fact.n, fact.sampled) == (("2023-01-01", "2024-12-31"), 12, False)


def test_an_item_of_one_year_alone_is_no_change(make_case):
    costs = _costs(lambda _: 300, logistics=lambda place: 100 if place >= 12 else None)
    assert _fact(make_case, costs).reason == "no_rows"
    every = _costs(lambda _: 300, logistics=lambda place: 100 if place >= 12 else 0)
    assert _fact(make_case, every).value == pytest.approx(-0.1)


def test_no_goods_no_rate(make_case):
    costs = [row for row in _costs(lambda _: 1, packing=lambda _: 5) if row["item"] == "packing"]
    assert _fact(make_case, costs).reason == "no_rows"


def test_a_missing_month_and_late_costs(make_case):
    costs = _costs(lambda _: 300)
    assert (
        _fact(make_case, [row for row in costs if row["month"] != "2023-05"]).reason == "immature"
    )
    assert _fact(make_case, costs[1:]).reason == "immature"
    later = (*MONTHS, *(f"2025-{month:02d}" for month in range(1, 4)))
    assert _fact(make_case, costs, later).known  # costs end in December, orders in March
    assert _fact(make_case, costs, (*later, "2025-04")).reason == "immature"


def test_nothing_to_compare(make_case, facts):
    assert _fact(make_case, [{"month": "2020-01", "item": "cogs", "amount": 1}]) is None
    assert facts("2025-01-31", orders=_orders(MONTHS))[CHANGE].reason == "no_table"
