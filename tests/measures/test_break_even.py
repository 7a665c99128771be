"""The sales at which the margin pays the other costs, by hand."""

import pytest

from toolkit.measures.break_even import RATIO, SALES

MONTHS = ("2025-01", "2025-02", "2025-03")


def _orders():
    """A sale of 1,000 a month."""
    days = [f"{month}-{day}" for month in MONTHS for day in ("01", "15")] + ["2025-03-31"]
    rest = {"2025-03-15": 250, "2025-03-31": 250}
    return [
        {"order_id": d, "customer_id": "ann", "order_date": d, "amount": rest.get(d, 500)}
        for d in days
    ]


def _costs(**items):
    return [
        {"month": month, "item": item, "amount": amount}
        for month in MONTHS
        for item, amount in items.items()
    ]


def test_fixed_costs_by_the_margin(facts):
    costs = _costs(cogs=300, logistics=100, personnel=200, advertising=100)
    found = facts("2025-03-31", orders=_orders(), costs=costs)
    assert found.value(SALES) == pytest.approx(300 / 0.6)
    assert found.value(RATIO) == pytest.approx(0.5)
    assert (found[SALES].n, found[SALES].period) == (3, ("2025-01-01", "2025-03-31"))


def test_without_personnel_the_level_would_flatter(facts):
    costs = _costs(cogs=300, advertising=100)
    found = facts("2025-03-31", orders=_orders(), costs=costs)
    assert {found[one].reason for one in (SALES, RATIO)} == {"no_rows"}


def test_without_a_margin_there_is_no_such_level(facts):
    costs = _costs(cogs=1100, personnel=100)
    found = facts("2025-03-31", orders=_orders(), costs=costs)
    assert {found[one].reason for one in (SALES, RATIO)} == {"no_margin"}


def test_no_costs(facts):
    found = facts("2025-03-31", orders=_orders())
    assert {found[one].reason for one in (SALES, RATIO)} == {"no_table"}
