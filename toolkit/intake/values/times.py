"""Times of day as they follow a date: 9:05, 午後3時05分, 3:05 PM, 24:00, and their offsets.

Hours 24 to 29 belong to the night before, as shops and broadcasters write them: 25:30 on the
1st is 1:30 on the 2nd. 午前12時 and 午後12時 are refused, for the law and the clock read them
apart; 12:30 PM and 午後12:30 are a clock's, half past noon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from toolkit.intake.values.cells import Unreadable

LAST_HOUR = 29
_ZONE = (
    r"(?P<zone>z|jst|(?:utc|gmt)?\s?(?P<sign>[+-])(?P<zh>[0-9]{1,2})(?::?(?P<zm>[0-9]{2}))?|utc|gmt)"
    r"(?:\s*\((?:jst|日本標準時|japan standard time)\)|\[[a-z_]+/[a-z_]+\])?"
)
_CLOCK = re.compile(
    r"(?:(?P<before>午前|午後|am|pm)\s*)?"
    r"(?:(?P<h>[0-9]{1,2}):(?P<m>[0-9]{2})(?::(?P<s>[0-9]{2})(?:[.,](?P<f>[0-9]{1,9}))?)?"
    r"|(?P<jh>[0-9]{1,2})\s*時(?:(?P<half>半)|\s*(?P<jm>[0-9]{1,2})\s*分(?:\s*(?P<js>[0-9]{1,2})\s*秒)?)?)"
    rf"(?:\s*(?P<after>am|pm|a\.m\.|p\.m\.))?(?:\s*{_ZONE})?"
)
_DIGITS = re.compile(
    r"(?P<h>[0-9]{2})(?P<m>[0-9]{2})(?P<s>[0-9]{2})?(?:[.,](?P<f>[0-9]{1,9}))?"
    + rf"(?:\s*{_ZONE})?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day as the span since midnight (a day or more after 24:00), and its offset."""

    span: timedelta
    zone: tzinfo | None = None


def read_clock(text: str, *, digits: bool = False) -> Clock:
    """A time of day from narrowed text; ``digits`` allows 0905 and 090500 without colons.

    Raises:
        Unreadable: no time, one no clock shows, or 12 o'clock that has two readings.

    >>> [str(read_clock(text).span) for text in ("午後3時05分", "25:30", "12:00 am")]
    ['15:05:00', '1 day, 1:30:00', '0:00:00']
    """
    match = _CLOCK.fullmatch(text) or (_DIGITS.fullmatch(text) if digits else None)
    if not match:
        raise Unreadable("date_unreadable")
    part = match.groupdict()
    minute = int(part["m"] or part.get("jm") or (30 if part.get("half") else 0))
    second = int(part["s"] or part.get("js") or 0)
    hour = _hour(part)
    if hour > LAST_HOUR or minute > 59 or second > 59:
        raise Unreadable("date_impossible")
    micro = int((part["f"] or "0").ljust(6, "0")[:6])
    span = timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micro)
    return Clock(span=span, zone=_zone(part))


def _hour(part: dict[str, str | None]) -> int:
    """The hour from 0 to 23, or as written where it is no half-day clock."""
    hour = int(part["h"] or part.get("jh") or 0)
    before, after = part.get("before"), part.get("after")
    half = before or after
    if not half:
        return hour
    if before and after:
        raise Unreadable("date_unreadable")
    if hour > 12:
        raise Unreadable("date_impossible")
    if hour == 12 and part.get("jh"):
        raise Unreadable("time_ambiguous")
    return hour % 12 + (12 if half[0] == "p" or half == "午後" else 0)


def _zone(part: dict[str, str | None]) -> tzinfo | None:
    name = part["zone"]
    if name is None:
        return None
    if part["sign"] is None:
        return ZoneInfo("Asia/Tokyo" if name == "jst" else "UTC")
    minutes = int(part["zh"] or 0) * 60 + int(part["zm"] or 0)
    if minutes > 14 * 60 or int(part["zm"] or 0) > 59:
        raise Unreadable("date_impossible")
    return timezone(timedelta(minutes=-minutes if part["sign"] == "-" else minutes))
