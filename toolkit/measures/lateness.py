"""Deliveries after the promise (納期遅れ)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.intervals import bounded, share_of_sum, wilson
from toolkit.measures.months import MONTHS_A_YEAR, coverage, months_before, period_after

if TYPE_CHECKING:
    from datetime import date

    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.shipments import Shipments
    from toolkit.measures.summaries import Summaries

BY_DAY_12M = "delivery.late_rate_by_day_12m"
BY_DAY, BY_TIME = "delivery.late_rate_by_day", "delivery.late_rate_by_timestamp"


def lateness_facts(s: Summaries) -> Iterator[Fact]:
    """Late ÷ orders with a promise and a delivery, by day and by time; by day against last year."""
    if s.shipments is None or not s.shipments.has("late_by_day"):
        return
    sent = s.shipments
    known = sent.orders["late_by_day"].notna().to_numpy()
    if not known.any():
        return
    days = sent.order_days(known)
    for fact_id, column in ((BY_DAY, "late_by_day"), (BY_TIME, "late_by_time")):
        found = _rate(sent.orders[column].to_numpy(float)[known], days)
        fact = Fact(id=fact_id, value=found.value, n=found.n, period=sent.period(known))
        yield bounded(fact, found.interval)
    yield from _by_year(sent, known)


def _by_year(sent: Shipments, known: NDArray[numpy.bool_]) -> Iterator[Fact]:
    """The latest twelve months, and against those before.

    By the day of delivery: an order still under way is in neither year.
    """
    orders, placed = sent.orders[known], sent.order_days(known)
    delivered, late = (orders[name].to_numpy(float) for name in ("delivered_at", "late_by_day"))
    covered = coverage(delivered)
    assert covered is not None

    def over(after: date, upto: date) -> Stretch | None:
        inside = within(delivered, after, upto)
        return _rate(late[inside], placed[inside]) if inside.any() else None

    after = months_before(covered.last, MONTHS_A_YEAR)
    span = period_after(after, covered.last)
    recent = over(after, covered.last)
    if recent is None or not covered.holds(after + timedelta(days=1), covered.last):
        yield unknown(BY_DAY_12M, "immature", period=span)
    else:
        fact = Fact(id=BY_DAY_12M, value=recent.value, n=recent.n, period=span)
        yield bounded(fact, recent.interval)
    yield next(against_past(Compared(fact_id=BY_DAY, covered=covered), "yoy", over))


def _rate(late: Floats, days: NDArray[numpy.int64]) -> Stretch:
    """Share of late orders; those placed on one day wait for one another and count together."""
    import numpy as np

    hits, n = float(late.sum()), len(late)
    codes = np.unique(days, return_inverse=True)[1]
    by_day = np.bincount(codes, weights=late).astype(float), np.bincount(codes).astype(float)
    interval = share_of_sum(*by_day) or wilson(hits, n)
    return Stretch(value=hits / n, interval=interval, n=n)
