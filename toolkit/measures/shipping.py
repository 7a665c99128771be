"""How many days orders take to be sent and to arrive (出荷日数・お届け日数)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import bounded
from toolkit.measures.quantiles import quantile

if TYPE_CHECKING:
    from toolkit.measures.shipments import Shipments
    from toolkit.measures.summaries import Summaries

MIDDLE, SLOWEST_TENTH = 0.5, 0.9
SHIPPED = {"delivery.ship_days_median": MIDDLE, "delivery.ship_days_p90": SLOWEST_TENTH}
DELIVERED = {"delivery.delivery_days_median": MIDDLE}


def shipping_facts(s: Summaries) -> Iterator[Fact]:
    """Days from order to shipping and to delivery; those before the order are counted apart."""
    if s.shipments is None:
        return
    sent = s.shipments
    yield from _days(sent, "shipped_at", SHIPPED, "delivery.ship_negative_count")
    yield from _days(sent, "delivered_at", DELIVERED, "delivery.delivery_negative_count")


def _days(sent: Shipments, step: str, wanted: Mapping[str, float], apart: str) -> Iterator[Fact]:
    import numpy as np

    if not sent.has(step):
        return
    gaps = sent.gap("order_date", step)
    known, ok = np.isfinite(gaps), gaps >= 0
    if not known.any():
        return
    over, n = sent.period(known), int(ok.sum())
    yield Fact(id=apart, value=int(known.sum()) - n, n=int(known.sum()), period=over)
    for fact_id, share in wanted.items():
        if not n:
            yield unknown(fact_id, "no_rows", period=over)
            continue
        value, interval = quantile(gaps[ok], share, sent.order_days(ok))
        yield bounded(Fact(id=fact_id, value=value, n=n, period=over), interval)
