"""The cells of one sheet, streamed: rows of text by their number, and the merged ranges."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import InputError
from toolkit.intake.excel.cells import CellTexts, Stored
from toolkit.intake.excel.limits import LARGEST_CELLS, LAST_COLUMN, LAST_ROW, refused
from toolkit.intake.excel.xml import Attributes, Handlers, clean_text, parse

_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A merged range: first and last row, first and last column, all counted from 1."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(slots=True, kw_only=True)
class Cells:
    """Rows by number, each up to its last cell that is not blank, and merged ranges."""

    rows: dict[int, list[str]] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)

    @property
    def height(self) -> int:
        """The last row in which anything stands."""
        return max(self.rows, default=0)

    @property
    def width(self) -> int:
        """The last column in which anything stands."""
        return max(map(len, self.rows.values()), default=0)


def read_cells(
    archive: zipfile.ZipFile, part: str, texts: CellTexts, name: str, first_only: bool = False
) -> Cells:
    """Stream a sheet; what it says of its own size is not believed.

    Args:
        archive: the workbook.
        part: where the sheet is.
        texts: how its cells become text.
        name: how messages name the file.
        first_only: stop soon after the first cell that is not blank.

    Raises:
        InputError: more cells than a sheet may have.
        ValueError, IndexError, KeyError: it is damaged.
    """
    reader = _SheetReader(texts=texts, name=name)
    handlers = Handlers(start=reader.start, end=reader.end, text=reader.parts.append)
    parse(archive, part, handlers, lambda: first_only and bool(reader.cells.rows))
    if reader.cells.height * reader.cells.width > LARGEST_CELLS:
        raise reader.too_large()
    return reader.cells


@dataclass(slots=True, kw_only=True)
class _SheetReader:
    """Takes in elements as they stream by; tags are compared with those of the root's namespace."""

    texts: CellTexts
    name: str
    cells: Cells = field(default_factory=Cells)
    parts: list[str] = field(default_factory=list)
    _space: str | None = None
    _tags: dict[str, str] = field(default_factory=dict)
    _row: int = 0
    _column: int = 0
    _fields: list[str] = field(default_factory=list)
    _count: int = 0
    _columns: dict[str, int] = field(default_factory=dict)
    _cell: Attributes = field(default_factory=dict)
    _value: str | None = None
    _formula: str | None = None
    _phonetic: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """An element opens."""
        self.parts.clear()
        if self._space is None:
            self._space = tag.rpartition("}")[0]
            self._tags = {f"{self._space}}}{short}": short for short in _TAGS}
        short = self._tags.get(tag)
        if short is None:
            return
        if short == "c":
            self._cell = attributes
            self._value = self._formula = None
        elif short == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column, self._fields = 0, []
        elif short == "rPh":
            self._phonetic = True
        elif short == "mergeCell":
            self.cells.merged.append(merged_of(attributes["ref"]))

    def end(self, tag: str) -> None:
        """An element closes."""
        short = self._tags.get(tag)
        if short == "c":
            self._take()
        elif short == "v":
            self._value = "".join(self.parts)
        elif short == "row":
            self._close_row()
        elif short == "f":
            self._formula = clean_text("".join(self.parts))
        elif short == "t" and not self._phonetic:
            self._value = (self._value or "") + "".join(self.parts)
        elif short == "rPh":
            self._phonetic = False

    def _take(self) -> None:
        cell = self._cell
        reference = cell.get("r")
        column = self._column + 1 if reference is None else self._place(reference)
        self._column = column
        if self._value is None and self._formula is None:
            return
        kind, style = cell.get("t", "n"), int(cell.get("s", 0))
        if kind == "n" and self._formula is None:
            text = self.texts.number(self._value, style) if self._value else ""
        else:
            stored = Stored(kind=kind, style=style, value=self._value, formula=self._formula)
            text = self.texts.text(stored)
        if text:
            put_field(self._fields, column, text)

    def _place(self, reference: str) -> int:
        letters = reference.rstrip("0123456789")
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = column_number(letters)
        return column

    def _close_row(self) -> None:
        if not self._fields:
            return
        if not 1 <= self._row <= LAST_ROW or self._row in self.cells.rows:
            raise ValueError(self._row)
        self._count += len(self._fields)
        if self._count > LARGEST_CELLS:
            raise self.too_large()
        self.cells.rows[self._row] = self._fields

    def too_large(self) -> InputError:
        """The refusal of a sheet with too many cells."""
        return refused("excel_sheet_too_large", self.name)


_TAGS = ("c", "v", "f", "t", "row", "rPh", "mergeCell")


def put_field(fields: list[str], column: int, text: str) -> None:
    """Set the text of a column, counted from 1, in a row that may yet be shorter."""
    if column > len(fields):
        fields.extend([""] * (column - 1 - len(fields)))
        fields.append(text)
    else:
        fields[column - 1] = text


def column_number(letters: str) -> int:
    """The place of a column, A being 1.

    >>> column_number("A"), column_number("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z" or number > LAST_COLUMN:
            raise ValueError(letters)
        number = number * 26 + ord(letter) - 64
    if not 1 <= number <= LAST_COLUMN:
        raise ValueError(letters)
    return number


def merged_of(reference: str) -> Merged:
    """The range that a reference such as A4:A6 names."""
    found: Any = _RANGE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    left, top, right, bottom = found.groups()
    columns = sorted((column_number(left), column_number(right or left)))
    rows = sorted((int(top), int(bottom or top)))
    return Merged(top=rows[0], bottom=rows[1], left=columns[0], right=columns[1])
