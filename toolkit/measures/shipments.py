"""When each order was sent, promised, delivered and returned: one row per order (出荷・納品)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.measures.months import day_of, period
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats

STEPS = ("shipped_at", "promised_at", "delivered_at", "returned_at")
MARKS = ("wrong_item",)
HAPPENED = ("order_date", "shipped_at", "delivered_at", "returned_at")
HOW = {
    "order_date": "min",
    "shipped_at": "max",  # an order in parts is sent with its last one
    "promised_at": "max",
    "delivered_at": "max",
    "returned_at": "min",
    "late_by_day": "max",
    "late_by_time": "max",
    "wrong_item": "max",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipments:
    """Orders that were not cancelled, with the days of what happened to them.

    ``orders`` has day numbers under the names of the table's columns (NaN where it did not
    happen), ``wrong_item`` as 1, 0 or NaN where nothing is stated, and ``late_by_day`` and
    ``late_by_time`` as 1 or 0 where a promise and a delivery are known; a column that was not
    delivered is absent. ``timed`` names the columns that carry a time of day.
    """

    orders: pandas.DataFrame
    timed: frozenset[str]

    def has(self, *columns: str) -> bool:
        """Whether all these columns were delivered."""
        return all(column in self.orders for column in columns)

    def gap(self, start: str, end: str) -> Floats:
        """Days from one event to another: elapsed time, or calendar days unless both are timed."""
        import numpy as np

        first, last = (self.orders[name].to_numpy(float) for name in (start, end))
        timed = {start, end} <= self.timed
        gaps: Floats = last - first if timed else np.floor(last) - np.floor(first)
        return gaps

    def known(self, step: str) -> NDArray[numpy.bool_]:
        """Which orders have a date of this step, as flags."""
        import numpy as np

        known: NDArray[numpy.bool_] = np.isfinite(self.orders[step].to_numpy(float))
        return known

    def order_days(self, which: NDArray[numpy.bool_]) -> NDArray[numpy.int64]:
        """The day each of these orders was placed: those of one day wait for one another."""
        import numpy as np

        placed = np.floor(self.orders["order_date"].to_numpy(float)[which])
        days: NDArray[numpy.int64] = placed.astype(np.int64)
        return days

    def period(self, which: NDArray[numpy.bool_]) -> tuple[str, str]:
        """From the first of these orders to the last thing that happened to one of them."""
        orders = self.orders[which]
        steps = [name for name in HAPPENED if name in orders]
        first, last = orders["order_date"].min(), orders[steps].max().max()
        return period(day_of(float(first)), day_of(float(last)))

    @property
    def last(self) -> float:
        """The last day the export knows of."""
        steps = [name for name in HAPPENED if name in self.orders]
        return float(self.orders[steps].max().max())


def shipments(frame: pandas.DataFrame | None) -> Shipments | None:
    """Orders with what happened to them; None where the export tells nothing of it."""
    import pandas as pd

    if frame is None or not any(name in frame for name in (*STEPS, *MARKS)):
        return None
    kept = frame[~frame["_cancelled"]]
    days = {name: day_numbers(kept[name]) for name in ("order_date", *STEPS) if name in kept}
    columns: dict[str, Any] = {**days, **_late(days)}
    if "wrong_item" in kept:
        columns["wrong_item"] = kept["wrong_item"].to_numpy(float, na_value=float("nan"))
    made = pd.DataFrame(columns)
    ids = kept["order_id"].reset_index(drop=True)
    if not ids.is_unique:
        made = made.groupby(ids, sort=True).agg({name: HOW[name] for name in columns})
    timed = frozenset(name for name, values in days.items() if _timed(values))
    return Shipments(orders=made.reset_index(drop=True), timed=timed)


def _late(days: dict[str, Floats]) -> dict[str, Floats]:
    """Whether a line came after its promise, by day and by time; NaN without one of the two."""
    import numpy as np

    if "promised_at" not in days or "delivered_at" not in days:
        return {}
    promised, delivered = days["promised_at"], days["delivered_at"]
    both = np.isfinite(promised) & np.isfinite(delivered)
    later = np.floor(delivered) > np.floor(promised)
    return {
        "late_by_day": np.where(both, later, np.nan),
        "late_by_time": np.where(both, delivered > promised, np.nan),
    }


def _timed(days: Floats) -> bool:
    import numpy as np

    known = days[np.isfinite(days)]
    return bool((known != np.floor(known)).any())
