"""How long past due the open balance is, today and a year ago (期日経過の内訳)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import Stretch, gap
from toolkit.measures.intervals import share_of_sum
from toolkit.measures.items import largest_items
from toolkit.measures.months import period
from toolkit.measures.owed import owed_on, payments_known, two_states
from toolkit.measures.series import series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Interval
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

AGEING, RATE = "receivables.ageing", "receivables.overdue_rate"
LONG, LONG_YOY = "receivables.overdue_90d_share", "receivables.overdue_90d_share_yoy"
# Days past due up to which an invoice lies in a bucket; "no_due" has no day to be late by.
BUCKETS = {"not_due": 0, "0-30": 30, "31-60": 60, "61-90": 90}
LONGEST, NO_DUE = "90+", "no_due"


def ageing_facts(s: Summaries) -> Iterator[Fact]:
    """The open balance by bucket, the overdue part, and the part long overdue."""
    if not s.has("receivables"):
        return
    now = owed_on(s, s.as_of)
    reason = _why_not(s)
    if reason is not None:
        yield from (unknown(one, reason) for one in (RATE, LONG, LONG_YOY))
        yield from (unknown(AGEING, reason, by={"bucket": name}) for name in _names())
        return
    if now is None or now.empty:
        return
    today = period(s.as_of, s.as_of)
    for name, rows in _by_bucket(now).items():
        if name != NO_DUE or len(rows):
            value = float(rows["open_amount"].sum())
            yield Fact(id=AGEING, value=value, n=len(rows), by={"bucket": name}, period=today)
    yield _share(RATE, now, 0, today)
    yield _share(LONG, now, BUCKETS["61-90"], today)
    yield _year_on_year(s)


def _why_not(s: Summaries) -> str | None:
    return None if payments_known(s) and s.has("receivables", "due_at") else "no_column"


def _names() -> tuple[str, ...]:
    return (*BUCKETS, LONGEST)


def _by_bucket(frame: pandas.DataFrame) -> dict[str, pandas.DataFrame]:
    """Invoices with something open, by the bucket of their days past due."""
    rest = frame[frame["open_amount"] != 0]
    made: dict[str, pandas.DataFrame] = {}
    for name, upto in BUCKETS.items():
        inside = rest["overdue_days"] <= upto
        made[name], rest = rest[inside], rest[~inside]
    late = rest["overdue_days"].notna()
    return {**made, LONGEST: rest[late], NO_DUE: rest[~late]}


def _share(fact_id: str, frame: pandas.DataFrame, days: int, over: tuple[str, str]) -> Fact:
    """Part of the open balance with a due day that is more than ``days`` past it."""
    dated = frame[(frame["open_amount"] != 0) & frame["overdue_days"].notna()]
    if dated.empty and (frame["open_amount"] != 0).any():
        return unknown(fact_id, "no_rows", period=over)
    late, total = dated[dated["overdue_days"] > days], float(dated["open_amount"].sum())
    if dated.empty:  # all is paid: nothing is late
        return Fact(id=fact_id, value=0.0, n=0, period=over)
    if total <= 0:
        return unknown(fact_id, "zero_base", period=over)
    value = float(late["open_amount"].sum()) / total
    return Fact(
        id=fact_id,
        value=value,
        n=len(dated),
        period=over,
        items=largest_items(late.groupby("customer_id")["open_amount"].sum()),
    )


def _year_on_year(s: Summaries) -> Fact:
    states = two_states(s)
    if isinstance(states, str):
        return unknown(LONG_YOY, states)
    days = BUCKETS["61-90"]
    now, before = (_share(LONG, one, days, states.period) for one in (states.now, states.before))
    if now.number is None or before.number is None:
        return unknown(LONG_YOY, now.reason or before.reason or "no_rows", period=states.period)
    sides = (
        Stretch(value=now.number, interval=_spread(states.now, days), n=now.n or 0),
        Stretch(value=before.number, interval=_spread(states.before, days), n=before.n or 0),
    )
    return gap(LONG_YOY, *sides, states.period)


def _spread(frame: pandas.DataFrame, days: int) -> Interval | None:
    """Interval of the share more than ``days`` late, each open invoice on its own."""
    dated = frame[(frame["open_amount"] != 0) & frame["overdue_days"].notna()]
    if dated.empty:
        return None
    owed = dated["open_amount"]
    late = owed.where(dated["overdue_days"] > days, 0.0)
    return share_of_sum(late.to_numpy(float), owed.to_numpy(float))


def ageing_series(s: Summaries) -> Iterator[Series]:
    """Open amount and number of invoices by bucket."""
    if not s.has("receivables") or _why_not(s) is not None:
        return
    now = owed_on(s, s.as_of)
    if now is None or not (now["open_amount"] != 0).any():
        return
    rows = [
        (name, float(found["open_amount"].sum()), len(found))
        for name, found in _by_bucket(now).items()
        if name != NO_DUE or len(found)
    ]
    columns = {"label": "text", "value": "yen", "invoices": "count"}
    yield series("receivables_ageing", columns, rows)
