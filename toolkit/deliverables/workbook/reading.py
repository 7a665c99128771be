"""The cells of a workbook of ours read back: values and formulas as they stand in the file."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from typing import NamedTuple

from toolkit.intake.excel.book import SharedTexts, read_book
from toolkit.intake.excel.limits import UnsafeXml
from toolkit.intake.excel.xml import Attributes, clean_text, read_part, relations

UNREADABLE = (KeyError, ValueError, IndexError, UnsafeXml, zipfile.BadZipFile, OSError)


class Stored(NamedTuple):
    """A cell: its text or the digits of its number, and its formula, empty where there is none."""

    value: str
    numeric: bool
    formula: str


Sheets = dict[str, dict[str, Stored]]
"""Cells by sheet and by reference (``B7``), blank ones left out."""


def read_cells(data: bytes, name: str) -> Sheets | None:
    """Every cell of a workbook; None where it is no workbook that can be read."""
    from xml.parsers.expat import ExpatError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            shared = SharedTexts()
            part = relations(archive, "xl/workbook.xml").part("sharedStrings")
            if part:
                read_part(archive, part, shared)
            made: Sheets = {}
            for sheet in read_book(archive, name).sheets:
                reader = _Cells(shared=shared.texts)
                read_part(archive, sheet.part, reader)
                made[sheet.name] = reader.cells
            return made
    except (*UNREADABLE, ExpatError):
        return None


@dataclass(slots=True, kw_only=True)
class _Cells:
    """Takes in the cells of a sheet as they stream by."""

    shared: list[str]
    cells: dict[str, Stored] = field(default_factory=dict)
    done: bool = False
    _place: str = ""
    _kind: str = "n"
    _value: str = ""
    _formula: str = ""

    def start(self, tag: str, attributes: Attributes) -> None:
        """A cell opens."""
        if tag == "c":
            self._place, self._kind = attributes.get("r", ""), attributes.get("t", "n")
            self._value = self._formula = ""

    def end(self, tag: str, text: str) -> None:
        """A value, a formula, or the cell itself closes."""
        if tag in ("v", "t"):
            self._value += text
        elif tag == "f":
            self._formula = clean_text(text)
        elif tag == "c" and (self._value or self._formula):
            self.cells[self._place] = self._taken()

    def _taken(self) -> Stored:
        value = self.shared[int(self._value)] if self._kind == "s" else self._value
        numeric = self._kind in ("n", "b")
        return Stored(value if numeric else clean_text(value), numeric, self._formula)
