"""The hearing sheet as an Excel book: drop-downs, bounds, rows that turn grey.

Equal methods and languages give equal bytes; the book is read back by ``read_hearing``.
"""

from __future__ import annotations

import io
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from toolkit.deliverables.hearing_checks import Checks
from toolkit.deliverables.request_workbook import cells as width_of
from toolkit.intake.profiles.hearing_rows import COLUMNS, NO_ROW
from toolkit.outline.hearing_first import FirstSheet
from toolkit.outline.hearing_form import (
    AskedFirst,
    FormSheet,
    HearingForm,
    hearing_form,
)
from toolkit.outline.hearing_questions import FormRow
from toolkit.words import words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from toolkit.diagnosis.document import Diagnosis
    from toolkit.method import Method

WIDTHS = {
    "code": 8,
    "question": 38,
    "why": 19,
    "hint": 23,
    "choices": 23,
    "answer": 22,
    "applies": 9,
    "by": 9,
    "on": 10.5,
    "basis": 10.5,
    "evidence": 20,
}
INPUTS = ("answer", "by", "on", "basis", "evidence")
FONT, SIZE, NOTE, SMALL = "Yu Gothic", 10, 9, 7
FIRST_WIDTHS = (30, 38, 30, 36, 36)
LINE, NOTE_LINE, TALLEST = 17.0, 14.5, 200.0
A4 = 9
INK, GREY, RULE, NAVY = "#1F2937", "#6B7280", "#C7CDD6", "#1F3A5F"
BAND, ITEM, FILL, WHITE = "#DCE6F2", "#F7F8FA", "#FFF9DB", "#FFFFFF"
HEAD_ROW = 2
FIRST_ROW = HEAD_ROW + 1
SHARES = "0.0%"
NUMBERS = "#,##0.######"
DAY = "yyyy-mm-dd"
MADE = datetime(2026, 1, 1)
"""Stands in the book as its day of making: the same method gives the same bytes."""


def hearing_workbook(
    method: Method,
    lang: str,
    diagnosis: Diagnosis | None = None,
    asked: tuple[AskedFirst, ...] = (),
) -> bytes:
    """The blank hearing sheet of a method in one language, as the bytes of an .xlsx file.

    With the diagnosis of a client, its hypotheses stand on a sheet of their own; with ``asked``
    the first sheet of questions follows a meeting.
    """
    import xlsxwriter

    form = hearing_form(method, lang, diagnosis, asked)
    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, {"in_memory": True, **never}) as book:
        book.set_properties({"title": form.title, "created": MADE})
        styles = _Styles(book)
        _guide(book.add_worksheet(form.guide_name), form, styles)
        if form.first is not None:
            _first(book.add_worksheet(form.first.name), form.first, styles)
        checks = Checks(book=words(method, lang), lists_name=form.lists_name)
        for sheet in form.sheets:
            _sheet(book.add_worksheet(sheet.name), sheet, styles, checks)
        checks.finish(book, styles.of(size=SIZE))
    return buffer.getvalue()


