"""Excel books, of 97-2003 too, as rows of text: which sheets there are, and the records of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.intake.excel.book import Book, read_book
from toolkit.intake.excel.limits import kind_of, opened, refused, refusing
from toolkit.intake.excel.merged import fill_merged
from toolkit.intake.excel.old import read_old_book
from toolkit.intake.files.records import Record
from toolkit.intake.notes import Note

_REFUSED_KINDS = {
    None: "excel_damaged",
    "damaged": "excel_damaged",
    "encrypted": "excel_encrypted",
    "xlsb": "excel_binary",
}
_MARKUP = re.compile(
    r"(?:\ufeff|\s|<!--.*?-->)*(?:<(?:\?xml|!doctype|html|head|meta|body|table|style|title|div)\b"
    r"|MIME-Version:)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet of text: ``rows[number]`` up to its last cell, padded to ``width`` by ``records``.

    ``notes`` say what was filled in: ``merged_filled`` with the number of cells.
    """

    name: str
    rows: dict[int, list[str]]
    height: int
    width: int
    notes: tuple[Note, ...] = ()

    def records(self) -> Iterator[Record]:
        """Every row up to the last used one, blank ones included, all of the same width."""
        blank = [""] * self.width
        for row in range(1, self.height + 1):
            fields = self.rows.get(row)
            if fields is None:
                fields = blank
            elif len(fields) < self.width:
                fields = fields + blank[len(fields) :]
            yield Record(row=row, line=row, fields=fields)


def is_workbook(path: Path) -> bool:
    """Whether a file is an Excel book by its content, one cut short or encrypted included."""
    try:
        return kind_of(path) is not None
    except OSError:
        return False


def sniff_html(data: bytes) -> bool:
    """Whether the data are a web page or other markup, whatever the file is called.

    >>> sniff_html(b"<html><table>"), sniff_html("<<注文>>,金額".encode())
    (True, False)
    """
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _MARKUP.match(head[: len(head) // 2 * 2].decode("utf-16", "replace")) is not None
    return _MARKUP.match(head.decode("utf-8", "replace")) is not None


def workbook_sheets(path: Path, name: str) -> tuple[str, ...]:
    """Names of the sheets that are shown and hold a cell, in their order.

    Args:
        path: an Excel book.
        name: how messages name it.

    Raises:
        InputError: damaged, encrypted, of a kind that is not read, or beyond the limits.
    """
    with _book(path, name) as book:
        return tuple(
            sheet.name
            for sheet in book.sheets
            if sheet.visible and book.cells(sheet, first_only=True).rows
        )


def read_sheet(path: Path, name: str, sheet: str) -> Sheet:
    """One sheet, read whole; a hidden one too if it is asked for by name.

    Each cell is the text a careful person would type: 1200, 0.1, 2024-04-01, 00123, TRUE. Cells
    without a usable value (errors, formulas never calculated, digits lost) hold what
    ``cells.faulty`` makes. Values merged over rows of data are repeated into each row.

    Args:
        path: an Excel book.
        name: how messages name it.
        sheet: the name of the sheet.

    Raises:
        InputError: there is no such sheet, or the book cannot be used (see ``workbook_sheets``).
    """
    with _book(path, name) as book:
        found = next((item for item in book.sheets if item.name == sheet), None)
        if found is None:
            shown = ", ".join(item.name for item in book.sheets if item.visible)
            problem = Problem(
                code="sheet_missing", file=name, params={"sheet": sheet, "found": shown}
            )
            raise InputError("file_refused", [problem])
        cells = book.cells(found)
        filled = fill_merged(cells)
    notes = (Note(code="merged_filled", count=filled),) if filled else ()
    return Sheet(name=sheet, rows=cells.rows, height=cells.height, width=cells.width, notes=notes)


def sheet_records(path: Path, name: str, sheet: str) -> Iterator[Record]:
    """Every row of a sheet up to its last used one; row and line are the sheet's row.

    Raises:
        InputError: as ``read_sheet``.
    """
    return read_sheet(path, name, sheet).records()


def sheet_notes(path: Path, name: str, sheet: str) -> tuple[Note, ...]:
    """What was filled in while a sheet was read (``merged_filled``); reads it anew."""
    return read_sheet(path, name, sheet).notes


@contextmanager
def _book(path: Path, name: str) -> Iterator[Book]:
    """A book within its limits, whichever of the two kinds it is."""
    with refusing(path, name):
        kind = kind_of(path)
        if kind in _REFUSED_KINDS:
            raise refused(_REFUSED_KINDS[kind], name)
        if kind == "xls":
            yield _each_once(read_old_book(path.read_bytes(), name))
            return
        with opened(path, name) as archive:
            yield _each_once(read_book(archive, name))


def _each_once(book: Book) -> Book:
    """The book, unless two of its sheets are one and the same part, which would be read for ever.

    Raises:
        ValueError: a part stands for more than one sheet.
    """
    if len({sheet.part for sheet in book.sheets}) < len(book.sheets):
        raise ValueError(len(book.sheets))
    return book
