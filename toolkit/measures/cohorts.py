"""Shares of monthly cohorts: the latest three that are mature, and against the twelve before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import Interval, bounded, difference, wilson
from toolkit.measures.months import day_number, month_end, month_number, month_start, period
from toolkit.measures.named_tests import BEFORE_COHORTS, LATEST_COHORTS

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.months import Coverage

LONG_HISTORY_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Entries:
    """Those who entered a cohort, and whether each went on within the window.

    ``frame``: a row per entry with ``month_no``, ``again`` (true or false), and
    ``month_before``, the month of an earlier order of the same customer (NaN where none is
    known: only these entries are counted as new).
    ``window``: days after which an entry is mature; ``covered``: what the orders speak for.
    """

    fact_id: str
    frame: pandas.DataFrame
    window: int
    covered: Coverage
    by: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pooled:
    """Cohorts of some months taken together."""

    hits: int
    n: int
    months: tuple[int, int]

    @property
    def rate(self) -> float:
        return self.hits / self.n

    @property
    def interval(self) -> Interval | None:
        return wilson(self.hits, self.n)


def latest_cohorts(entries: Entries) -> Iterator[Fact]:
    """``<fact>_t3``, the latest three mature cohorts, and ``_t3v12``, against the twelve before.

    Yields:
        Two facts; unknown with reason ``immature`` where the orders do not reach back, and
        ``no_rows`` where nobody entered. ``n`` of the difference is that of the smaller side.
    """
    newest = newest_mature(entries.covered.last, entries.window)
    first = month_number(entries.covered.first)
    if newest - LATEST_COHORTS + 1 < first:
        for test in ("t3", "t3v12"):
            yield unknown(f"{entries.fact_id}_{test}", "immature", by=entries.by)
        return
    plain = entries.frame[entries.frame["month_before"].isna()]
    latest = _pooled(plain, newest - LATEST_COHORTS + 1, newest)
    yield _of_latest(latest, entries)
    yield _against_before(entries, latest, first)


def newest_mature(last: date, window: int) -> int:
    """The newest month whose whole window had passed on the last day covered."""
    number = month_number(last)
    while day_number(month_end(number)) + window > day_number(last):
        number -= 1
    return number


def _pooled(frame: pandas.DataFrame, first: int, last: int) -> _Pooled:
    chosen = frame[frame["month_no"].between(first, last)]
    return _Pooled(hits=int(chosen["again"].sum()), n=len(chosen), months=(first, last))


def _of_latest(latest: _Pooled, entries: Entries) -> Fact:
    fact_id = f"{entries.fact_id}_t3"
    if not latest.n:
        return unknown(fact_id, "no_rows", by=entries.by)
    fact = Fact(
        id=fact_id,
        value=latest.rate,
        n=latest.n,
        by=entries.by,
        period=period(month_start(latest.months[0]), month_end(latest.months[1])),
    )
    return bounded(fact, latest.interval)


def _against_before(entries: Entries, latest: _Pooled, first: int) -> Fact:
    fact_id, by = f"{entries.fact_id}_t3v12", entries.by
    start, end = latest.months[0] - BEFORE_COHORTS, latest.months[0] - 1
    if start < first:
        return unknown(fact_id, "immature", by=by)
    plain = entries.frame[entries.frame["month_before"].isna()]
    before = _pooled(plain, start, end)
    if not (latest.n and before.n):
        return unknown(fact_id, "no_rows", by=by)
    fact = Fact(
        id=fact_id,
        value=latest.rate - before.rate,
        n=min(latest.n, before.n),
        by=by,
        period=period(month_start(start), month_end(latest.months[1])),
    )
    found = difference(latest.rate, latest.interval, before.rate, before.interval)
    return bounded(fact, _with_short_history(found, entries.frame, latest, start - first))


def _with_short_history(
    found: Interval | None, frame: pandas.DataFrame, latest: _Pooled, history: int
) -> Interval | None:
    """The interval widened until it also holds if the export starts in mid-business.

    An export of the last two years takes old regulars for new customers in its first months,
    whose high rates would look like a fall later. With less than a year of history before the
    cohorts compared, the same difference is taken with one look-back for all cohorts (new = no
    order in the months of history), and the interval spans both.
    """
    if found is None or history >= LONG_HISTORY_MONTHS:
        return found
    months = frame["month_no"] - frame["month_before"]
    equal = frame[months.isna() | (months > history)]
    start, (newer, newest) = latest.months[0] - BEFORE_COHORTS, latest.months
    late, early = _pooled(equal, newer, newest), _pooled(equal, start, newer - 1)
    other = difference(late.rate, late.interval, early.rate, early.interval)
    assert other is not None  # at least the customers of the plain comparison
    return Interval(
        low=min(found.low, other.low),
        high=max(found.high, other.high),
        low95=min(found.low95, other.low95),
        high95=max(found.high95, other.high95),
    )
