"""Parcels that come back, and parcels with the wrong thing in them (返品・誤出荷)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.house import size
from toolkit.measures.intervals import bounded, poisson_rate, wilson
from toolkit.measures.months import Coverage, coverage, day_of

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

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
    if sent.has("returned_at") and orders["returned_at"].notna().any():
        hits = int(orders["returned_at"].notna().sum())
        rate = Fact(id=RETURNED, value=hits / n, n=n, period=over)
        yield bounded(rate, wilson(hits, n))
        yield _returned_year_on_year(orders, sent.last, size(s, "return_window_days"))
    if sent.has("wrong_item") and orders["wrong_item"].notna().any():
        hits = int(orders["wrong_item"].sum())
        yield bounded(Fact(id=WRONG, value=hits / n, n=n, period=over), poisson_rate(hits, n))
        per = Fact(id=WRONG_PER_1000, value=hits / n * PER, n=n, period=over)
        yield bounded(per, poisson_rate(hits, n / PER))
        yield _wrong_year_on_year(orders)


def _returned_year_on_year(orders: pandas.DataFrame, last: float, window: float) -> Fact:
    """Returned within the window after shipping, of the orders whose window has passed."""
    shipped, returned = (orders[name].to_numpy(float) for name in ("shipped_at", "returned_at"))
    back = returned - shipped < window + 1
    spoken = _spoken_for(shipped, shipped[returned == returned], last - window)

    def over(after: date, upto: date) -> Stretch | None:
        inside = within(shipped, after, upto)
        hits, n = int(back[inside].sum()), int(inside.sum())
        return Stretch(value=hits / n, interval=wilson(hits, n), n=n) if n else None

    return next(against_past(Compared(fact_id=RETURNED, covered=spoken), "yoy", over))


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
