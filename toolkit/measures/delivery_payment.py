"""Orders paid on or after delivery: refused at the door, or left unpaid (代引・後払い)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.labels import labelled
from toolkit.measures.months import MONTHS_A_YEAR, coverage, months_before, period_after
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

REFUSED, UNPAID = "orders.cod_refused_share", "receivables.deferred_unpaid_share"
# A parcel is held and sent back within some three weeks: later orders cannot be told yet.
DAYS_TO_RETURN, DAYS_TO_PAY = 30, 90

EXTRA = {
    REFUSED: "orders.cod_refused_extra_count",
    UNPAID: "receivables.deferred_unpaid_extra_count",
}

Over = Callable[["date", "date"], Stretch | None]


def delivery_payment_facts(s: Summaries) -> Iterator[Fact]:
    """Refused ÷ orders paid on delivery; unpaid at 90 days ÷ orders paid after it."""
    if not s.has("orders", "payment_method"):
        return
    frame = s.tables["orders"]
    covered = coverage(day_numbers(frame["order_date"]))
    if covered is None or not frame["payment_method"].notna().any():
        return
    yield from _refused(s, frame, covered)
    yield from _unpaid(s, frame, covered)


def _refused(s: Summaries, frame: pandas.DataFrame, covered: Coverage) -> Iterator[Fact]:
    rows = frame[labelled(s, frame["payment_method"], "cash_on_delivery")]
    if rows.empty:
        yield from _not_offered(REFUSED)
        return
    orders = _one_each(s, rows)
    if not (s.has("orders", "status") or s.has("orders", "returned_at")):
        yield from _cannot_tell(REFUSED)
        return
    sent = orders["shipped"].notna() | orders["refused"] | orders["returned"]
    if s.has("orders", "shipped_at"):  # cancelled before it left: nobody refused it
        orders = orders[sent].assign(hit=_not_taken)
    else:
        orders = orders.assign(hit=orders["refused"] | orders["returned"] | orders["cancelled"])
    yield from _stated(REFUSED, orders, _cut(covered, DAYS_TO_RETURN))


def _not_taken(orders: pandas.DataFrame) -> pandas.Series[bool]:
    return orders["refused"] | orders["returned"] | orders["cancelled"]


def _unpaid(s: Summaries, frame: pandas.DataFrame, covered: Coverage) -> Iterator[Fact]:
    deferred = labelled(s, frame["payment_method"], "deferred", "guaranteed")
    own_risk = deferred & ~labelled(s, frame["payment_method"], "guaranteed")
    rows = frame[own_risk]
    if rows.empty:
        yield from _not_offered(UNPAID)
        return
    if not s.has("orders", "paid_at"):
        yield from _cannot_tell(UNPAID)
        return
    orders = _one_each(s, rows)
    orders = orders[~(orders["cancelled"] | orders["returned"] | orders["refused"])]
    if not orders["paid"].notna().any():  # the day of payment is not kept for these orders
        return
    late = ~(orders["paid"] < orders["day"] // 1 + DAYS_TO_PAY + 1)
    yield from _stated(UNPAID, orders.assign(hit=late), _cut(covered, DAYS_TO_PAY))


def _one_each(s: Summaries, rows: pandas.DataFrame) -> pandas.DataFrame:
    """A row per order: its day, when it was shipped and paid, and what became of it.

    An order is cancelled where all its lines are; one line sent back makes it a return.
    """
    import numpy as np
    import pandas as pd

    def days(name: str) -> object:
        return day_numbers(rows[name]) if name in rows else np.nan

    status = rows["status"] if "status" in rows else pd.Series(pd.NA, rows.index, dtype="str")
    made = pd.DataFrame(
        {
            "order_id": rows["order_id"],
            "day": day_numbers(rows["order_date"]),
            "shipped": days("shipped_at"),
            "paid": days("paid_at"),
            "returned": days("returned_at"),
            "cancelled": rows["_cancelled"].astype(bool),
            "refused": labelled(s, status, "refused"),
        }
    ).groupby("order_id")
    found = made.agg({"day": "min", "shipped": "max", "paid": "max", "returned": "max"})
    return found.assign(
        returned=found["returned"].notna(),
        cancelled=made["cancelled"].all(),
        refused=made["refused"].any(),
    )


def _cut(covered: Coverage, days: int) -> Coverage:
    """What the table speaks for, less the orders too young to tell."""
    return replace(covered, last=covered.last - timedelta(days=days))


def _stated(fact_id: str, orders: pandas.DataFrame, covered: Coverage) -> Iterator[Fact]:
    """The share over the last twelve months that can be told, and its change in a year."""

    def over(start: date, upto: date) -> Stretch | None:
        hits = orders.loc[within(orders["day"].to_numpy(float), start, upto), "hit"]
        n, count = len(hits), int(hits.sum())
        return Stretch(value=count / n, interval=wilson(count, n), n=n) if n else None

    start = months_before(covered.last, MONTHS_A_YEAR)
    found, spell = over(start, covered.last), period_after(start, covered.last)
    if found is None:
        yield unknown(fact_id, "immature", period=spell)
    else:
        fact = Fact(id=fact_id, value=found.value, n=found.n, period=spell)
        yield bounded(fact, found.interval)
    what = Compared(fact_id=fact_id, covered=covered, table="orders")
    gap, change = against_past(what, "yoy", over)
    yield from (gap, change)
    yield _extra(EXTRA[fact_id], gap, found)


def _extra(fact_id: str, gap: Fact, now: Stretch | None) -> Fact:
    """How many more than at last year's share: points × the orders of the latest year."""
    if gap.number is None or now is None:
        return unknown(fact_id, gap.reason or "immature", table="orders", period=gap.period)
    ends = (gap.low, gap.high, gap.low95, gap.high95)
    low, high, low95, high95 = (None if end is None else end * now.n for end in ends)
    fact = Fact(id=fact_id, value=gap.number * now.n, n=now.n, table="orders", period=gap.period)
    return replace(fact, low=low, high=high, low95=low95, high95=high95)


def _not_offered(fact_id: str) -> Iterator[Fact]:
    for name in (fact_id, f"{fact_id}_yoy", f"{fact_id}_yoy_change", EXTRA[fact_id]):
        yield not_applicable(name)


def _cannot_tell(fact_id: str) -> Iterator[Fact]:
    for name in (fact_id, f"{fact_id}_yoy", f"{fact_id}_yoy_change"):
        yield unknown(name, "no_column")
