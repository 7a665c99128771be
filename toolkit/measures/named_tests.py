"""The named tests of the rules: how many cohorts, months and years are set against each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.measures.months import MONTHS_A_YEAR, months_before

LATEST_COHORTS, BEFORE_COHORTS = 3, 12
LATEST_MONTHS, BEFORE_MONTHS = 3, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Two stretches of time side by side; each begins the day after ``…_after``."""

    now_after: date
    now_upto: date
    before_after: date
    before_upto: date


def year_on_year(end: date) -> Sides:
    """YOY: the twelve months up to ``end`` against the twelve before.

    >>> year_on_year(date(2026, 3, 31)).before_after
    datetime.date(2024, 3, 31)
    """
    return _sides(end, MONTHS_A_YEAR, MONTHS_A_YEAR)


def three_against_nine(end: date) -> Sides:
    """T3v9: the three months up to ``end`` against the nine before."""
    return _sides(end, LATEST_MONTHS, BEFORE_MONTHS)


def _sides(end: date, latest: int, before: int) -> Sides:
    turn = months_before(end, latest)
    return Sides(
        now_after=turn,
        now_upto=end,
        before_after=months_before(end, latest + before),
        before_upto=turn,
    )
