"""Hours that go into work done again (手戻りの時間), from logs that tell when work began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import within
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    coverage,
    months_before,
    period_after,
)
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

HOURS = "work.rework_hours"
HOURS_A_DAY = 24


def rework_hour_facts(s: Summaries) -> Iterator[Fact]:
    """Hours a month, over the last twelve, of activities done again within their case.

    Work begun on one day and ended on another lay over in between, nobody knows how long; the
    same holds where both bear one time. It counts as the median of the activity's timed work
    within a day, and an activity without any is left out.
    """
    if s.log is None or not s.has("events", "start"):
        return
    work = _timed(s.tables["events"])
    covered = coverage(work["end"].to_numpy(float))
    assert covered is not None  # a log has events
    start = months_before(covered.last, MONTHS_A_YEAR)
    over = period_after(start, covered.last)
    if not covered.holds(start + timedelta(days=1), covered.last):
        yield unknown(HOURS, "immature", period=over)
        return
    recent = within(work["end"].to_numpy(float), start, covered.last)
    again = work[recent & work["again"].to_numpy(bool)]
    hours = again["hours"].dropna()
    if len(again) and hours.empty:
        yield unknown(HOURS, "no_rows", period=over)
        return
    yield Fact(id=HOURS, value=float(hours.sum()) / MONTHS_A_YEAR, n=len(hours), period=over)


def _timed(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Events in their order: day of their end, whether done again, and hours of work."""
    begun, end = day_numbers(frame["start"]), day_numbers(frame["timestamp"])
    columns = ["case_id", "activity", "_file", "_row"]
    work = frame[columns].assign(end=end, took=(end - begun) * HOURS_A_DAY)
    work["took"] = work["took"].where((begun // 1 == end // 1) & (work["took"] > 0))
    work = work.sort_values(["case_id", "end", "_file", "_row"], kind="stable")
    usual = work.groupby("activity")["took"].transform("median")
    made: pandas.DataFrame = work.assign(
        again=work.groupby(["case_id", "activity"]).cumcount() > 0,
        hours=work["took"].fillna(usual),
    )
    return made
