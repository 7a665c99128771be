"""``date_format`` of a mapping: strptime, YYYYMMDD letters, or the order ymd, dmy, mdy."""

from __future__ import annotations

import re

from toolkit.errors import UsageError

_LETTERS = (
    ("YYYY", "%Y"),
    ("MM", "%m"),
    ("DD", "%d"),
    ("HH", "%H"),
    ("hh", "%H"),
    ("mm", "%M"),
    ("ss", "%S"),
    ("SS", "%S"),
    ("YY", "%y"),
)
_ORDERS = {"ymd": "%Y/%m/%d", "dmy": "%d/%m/%Y", "mdy": "%m/%d/%Y"}


def strptime_form(form: str) -> str:
    """The strptime pattern that a ``date_format`` stands for.

    Raises:
        UsageError: it holds no day, month and year.

    >>> strptime_form("YYYYMMDD"), strptime_form("%d.%m.%Y"), strptime_form("dmy")
    ('%Y%m%d', '%d.%m.%Y', '%d/%m/%Y')
    """
    pattern = _ORDERS.get(form.casefold(), form)
    if "%" not in pattern:
        for letters, directive in _LETTERS:
            pattern = pattern.replace(letters, directive)
    whole = re.search("%[yY]", pattern) and "%d" in pattern and re.search("%[mbB]", pattern)
    if not whole:
        raise UsageError("date_format_unknown", params={"format": form})
    return pattern
