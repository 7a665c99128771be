"""A sheet of a workbook: text that is never a formula, our own formulas with their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from toolkit.words import Words

FONT = "Yu Gothic"  # on Windows and Mac since 2013; others fall back by themselves
LONGEST_TEXT = 1000
LINE = 18  # height of a line of text in points
FILLED = 0.9  # of a line, before it is broken
A4 = 9
LOOKS: Mapping[str, Mapping[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#1F3A5F"},
    "heading": {"bold": True, "font_size": 12, "font_color": "#1F3A5F"},
    "head": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": "#1F3A5F",
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": "#8A97A8",
    },
    "text": {"valign": "top"},
    "wrap": {"text_wrap": True, "valign": "top"},
    "note": {"font_color": "#595959", "text_wrap": True, "valign": "top"},
    "mark": {"align": "center", "valign": "top"},
    "aside": {"align": "right", "font_color": "#595959", "valign": "top"},
    "count": {"num_format": "#,##0", "valign": "top"},
    "signed": {"num_format": "+#,##0;-#,##0;0", "valign": "top"},
    "money": {"num_format": "#,##0", "valign": "top"},
    "share": {"num_format": "0.0%", "align": "right", "valign": "top"},
    "days": {"num_format": "#,##0.0", "valign": "top"},
    "date": {"num_format": "yyyy/mm/dd", "align": "right", "valign": "top"},
    "month": {"num_format": "yyyy/mm", "align": "right", "valign": "top"},
}
TOTAL = {"bold": True, "top": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet under writing: its page, the workbook's formats, its name and the words."""

    name: str
    workbook: Any
    page: Any
    formats: Mapping[str, Any]
    book: Words

    def say(self, row: int, column: int, key: str, look: str = "text", **params: Any) -> None:
        """A sentence or label of ours."""
        self.text(row, column, self.book.text(key, **params), look)

    def text(self, row: int, column: int, text: str, look: str = "text") -> None:
        """Text as it is: a client's ``=1+1`` stays text."""
        self.page.write_string(row, column, text[:LONGEST_TEXT], self.formats[look])

    def paragraph(self, row: int, text: str, widths: Sequence[float], look: str = "wrap") -> None:
        """A sentence over the columns of these widths, in as many lines as it takes."""
        self.page.merge_range(row, 0, row, len(widths) - 1, "", self.formats[look])
        self.text(row, 0, text, look)
        lines = ceil(text_width(text) / (sum(widths) * FILLED))
        self.page.set_row(row, LINE * max(lines, 1))

    def value(self, row: int, column: int, value: Any, look: str) -> None:
        """A number or a day; a missing one leaves the cell blank, a text is written as text."""
        if isinstance(value, str):
            self.text(row, column, value, "aside")
        elif isinstance(value, date):
            day = datetime(value.year, value.month, value.day)
            self.page.write_datetime(row, column, day, self.formats[look])
        elif value is not None and value == value:
            self.page.write_number(row, column, value, self.formats[look])

    def live(self, row: int, column: int, formula: str, value: Any, look: str) -> None:
        """A formula of ours with the value it gives, for readers that do not calculate."""
        self.page.write_formula(row, column, formula, self.formats[look], value)

    def quoted(self, key: str) -> str:
        """Words of ours as a text inside a formula."""
        return '"' + self.book.text(key).replace('"', '""') + '"'

    def heads(self, row: int, labels: Sequence[str]) -> None:
        """The labels of a table."""
        for column, label in enumerate(labels):
            self.text(row, column, label, "head")
        self.page.set_row(row, 34)

    def widths(self, *widths: float) -> None:
        """Column widths from the left, in characters."""
        for column, width in enumerate(widths):
            self.page.set_column(column, column, width)

    def printed(self, *, repeat: int | None = None) -> None:
        """A4 landscape, one page wide, page numbers; ``repeat`` is the row at each page's top."""
        self.page.set_landscape()
        self.page.set_paper(A4)
        self.page.fit_to_pages(1, 0)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        self.page.set_footer("&L&A&R&P / &N")
        if repeat is not None:
            self.page.repeat_rows(repeat)


def text_width(text: str) -> int:
    """Width of a text in narrow characters.

    >>> text_width("顧客KEY")
    7
    """
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def formats(workbook: Any, currency: str) -> dict[str, Any]:
    """The looks of cells, each also as a total line (``total_…``); yen have no decimals."""
    made = {}
    money = {} if currency == "JPY" else {"money": {"num_format": "#,##0.00"}}
    for name, look in {**LOOKS, **money}.items():
        made[name] = workbook.add_format({**_font(), **look})
        made[f"total_{name}"] = workbook.add_format({**_font(), **look, **TOTAL})
    return made


def workbook_options() -> dict[str, Any]:
    """Options that keep a client's text text and the file free of clock and machine."""
    return {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": _font(),
    }


def _font() -> dict[str, Any]:
    return {"font_name": FONT, "font_size": 10}
