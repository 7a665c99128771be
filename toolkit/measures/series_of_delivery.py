"""Series of delivery, complaints and the event log for the charts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.measures.causes import REPEATED, causes, contacts_of, last_days
from toolkit.measures.contacts import COMPLAINT
from toolkit.measures.process import directly_follows
from toolkit.measures.series import series
from toolkit.measures.work import contact_coverage

if TYPE_CHECKING:
    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

# The last day of each class, and its code in the words of the chart.
CLASSES = {0: "0", 1: "1", 2: "2", 3: "3", 4: "4", 5: "5", 6: "6", 7: "7", 14: "8-14"}
LONGEST = "15+"
MOST_CAUSES = 8


def delivery_series(s: Summaries) -> Iterator[Series]:
    """Days to ship in classes, causes of complaints, and what follows what."""
    yield from _ship_days(s)
    yield from _causes(s)
    if s.log is not None:
        columns = {"from": "text", "to": "text", "count": "count"}
        yield series("directly_follows", columns, directly_follows(s.log))


def _ship_days(s: Summaries) -> Iterator[Series]:
    """Every class from the same day to the longest wait, by the calendar, empty ones included."""
    import numpy as np

    if s.shipments is None or not s.shipments.has("shipped_at"):
        return
    ordered, shipped = (
        np.floor(s.shipments.orders[name].to_numpy(float)) for name in ("order_date", "shipped_at")
    )
    days = (shipped - ordered)[s.shipments.gap("order_date", "shipped_at") >= 0]
    if not len(days):
        return
    places = np.searchsorted(list(CLASSES), days)
    counts = np.bincount(places)
    names = [*CLASSES.values(), LONGEST]
    rows = [(names[i], int(n), float(n / len(days))) for i, n in enumerate(counts)]
    yield series("ship_days", {"label": "text", "orders": "count", "value": "share"}, rows)


def _causes(s: Summaries) -> Iterator[Series]:
    covered = contact_coverage(s)
    if covered is None or not s.has("contacts", "type", "why"):
        return
    window = last_days(s, covered)
    if not window.held:
        return
    found = causes(contacts_of(s, window, COMPLAINT))
    found = found[found >= REPEATED].head(MOST_CAUSES)
    if len(found):
        columns = {"label": "text", "value": "count"}
        yield series("complaint_causes", columns, list(found.items()))
