"""``date_format`` of a mapping: strptime, letters as in YYYY/MM/DD, an order, or a count.

The orders ymd, dmy and mdy say which number is which and leave separators and times free; with
them a year of two digits is read too. excel, unix and unix_ms name counts of days, seconds and
thousandths.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

from toolkit.errors import UsageError
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.moments import calendar_day, moment
from toolkit.intake.values.serial_dates import serial_moment
from toolkit.intake.values.widths import narrow, one_dash

Read = Callable[[str], tuple[datetime, bool, bool]]

_ORDERS = {"ymd": "%Y/%m/%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}
COUNTS = ("excel", "unix", "unix_ms")
_TOKEN = re.compile(r"[Yy]{4}|[Yy]{2}|[Dd]{1,2}|MM?|mm?|[Hh]{1,2}|[Ss]{1,2}|AM/PM|tt|[A-Za-z]")
_LETTERS = {"d": "%d", "h": "%H", "s": "%S"}
_DIRECTIVES = frozenset("YymdbBHIMSfpzaA")
_NAMES = re.compile(r"%(.)")
_PIVOT = 69  # as strptime reads %y: 69 is 1969, 68 is 2068
_ORDERED = re.compile(
    r"(?P<a>[0-9]{1,4})(?P<sep>[-/.])\s*(?P<b>[0-9]{1,2})(?P=sep)\s*(?P<c>[0-9]{1,4})(?![0-9])"
)


def strptime_form(form: str) -> str:
    """The strptime pattern that a ``date_format`` stands for; a count stands for itself.

    Raises:
        UsageError: it does not hold day, month and year, each once.

    >>> strptime_form("YYYYMMDD"), strptime_form("%d.%m.%Y"), strptime_form("yyyy/m/d H:mm")
    ('%Y%m%d', '%d.%m.%Y', '%Y/%m/%d %H:%M')
    """
    if form.casefold() in COUNTS:
        return form.casefold()
    pattern = _ORDERS.get(form.casefold(), form)
    if "%" not in pattern:
        pattern = _of_letters(form)
    given = set(_NAMES.findall(pattern.replace("%%", "")))
    whole = given & {"Y", "y"} and "d" in given and given & {"m", "b", "B"}
    if not whole or given - _DIRECTIVES or not _works(pattern):
        raise UsageError("date_format_unknown", params={"format": form})
    return pattern


def format_reader(form: str) -> Read:
    """Reader of one form and nothing else: the moment, whether it is timed, whether rewritten.

    Raises:
        UsageError: the form does not hold day, month and year.

    >>> read = format_reader("dmy")
    >>> read("3.4.2024")[0].isoformat(), read("03/04/24 9:05")[0].isoformat()
    ('2024-04-03T00:00:00', '2024-04-03T09:05:00')
    """
    pattern = strptime_form(form)
    order = form.casefold()
    if order in _ORDERS:
        return lambda text: (*_ordered(one_dash(narrow(text)), order), True)
    if pattern in COUNTS:
        return lambda text: (*_counted(narrow(text), pattern), True)
    timed = any(directive in pattern for directive in ("%H", "%I"))

    def read(text: str) -> tuple[datetime, bool, bool]:
        plain = narrow(text)
        try:
            value = datetime.strptime(plain, pattern)
        except (ValueError, OverflowError):
            raise Unreadable("date_not_in_format", {"format": form}) from None
        return value, timed, pattern != "%Y-%m-%d" or plain != text

    return read


def _ordered(plain: str, order: str) -> tuple[datetime, bool]:
    match = _ORDERED.match(plain)
    part = dict(zip(order, match.group("a", "b", "c"), strict=True)) if match else {}
    if not match or len(part["y"]) not in (2, 4) or max(len(part["m"]), len(part["d"])) > 2:
        raise Unreadable("date_not_in_format", {"format": order})
    year = int(part["y"])
    if len(part["y"]) == 2:
        year += 1900 if year >= _PIVOT else 2000
    return moment(calendar_day(year, part["m"], part["d"]), plain[match.end() :])


def _counted(plain: str, count: str) -> tuple[datetime, bool]:
    if count == "excel":
        serial = serial_moment(plain, None)
        if serial is not None:
            return serial, serial.time() != time.min
    elif re.fullmatch("[0-9]{9,13}", plain):
        thousandths = int(plain) * (1 if count == "unix_ms" else 1000)
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=thousandths), True
    raise Unreadable("date_not_in_format", {"format": count})


def _of_letters(form: str) -> str:
    """Letters as spreadsheets and systems write them; M after an hour is the minute."""
    half = "AM/PM" in form or "tt" in form
    before = ""

    def directive(match: re.Match[str]) -> str:
        nonlocal before
        letters, last = match[0], before
        before = letters[0].casefold()
        if letters in ("AM/PM", "tt"):
            return "%p"
        if before == "y":
            return "%Y" if len(letters) == 4 else "%y"
        if before == "m":
            return "%M" if last == "h" else "%m"
        if before == "h" and half:
            return "%I"
        if letters in ("T", "Z"):
            return letters
        return _LETTERS.get(before, "%?")

    return _TOKEN.sub(directive, form)


def _works(pattern: str) -> bool:
    moment = datetime(2024, 4, 1)
    try:
        return datetime.strptime(moment.strftime(pattern), pattern).date() == moment.date()
    except (ValueError, re.error):
        return False
