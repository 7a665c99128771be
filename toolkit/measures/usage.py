"""How contracted accounts use the product: launches, the core function, minutes (利用の指標)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import Compared, gap, share
from toolkit.measures.contracts import mrr_by_account, running
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.items import largest_items
from toolkit.measures.months import (
    DAYS_A_WEEK,
    MONTHS_A_YEAR,
    coverage,
    month_end,
    month_number,
    months_before,
    period,
    period_after,
)
from toolkit.measures.paired import accounts_against_past
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

LAUNCH_DAYS = 30
ACTIVE, UNUSED = "contracts.active_account_rate", "contracts.unused_accounts_arr"
ADOPTION, EVENTS = "usage.core_adoption_share", "usage.core_events_per_week"
MINUTES, OUTPUT = "usage.minutes_per_user", "usage.value_output"
RESULT = "q.tob.value_output"
COUNTED = ("active_users", "core_events", "minutes")
TOGETHER = 2  # adoption and frequency of the core function, or launches now and a year ago


def usage_facts(s: Summaries) -> Iterator[Fact]:
    """Launch rate, adoption and frequency of the core function, minutes, and results as agreed."""
    yield _said(s)
    covered = usage_coverage(s)
    if s.contracts is None or s.contracts.empty or covered is None:
        return
    day = last_day(s, covered)
    used = use_by_account(s, s.contracts, day - timedelta(days=LAUNCH_DAYS), day)
    over = period_after(day - timedelta(days=LAUNCH_DAYS), day)
    if s.has("usage", "active_users"):
        yield from _launched(s, used, day)
        yield from accounts_against_past(
            _compared(ACTIVE, covered), "t3v9", lambda a, b: _monthly(s, a, b, "launched"), TOGETHER
        )
    if s.has("usage", "core_events"):
        yield _share(ADOPTION, used["core"], over)
        yield from accounts_against_past(
            _compared(ADOPTION, covered), "t3v9", lambda a, b: _monthly(s, a, b, "core"), TOGETHER
        )
    if s.has("usage", "core_events", "active_users"):
        yield _frequency(used, over)
        yield from accounts_against_past(
            _compared(EVENTS, covered), "t3v9", lambda a, b: _weekly_events(s, a, b), TOGETHER
        )
    if s.has("usage", "minutes", "active_users"):
        yield _minutes(used, over)


def usage_coverage(s: Summaries) -> Coverage | None:
    """Which days the records of use speak for."""
    if not s.has("usage", "account_id", "date"):
        return None
    return coverage(day_numbers(s.tables["usage"]["date"]))


def last_day(s: Summaries, covered: Coverage) -> date:
    """The day use is looked at: that of the figures, or the last one where records end sooner.

    An export that ends before the orders or contracts do is no sign of products left unused.
    """
    return s.as_of if covered.holds(s.as_of, s.as_of) else covered.last


def use_by_account(
    s: Summaries, contracts: pandas.DataFrame, after: date, upto: date
) -> pandas.DataFrame:
    """Accounts under contract on the last day, with their use later than ``after`` up to it.

    Returns:
        By account_id: launched and core (whether the product, and its core function, was used),
        core_events and minutes (sums), users (the most active users of one record). Columns the
        export lacks count as no use.
    """
    import pandas as pd

    from toolkit.measures.compare import within

    frame = s.tables["usage"]
    rows = frame[within(day_numbers(frame["date"]), after, upto)]
    counts = {name: rows[name] if name in rows else float("nan") for name in COUNTED}
    table = pd.DataFrame({"account_id": rows["account_id"], **counts}, index=rows.index)
    sums = table.astype(dict.fromkeys(COUNTED, "float64")).groupby("account_id")
    made = sums.agg(
        users=("active_users", "max"),
        core_events=("core_events", "sum"),
        minutes=("minutes", "sum"),
    )
    open_accounts = sorted(set(running(contracts, upto)["account_id"]))
    made = made.reindex(open_accounts).fillna(0.0)
    return made.assign(launched=made["users"] >= 1, core=made["core_events"] >= 1)


def _compared(fact_id: str, covered: Coverage) -> Compared:
    return Compared(fact_id=fact_id, covered=covered, table="usage")


def _share(fact_id: str, flags: pandas.Series[bool], over: tuple[str, str]) -> Fact:
    hits, n = int(flags.sum()), len(flags)
    if not n:
        return unknown(fact_id, "no_rows", period=over)
    return bounded(Fact(id=fact_id, value=hits / n, n=n, period=over), wilson(hits, n))


def _launched(s: Summaries, used: pandas.DataFrame, day: date) -> Iterator[Fact]:
    """Open accounts with an active user in the last 30 days, now and a year ago; the rest's ARR."""
    assert s.contracts is not None
    over = period_after(day - timedelta(days=LAUNCH_DAYS), day)
    now = _share(ACTIVE, used["launched"], over)
    yield now
    if not now.known:
        return
    yield _year_on_year(s, used["launched"], day)
    if s.has("contracts", "mrr"):
        idle = used.index[~used["launched"]]
        amounts = mrr_by_account(s.contracts, day).reindex(idle) * MONTHS_A_YEAR
        items, total = largest_items(amounts), float(amounts.sum())
        yield Fact(id=UNUSED, value=total, n=len(idle), period=over, items=items)


