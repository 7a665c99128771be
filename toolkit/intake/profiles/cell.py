"""Where a value stands in a workbook, for messages that lead there."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a hearing sheet: its sheet, row, the heading of its column, the sheet's language."""

    sheet: str
    row: int
    column: str
    lang: str
