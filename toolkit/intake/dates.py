"""Dates as Japanese systems write them: ISO, slashes, 年月日, eras, times and offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from toolkit.intake.cells import Parsed, Parser, Unreadable
from toolkit.intake.columns import without_invisible
from toolkit.intake.date_format import strptime_form

EARLIEST = date(1950, 1, 1)
ERAS = {
    "明治": (date(1868, 10, 23), date(1912, 7, 29)),
    "大正": (date(1912, 7, 30), date(1926, 12, 24)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (date(2019, 5, 1), date.max),
}
ERA_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DayOrder = Literal["day_first", "month_first", "both", "unknown"]

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)?")
_TIME = (
    r"(?:[t\s]*(?P<hh>\d{1,2})(?::(?P<mm>\d{2})(?::(?P<ss>\d{2})(?:\.(?P<f>\d{1,9}))?)?"
    r"|時(?:(?P<jm>\d{1,2})分)?(?:(?P<js>\d{1,2})秒)?))?"
    r"\s*(?P<zone>z|utc|jst|[+-]\d{2}:?\d{2})?"
)
_YEAR_FIRST = re.compile(r"(?P<y>\d{4})(?P<sep>[-/.])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})" + _TIME)
_KANJI = re.compile(r"(?P<y>\d{4})年\s*(?P<m>\d{1,2})月\s*(?P<d>\d{1,2})日" + _TIME)
_ERA = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[mtshr])\s*[.]?\s*(?P<y>\d{1,2}|元)\s*(?:年|[./-])\s*"
    r"(?P<m>\d{1,2})\s*(?:月|[./-])\s*(?P<d>\d{1,2})日?" + _TIME
)
_COMPACT = re.compile(
    r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})(?:(?P<hh>\d{2})(?P<mm>\d{2})(?P<ss>\d{2}))?"
)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<b>\d{1,2})(?P=sep)(?P<y>\d{4})" + _TIME)
_NAMED = re.compile(
    r"(?:(?P<d>\d{1,2})[\s-]+(?P<m>[a-z]{3,9})\.?,?[\s-]+|(?P<m2>[a-z]{3,9})\.?\s+(?P<d2>\d{1,2}),?\s+)"
    r"(?P<y>\d{4})" + _TIME
)
_WEEKDAY = re.compile(r"\s*\([日月火水木金土祝・]{1,3}\)\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRules:
    """What bounds a date column: the client's zone, the last day of the past, the day order."""

    zone: str
    latest: date | None
    order: DayOrder = "unknown"
    form: str | None = None


def date_parser(rules: DateRules) -> Parser:
    """Parser of one column: a naive time in the client's zone, and whether it was rewritten.

    >>> read = date_parser(DateRules(zone="Asia/Tokyo", latest=date(2026, 1, 1)))
    >>> read("令和元年5月1日")[0].isoformat(), read("2024-04-01T15:00:00Z")[0].isoformat()
    ('2019-05-01T00:00:00', '2024-04-02T00:00:00')
    """
    zone = ZoneInfo(rules.zone)
    read = _formatted(rules.form) if rules.form else _reader(rules.order)

    def parse(text: str) -> Parsed:
        value, changed = read(text)
        if value.tzinfo is not None:
            value, changed = value.astimezone(zone).replace(tzinfo=None), True
        return _bounded(value, rules.latest), changed

    return parse


def day_order(texts: Iterable[str]) -> DayOrder:
    """Which order of day and month a column shows, from dates that allow one reading only.

    >>> day_order(["13/04/2024", "04/13/2024"]), day_order(["13/04/2024"])
    ('both', 'day_first')
    """
    seen = {order for text in texts for order in _order_of(text)}
    if len(seen) > 1:
        return "both"
    return next(iter(seen), "unknown")


def _order_of(text: str) -> tuple[DayOrder, ...]:
    match = _YEAR_LAST.fullmatch(_plain(text))
    if not match:
        return ()
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second:
        return ("day_first",)
    return ("month_first",) if second > 12 >= first else ()


