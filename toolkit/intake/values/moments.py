"""A day of the calendar, and what is written after it: weekday, time, offset."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta, tzinfo

from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.times import read_clock

KANJI_DAYS = "月火水木金土日"
ENGLISH_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_KANJI = f"[{KANJI_DAYS}]"
_ENGLISH = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?"
_BEFORE = re.compile(rf"(?P<en>{_ENGLISH})\.?,?\s+(?=[0-9a-z])")
_AFTER = re.compile(
    rf"\s*\(\s*(?P<k1>{_KANJI})?(?:曜日?)?\s*(?:[・/,]?\s*(?P<off>[祝休])日?)?\s*\)"
    rf"|\s*(?P<k2>{_KANJI})曜日?|\s+(?P<k3>{_KANJI})(?=\s|$)"
    rf"|\s*\((?P<e1>{_ENGLISH})\.?\)|,?\s+(?P<e2>{_ENGLISH})\.?,?(?=\s|$)"
)
_GAP = re.compile(r"\s*t\s*(?=[0-9])|\s*,\s*|\s+at\s+|\s*")


def calendar_day(year: int, month: str, day: str) -> date:
    """A day of the calendar.

    Raises:
        Unreadable: there is no such day.
    """
    try:
        return date(year, int(month), int(day))
    except ValueError:
        raise Unreadable("date_impossible") from None


def leading_weekday(plain: str) -> tuple[int | None, str]:
    """The English weekday a text begins with (Monday is 0), and the rest.

    >>> leading_weekday("mon, 01 apr 2024"), leading_weekday("2024-04-01")
    ((0, '01 apr 2024'), (None, '2024-04-01'))
    """
    match = _BEFORE.match(plain)
    return (_number(match["en"]), plain[match.end() :]) if match else (None, plain)


def moment(
    day: date, rest: str, *, named: int | None = None, glued: bool = False
) -> tuple[datetime, bool]:
    """A day with what is written after it.

    Args:
        day: the day as written.
        rest: the narrowed text after it.
        named: the weekday written before the day.
        glued: whether the day was written as 20240401, so that 0905 may follow as a time.

    Returns:
        The moment, with its zone where an offset is written, and whether a time was given.

    Raises:
        Unreadable: not a time, or a weekday that is not the day's.
    """
    if (match := _AFTER.match(rest)) and _says_something(match):
        after = next((v for k, v in match.groupdict().items() if v and k != "off"), None)
        named = named if after is None else _number(after)
        rest = rest[match.end() :]
    if named is not None and named != day.weekday():
        raise Unreadable("date_weekday")
    gap = _GAP.match(rest)
    clock_text = rest[gap.end() :] if gap else rest
    if not rest.strip():
        return datetime.combine(day, time.min), False
    tight = glued or (gap is not None and "t" in gap[0])
    clock = read_clock(clock_text, digits=tight or bool(re.match("[0-9]{6}", clock_text)))
    return _combined(day, clock.span, clock.zone), True


def _combined(day: date, span: timedelta, zone: tzinfo | None) -> datetime:
    try:
        return datetime.combine(day, time.min, zone) + span
    except OverflowError:
        raise Unreadable("date_impossible") from None


def _says_something(match: re.Match[str]) -> bool:
    return any(match.groupdict().values())


def _number(word: str) -> int:
    if word in KANJI_DAYS:
        return KANJI_DAYS.index(word)
    return next(i for i, day in enumerate(ENGLISH_DAYS) if day.startswith(word[:3]))
