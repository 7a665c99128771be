"""Second orders within a window (F2転換率), and the latest cohorts against the earlier ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import Interval, bounded, difference, wilson
from toolkit.measures.months import day_number, month_end, month_number, month_start, period
from toolkit.measures.named_tests import BEFORE_COHORTS, LATEST_COHORTS
from toolkit.measures.orders import in_sequence, order_coverage, order_period

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries

WINDOWS = (90, 180, 365)
LONG_HISTORY_MONTHS = 12


def second_order_facts(s: Summaries) -> Iterator[Fact]:
    """Conversion by window, of the latest three mature cohorts, and against the twelve before."""
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    sequence = in_sequence(s.orders)
    for window in WINDOWS:
        yield _conversion(s, s.customers, window)
        yield from _latest(s, sequence, window)


def _conversion(s: Summaries, customers: pandas.DataFrame, window: int) -> Fact:
    by, over = {"window_days": window}, order_period(s)
    first = customers["first_day"] // 1
    mature = customers[day_number(s.as_of) - first >= window]
    n = len(mature)
    if not n:
        return unknown("customers.f2_conversion", "immature", by=by)
    hits = int((mature["second_day"] // 1 - mature["first_day"] // 1 <= window).sum())
    fact = Fact(id="customers.f2_conversion", value=hits / n, n=n, by=by, period=over)
    return bounded(fact, wilson(hits, n))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cohorts:
    """New customers of some months and how many of them came again within the window."""

    hits: int
    n: int
    months: tuple[int, int]

    @property
    def rate(self) -> float:
        return self.hits / self.n

    @property
    def interval(self) -> Interval | None:
        return wilson(self.hits, self.n)


def _latest(s: Summaries, sequence: pandas.DataFrame, window: int) -> Iterator[Fact]:
    by = {"window_days": window}
    covered = order_coverage(s)
    assert covered is not None
    newest = _newest_mature(covered.last, window)
    first = month_number(covered.first)
    if newest - LATEST_COHORTS + 1 < first:
        yield unknown("customers.f2_conversion_t3", "immature", by=by)
        yield unknown("customers.f2_conversion_t3v12", "immature", by=by)
        return
    entries = _entries(sequence, window)
    plain = entries[entries["month_before"].isna()]
    latest = _pooled(plain, newest - LATEST_COHORTS + 1, newest)
    yield _of_latest(latest, by)
    yield _against_before(entries, latest, first, by)


def _newest_mature(last: date, window: int) -> int:
    """The newest month whose whole window had passed on the last day covered."""
    number = month_number(last)
    while day_number(month_end(number)) + window > day_number(last):
        number -= 1
    return number


def _entries(sequence: pandas.DataFrame, window: int) -> pandas.DataFrame:
    """Each order with whether the customer's next one came within the window."""
    following = sequence.groupby("customer_id", sort=False)["day_no"].shift(-1)
    again = following // 1 - sequence["day_no"] // 1 <= window
    return sequence[["customer_id", "month_no", "month_before"]].assign(again=again)


def _pooled(entries: pandas.DataFrame, first: int, last: int) -> _Cohorts:
    chosen = entries[entries["month_no"].between(first, last)]
    return _Cohorts(hits=int(chosen["again"].sum()), n=len(chosen), months=(first, last))


def _of_latest(latest: _Cohorts, by: dict[str, int]) -> Fact:
    if not latest.n:
        return unknown("customers.f2_conversion_t3", "no_rows", by=by)
    fact = Fact(
        id="customers.f2_conversion_t3",
        value=latest.rate,
        n=latest.n,
        by=by,
        period=period(month_start(latest.months[0]), month_end(latest.months[1])),
    )
    return bounded(fact, latest.interval)


def _against_before(
    entries: pandas.DataFrame, latest: _Cohorts, first: int, by: dict[str, int]
) -> Fact:
    fact_id = "customers.f2_conversion_t3v12"
    start, end = latest.months[0] - BEFORE_COHORTS, latest.months[0] - 1
    if start < first:
        return unknown(fact_id, "immature", by=by)
    plain = entries[entries["month_before"].isna()]
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
    return bounded(fact, _with_short_history(found, entries, latest, start - first))


def _with_short_history(
    found: Interval | None, entries: pandas.DataFrame, latest: _Cohorts, history: int
) -> Interval | None:
    """The interval widened until it also holds if the export starts in mid-business.

    An export of the last two years takes old regulars for new customers in its first months,
    whose high rates would look like a fall later. With less than a year of history before the
    cohorts compared, the same difference is taken with one look-back for all cohorts (new = no
    order in the months of history), and the interval spans both.
    """
    if found is None or history >= LONG_HISTORY_MONTHS:
        return found
    months = entries["month_no"] - entries["month_before"]
    equal = entries[months.isna() | (months > history)]
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
