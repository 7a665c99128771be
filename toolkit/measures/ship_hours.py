"""Hours of business until orders are sent, against the promise and the year before (出荷時間)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.business_hours import business_hours
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.intervals import Interval, bounded
from toolkit.measures.months import coverage
from toolkit.measures.quantiles import quantile
from toolkit.measures.shipping import SLOWEST_TENTH

if TYPE_CHECKING:
    from datetime import date

    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.business_hours import BusinessHours
    from toolkit.measures.intervals import Floats
    from toolkit.measures.shipments import Shipments
    from toolkit.measures.summaries import Summaries

HOURS, PROMISE = "delivery.ship_hours_p90", "delivery.ship_promise_hours_p90"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waits:
    """Orders that were sent: hours of business it took, the day of it, the day of the order."""

    hours: Floats
    shipped: Floats
    ordered: NDArray[numpy.int64]

    def slowest(self, inside: NDArray[numpy.bool_]) -> Stretch:
        value, interval = quantile(self.hours[inside], SLOWEST_TENTH, self.ordered[inside])
        return Stretch(value=value, interval=interval, n=int(inside.sum()))


def ship_hour_facts(s: Summaries) -> Iterator[Fact]:
    """The slowest tenth in hours of business, as a promise counts them, and against last year."""
    if s.shipments is None or not s.shipments.has("shipped_at"):
        return
    opened = business_hours(s)
    waits = _waits(s.shipments, opened)
    covered = coverage(waits.shipped)
    if covered is None:
        return
    over = s.shipments.period(s.shipments.known("shipped_at"))
    found = waits.slowest(waits.shipped == waits.shipped)
    fact = Fact(id=HOURS, value=found.value, n=found.n, period=over)
    yield bounded(fact, found.interval)
    yield bounded(
        replace(fact, id=PROMISE, value=opened.as_promised(found.value)), _clock(found, opened)
    )

    def slowest(after: date, upto: date) -> Stretch | None:
        inside = within(waits.shipped, after, upto)
        return waits.slowest(inside) if inside.any() else None

    yield next(against_past(Compared(fact_id=HOURS, covered=covered), "yoy", slowest))


def _waits(sent: Shipments, opened: BusinessHours) -> _Waits:
    """By the hour where order and shipping carry a time of day, else by working days."""
    gaps = sent.gap("order_date", "shipped_at")
    ok = gaps >= 0
    ordered, shipped = (
        sent.orders[name].to_numpy(float)[ok] for name in ("order_date", "shipped_at")
    )
    timed = {"order_date", "shipped_at"} <= sent.timed
    hours = (opened.between if timed else opened.of_days)(ordered, shipped)
    return _Waits(hours=hours, shipped=shipped, ordered=sent.order_days(ok))


def _clock(found: Stretch, opened: BusinessHours) -> Interval | None:
    """The interval's ends as a promise counts hours: longer waits stay longer."""
    if found.interval is None:
        return None
    spread = found.interval
    return Interval(
        low=opened.as_promised(spread.low),
        high=opened.as_promised(spread.high),
        low95=opened.as_promised(spread.low95),
        high95=opened.as_promised(spread.high95),
    )
