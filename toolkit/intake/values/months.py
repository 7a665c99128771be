"""Months and years: 2024-04, 2024年4月, 令和6年4月, 202404, Apr 2024, or a date of that month."""

from __future__ import annotations

import re
from datetime import date

from toolkit.intake.values.cells import Parsed, Parser, Unreadable
from toolkit.intake.values.date_forms import ERA_NAMES, named_month
from toolkit.intake.values.dates import EARLIEST, ERA_LETTERS, ERAS, DateRules, date_parser
from toolkit.intake.values.moments import calendar_day
from toolkit.intake.values.widths import narrow, one_dash

LAST_YEAR = 2100
_ISO = re.compile("[0-9]{4}-(?:0[1-9]|1[0-2])")
_M = "(?P<m>[0-9]{1,2})"
_MONTH = re.compile(
    rf"(?P<y>[0-9]{{4}})(?:\s*[-/.]\s*|\s*年\s*){_M}\s*月?(?:分|度)?"
    "|(?P<cy>[0-9]{4})(?P<cm>[0-9]{2})"
    "|(?P<lm>[0-9]{1,2})[-/](?P<ly>[0-9]{4})"
)
_NAMED = re.compile(
    r"(?P<m>[a-z]+)\.?,?[\s-]+(?P<y>[0-9]{4})|(?P<y2>[0-9]{4})[\s-]+(?P<m2>[a-z]+)\.?"
)
_ERA_MONTH = re.compile(
    rf"(?P<era>{ERA_NAMES})\s*\.?\s*(?P<y>[0-9]{{1,2}}|元)\s*(?:年|[./-])\s*{_M}\s*月?(?:分|度)?"
)
_SHORT_YEAR = re.compile(rf"'?[0-9]{{2}}\s*(?:年|[-/.])\s*{_M}\s*月?(?:分|度)?")
_NO_YEAR = re.compile(rf"{_M}\s*月(?:分|度)?")
_YEAR = re.compile(
    r"(?P<y>[0-9]{4})(?:\s*年度?|年[0-9]{1,2}月期)?|fy\s*(?P<fy>[0-9]{4})"
    rf"|(?P<era>{ERA_NAMES})\s*(?P<ey>[0-9]{{1,2}}|元)\s*(?:年度?)?"
)


def month_parser(rules: DateRules) -> Parser:
    """Parser of a month as YYYY-MM; a date counts as its month.

    >>> read = month_parser(DateRules(zone="Asia/Tokyo", latest=date(2026, 1, 1)))
    >>> read("2024年4月"), read("2024-04"), read("2024-04-30")
    (('2024-04', True), ('2024-04', False), ('2024-04', True))
    """
    parse_date = date_parser(rules)

    def parse(text: str) -> Parsed:
        plain = one_dash(narrow(text))
        first = _first_day(plain)
        if first is None:
            value, _ = parse_date(text)
            return f"{value:%Y-%m}", True
        if first < EARLIEST:
            raise Unreadable("date_too_old")
        if rules.latest is not None and first > rules.latest:
            raise Unreadable("date_future", {"run_date": rules.latest.isoformat()})
        return f"{first:%Y-%m}", not _ISO.fullmatch(text)

    return parse


def parse_year(text: str) -> Parsed:
    """A year as YYYY in text, from 2024, 2024年度, FY2024 or 令和6年度.

    >>> parse_year("令和6年度"), parse_year("2024")
    (('2024', True), ('2024', False))
    """
    match = _YEAR.fullmatch(narrow(text))
    if not match:
        raise Unreadable("year_unreadable")
    year = _year_of_era(match["era"], match["ey"]) if match["era"] else match["y"] or match["fy"]
    if not EARLIEST.year <= int(year) <= LAST_YEAR:
        raise Unreadable("year_unreadable")
    return year, year != text


def _first_day(plain: str) -> date | None:
    """First day of a month; None where the text is none, and may be a date."""
    for form, code in ((_SHORT_YEAR, "date_short_year"), (_NO_YEAR, "date_no_year")):
        if form.fullmatch(plain):
            raise Unreadable(code)
    if match := _MONTH.fullmatch(plain):
        year, month = match["y"] or match["cy"] or match["ly"], match["m"] or match["cm"]
        return calendar_day(int(year), month or match["lm"], "1")
    if match := _ERA_MONTH.fullmatch(plain):
        return _of_era(match)
    if match := _NAMED.fullmatch(plain):
        named = named_month(match["m"] or match["m2"])
        return calendar_day(int(match["y"] or match["y2"]), str(named), "1") if named else None
    return None


def _of_era(match: re.Match[str]) -> date:
    """First day of an era's month; the month a new era begins in belongs to both."""
    name = ERA_LETTERS.get(match["era"], match["era"])
    first, last = ERAS[name]
    day = calendar_day(int(_year_of_era(match["era"], match["y"])), match["m"], "1")
    if not first.replace(day=1) <= day <= last:
        raise Unreadable("date_outside_era", {"era": name})
    return day


def _year_of_era(era: str, number: str) -> str:
    """The common year of an era's year, as text; 0 is no year."""
    first, last = ERAS[ERA_LETTERS.get(era, era)]
    year = first.year + (1 if number == "元" else int(number)) - 1
    if not first.year <= year <= last.year:
        raise Unreadable("date_outside_era", {"era": ERA_LETTERS.get(era, era)})
    return str(year)
