"""The evidence as a sheet holds it: days as days, months as months, everything else as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pandas

Kind = Literal["day", "month", "whole", "number", "share", "flag", "text"]

DAYS = (
    "created_at", "date", "due", "finished_at", "first_event", "first_order", "invoiced",
    "last_order", "lost_at", "paid", "second_order", "start", "won_at",
)  # fmt: skip
SHARES = ("overrun_share",)
ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet, from March 1900 on
EARLIEST = "1900-03-01"
DAY, MONTH = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-\d\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One table: its rows with days and months as day numbers, and the kind of each column."""

    table: str
    frame: pandas.DataFrame
    kinds: Mapping[str, Kind]


def evidence_of(table: str, frame: pandas.DataFrame) -> Evidence:
    """A frame of the diagnosis made ready for a sheet; blanks are NaN or None."""
    made, kinds = frame.copy(), {}
    for column in frame.columns:
        values, kind = _typed(str(column), frame[column])
        made[column], kinds[str(column)] = values, kind
    return Evidence(table=table, frame=made, kinds=kinds)


def day_number(day: str) -> int:
    """The number by which a spreadsheet knows a day or the first of a month.

    >>> day_number("2026-10-31"), day_number("2026-10")
    (46326, 46296)
    """
    return (date.fromisoformat(day if len(day) > 7 else f"{day}-01") - ZERO).days


def _typed(name: str, values: pandas.Series[Any]) -> tuple[Any, Kind]:
    import pandas as pd

    if pd.api.types.is_bool_dtype(values.dtype):
        return values.astype(object).where(values.notna(), None), "flag"
    if pd.api.types.is_numeric_dtype(values.dtype):
        numbers = values.astype(float)
        whole = bool((numbers.dropna() % 1 == 0).all())
        return numbers, "share" if name in SHARES else ("whole" if whole else "number")
    texts = values.astype(object).where(values.notna(), None)
    if name in DAYS and _all(texts, DAY):
        return texts.map(day_number, na_action="ignore").astype(float), "day"
    if name == "month" and _all(texts, MONTH):
        return texts.map(day_number, na_action="ignore").astype(float), "month"
    return texts, "text"


def _all(texts: Any, pattern: re.Pattern[str]) -> bool:
    """Whether each filled cell is such a day, and one a spreadsheet can count."""
    return all(
        text is None or (isinstance(text, str) and pattern.fullmatch(text) and text >= EARLIEST[:7])
        for text in texts
    )
