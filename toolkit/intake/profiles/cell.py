"""Where a value stands in a workbook, for messages that lead there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a hearing sheet: sheet, row, heading of its column, language of the sheet."""

    sheet: str
    row: int
    column: str
    lang: str
