"""Parcels that come back, and parcels with the wrong thing in them (返品・誤出荷)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded, poisson_rate, wilson
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    Coverage,
    coverage,
    day_number,
    day_of,
    months_before,
    period_after,
)

if TYPE_CHECKING:
    from datetime import date

    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.shipments import Shipments
    from toolkit.measures.summaries import Summaries

RETURNED_12M, SHIPPED_12M = "delivery.return_rate_12m", "delivery.shipments_12m"
RETURNED, WRONG = "delivery.return_rate", "delivery.wrong_ship_rate"
WRONG_PER_1000, PER = "delivery.wrong_ship_per_1000", 1000


def return_facts(s: Summaries) -> Iterator[Fact]:
    """Returned ÷ shipped, wrong ÷ shipped, each against the year before.

    A column without a single entry says nothing: no return recorded is not no return.
    """
    if s.shipments is None or not s.shipments.has("shipped_at"):
        return
    sent = s.shipments
    known = sent.known("shipped_at")
    orders, n = sent.orders[known], int(known.sum())
    if not n:
        return
    over = sent.period(known)
    yield _shipped(orders["shipped_at"].to_numpy(float))
    if sent.has("returned_at") and orders["returned_at"].notna().any():
        hits = int(orders["returned_at"].notna().sum())
        rate = Fact(id=RETURNED, value=hits / n, n=n, period=over)
        yield bounded(rate, wilson(hits, n))
        yield from _returned_year_on_year(orders, sent.last, size(s, "return_window_days"))
    if sent.has("wrong_item") and orders["wrong_item"].notna().any():
        yield from _wrong(sent, known, int(size(s, "wrong_ship_least")))
        yield _wrong_year_on_year(orders)


def _wrong(sent: Shipments, known: NDArray[numpy.bool_], least: int) -> Iterator[Fact]:
    """Wrong shipments of the latest twelve months, of the latest ``least`` where these are fewer.

    What was so years ago is not so today; but so rare a thing shows in thousands alone.
    """
    import numpy as np

    shipped = sent.orders["shipped_at"].to_numpy(float)
    days = np.sort(shipped[known])
    after = day_number(months_before(day_of(float(days[-1])), MONTHS_A_YEAR))
    since = min(float(after + 1), float(days[max(0, len(days) - least)]))
    recent = known & (shipped >= since)
    n, hits = int(recent.sum()), int(sent.orders["wrong_item"][recent].sum())
    over = sent.period(recent)
    yield bounded(Fact(id=WRONG, value=hits / n, n=n, period=over), poisson_rate(hits, n))
    per = Fact(id=WRONG_PER_1000, value=hits / n * PER, n=n, period=over)
    yield bounded(per, poisson_rate(hits, n / PER))


def _shipped(shipped: Floats) -> Fact:
    """Orders shipped in the latest twelve months."""
    covered = coverage(shipped)
    assert covered is not None  # there is an order shipped
    after = months_before(covered.last, MONTHS_A_YEAR)
    span = period_after(after, covered.last)
    if not covered.holds(after + timedelta(days=1), covered.last):
        return unknown(SHIPPED_12M, "immature", period=span)
    n = int(within(shipped, after, covered.last).sum())
    return Fact(id=SHIPPED_12M, value=n, n=n, period=span)


def _returned_year_on_year(orders: pandas.DataFrame, last: float, window: float) -> Iterator[Fact]:
    """Returned within the window after shipping, of the orders whose window has passed."""
    shipped, returned = (orders[name].to_numpy(float) for name in ("shipped_at", "returned_at"))
    back = returned - shipped < window + 1
    spoken = _spoken_for(shipped, shipped[returned == returned], last - window)

    def over(after: date, upto: date) -> Stretch | None:
        inside = within(shipped, after, upto)
        hits, n = int(back[inside].sum()), int(inside.sum())
        return Stretch(value=hits / n, interval=wilson(hits, n), n=n) if n else None

    found = next(against_past(Compared(fact_id=RETURNED, covered=spoken), "yoy", over))
    yield found
    after = months_before(spoken.last, MONTHS_A_YEAR)
    now = over(after, spoken.last) if found.known else None
    if now is not None:  # this year's side of the comparison
        span = period_after(after, spoken.last)
        yield bounded(Fact(id=RETURNED_12M, value=now.value, n=now.n, period=span), now.interval)


def _wrong_year_on_year(orders: pandas.DataFrame) -> Fact:
    shipped, wrong = orders["shipped_at"].to_numpy(float), orders["wrong_item"].to_numpy(float)
    stated = wrong == wrong
    noted = shipped[stated] if (wrong == 0).any() else shipped[wrong == 1]
    spoken = _spoken_for(shipped, noted, float(shipped.max()))

    def over(after: date, upto: date) -> Stretch | None:
        inside = within(shipped, after, upto)
        hits, n = int((wrong[inside] == 1).sum()), int(inside.sum())
        return Stretch(value=hits / n, interval=poisson_rate(hits, n), n=n) if n else None

    return next(against_past(Compared(fact_id=WRONG, covered=spoken), "yoy", over))


def _spoken_for(shipped: Floats, noted: Floats, last: float) -> Coverage:
    """Days of shipping for which the record of what went wrong speaks too, up to ``last``.

    ``noted`` are the days of shipping of the orders noted: a firm that began to write down its
    returns last spring had returns before.
    """
    both = [found for found in (coverage(shipped), coverage(noted)) if found is not None]
    first, _ = both[0].common(both[-1])
    return Coverage(first=first, last=min(both[0].last, day_of(last)), silence=0)
