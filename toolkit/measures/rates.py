"""Shares of counted units (訪問・カートなどの割合); what happens in a week hangs together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.measures.compare import Stretch, within
from toolkit.measures.intervals import LEVEL, LEVEL_HIGH, Interval, ratio_error, wilson
from toolkit.measures.months import DAYS_A_WEEK, coverage, day_of, period

if TYPE_CHECKING:
    from datetime import date

    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.months import Coverage

MONDAY = 3  # 1970-01-01 was a Thursday


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Dated counts: of ``units`` on a day, ``events`` went on. Days are numbers since 1970."""

    days: Floats
    units: Floats
    events: Floats

    def __len__(self) -> int:
        return len(self.days)

    def where(self, kept: NDArray[numpy.bool_]) -> Counts:
        """Those rows alone."""
        return Counts(days=self.days[kept], units=self.units[kept], events=self.events[kept])

    def between(self, after: date, upto: date) -> Counts:
        """Those later than ``after`` and not later than ``upto``."""
        return self.where(within(self.days, after, upto))

    @property
    def whole(self) -> bool:
        """Whether no more went on than there were."""
        return float(self.events.sum()) <= float(self.units.sum())

    @property
    def covered(self) -> Coverage | None:
        """Which days the counts speak for."""
        return coverage(self.days)

    @property
    def period(self) -> tuple[str, str]:
        """First and last day counted."""
        return period(day_of(float(self.days.min())), day_of(float(self.days.max())))

    def stretch(self, tests: int = 1) -> Stretch | None:
        """Events ÷ units with its interval; None without units, or where more went on."""
        units, events = float(self.units.sum()), float(self.events.sum())
        if units <= 0 or not self.whole:
            return None
        return Stretch(value=events / units, interval=self.interval(tests), n=round(units))

    def interval(self, tests: int = 1) -> Interval | None:
        """Wilson's interval at the size the counts are worth, never above their number.

        A campaign or a fault lifts or lowers a whole week, so a week is one draw: the size is
        p(1 − p) ÷ variance between weeks, made smaller where few weeks tell of it (Student).
        None below two weeks, and where more went on than there were.
        """
        weeks = self._weeks()
        if len(weeks.units) < 2 or not self.whole:
            return None
        low, high = (weeks._size(1 - (1 - level) / tests) for level in (LEVEL, LEVEL_HIGH))
        p = float(self.events.sum() / self.units.sum())
        usual, wide = wilson(p * low, low, tests), wilson(p * high, high, tests)
        if usual is None or wide is None:
            return None
        return Interval(low=usual.low, high=usual.high, low95=wide.low95, high95=wide.high95)

    def _weeks(self) -> Counts:
        import numpy as np

        codes = np.unique((self.days // 1 + MONDAY) // DAYS_A_WEEK, return_inverse=True)[1]
        units, events = (
            np.bincount(codes, weights=part).astype(float) for part in (self.units, self.events)
        )
        weeks = np.arange(len(units), dtype=float)
        return Counts(days=weeks, units=units, events=events).where(units > 0)

    def _size(self, level: float) -> float:
        """Effective number of units of which this share is known, at a level of confidence."""
        from scipy.special import ndtri, stdtrit

        n, error = float(self.units.sum()), ratio_error(self.events, self.units)
        p = float(self.events.sum()) / n
        if not error or not 0 < p < 1:
            return n
        tail = 0.5 + level / 2
        few = float(ndtri(tail) / stdtrit(len(self.units) - 1, tail)) ** 2
        return min(n, p * (1 - p) / error**2 * few)
