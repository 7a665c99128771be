"""A ratio of monthly sums against the same months a year ago (前年同月比)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import both_ids, changes
from toolkit.measures.months import MONTHS_A_YEAR, month_end, month_start, period

if TYPE_CHECKING:
    import pandas


def year_against_year(
    fact_id: str, months: pandas.DataFrame, table: str | None = None
) -> Iterator[Fact]:
    """``<fact>_yoy`` and ``<fact>_yoy_change``: twelve months of Σ top ÷ Σ bottom against twelve.

    The figures are all there is, yet a month's bill is heavier or lighter by chance. So the
    interval comes from the months: each is set beside the same month a year ago (the season
    cancels), and the spread of the twelve differences carries it (Student, 11 degrees).

    Args:
        fact_id: the fact compared.
        months: a row per month number with columns top, bottom and n (what it rests on).
        table: the table the facts name.

    Yields:
        Two facts; unknown with ``immature`` where one of the 24 months is missing, and
        ``zero_base`` where a year's bottom is not above zero.
    """
    last = int(months.index.max()) if len(months) else 0
    year = range(last - MONTHS_A_YEAR + 1, last + 1)
    wanted = [month - MONTHS_A_YEAR for month in year] + list(year)
    ids = both_ids(fact_id, "yoy")
    if not len(months) or not set(wanted) <= set(months.index):
        yield from (unknown(one, "immature", table=table) for one in ids)
        return
    over = period(month_start(wanted[0]), month_end(last))
    now, before = months.loc[list(year)], months.loc[wanted[:MONTHS_A_YEAR]]
    if min(now["bottom"].sum(), before["bottom"].sum()) <= 0:
        yield from (unknown(one, "zero_base", table=table, period=over) for one in ids)
        return
    n = int(min(now["n"].sum(), before["n"].sum()))
    yield from _facts(now, before, Fact(id=fact_id, n=n, period=over, table=table))


def _facts(now: pandas.DataFrame, before: pandas.DataFrame, plain: Fact) -> Iterator[Fact]:
    new, old = (float(side["top"].sum() / side["bottom"].sum()) for side in (now, before))
    shift = _residuals(now, new) - _residuals(before, old)
    # Twelve equal values of the gap, each off by its month: their mean is the gap itself.
    interval = intervals.mean(new - old + MONTHS_A_YEAR * shift)
    yield from changes(plain, "yoy", (new, old), interval)


def _residuals(side: pandas.DataFrame, ratio: float) -> intervals.Floats:
    """What each month adds to the deviation of the year's ratio (linearised)."""
    made = (side["top"] - ratio * side["bottom"]) / side["bottom"].sum()
    values: intervals.Floats = made.to_numpy(float)
    return values
