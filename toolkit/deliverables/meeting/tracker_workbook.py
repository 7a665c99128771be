"""The action tracker as an Excel sheet to fill in: lists, dates, rows that turn red when late.

Every text of a client's is a text and never a formula; the one formula is ours and only colours.
Equal diagnoses give equal bytes. The sheet is read back by ``read_tracker``.
"""

from __future__ import annotations

import io
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING, Any

from toolkit.deliverables.request_workbook import cells
from toolkit.deliverables.sheet import workbook_options
from toolkit.intake.profiles.edits import LONGEST, LONGEST_NAME
from toolkit.outline.tracker import COLUMNS, FILLED_IN, TrackerPage, TrackerRow
from toolkit.words import Words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WIDTHS = {
    "code": 9,
    "action": 36,
    "finding": 21,
    "effect": 13,
    "cost": 13,
    "assignee": 11,
    "due": 11.5,
    "status": 9,
    "reason": 16,
    "figure": 18,
    "then": 9.5,
    "now": 9.5,
    "promised": 12,
    "realised": 12,
    "comment": 22,
}
CENTRED = ("code", "assignee", "due", "status", "then", "now")
AMOUNTS = ("promised", "realised")
FONT, SIZE, LINE, TALLEST = "Yu Gothic", 10, 16.5, 160.0
INK, GREY, RULE, NAVY, FILL = "#1F2937", "#5B6470", "#C7CDD6", "#1F3A5F", "#FFF9DB"
LATE, LATE_INK, DONE_INK = "#FBE3DC", "#9A2F10", "#8A93A0"
HEAD, FIRST, KEPT = 3, 4, 2
"""Rows of the head and of the first action, and the columns that stay in sight."""

YEN = {"ja": '#,##0"円"', "en": '"¥"#,##0'}
DAY = "yyyy/mm/dd"
A4 = 9
EARLIEST, LATEST = datetime(2000, 1, 1), datetime(2199, 12, 31)


def tracker_workbook(page: TrackerPage, book: Words) -> bytes:
    """The tracker as the bytes of an .xlsx file.

    Args:
        page: the rows and labels in one language.
        book: words of that language, for what the cells say while they are filled in.
    """
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, workbook_options()) as workbook:
        workbook.set_properties({"title": page.title, "created": datetime.fromisoformat(page.day)})
        sheet = workbook.add_worksheet(page.sheet)
        for place, name in enumerate(COLUMNS):
            sheet.set_column(place, place, WIDTHS[name])
        _head(sheet, page, workbook)
        for row, one in enumerate(page.rows, start=FIRST):
            _row(sheet, row, one, page, workbook)
        if page.rows:
            _checks(sheet, page, book)
            _colours(sheet, page, workbook)
            _list(workbook.add_worksheet(page.lists), page)
        else:
            sheet.write_string(FIRST, 1, page.none, _style(workbook, text_wrap=False))
        _printing(sheet, page)
    return buffer.getvalue()


def _style(book: Workbook, **fields: Any) -> Format:
    base = {"font_name": FONT, "font_size": SIZE, "font_color": INK, "text_wrap": True}
    return book.add_format({**base, "valign": "top", **fields})


def _head(sheet: Worksheet, page: TrackerPage, book: Workbook) -> None:
    title = _style(book, bold=True, font_size=18, font_color=NAVY, text_wrap=False)
    sheet.set_row(0, 32)
    sheet.write_string(0, 0, page.title, title)
    sheet.set_row(1, 20)
    sheet.write_string(1, 0, page.about, _style(book, bold=True, text_wrap=False))
    sheet.set_row(2, 20)
    sheet.write_string(2, 0, page.guide, _style(book, font_color=GREY, text_wrap=False))
    look = {"bold": True, "font_color": "#FFFFFF", "bg_color": NAVY, "align": "center"}
    head = _style(book, **look, valign="vcenter", border=1, border_color=RULE)
    sheet.set_row(HEAD, 30)
    for place, label in enumerate(page.head):
        sheet.write_string(HEAD, place, label, head)


def _row(sheet: Worksheet, row: int, one: TrackerRow, page: TrackerPage, book: Workbook) -> None:
    sheet.set_row(row, _height(one))
    for place, name in enumerate(COLUMNS):
        style = _style(book, **_look(name, page))
        if name == "due":
            _day(sheet, row, place, one.due, style)
        elif name in AMOUNTS:
            value = one.promised if name == "promised" else one.realised
            _amount(sheet, row, place, value, style)
        elif one.texts[name]:
            sheet.write_string(row, place, one.texts[name], style)
        else:
            sheet.write_blank(row, place, None, style)


