"""A figure against the client's own past: sides, n, reasons, and the cell that decides."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from toolkit.facts import Fact
from toolkit.measures.compare import Compared, Stretch, against_past, deciding, within
from toolkit.measures.intervals import wilson
from toolkit.measures.months import Coverage, day_number

END = date(2026, 3, 31)
YEAR = Coverage(first=date(2025, 4, 1), last=END, silence=0)


def rates(now, before):
    """A figure that gives the first of two stretches, told apart by their length."""

    def over(after, upto):
        hits, n = now if (upto - after).days < 100 else before
        return Stretch(value=hits / n, interval=wilson(hits, n), n=n) if n else None

    return over


def test_three_months_against_nine_by_hand():
    """20 of 200 against 60 of 400: 10 % − 15 % = −5 points, a third less than before."""
    what = Compared(fact_id="a.rate", covered=YEAR, by={"step": "cart"}, table="traffic")
    gap, change = against_past(what, "t3v9", rates((20, 200), (60, 400)))
    assert gap.key == "a.rate_t3v9[step=cart]"
    assert gap.value == pytest.approx(-0.05)
    assert gap.n == 200
    assert gap.period == ("2025-04-01", "2026-03-31")
    assert gap.low95 < gap.low < -0.05 < gap.high < gap.high95
    assert change.key == "a.rate_t3v9_change[step=cart]"
    assert change.value == pytest.approx(-1 / 3)
    assert not change.sampled


@pytest.mark.parametrize(
    ("covered", "now", "before", "reasons"),
    [
        (Coverage(first=date(2025, 4, 2), last=END, silence=0), (1, 9), (1, 9), ["immature"] * 2),
        (YEAR, (0, 0), (1, 9), ["no_rows"] * 2),
        (YEAR, (1, 9), (0, 0), ["no_rows"] * 2),
        (YEAR, (1, 9), (0, 9), [None, "zero_base"]),
    ],
)
def test_what_cannot_be_compared_says_why(covered, now, before, reasons):
    what = Compared(fact_id="a.rate", covered=covered)
    found = list(against_past(what, "t3v9", rates(now, before)))
    assert [fact.reason for fact in found] == reasons


def test_year_on_year_needs_two_years():
    what = Compared(fact_id="a.rate", covered=YEAR)
    assert next(iter(against_past(what, "yoy", rates((1, 9), (1, 9))))).reason == "immature"


def test_within_takes_the_last_day_whole_and_leaves_the_first_out():
    day = day_number(END)
    days = np.array([day - 1.0, day - 0.5, day, day + 0.9, day + 1.0, np.nan])
    kept = within(days, date(2026, 3, 30), END)
    assert kept.tolist() == [False, False, True, True, False, False]


def cell(name, low95, high95, n=200):
    middle = (low95 + high95) / 2
    return Fact(
        id="a.rate_t3v9", by={"step": name}, value=middle, low=low95, high=high95,
        low95=low95, high95=high95, n=n, sampled=True,
    )  # fmt: skip


def test_the_deciding_cell_is_the_one_hardest_to_dispute():
    cells = [
        cell("cart", -0.30, 0.01),
        cell("order", -0.10, -0.04),
        cell("visit", -0.08, -0.01),
        cell("rare", -0.60, -0.50, n=99),
    ]
    found = deciding("a.rate_t3v9", cells, bad="down", min_n=100)
    assert found.key == "a.rate_t3v9"
    assert found.high95 == -0.04
    assert [item.key for item in found.items] == ["order", "visit"]
    rise = deciding("a.rate_t3v9", [cell("a", 0.01, 0.2), cell("b", 0.03, 0.1)], bad="up", min_n=1)
    assert [item.key for item in rise.items] == ["b", "a"]
    assert deciding("a.rate_t3v9", cells[3:], bad="down", min_n=100) is None