class _Styles:
    """The formats of a book, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def of(self, **fields: object) -> Format:
        """A format of ours with some fields of its own."""
        key = tuple(sorted(fields.items()))
        if key not in self._made:
            size = fields.pop("size", SIZE)
            base = {"font_name": FONT, "font_size": size, "font_color": INK, "text_wrap": True}
            self._made[key] = self._book.add_format({**base, "valign": "vcenter", **fields})
        return self._made[key]

    def title(self, size: int) -> Format:
        """A title over a sheet."""
        return self.of(size=size, bold=True, font_color=NAVY, text_wrap=False)

    def cell(self, **fields: object) -> Format:
        """A cell of the table."""
        return self.of(border=1, border_color=RULE, **{"valign": "top", **fields})


def _guide(page: Worksheet, form: HearingForm, styles: _Styles) -> None:
    """How to fill the book in, on one screen."""
    page.set_column(0, 0, 3)
    page.set_column(1, 1, 4)
    page.set_column(2, 2, 118)
    page.hide_gridlines(2)
    page.set_row(0, 34)
    page.write_string(0, 1, form.title, styles.title(20))
    row = 2
    for heading, points in form.guide:
        page.set_row(row, 24)
        band = {"bold": True, "font_color": WHITE, "bg_color": NAVY, "text_wrap": False}
        page.write_string(row, 1, heading, styles.of(**band, indent=1))
        page.write_blank(row, 2, None, styles.of(**band))
        for number, point in enumerate(points, start=1):
            row += 1
            page.set_row(row, _height(point, 118))
            page.write_string(row, 1, str(number), styles.of(align="right", font_color=GREY))
            page.write_string(row, 2, point, styles.of(indent=1))
        row += 2
    _printing(page, None)


def _first(page: Worksheet, sheet: FirstSheet, styles: _Styles) -> None:
    """The hypotheses, with room to write down what the meeting told."""
    page.set_column(0, 0, 2)
    for place, width in enumerate(FIRST_WIDTHS, start=1):
        page.set_column(place, place, width)
    page.hide_gridlines(2)
    page.set_row(0, 34)
    page.write_string(0, 1, sheet.title, styles.title(16))
    page.set_row(1, 22)
    page.write_string(1, 1, sheet.lead, styles.of(font_color=GREY, text_wrap=False))
    head = styles.cell(bold=True, font_color=WHITE, bg_color=NAVY, align="center", valign="vcenter")
    for place, label in enumerate(sheet.columns, start=1):
        page.write_string(HEAD_ROW, place, label, head)
    page.set_row(HEAD_ROW, 24)
    for row, texts in enumerate(sheet.rows, start=FIRST_ROW):
        fits = zip(texts, FIRST_WIDTHS, strict=True)
        page.set_row(row, max(_height(text, width) for text, width in fits) + LINE)
        for place, text in enumerate(texts, start=1):
            if text:
                page.write_string(row, place, text, styles.cell(bold=place == 1))
            else:
                page.write_blank(row, place, None, styles.cell(bg_color=FILL))
    below = FIRST_ROW + len(sheet.rows) + 1
    page.write_string(below, 1, sheet.note, styles.of(font_color=GREY, text_wrap=False))
    _printing(page, None)


def _sheet(page: Worksheet, sheet: FormSheet, styles: _Styles, checks: Checks) -> None:
    """One table of questions."""
    for place, name in enumerate(COLUMNS):
        page.set_column(place, place, WIDTHS[name])
    page.hide_gridlines(2)
    page.set_row(0, 30)
    page.write_string(0, 1, sheet.title, styles.title(16))
    page.set_row(1, 22)
    page.write_string(1, 1, sheet.lead, styles.of(font_color=GREY, text_wrap=False))
    head = styles.cell(bold=True, font_color=WHITE, bg_color=NAVY, align="center", valign="vcenter")
    for place, label in enumerate(sheet.columns):
        page.write_string(HEAD_ROW, place, label, head)
    page.set_row(HEAD_ROW, 30)
    for row, form_row in enumerate(sheet.rows, start=FIRST_ROW):
        _row(page, row, form_row, styles)
        checks.add(page, sheet.name, row, form_row)
    checks.grey(page, sheet.rows, FIRST_ROW, styles.of(font_color="#A3A9B3", bg_color="#ECEEF1"))
    page.freeze_panes(FIRST_ROW, 2)
    _printing(page, HEAD_ROW)


def _row(page: Worksheet, row: int, form: FormRow, styles: _Styles) -> None:
    page.set_row(row, _row_height(form))
    if form.kind in ("heading", "line_heading"):
        _heading(page, row, form, styles)
        return
    item = form.kind in ("item", "line")
    ground = {"bg_color": ITEM} if item else {}
    page.write_string(row, 0, form.code, styles.cell(size=SMALL, font_color="#9AA1AC", **ground))
    asked = {"indent": 2} if item else {"bold": True}
    if form.names:
        page.write_blank(row, 1, None, styles.cell(bg_color=FILL, indent=2))
    else:
        page.write_string(row, 1, form.question, styles.cell(**asked, **ground))
    plain = styles.cell(font_color=GREY, size=NOTE, **ground)
    for name in ("why", "hint", "choices", "applies"):
        page.write_string(row, COLUMNS.index(name), getattr(form, name), plain)
    if form.picked is not None:
        centred = styles.cell(bg_color=FILL, align="center")
        page.write_blank(row, COLUMNS.index("choices"), None, centred)
    _inputs(page, row, form, styles)


def _inputs(page: Worksheet, row: int, form: FormRow, styles: _Styles) -> None:
    """The cells to fill in, each in the format of what it takes."""
    formats = {"on": {"num_format": DAY}}
    answer = form.answer
    if answer is not None and answer.kind == "number":
        formats["answer"] = {"num_format": SHARES if answer.unit == "share" else NUMBERS}
    elif answer is not None and answer.kind == "day":
        formats["answer"] = {"num_format": DAY}
    for name in INPUTS:
        style = styles.cell(bg_color=FILL, **formats.get(name, {}))
        page.write_blank(row, COLUMNS.index(name), None, style)


def _heading(page: Worksheet, row: int, form: FormRow, styles: _Styles) -> None:
    """A band over a part of the table, or over the lines of a question."""
    lines = form.kind == "line_heading"
    fields = {"bg_color": BAND, "bold": True, "font_color": NAVY, "valign": "vcenter"}
    texts = {"question": form.question}
    if lines:
        texts |= {"choices": form.choices, "answer": form.hint}
        fields |= {"size": NOTE}
    for place, name in enumerate(COLUMNS):
        text = texts.get(name, "")
        if place == 0:
            hidden = {**fields, "font_color": BAND, "size": SMALL}
            page.write_string(row, 0, NO_ROW, styles.cell(**hidden))
        else:
            page.write_string(row, place, text, styles.cell(**fields))


def _row_height(form: FormRow) -> float:
    """Excel does not fit rows to wrapped text by itself."""
    if form.kind == "heading":
        return 24
    notes = [
        _lines(getattr(form, name), WIDTHS[name] * SIZE / NOTE) * NOTE_LINE
        for name in ("why", "hint", "choices", "applies")
    ]
    return min(TALLEST, max(_height(form.question, WIDTHS["question"]), max(notes) + 4))


def _height(text: str, width: float) -> float:
    return min(TALLEST, _lines(text, width) * LINE + 4)


def _lines(text: str, width: float) -> int:
    """Lines a text takes in a column of ``width`` half-width characters."""
    return sum(max(1, ceil(width_of(line) / (width - 1))) for line in text.split("\n"))


def _printing(page: Worksheet, repeat: int | None) -> None:
    page.set_paper(A4)
    page.set_landscape()
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer("&L&A&R&P / &N")
    if repeat is not None:
        page.repeat_rows(repeat)