def _look(name: str, page: TrackerPage) -> dict[str, Any]:
    """How the cells of a column look: those to fill in are pale yellow."""
    look: dict[str, Any] = {"border": 1, "border_color": RULE}
    if name in CENTRED:
        look["align"] = "center"
    if name in FILLED_IN:
        look["bg_color"] = FILL
    if name == "code":
        look |= {"font_size": 8, "font_color": GREY}
    if name == "action":
        look["bold"] = True
    if name == "due":
        look["num_format"] = DAY
    if name in AMOUNTS:
        other = f'"{page.currency} "#,##0.00'
        look["num_format"] = YEN.get(page.lang, other) if page.currency == "JPY" else other
    return look


def _day(sheet: Worksheet, row: int, place: int, day: str | None, style: Format) -> None:
    if day is None:
        sheet.write_blank(row, place, None, style)
    else:
        sheet.write_datetime(row, place, datetime.fromisoformat(day), style)


def _amount(sheet: Worksheet, row: int, place: int, value: float | None, style: Format) -> None:
    if value is None:
        sheet.write_blank(row, place, None, style)
    else:
        sheet.write_number(row, place, value, style)


def _height(one: TrackerRow) -> float:
    """Excel does not fit rows to wrapped text by itself."""
    lines = (
        sum(max(1, ceil(cells(line) / (WIDTHS[name] - 1))) for line in text.split("\n"))
        for name, text in one.texts.items()
    )
    return min(TALLEST, max(2, *lines) * LINE + 4)


def _checks(sheet: Worksheet, page: TrackerPage, book: Words) -> None:
    """What the cells let in: a state of the list, a date, texts that edits.yaml takes."""
    last = FIRST + len(page.rows) - 1
    title = book.text("meetings.tracker.input_title")
    told = {"input_title": title, "error_title": title}
    letter = "A"
    states: dict[str, Any] = {
        **told,
        "validate": "list",
        "source": f"='{page.lists}'!${letter}$1:${letter}${len(page.states)}",
        "input_message": book.text("meetings.tracker.state_message"),
        "error_message": book.text("meetings.tracker.state_wrong"),
    }
    days: dict[str, Any] = {
        **told,
        "validate": "date",
        "criteria": "between",
        "minimum": EARLIEST,
        "maximum": LATEST,
        "input_message": book.text("meetings.tracker.due_message"),
        "error_message": book.text("meetings.tracker.due_wrong"),
    }
    rules = {"status": states, "due": days}
    for name, longest in (("assignee", LONGEST_NAME), ("reason", LONGEST), ("comment", LONGEST)):
        wrong = book.text("meetings.tracker.long_wrong", longest=f"{longest:,}")
        limit = {"validate": "length", "criteria": "<=", "value": longest}
        rules[name] = {**limit, "error_title": title, "error_message": wrong}
    for name, rule in rules.items():
        place = COLUMNS.index(name)
        sheet.data_validation(FIRST, place, last, place, rule)


def _colours(sheet: Worksheet, page: TrackerPage, book: Workbook) -> None:
    """Open rows past their date turn red, closed ones grey."""
    last = FIRST + len(page.rows) - 1
    due, status = (f"${_letter(name)}{FIRST + 1}" for name in ("due", "status"))
    closed = ",".join(f'{status}="{label}"' for label in page.closed)
    late = f"=AND(ISNUMBER({due}),{due}<TODAY(),NOT(OR({closed})))"
    shades = (
        (late, book.add_format({"bg_color": LATE, "font_color": LATE_INK})),
        (f"=OR({closed})", book.add_format({"font_color": DONE_INK})),
    )
    for formula, style in shades:
        rule = {"type": "formula", "criteria": formula, "format": style}
        sheet.conditional_format(FIRST, 0, last, len(COLUMNS) - 1, rule)


def _letter(name: str) -> str:
    return chr(ord("A") + COLUMNS.index(name))


def _list(sheet: Worksheet, page: TrackerPage) -> None:
    for row, label in enumerate(page.states):
        sheet.write_string(row, 0, label)
    sheet.hide()


def _printing(sheet: Worksheet, page: TrackerPage) -> None:
    last = max(FIRST, FIRST + len(page.rows) - 1)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(FIRST, KEPT)
    if page.rows:
        sheet.autofilter(HEAD, 0, last, len(COLUMNS) - 1)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.3, right=0.3, top=0.4, bottom=0.6)
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD)
    sheet.set_footer("&L&A&R&P / &N")
