"""Margin customers have brought so far, cohort by cohort (実績LTV), without any forecast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, unknown
from toolkit.measures.cohort_margin import Cohort, Lives, cohorts, days_of, lives
from toolkit.measures.costs import RATES
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded, mean
from toolkit.measures.months import day_number, day_of, month_end, month_start, period
from toolkit.measures.series import series
from toolkit.measures.won_customers import won_customers

if TYPE_CHECKING:
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

VALUE = "customers.ltv_margin"
NEEDS = ("orders", "costs", RATES)
MARKS = (0, 3, 6, 12, 24)
LONGEST = MARKS[-1]
COLUMNS = {"line": "text", "month": "count", "value": "yen", "customers": "count"}
COST = "cost"


def realised_value_facts(s: Summaries) -> Iterator[Fact]:
    """Margin per customer on the day of the first order and 3, 6, 12 and 24 months after it.

    Only months that the whole cohort has lived through are stated.
    """
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    found = lives(s)
    if found is None:
        yield unknown(VALUE, "no_margin", needs=NEEDS)
        return
    made = _cohorts(s, found, "value_cohorts_most")
    if not made:
        yield unknown(VALUE, "immature", needs=NEEDS)
    for cohort in made:
        yield from _of_cohort(found, cohort)


def _cohorts(s: Summaries, found: Lives, most: str) -> list[Cohort]:
    return cohorts(found, size(s, "value_cohort_customers"), size(s, most))


def _of_cohort(found: Lives, cohort: Cohort) -> Iterator[Fact]:
    sums = found.cumulated(cohort.members, min(cohort.lived, LONGEST))
    for months in MARKS:
        if months > cohort.lived:
            return
        values = sums[:, months]
        end = day_of(day_number(month_end(cohort.last)) + days_of(months))
        fact = Fact(
            id=VALUE,
            value=float(values.mean()),
            n=len(values),
            by={"cohort": cohort.label, "month": months},
            period=period(month_start(cohort.first), end),
            basis=found.margin.basis,
            needs=NEEDS,
        )
        yield bounded(fact, mean(values))


def value_series(s: Summaries) -> Iterator[Series]:
    """Cumulated margin by months since the first order, a line a cohort, and what one cost."""
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    found = lives(s)
    if found is None:
        return
    shown = int(size(s, "value_lines_most"))
    made = [one for one in _cohorts(s, found, "value_lines_most") if one.lived >= 1][-shown:]
    if made:
        yield series("value_by_cohort", COLUMNS, [*_lines(found, made), *_cost(s, found, made)])


def _lines(found: Lives, made: list[Cohort]) -> Iterator[tuple[Any, ...]]:
    for cohort in made:
        months = min(cohort.lived, LONGEST)
        means = found.cumulated(cohort.members, months).mean(axis=0)
        for month, value in enumerate(means.tolist()):
            yield cohort.label, month, value, len(cohort.members)


def _cost(s: Summaries, found: Lives, made: list[Cohort]) -> Iterator[tuple[Any, ...]]:
    """Advertising per new customer as a level line, as far as the longest cohort goes."""
    won = won_customers(s, found)
    if won is None or won.cpo is None:
        return
    for month in range(min(max(cohort.lived for cohort in made), LONGEST) + 1):
        yield COST, month, won.cpo, len(won.members)
