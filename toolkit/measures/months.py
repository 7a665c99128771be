"""Days and months as numbers, and which stretch of time a table covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.measures.intervals import Floats

EPOCH = date(1970, 1, 1)
DAYS_A_WEEK, DAYS_A_YEAR = 7, 365
MONTHS_A_YEAR = 12


def day_number(day: date) -> int:
    """Days since 1970-01-01.

    >>> day_number(date(1970, 1, 2))
    1
    """
    return (day - EPOCH).days


def day_of(number: float) -> date:
    """The date of a day number, the time of day cut off."""
    return EPOCH + timedelta(days=int(number // 1))


def month_number(day: date) -> int:
    """Months since year 0, so that months can be subtracted."""
    return day.year * MONTHS_A_YEAR + day.month - 1


def month_label(number: int) -> str:
    """Label of a month number.

    >>> month_label(month_number(date(2026, 3, 31)))
    '2026-03'
    """
    return f"{number // MONTHS_A_YEAR:04d}-{number % MONTHS_A_YEAR + 1:02d}"


def month_of_label(label: str) -> int:
    """Month number of a label YYYY-MM."""
    return int(label[:4]) * MONTHS_A_YEAR + int(label[5:7]) - 1


def month_start(number: int) -> date:
    """First day of a month number."""
    return date(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1)


def month_end(number: int) -> date:
    """Last day of a month number."""
    return month_start(number + 1) - timedelta(days=1)


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or that month's last.

    >>> months_before(date(2026, 3, 31), 1), months_before(date(2026, 2, 28), MONTHS_A_YEAR)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    number = month_number(day) - months
    return min(month_start(number) + timedelta(days=day.day - 1), month_end(number))


def months_between(first: date, last: date) -> int:
    """Whole months from one day to the end of another.

    >>> months_between(date(2025, 4, 1), date(2026, 3, 31)), months_between(
    ...     date(2025, 4, 2), date(2026, 3, 31)
    ... )
    (12, 11)
    """
    months = 0
    while months_before(last, months + 1) + timedelta(days=1) >= first:
        months += 1
    return months


def period(first: date, last: date) -> tuple[str, str]:
    """A period as a Fact carries it."""
    return first.isoformat(), last.isoformat()


def period_after(day: date, last: date) -> tuple[str, str]:
    """The period that begins the day after ``day``.

    >>> period_after(date(2025, 3, 31), date(2026, 3, 31))
    ('2025-04-01', '2026-03-31')
    """
    return period(day + timedelta(days=1), last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Days a table speaks for: first to last entry, and its longest silence between.

    A shop that sells once a week says nothing by being silent on the last three days of a
    month; one that sells daily does. So each end reaches as far as the longest silence seen.
    """

    first: date
    last: date
    silence: int

    def holds(self, start: date, end: date) -> bool:
        """Whether the whole stretch from start to end is covered."""
        reach = timedelta(days=self.silence)
        return self.first - reach <= start and end <= self.last + reach

    def common(self, other: Coverage) -> tuple[date, date]:
        """The stretch that both tables cover."""
        spans = [
            (c.first - timedelta(days=c.silence), c.last + timedelta(days=c.silence))
            for c in (self, other)
        ]
        return max(s for s, _ in spans), min(e for _, e in spans)


def coverage(days: Floats) -> Coverage | None:
    """What a table of dated entries covers; None without an entry."""
    import numpy as np

    found = np.unique(np.floor(days[np.isfinite(days)]))
    if not len(found):
        return None
    silence = int(np.diff(found).max()) - 1 if len(found) > 1 else 0
    return Coverage(first=day_of(found[0]), last=day_of(found[-1]), silence=silence)
