"""The value of a figure in the same month a year ago (前年同月)."""

from __future__ import annotations

from datetime import date
from typing import Literal

from toolkit.diagnosis.changes.month import Month
from toolkit.facts import Fact, Facts, Value

A_YEAR = range(350, 381)
"""Days of a period that is called a year."""

YEAR, YEAR_BEFORE = "_12m", "_before_12m"

By = Literal["kept", "yoy"]


def year_ago(key: str, now: Facts, kept: Month | None) -> tuple[Value, By | None]:
    """A figure a year ago and where it is from; (None, None) where nothing tells.

    The month kept a year ago tells what was printed then. Else this month's own figures do: the
    one of the twelve months before, or the year-on-year test, if the figure is of one year or of
    one day: its value less the difference.
    """
    then = kept.facts.get(key) if kept is not None else None
    if then is not None and then.number is not None:
        return then.value, "kept"
    fact = now.get(key)
    found = _before(fact, now) if fact is not None else None
    return (None, None) if found is None else (found, "yoy")


def _before(fact: Fact, facts: Facts) -> float | None:
    if fact.id.endswith(YEAR):
        own = facts.find(f"{fact.id.removesuffix(YEAR)}{YEAR_BEFORE}", fact.by)
        if own.number is not None:
            return own.number
    test = facts.find(f"{fact.id}_yoy", fact.by)
    value, difference = fact.number, test.number
    if value is None or difference is None or not _of_a_year(fact, test):
        return None
    if test.unit != ("points" if fact.unit == "share" else fact.unit):
        return None
    return value - difference


def _of_a_year(fact: Fact, test: Fact) -> bool:
    """Whether the figure's period is a year or a day, and ends where that of its test does."""
    if fact.period is None or test.period is None or fact.period[1] != test.period[1]:
        return False
    start, end = (date.fromisoformat(day).toordinal() for day in fact.period)
    return start == end or end - start + 1 in A_YEAR
