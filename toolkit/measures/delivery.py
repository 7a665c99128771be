"""Orders cancelled and money given back (キャンセル・返金)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import day_of, period
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries


def delivery_facts(s: Summaries) -> Iterator[Fact]:
    """Cancelled orders ÷ all orders, and refunds ÷ gross sales."""
    if not s.has("orders"):
        return
    frame = s.tables["orders"]
    if frame.empty:
        return
    yield _cancelled(s, frame)
    yield _refunded(s, frame)


def _period(s: Summaries, frame: pandas.DataFrame) -> tuple[str, str]:
    return period(day_of(float(day_numbers(frame["order_date"]).min())), s.as_of)


def _cancelled(s: Summaries, frame: pandas.DataFrame) -> Fact:
    """An order is cancelled where all its lines are.

    An export without a status that holds no cancelled order may have left them out: that is
    no rate of 0.
    """
    fact_id = "delivery.cancel_rate"
    orders = frame.groupby("order_id")["_cancelled"].all()
    n, hits = len(orders), int(orders.sum())
    if not hits and not s.has("orders", "status"):
        return unknown(fact_id, "no_column")
    fact = Fact(id=fact_id, value=hits / n, n=n, period=_period(s, frame))
    return bounded(fact, wilson(hits, n))


def _refunded(s: Summaries, frame: pandas.DataFrame) -> Fact:
    fact_id = "delivery.refund_rate"
    amounts = frame.loc[~frame["_cancelled"] & ~frame["_repeated"], "amount"]
    gross = float(amounts[amounts > 0].sum())
    if gross <= 0:
        return unknown(fact_id, "zero_base" if len(amounts) else "no_rows")
    refunds = -float(amounts[amounts < 0].sum())
    return Fact(id=fact_id, value=refunds / gross + 0.0, n=len(amounts), period=_period(s, frame))
