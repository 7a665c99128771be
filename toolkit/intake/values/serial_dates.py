"""Days as Excel counts them (45383 is 1 April 2024), where a text file shows the bare number."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Literal

from toolkit.intake.values.cells import is_blank
from toolkit.intake.values.widths import narrow

SerialOrder = Literal["all", "some", "none"]
FIRST = 18_264  # 1 January 1950; no date before it is taken
_SERIAL = re.compile(r"[0-9]{5}(?:\.[0-9]{1,17})?")
_ZERO = datetime(1899, 12, 30)
_NO_LIMIT = date(2100, 1, 1)


def serial_moment(text: str, latest: date | None) -> datetime | None:
    """The moment of a serial from 1950 to ``latest`` (None: 2100), to the second; else None.

    Books that count from 1904 are told apart by the book, never here.

    >>> serial_moment("45383.5", date(2026, 1, 1)), serial_moment("20240401", None)
    (datetime.datetime(2024, 4, 1, 12, 0), None)
    """
    plain = narrow(text)
    if not _SERIAL.fullmatch(plain):
        return None
    whole, _, part = plain.partition(".")
    if int(whole) < FIRST:
        return None
    moment = _ZERO + timedelta(days=int(whole), seconds=round(float(f"0.{part or 0}") * 86_400))
    return moment if moment.date() <= (latest or _NO_LIMIT) else None


def serial_order(texts: Iterable[str], latest: date | None) -> SerialOrder:
    """Whether the texts of a date column are serials: all that are not blank, some, or none.

    Only a column of nothing else is read as serials; one among dates may be any number.

    >>> serial_order(["45383", "", "45390"], None), serial_order(["45383", "2024-04-08"], None)
    ('all', 'some')
    """
    seen = {serial_moment(text, latest) is not None for text in texts if not is_blank(text)}
    if seen == {True}:
        return "all"
    return "some" if True in seen else "none"
