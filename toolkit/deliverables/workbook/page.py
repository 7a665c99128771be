"""One sheet under writing: texts that are never formulas, numbers, links, our own formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from toolkit.deliverables.sheet import A4, text_width
from toolkit.deliverables.workbook.looks import Looks

LONGEST = 32_000  # characters a cell takes, with room to spare
# Letters of a look against those of a plain cell.
SCALES = {"lead": 1.2, "tile_value": 1.8, "heading": 1.2, "note": 0.9, "tile_label": 0.9}
LINE, PAD, HIGHEST = 16.5, 3.0, 405.0  # height of a line of text in points, and of a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A sheet with its column widths; rows and columns are counted from 0."""

    name: str
    sheet: Any
    looks: Looks
    widths: Sequence[float]
    heights: dict[int, float] = field(default_factory=dict)

    def open(self, *, repeat: int | None = None, tab: str = "", tall: int = 0) -> None:
        """Columns, A4 landscape one page wide, page numbers.

        Args:
            repeat: row of the heads, printed on each page.
            tab: colour of the tab.
            tall: pages it is printed on at most; 0 for as many as it takes.
        """
        for column, width in enumerate(self.widths):
            self.sheet.set_column(column, column, width, self.looks.of("body"))
        self.sheet.hide_gridlines(2)
        self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, tall)
        self.sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        self.sheet.set_footer("&L&8&A&R&8&P / &N")
        self.sheet.set_tab_color(tab or self.looks.colours["line"])
        if repeat is not None:
            self.sheet.repeat_rows(repeat)

    def title(self) -> None:
        """The sheet's own name over it."""
        self.sheet.write_string(0, 0, self.name, self.looks.of("title"))
        self.sheet.set_row(0, 28)

    def text(self, row: int, column: int, text: str, look: str = "cell") -> None:
        """Text as it is: a client's ``=1+1`` stays text; a wrapped one makes its row higher."""
        shown = clean(text)
        self.sheet.write_string(row, column, shown, self.looks.of(look))
        self.grow(row, shown, self.widths[column])

    def number(
        self, row: int, column: int, value: float | int | None, form: str = "", look: str = "number"
    ) -> None:
        """A number; a missing one leaves a framed blank."""
        if value is None or value != value or abs(value) == float("inf"):
            self.sheet.write_blank(row, column, None, self.looks.of(look, form))
        else:
            self.sheet.write_number(row, column, value, self.looks.of(look, form))

    def live(
        self,
        at: tuple[int, int],
        formula: str,
        value: float | str | None,
        form: str = "",
        look: str = "number",
    ) -> None:
        """A formula of ours with the value it gives, for readers that do not calculate."""
        shown = "" if value is None else value
        self.sheet.write_formula(*at, formula, self.looks.of(look, form), shown)

    def link(self, row: int, column: int, text: str, place: str, look: str = "link") -> None:
        """A link to a place of this workbook: ``'数値'!A12``."""
        self.sheet.write_url(row, column, f"internal:{place}", self.looks.of(look), clean(text))
        self.grow(row, text, self.widths[column])

    def heads(self, row: int, labels: Sequence[str], first: int = 0) -> None:
        """The labels of a table."""
        for column, label in enumerate(labels, start=first):
            self.sheet.write_string(row, column, clean(label), self.looks.of("head"))
            self.grow(row, label, self.widths[column] - 2, least=24)

    def wide(self, row: int, span: tuple[int, int], text: str, look: str = "body") -> None:
        """A text over several columns, in as many lines as it takes."""
        first, last = span
        shown = clean(text)
        if last > first:
            self.sheet.merge_range(row, first, row, last, "", self.looks.of(look))
        self.sheet.write_string(row, first, shown, self.looks.of(look))
        self.grow(row, shown, sum(self.widths[first : last + 1]), look=look)

    def grow(
        self, row: int, text: str, width: float, least: float = 0.0, look: str = "body"
    ) -> None:
        """Make a row as high as a wrapped text needs."""
        scale = {
            "lead": 1.2,
            "tile_value": 1.8,
            "heading": 1.2,
            "note": 0.9,
            "tile_label": 0.9,
        }.get(look, 1.0)
        lines = sum(
            max(1, ceil(text_width(line) * scale / max(width, 1))) for line in text.split("\n")
        )
        needed = min(max(lines * LINE * scale + PAD, least), HIGHEST)
        if needed > self.heights.get(row, 0.0):
            self.heights[row] = needed
            self.sheet.set_row(row, needed)


def clean(text: str) -> str:
    r"""A text that fits a cell; half of a character pair, which no file can hold, becomes ``?``.

    >>> clean("a\ud800b")
    'a?b'
    """
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")


def place(sheet: str, row: int, column: int = 0) -> str:
    """A place as a link names it.

    >>> place("数値", 4)
    "'数値'!A5"
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    return f"'{sheet.replace(chr(39), chr(39) * 2)}'!{xl_rowcol_to_cell(row, column)}"


def cell(row: int, column: int, fixed: str = "") -> str:
    """The name of a cell; ``fixed`` names what a copied formula keeps: row, column or both.

    >>> cell(2, 3), cell(2, 3, "column"), cell(2, 3, "both")
    ('D3', '$D3', '$D$3')
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    made: str = xl_rowcol_to_cell(
        row, column, row_abs=fixed in ("row", "both"), col_abs=fixed in ("column", "both")
    )
    return made