def _plain(text: str) -> str:
    plain = without_invisible(unicodedata.normalize("NFKC", text)).casefold()
    return _WEEKDAY.sub(" ", plain).strip() if "(" in plain else plain


def _reader(order: DayOrder) -> Callable[[str], tuple[datetime, bool]]:
    def read(text: str) -> tuple[datetime, bool]:
        if _ISO.fullmatch(text):
            try:
                return datetime.fromisoformat(text), False
            except ValueError:
                raise Unreadable("date_impossible") from None
        return _written(_plain(text), order), True

    return read


def _formatted(form: str) -> Callable[[str], tuple[datetime, bool]]:
    pattern = strptime_form(form)

    def read(text: str) -> tuple[datetime, bool]:
        plain = without_invisible(unicodedata.normalize("NFKC", text))
        try:
            return datetime.strptime(plain, pattern), pattern != "%Y-%m-%d"
        except ValueError:
            raise Unreadable("date_not_in_format", {"format": form}) from None

    return read


def _written(plain: str, order: DayOrder) -> datetime:
    for pattern in (_YEAR_FIRST, _KANJI, _COMPACT):
        if match := pattern.fullmatch(plain):
            return _moment(int(match["y"]), match["m"], match["d"], match)
    if match := _ERA.fullmatch(plain):
        return _of_era(match)
    if match := _YEAR_LAST.fullmatch(plain):
        day, month = _day_and_month(match, order)
        return _moment(int(match["y"]), month, day, match)
    if (match := _NAMED.fullmatch(plain)) and (name := _named_month(match["m"] or match["m2"])):
        return _moment(int(match["y"]), name, match["d"] or match["d2"], match)
    raise Unreadable("date_unreadable")


def _named_month(name: str) -> str | None:
    return str(MONTHS.index(name[:3]) + 1) if name[:3] in MONTHS else None


def _day_and_month(match: re.Match[str], order: DayOrder) -> tuple[str, str]:
    """Day and month of a date with its year last; what allows two readings is not guessed."""
    first, second = int(match["a"]), int(match["b"])
    if order == "both" or (first <= 12 and second <= 12 and first != second):
        raise Unreadable("date_ambiguous")
    return (match["a"], match["b"]) if second <= 12 else (match["b"], match["a"])


def _of_era(match: re.Match[str]) -> datetime:
    name = ERA_LETTERS.get(match["era"], match["era"])
    first, last = ERAS[name]
    number = 1 if match["y"] == "元" else int(match["y"])
    value = _moment(first.year + number - 1, match["m"], match["d"], match)
    if not first <= value.date() <= last or number < 1:
        raise Unreadable("date_outside_era", {"era": name})
    return value


def _moment(year: int, month: str, day: str, match: re.Match[str]) -> datetime:
    parts = match.groupdict()
    minute = parts.get("mm") or parts.get("jm") or 0
    second = parts.get("ss") or parts.get("js") or 0
    micro = int((parts.get("f") or "0").ljust(6, "0")[:6])
    try:
        value = datetime(
            year, int(month), int(day), int(parts.get("hh") or 0), int(minute), int(second), micro
        )
    except ValueError:
        raise Unreadable("date_impossible") from None
    return _zoned(value, parts.get("zone"))


def _zoned(value: datetime, zone: str | None) -> datetime:
    if not zone:
        return value
    if zone in ("z", "utc"):
        return value.replace(tzinfo=ZoneInfo("UTC"))
    if zone == "jst":
        return value.replace(tzinfo=ZoneInfo("Asia/Tokyo"))
    digits = zone[1:].replace(":", "")
    return datetime.fromisoformat(f"{value.isoformat()}{zone[0]}{digits[:2]}:{digits[2:]}")


def _bounded(value: datetime, latest: date | None) -> datetime:
    if value.date() < EARLIEST:
        raise Unreadable("date_too_old")
    if latest is not None and value.date() > latest:
        raise Unreadable("date_future", {"run_date": latest.isoformat()})
    return value