def _year_on_year(s: Summaries, flags: pandas.Series[bool], day: date) -> Fact:
    assert s.contracts is not None
    fact_id, year_ago = f"{ACTIVE}_yoy", months_before(day, MONTHS_A_YEAR)
    begun = year_ago - timedelta(days=LAUNCH_DAYS)
    old = use_by_account(s, s.contracts, begun, year_ago)["launched"]
    if not len(old) or s.tables["usage"]["date"].min().date() > begun:
        return unknown(fact_id, "immature")
    now, before = share(int(flags.sum()), len(flags)), share(int(old.sum()), len(old))
    return gap(fact_id, now, before, period(year_ago, day))


def _frequency(used: pandas.DataFrame, over: tuple[str, str]) -> Fact:
    """Uses of the core function per active account and week."""
    active = used[used["launched"]]
    if active.empty:
        return unknown(EVENTS, "zero_base", period=over)
    weekly = active["core_events"].to_numpy(float) / (LAUNCH_DAYS / DAYS_A_WEEK)
    fact = Fact(id=EVENTS, value=float(weekly.mean()), n=len(active), period=over)
    return bounded(fact, intervals.mean(weekly))


def _minutes(used: pandas.DataFrame, over: tuple[str, str]) -> Fact:
    users = float(used["users"].sum())
    if users <= 0:
        return unknown(MINUTES, "zero_base", period=over)
    active = used[used["users"] > 0]
    value = float(active["minutes"].sum()) / users
    fact = Fact(id=MINUTES, value=value, n=len(active), period=over)
    return bounded(
        fact, intervals.ratio(active["minutes"].to_numpy(float), active["users"].to_numpy(float))
    )


def _months(s: Summaries, after: date, upto: date) -> Iterator[tuple[pandas.DataFrame, float]]:
    """Use in each month between two days, with its weeks; months end on the last record's day."""
    covered = usage_coverage(s)
    assert s.contracts is not None
    assert covered is not None
    edges = _edges(covered.last)
    for start, end in zip(edges[1:], edges, strict=False):
        if after <= start and end <= upto:
            yield use_by_account(s, s.contracts, start, end), (end - start).days / DAYS_A_WEEK


def _edges(last: date) -> list[date]:
    """Ends of thirteen months, the latest first, counted back from the last record.

    Where that is the last day of its month, so are all of them: a month before 30 September is
    30 August, and a record of 31 August would fall into September.

    >>> [day.isoformat() for day in _edges(date(2026, 9, 30))[:3]]
    ['2026-09-30', '2026-08-31', '2026-07-31']
    """
    number, back = month_number(last), range(MONTHS_A_YEAR + 1)
    if last == month_end(number):
        return [month_end(number - months) for months in back]
    return [months_before(last, months) for months in back]


def _monthly(s: Summaries, after: date, upto: date, flag: str) -> pandas.DataFrame:
    """Months with use (top) and months under contract (bottom) of each account."""
    found = [used[[flag]].astype(float) for used, _ in _months(s, after, upto)]
    return _summed([frame.rename(columns={flag: "top"}).assign(bottom=1.0) for frame in found])


def _weekly_events(s: Summaries, after: date, upto: date) -> pandas.DataFrame:
    """Uses of the core function (top) and weeks in use (bottom) of each account."""
    found = [(used[used["launched"]], weeks) for used, weeks in list(_months(s, after, upto))]
    return _summed(
        [used[["core_events"]].set_axis(["top"], axis=1).assign(bottom=w) for used, w in found]
    )


def _summed(frames: list[pandas.DataFrame]) -> pandas.DataFrame:
    import pandas as pd

    made: pandas.DataFrame = pd.concat(frames).groupby(level=0).sum()
    return made


def _said(s: Summaries) -> Fact:
    """What accounts gained against what was agreed with them, as answered."""
    answer = s.answers.get((RESULT, None))
    if isinstance(answer, int | float):
        return Fact(id=OUTPUT, value=float(answer), basis="said", needs=(RESULT,))
    reason = "answered_unknown" if answer == "unknown" else "not_asked"
    return unknown(OUTPUT, reason, basis="said", needs=(RESULT,))
