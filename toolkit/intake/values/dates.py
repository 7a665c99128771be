"""Dates as Japanese systems write them: ISO, slashes, 年月日, eras, times and offsets.

Nothing is guessed: a year of two digits, a day and month that could change places, a lone count of
days or seconds and a weekday that belongs to another day are refused, each by its own code.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from toolkit.intake.values.cells import Parsed, Parser, Unreadable
from toolkit.intake.values.date_format import Read, format_reader
from toolkit.intake.values.date_forms import (
    COMPACT,
    COMPACT_LENGTHS,
    ERA,
    ISO,
    KANJI,
    NAMED,
    YEAR_FIRST,
    YEAR_LAST,
    named_month,
    refusal,
)
from toolkit.intake.values.moments import calendar_day, leading_weekday, moment
from toolkit.intake.values.serial_dates import serial_moment
from toolkit.intake.values.widths import narrow, one_dash

EARLIEST = date(1950, 1, 1)
ERAS = {
    "明治": (date(1868, 10, 23), date(1912, 7, 29)),
    "大正": (date(1912, 7, 30), date(1926, 12, 24)),
    "昭和": (date(1926, 12, 25), date(1989, 1, 7)),
    "平成": (date(1989, 1, 8), date(2019, 4, 30)),
    "令和": (date(2019, 5, 1), date.max),
}
ERA_LETTERS = {"m": "明治", "t": "大正", "s": "昭和", "h": "平成", "r": "令和"} | {
    name[0]: name for name in ERAS
}
DayOrder = Literal["day_first", "month_first", "both", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRules:
    """What bounds a date column: the client's zone, first and last day, the day order.

    ``serials`` says that the whole column holds Excel's day counts (``serial_order``);
    ``source_zone`` is the zone of times without an offset where it is not the client's.
    """

    zone: str
    latest: date | None
    order: DayOrder = "unknown"
    form: str | None = None
    serials: bool = False
    source_zone: str | None = None
    earliest: date = EARLIEST


def date_parser(rules: DateRules) -> Parser:
    """Parser of one column: a naive time in the client's zone, and whether it was rewritten.

    A date without a time is no moment and stays the day it is. A local time that a change of the
    clock skips or repeats is taken with the earlier offset.

    >>> read = date_parser(DateRules(zone="Asia/Tokyo", latest=date(2026, 1, 1)))
    >>> read("令和元年5月1日")[0].isoformat(), read("2024-04-01T15:00:00Z")[0].isoformat()
    ('2019-05-01T00:00:00', '2024-04-02T00:00:00')
    """
    zone = ZoneInfo(rules.zone)
    source = ZoneInfo(rules.source_zone) if rules.source_zone else zone
    read = format_reader(rules.form) if rules.form else _reader(rules)

    def parse(text: str) -> Parsed:
        value, timed, changed = read(text)
        if value.tzinfo is None and timed and source is not zone:
            value = value.replace(tzinfo=source)
        if value.tzinfo is not None:
            value, changed = _local(value, zone), True
        return _bounded(value, rules), changed

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
    match = YEAR_LAST.match(_plain(text))
    if not match:
        return ()
    first, second = int(match["a"]), int(match["b"])
    if first > 12 >= second:
        return ("day_first",)
    return ("month_first",) if second > 12 >= first else ()


def _plain(text: str) -> str:
    return one_dash(narrow(text))


def _reader(rules: DateRules) -> Read:
    def read(text: str) -> tuple[datetime, bool, bool]:
        if ISO.fullmatch(text):
            try:
                return datetime.fromisoformat(text), len(text) > len("2024-04-01"), False
            except ValueError:  # no such day, or an hour past midnight
                return (*_written(text.casefold(), rules.order), True)
        serial = serial_moment(text, rules.latest)
        if serial is None:
            return (*_written(_plain(text), rules.order), True)
        if not rules.serials:
            raise Unreadable("date_serial", {"date": f"{serial:%Y-%m-%d}"})
        return serial, serial.time() != time.min, True

    return read


def _written(plain: str, order: DayOrder) -> tuple[datetime, bool]:
    named, plain = leading_weekday(plain)
    if plain.isascii() and plain.isdigit() and len(plain) not in COMPACT_LENGTHS:
        raise refusal(plain)
    if match := COMPACT.match(plain):
        day = calendar_day(int(match["y"]), match["m"], match["d"])
        return moment(day, plain[match.end() :], named=named, glued=True)
    day, rest = _day_of(plain, order)
    return moment(day, rest, named=named)


def _day_of(plain: str, order: DayOrder) -> tuple[date, str]:
    """The day a text begins with, and what follows it."""
    if match := YEAR_FIRST.match(plain) or KANJI.match(plain):
        day = calendar_day(int(match["y"]), match["m"], match["d"])
    elif match := ERA.match(plain):
        day = _of_era(match)
    elif match := YEAR_LAST.match(plain):
        number, month = _day_and_month(match, order)
        day = calendar_day(int(match["y"]), month, number)
    elif (match := NAMED.match(plain)) and (of := named_month(match["m"] or match["m2"])):
        day = calendar_day(int(match["y"]), str(of), match["d"] or match["d2"])
    else:
        raise refusal(plain)
    return day, plain[match.end() :]


def _day_and_month(match: re.Match[str], order: DayOrder) -> tuple[str, str]:
    """Day and month of a date with its year last; what allows two readings is not guessed."""
    first, second = int(match["a"]), int(match["b"])
    if order == "both" or (first <= 12 and second <= 12 and first != second):
        raise Unreadable("date_ambiguous")
    return (match["a"], match["b"]) if second <= 12 else (match["b"], match["a"])


def _of_era(match: re.Match[str]) -> date:
    era, year, month, day = (
        match.group("era", "y", "m", "d") if match["era"] else match.group("era2", "y2", "m2", "d2")
    )
    name = ERA_LETTERS.get(era, era)
    first, last = ERAS[name]
    number = 1 if year == "元" else int(year)
    value = calendar_day(first.year + number - 1, month, day)
    if not first <= value <= last or number < 1:
        raise Unreadable("date_outside_era", {"era": name})
    return value


def _local(value: datetime, zone: ZoneInfo) -> datetime:
    try:
        return value.astimezone(zone).replace(tzinfo=None)
    except OverflowError:  # the first or last day a calendar holds
        raise Unreadable("date_impossible") from None


def _bounded(value: datetime, rules: DateRules) -> datetime:
    if value.date() < rules.earliest:
        raise Unreadable("date_too_old")
    if rules.latest is not None and value.date() > rules.latest:
        raise Unreadable("date_future", {"run_date": rules.latest.isoformat()})
    return value
