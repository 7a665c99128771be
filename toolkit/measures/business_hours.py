"""Hours of business between two moments (営業時間): opening to closing, Monday to Friday."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.measures.house import size

if TYPE_CHECKING:
    from typing import Any

    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessHours:
    """The hours a firm is open on each working day, from ``opens`` to ``closes`` (0–24).

    Saturdays and Sundays are closed; public holidays are not known and count as working days.
    """

    opens: float
    closes: float

    @property
    def day(self) -> float:
        """Hours of one working day."""
        return self.closes - self.opens

    def between(self, start: Floats, end: Floats) -> Floats:
        """Hours of business from ``start`` to ``end``, both day numbers with their fraction."""
        return self._until(end) - self._until(start)

    def of_days(self, start: Floats, end: Floats) -> Floats:
        """Working days from one date to another times the hours of a day; 0 on the same one."""
        import numpy as np

        return np.busday_count(_dates(start), _dates(end)) * self.day

    def as_promised(self, hours: float) -> float:
        """Hours of business as a promise by the clock counts them: a working day is 24 hours.

        >>> opened = BusinessHours(opens=9, closes=18)
        >>> opened.as_promised(3.0), opened.as_promised(9.0), opened.as_promised(10.0)
        (3.0, 24.0, 25.0)
        """
        days, rest = divmod(hours, self.day)
        return days * HOURS_A_DAY + rest

    def _until(self, moments: Floats) -> Floats:
        import numpy as np

        dates = _dates(moments)
        hour = (moments - np.floor(moments)) * HOURS_A_DAY
        today = np.clip(hour - self.opens, 0, self.day) * np.is_busday(dates)
        epoch = np.datetime64(0, "D")
        open_hours: Floats = np.busday_count(epoch, dates) * self.day + today
        return open_hours


def business_hours(s: Summaries) -> BusinessHours:
    """The hours of business in force for a client."""
    return BusinessHours(opens=size(s, "business_opens"), closes=size(s, "business_closes"))


def _dates(moments: Floats) -> NDArray[numpy.datetime64[Any]]:
    import numpy as np

    return np.floor(moments).astype("int64").astype("datetime64[D]")
