"""What the client's own work costs for one order, by hand."""

import pytest

from toolkit.measures.own_dispatch import COST

SAID = {"q.ful.hours": 14, "q.pla.wage": 1200}
DAYS = [(month, day) for month in range(1, 13) for day in (1, 31 if month == 12 else 15)]
YEAR = "\n".join(f"ann 2025-{month:02d}-{day:02d} 100" for month, day in DAYS)


def test_hours_a_week_over_a_year_of_orders(facts, orders):
    # 14 ÷ 7 × 365 = 730 hours × ¥1,200 × 1.15 ÷ 24 orders
    fact = facts("2025-12-31", orders=orders(YEAR), answers=SAID)[COST]
    assert fact.value == pytest.approx(730 * 1200 * 1.15 / 24)
    assert (fact.n, fact.basis) == (24, "said")


@pytest.mark.parametrize(
    ("answers", "reason", "needs"),
    [
        ({}, "not_asked", ("q.ful.hours",)),
        ({"q.ful.hours": 14}, "not_asked", ("q.pla.wage",)),
        ({"q.ful.hours": 14, "q.pla.wage": "unknown"}, "answered_unknown", ("q.pla.wage",)),
    ],
)
def test_answers_that_lack(facts, orders, answers, reason, needs):
    fact = facts("2025-12-31", orders=orders(YEAR), answers=answers)[COST]
    assert (fact.reason, fact.needs) == (reason, needs)


def test_orders_that_lack(facts, orders):
    assert facts("2025-12-31", answers=SAID)[COST].reason == "no_table"
    short = facts("2025-12-31", orders=orders("a 2025-11-01 1\na 2025-12-31 1"), answers=SAID)
    assert short[COST].reason == "immature"
