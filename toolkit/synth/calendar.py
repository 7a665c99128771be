"""The calendar of every invented world: its last day, its length, season and days of the week."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

END = "2026-09-30"
"""Last day of every world: a month's and a quarter's end, so that no period is partial."""
HISTORY_DAYS = 1096
"""What a client can usually export: three years, the first day being 2023-10-01."""


def day_of(back: ArrayLike) -> pd.DatetimeIndex:
    """Dates of days counted back from the last one; half days fall on noon."""
    import numpy as np
    import pandas as pd

    return pd.Timestamp(END) - pd.to_timedelta(np.asarray(back, dtype=float), unit="D")


def back_of(dates: ArrayLike | pd.Series) -> NDArray[np.float64]:
    """Days from each date to the last day, 0 on that day itself."""
    import numpy as np
    import pandas as pd

    found = pd.Timestamp(END) - pd.to_datetime(np.asarray(dates)).normalize()
    return np.asarray(found / pd.Timedelta(days=1), dtype=float)


def middle_of(month: str) -> float:
    """Days from the middle of a month to the last day.

    >>> middle_of("2026-09")
    15.0
    """
    return float(back_of([f"{month}-15"])[0])


def days_of_months(count: int) -> int:
    """Days of the last so many months, the last day of the world included.

    >>> days_of_months(3), days_of_months(12)
    (92, 365)
    """
    from datetime import date, timedelta

    after = date.fromisoformat(END) + timedelta(days=1)
    year, month = divmod(after.year * 12 + after.month - 1 - count, 12)
    return (after - after.replace(year=year, month=month + 1)).days


def months() -> list[str]:
    """Months of the history, oldest first."""
    import pandas as pd

    first = pd.Timestamp(END) - pd.Timedelta(days=HISTORY_DAYS - 1)
    return [str(month) for month in pd.period_range(first, END, freq="M")]


def growth(back: ArrayLike, yearly: float) -> NDArray[np.float64]:
    """Size of the business on a day beside the last day's, at a constant yearly growth."""
    import numpy as np

    return np.asarray((1.0 + yearly) ** (-np.asarray(back, dtype=float) / 365.25))


def season(back: ArrayLike, swing: float) -> NDArray[np.float64]:
    """Level of the time of year: highest in December, lowest in June, 1 on average."""
    import numpy as np

    year = np.asarray(day_of(back).day_of_year, dtype=float)
    return np.asarray(1.0 + swing * np.cos(2 * np.pi * (year - 345.0) / 365.25))


def weekday(back: ArrayLike, lift: float) -> NDArray[np.float64]:
    """Level of the day of the week: Saturday and Sunday raised, 1 on average."""
    import numpy as np

    weekend = np.asarray(day_of(back).day_of_week) >= 5
    return np.where(weekend, 1.0 + lift, 1.0 - lift * 2 / 5)
