"""Months and years: 2024-04, 2024年4月, 令和6年4月, 202404, or a date of that month."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from toolkit.intake.cells import Parsed, Parser, Unreadable
from toolkit.intake.columns import without_invisible
from toolkit.intake.dates import EARLIEST, ERA_LETTERS, ERAS, DateRules, date_parser

_ISO = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_MONTH = re.compile(
    r"(?P<y>\d{4})(?:[-/.]|年\s*)(?P<m>\d{1,2})月?(?:分|度)?|(?P<cy>\d{4})(?P<cm>\d{2})"
)
_ERA_MONTH = re.compile(
    r"(?P<era>明治|大正|昭和|平成|令和|[mtshr])\s*(?P<y>\d{1,2}|元)(?:年|[./-])(?P<m>\d{1,2})月?(?:分|度)?"
)
_YEAR = re.compile(r"(?P<y>\d{4})(?:年度?|年\d{1,2}月期|\s*年)?|fy\s*(?P<fy>\d{4})")


def month_parser(rules: DateRules) -> Parser:
    """Parser of a month as YYYY-MM; a date counts as its month.

    >>> read = month_parser(DateRules(zone="Asia/Tokyo", latest=date(2026, 1, 1)))
    >>> read("2024年4月"), read("2024-04"), read("2024-04-30")
    (('2024-04', True), ('2024-04', False), ('2024-04', True))
    """
    parse_date = date_parser(rules)

    def parse(text: str) -> Parsed:
        plain = without_invisible(unicodedata.normalize("NFKC", text)).casefold()
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
    """A year as YYYY in text, from 2024, 2024年度 or FY2024."""
    plain = without_invisible(unicodedata.normalize("NFKC", text)).casefold()
    match = _YEAR.fullmatch(plain)
    year = (match["y"] or match["fy"]) if match else None
    if year is None or int(year) < EARLIEST.year:
        raise Unreadable("year_unreadable")
    return year, year != text


def _first_day(plain: str) -> date | None:
    try:
        if match := _MONTH.fullmatch(plain):
            return date(int(match["y"] or match["cy"]), int(match["m"] or match["cm"]), 1)
        if match := _ERA_MONTH.fullmatch(plain):
            number = 1 if match["y"] == "元" else int(match["y"])
            start = ERAS[ERA_LETTERS.get(match["era"], match["era"])][0]
            return date(start.year + number - 1, int(match["m"]), 1)
    except ValueError:
        raise Unreadable("date_impossible") from None
    return None
