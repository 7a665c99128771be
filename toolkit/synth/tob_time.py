"""Time in the worlds of firms that sell to firms: four years of days, months and working days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import END, back_of, day_of

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

DAYS = 1461
"""Four years, the first day being 2022-10-01: firms look back at three whole comparisons."""
DAYS_A_YEAR, DAYS_A_MONTH = 365.25, 365.25 / 12


def every_day() -> NDArray[np.float64]:
    """Days counted back from the last one, the oldest first."""
    import numpy as np

    return np.arange(DAYS - 1, -1, -1, dtype=float)


def every_month() -> pd.PeriodIndex:
    """Months of the history, the oldest first."""
    import pandas as pd

    return pd.period_range(day_of([DAYS - 1])[0], END, freq="M")


def month_back(months: pd.PeriodIndex) -> NDArray[np.float64]:
    """Days from the middle of each month to the last day."""
    return back_of(months.to_timestamp()) - DAYS_A_MONTH / 2


def working_day(back: ArrayLike) -> pd.DatetimeIndex:
    """Dates of days counted back, those of a weekend moved to the Monday after."""
    import numpy as np
    import pandas as pd

    days = day_of(np.floor(np.asarray(back, dtype=float))).to_numpy().astype("datetime64[D]")
    return pd.DatetimeIndex(np.busday_offset(days, 0, roll="forward").astype("datetime64[ns]"))


def added(dates: pd.DatetimeIndex, days: ArrayLike) -> pd.DatetimeIndex:
    """Dates so many whole days later."""
    import numpy as np
    import pandas as pd

    later = pd.to_timedelta(np.rint(np.asarray(days, dtype=float)), unit="D")
    return pd.DatetimeIndex(dates + later)


def known(dates: pd.DatetimeIndex | pd.Series) -> pd.Series:
    """Dates up to the last day; what lies beyond has not happened yet."""
    import pandas as pd

    made = pd.Series(pd.DatetimeIndex(dates))
    return made.where(made <= pd.Timestamp(END))


def month_end(dates: pd.DatetimeIndex, later: int = 0) -> pd.DatetimeIndex:
    """Last day of each date's month, or of a month so many later."""
    import pandas as pd

    return pd.DatetimeIndex((dates.to_period("M") + later).to_timestamp("M")).normalize()


def arrivals(random: np.random.Generator, expected: ArrayLike) -> NDArray[np.float64]:
    """Days counted back on which something happens, the oldest first.

    ``expected`` is the mean number on each day of ``every_day``.
    """
    import numpy as np

    level = np.asarray(expected, dtype=float)
    counts = _poisson(random.random(DAYS), level)
    return np.repeat(every_day(), counts)


def _poisson(draws: NDArray[np.float64], means: NDArray[np.float64]) -> NDArray[np.int64]:
    """Poisson counts from uniform draws: a higher mean never gives a lower count."""
    import numpy as np
    from scipy.special import pdtrik

    found = np.where(means > 0, pdtrik(draws, np.where(means > 0, means, 1.0)), 0.0)
    counts: NDArray[np.int64] = np.ceil(np.maximum(0.0, found)).astype(np.int64)
    return counts
