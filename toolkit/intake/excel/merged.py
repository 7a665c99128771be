"""Merged cells: a value over several rows of data counts for each of them, a title for none."""

from __future__ import annotations

from toolkit.intake.excel.sheet import Cells, Merged, put_field

_NEARLY_FULL = 0.8


def fill_merged(cells: Cells) -> int:
    """Repeat values merged over rows into each row, in place; how many cells were filled.

    The first row about as full as the fullest is taken for the header. A range above
    it is a title and stays in its first cell; a range over several columns does so in the
    header, too. What other cells of a range hold is never shown by a spreadsheet, so it goes.

    Raises:
        ValueError: ranges overlap, which no spreadsheet program writes.
    """
    if not cells.merged:
        return 0
    width, height, header = cells.width, cells.height, _header_row(cells)
    clipped = [
        Merged(
            top=found.top,
            bottom=min(found.bottom, height),
            left=found.left,
            right=min(found.right, width),
        )
        for found in cells.merged
    ]
    if sum(map(_area, clipped)) > height * width:
        raise ValueError(height * width)
    return sum(_spread(cells, found, header) for found in clipped)


def _area(found: Merged) -> int:
    return max(0, found.bottom - found.top + 1) * max(0, found.right - found.left + 1)


def _header_row(cells: Cells) -> int:
    filled = {row: sum(map(bool, fields)) for row, fields in cells.rows.items()}
    least = max(filled.values(), default=0) * _NEARLY_FULL
    return min((row for row, count in filled.items() if count >= least), default=0)


def _spread(cells: Cells, found: Merged, header: int) -> int:
    """Clear a range but its first cell, then fill its first column if it is one of data."""
    value = _cell(cells, found.top, found.left)
    for row in range(found.top, found.bottom + 1):
        fields = cells.rows.get(row, [])
        for column in range(found.left, min(found.right, len(fields)) + 1):
            fields[column - 1] = ""
    block = found.right > found.left
    is_data = found.top > header if block else found.bottom >= header
    last = found.bottom if value and is_data else found.top
    for row in range(found.top, last + 1) if value else ():
        put_field(cells.rows.setdefault(row, []), found.left, value)
    return last - found.top if value else 0


def _cell(cells: Cells, row: int, column: int) -> str:
    fields = cells.rows.get(row, [])
    return fields[column - 1] if column <= len(fields) else ""
