"""The forms in which a day is written, and the reasons for which a text is none."""

from __future__ import annotations

import re

from toolkit.intake.values.cells import Unreadable

MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_NUMBERS = {"sept": 9} | {
    name: number for number, month in enumerate(MONTHS, 1) for name in (month, month[:3])
}
ERA_NAMES = "明治|大正|昭和|平成|令和|[明大昭平令mtshr]"
_N = "[0-9]{1,2}"
_END = "(?![0-9])"
ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?)?"
)
YEAR_FIRST = re.compile(
    rf"(?P<y>[0-9]{{4}})(?P<sep>[-/.])\s*(?P<m>{_N})(?P=sep)\s*(?P<d>{_N}){_END}"
)
KANJI = re.compile(rf"(?P<y>[0-9]{{4}})\s*年\s*(?P<m>{_N})\s*月\s*(?P<d>{_N})\s*日")
COMPACT = re.compile("(?P<y>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})")
COMPACT_LENGTHS = (8, 12, 14)
ERA = re.compile(
    rf"(?P<era>{ERA_NAMES})\s*\.?\s*(?P<y>{_N}|元)\s*(?:年|[./-])\s*(?P<m>{_N})\s*(?:月|[./-])"
    rf"\s*(?P<d>{_N})(?:\s*日|{_END})"
    rf"|(?P<era2>{ERA_NAMES})(?P<y2>[0-9]{{2}})(?P<m2>[0-9]{{2}})(?P<d2>[0-9]{{2}}){_END}"
)
YEAR_LAST = re.compile(
    rf"(?P<a>{_N})(?P<sep>[-/.])\s*(?P<b>{_N})(?P=sep)\s*(?P<y>[0-9]{{4}}){_END}"
)
NAMED = re.compile(
    rf"(?:(?P<d>{_N})(?:st|nd|rd|th)?[\s-]+(?P<m>[a-z]+)\.?,?[\s-]+"
    rf"|(?P<m2>[a-z]+)\.?[\s-]+(?P<d2>{_N})(?:st|nd|rd|th)?,?[\s-]+)(?P<y>[0-9]{{4}}){_END}"
)
_REFUSED = (
    (
        "date_short_year",
        re.compile(
            rf"'?[0-9]{{2}}(?P<sep>[-/.])\s*{_N}(?P=sep)\s*{_N}{_END}.*|'?[0-9]{{2}}年\s*{_N}月.*"
            rf"|{_N}(?P<other>[-/.]){_N}(?P=other)[0-9]{{2}}{_END}.*"
            rf"|{_N}[\s-][a-z]{{3,9}}[\s-]'?[0-9]{{2}}{_END}.*"
        ),
    ),
    ("date_no_year", re.compile(rf"{_N}(?:[/-]{_N}(?![0-9/.-])|月\s*{_N}日).*")),
    ("date_count", re.compile(r"[0-9]{9,10}(?:\.[0-9]+)?|[0-9]{13}|[0-9]{16}|[0-9]{19}")),
)


def named_month(name: str) -> int | None:
    """Number of an English month from its name or its first three letters; else None.

    >>> named_month("apr"), named_month("september"), named_month("mayhem")
    (4, 9, None)
    """
    return _NUMBERS.get(name)


def refusal(plain: str) -> Unreadable:
    """Why a text is no date, by name where the reason is known.

    >>> [refusal(text).code for text in ("24/4/1", "4月1日", "1711929600", "近日中")]
    ['date_short_year', 'date_no_year', 'date_count', 'date_unreadable']
    """
    code = next((code for code, form in _REFUSED if form.fullmatch(plain)), "date_unreadable")
    return Unreadable(code)
