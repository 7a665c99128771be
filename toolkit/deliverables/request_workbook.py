"""The request for material as an A4 sheet to print, hand over or mail: Excel.

Every cell is text; nothing of a client's can become a formula. Equal requests give equal bytes.
"""

from __future__ import annotations

import io
import math
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, Any

from toolkit.outline.request import COLUMNS, RequestPage

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDTHS = {
    "no": 5,
    "what": 28,
    "why": 36,
    "period": 11,
    "form": 29,
    "screen": 34,
    "role": 14,
    "due": 10,
    "done": 5,
}
CENTRED = ("no", "period", "role", "due", "done")
FONT, SIZE = "Yu Gothic", 10
LINE_POINTS = 17.0
TALLEST_POINTS = 409.0
A4 = 9
MARGIN_INCHES = 0.4
INK, RULE, HEAD_FILL, BOX_FILL = "#1F2937", "#9CA3AF", "#E5E7EB", "#F3F4F6"
LAST = len(COLUMNS) - 1
TO_LAST, SENDER_LAST = 3, 5
"""The addressee stands on the left, date and sender on the right with a line to fill in."""


def request_workbook(page: RequestPage) -> bytes:
    """The sheet as the bytes of an .xlsx file."""
    import xlsxwriter

    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **never}) as book:
        book.set_properties({"title": page.title, "created": datetime.fromisoformat(page.day)})
        sheet = book.add_worksheet(_sheet_name(page.title))
        for index, name in enumerate(COLUMNS):
            sheet.set_column(index, index, WIDTHS[name])
        header = _letter(sheet, page, book)
        row = _table(sheet, page, book, header) if page.rows else header
        row = _lines(sheet, page.notes, row, _style(book, valign="top"))
        row = _box(sheet, page, book, row)
        _printing(sheet, page, header, row)
    return buffer.getvalue()


def _sheet_name(title: str) -> str:
    return "".join(char for char in title if char not in "[]:*?/\\")[:31]


def _style(book: Workbook, **fields: Any) -> Format:
    return book.add_format(
        {
            "font_name": FONT,
            "font_size": SIZE,
            "font_color": INK,
            "text_wrap": True,
            "valign": "vcenter",
            **fields,
        }
    )


def _letter(sheet: Worksheet, page: RequestPage, book: Workbook) -> int:
    """Title, addressee, date, sender and the opening; returns the first row of the table."""
    title = _style(book, bold=True, font_size=18, align="center")
    _merged(sheet, 0, (0, LAST), page.title, title, 34)
    bold, plain = _style(book, bold=True, font_size=13), _style(book)
    right = _style(book, align="right")
    _merged(sheet, 1, (0, TO_LAST), page.to, bold, 24)
    _merged(sheet, 1, (TO_LAST + 1, LAST), page.date, right, 24)
    _merged(sheet, 2, (0, TO_LAST), page.to_person, plain, 22)
    _merged(sheet, 2, (TO_LAST + 1, SENDER_LAST), page.sender, right, 22)
    _merged(sheet, 2, (SENDER_LAST + 1, LAST), "", _style(book, bottom=1, border_color=RULE), 22)
    height = _height(page.opening, sum(WIDTHS.values())) + LINE_POINTS
    _merged(sheet, 3, (0, LAST), page.opening, plain, height)
    return 4


def _table(sheet: Worksheet, page: RequestPage, book: Workbook, top: int) -> int:
    head = _style(book, bold=True, align="center", border=1, border_color=RULE, bg_color=HEAD_FILL)
    for index, text in enumerate(page.head):
        sheet.write_string(top, index, text, head)
    sheet.set_row(top, _tallest(page.head))
    cell = {"border": 1, "border_color": RULE, "valign": "top"}
    left, centred = _style(book, **cell), _style(book, **cell, align="center")
    for row, texts in enumerate(page.rows, start=top + 1):
        for index, text in enumerate(texts):
            style = centred if COLUMNS[index] in CENTRED else left
            sheet.write_string(row, index, text, style)
        sheet.set_row(row, _tallest(texts))
    return top + 1 + len(page.rows)


def _lines(sheet: Worksheet, lines: tuple[str, ...], row: int, style: Format) -> int:
    """Notes below the table; returns the next free row."""
    for index, text in enumerate(lines):
        height = _height(text, sum(WIDTHS.values()))
        _merged(sheet, row + index, (0, LAST), text, style, height)
    return row + len(lines)


def _box(sheet: Worksheet, page: RequestPage, book: Workbook, row: int) -> int:
    """How personal data is handled, in a frame of its own; returns the row after it."""
    if not page.box:
        return row
    sheet.set_row(row, LINE_POINTS / 2)
    fill = {"bg_color": BOX_FILL, "left": 1, "right": 1, "border_color": RULE, "indent": 1}
    title = _style(book, **fill, bold=True, top=1)
    _merged(sheet, row + 1, (0, LAST), page.box_title, title, LINE_POINTS + 6)
    for index, text in enumerate(page.box):
        last = {"bottom": 1} if index == len(page.box) - 1 else {}
        style = _style(book, **fill, **last, valign="top")
        height = _height(text, sum(WIDTHS.values()) - 4)
        _merged(sheet, row + 2 + index, (0, LAST), text, style, height)
    return row + 2 + len(page.box)


def _printing(sheet: Worksheet, page: RequestPage, header: int, rows: int) -> None:
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(*[MARGIN_INCHES] * 2, top=MARGIN_INCHES, bottom=2 * MARGIN_INCHES)
    sheet.print_area(0, 0, max(rows - 1, header), LAST)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.set_footer("&C" + page.page.format(page="&P", pages="&N"))
    sheet.hide_gridlines(2)
    if page.rows:
        sheet.repeat_rows(header)
        sheet.freeze_panes(header + 1, 2)


def _merged(  # noqa: PLR0913 — one merged cell
    sheet: Worksheet, row: int, columns: tuple[int, int], text: str, style: Format, points: float
) -> None:
    first, last = columns
    sheet.merge_range(row, first, row, last, "", style)
    sheet.write_string(row, first, text, style)
    sheet.set_row(row, points)


def _tallest(texts: tuple[str, ...]) -> float:
    """Height of a row: Excel does not fit rows to wrapped text by itself."""
    heights = [
        _height(text, WIDTHS[name]) for name, text in zip(COLUMNS, texts, strict=True) if text
    ]
    return min(TALLEST_POINTS, max(heights, default=LINE_POINTS))


def _height(text: str, width: float) -> float:
    """Points a wrapped text needs in a column of ``width`` half-width characters."""
    lines = sum(max(1, math.ceil(cells(line) / max(1.0, width - 1.5))) for line in text.split("\n"))
    return min(TALLEST_POINTS, lines * LINE_POINTS + 4)


def cells(text: str) -> int:
    """Width of a text in half-width characters.

    >>> cells("受注 CSV")
    8
    """
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
