"""The frame of a workbook: its sheets in order, its shared texts, the formats of its styles."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass, field
from typing import Protocol

from toolkit.intake.excel.cells import CellTexts
from toolkit.intake.excel.formats import BUILT_IN, PLAIN, Format, format_of
from toolkit.intake.excel.sheet import Cells, read_cells
from toolkit.intake.excel.xml import Attributes, clean_text, read_part, relations

_TRUE = ("1", "true", "on")


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A sheet of cells: its name, where it is in the file, and whether it is shown."""

    name: str
    part: str
    visible: bool


class Book(Protocol):
    """A workbook whose frame is known; a sheet is read when it is asked for."""

    @property
    def sheets(self) -> tuple[SheetPart, ...]:
        """Its sheets of cells, in order."""

    def cells(self, sheet: SheetPart, first_only: bool = False) -> Cells:
        """The cells of a sheet, or enough of them to tell that there are some."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBook:
    """A book of Excel 2007 and later, in its archive."""

    archive: zipfile.ZipFile
    name: str
    sheets: tuple[SheetPart, ...]
    texts: CellTexts

    def cells(self, sheet: SheetPart, first_only: bool = False) -> Cells:
        """The cells of a sheet, or those up to a little beyond its first."""
        return read_cells(self.archive, sheet.part, self.texts, self.name, first_only)


def read_book(archive: zipfile.ZipFile, name: str) -> OpenBook:
    """Read the frame of a workbook; macros, charts, links and connections are not looked at.

    Args:
        archive: the workbook.
        name: how messages name it.

    Raises:
        KeyError: a part that must be there is not.
        UnsafeXml, ExpatError: a part cannot be parsed.
    """
    main = relations(archive, "").part("officeDocument") or "xl/workbook.xml"
    found = _Frame()
    read_part(archive, main, found)
    related = relations(archive, main)
    styles, strings = _Styles(), SharedTexts()
    if part := related.part("styles"):
        read_part(archive, part, styles)
    if part := related.part("sharedStrings"):
        read_part(archive, part, strings)
    sheets = [
        SheetPart(name=name, part=related.found[key][1], visible=visible)
        for name, key, visible in found.sheets
        if key in related.found and related.found[key][0] == "worksheet"
    ]
    texts = CellTexts(
        formats=tuple(styles.formats) or (PLAIN,),
        shared=strings.texts,
        from_1904=found.from_1904,
        uncounted=found.uncounted,
    )
    return OpenBook(archive=archive, name=name, sheets=tuple(sheets), texts=texts)


@dataclass(slots=True, kw_only=True)
class _Frame:
    """workbook.xml: sheets as (name, relation, shown), and how dates and formulas are meant."""

    sheets: list[tuple[str, str, bool]] = field(default_factory=list)
    from_1904: bool = False
    uncounted: bool = False
    done: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            key = next((text for name, text in attributes.items() if name.endswith("}id")), "")
            visible = attributes.get("state", "visible") == "visible"
            self.sheets.append((clean_text(attributes["name"]), key, visible))
        elif tag == "workbookPr":
            self.from_1904 = attributes.get("date1904") in _TRUE
        elif tag == "calcPr":
            self.uncounted = attributes.get("fullCalcOnLoad") in _TRUE

    def end(self, tag: str, text: str) -> None:
        """Nothing stands in these elements."""


@dataclass(slots=True, kw_only=True)
class _Styles:
    """styles.xml: the number format of each style, by its place."""

    codes: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    formats: list[Format] = field(default_factory=list)
    done: bool = False
    _inside: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        if tag == "numFmt" and not self.formats:
            self.codes[int(attributes["numFmtId"])] = attributes["formatCode"]
        elif tag == "cellXfs":
            self._inside = True
        elif tag == "xf" and self._inside:
            code = self.codes.get(int(attributes.get("numFmtId", "0")), "")
            self.formats.append(format_of(code))

    def end(self, tag: str, text: str) -> None:
        if tag == "cellXfs":
            self.done = True


@dataclass(slots=True, kw_only=True)
class SharedTexts:
    """Texts of cells, each item joined over its runs, without the phonetic ones (ふりがな)."""

    texts: list[str] = field(default_factory=list)
    done: bool = False
    _parts: list[str] = field(default_factory=list)
    _phonetic: bool = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Enter an item or a phonetic run."""
        if tag == "si":
            self._parts = []
        elif tag == "rPh":
            self._phonetic = True

    def end(self, tag: str, text: str) -> None:
        """Take in a text, or close an item."""
        if tag == "t" and not self._phonetic:
            self._parts.append(text)
        elif tag == "rPh":
            self._phonetic = False
        elif tag == "si":
            self.texts.append(clean_text("".join(self._parts)))
