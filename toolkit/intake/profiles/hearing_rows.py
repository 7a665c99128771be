"""The rows of a hearing sheet: code, item, answer, and who, when, said or seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.intake.excel.workbook import read_sheet, workbook_sheets
from toolkit.intake.files.records import Record
from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.cell import Cell
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.intake.values.cells import fault_of, is_blank
from toolkit.method import Method

COLUMNS = (
    "code",
    "question",
    "why",
    "hint",
    "choices",
    "answer",
    "applies",
    "by",
    "on",
    "basis",
    "evidence",
)
NEEDED = ("code", "answer")
DETAILS = ("by", "on", "evidence", "basis")
OPEN = "+"
NO_ROW = "#"
_CODE = re.compile(r"(?P<id>[^\s/／]+)(?:\s*[/／]\s*(?P<item>.+))?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row with a code: what it asks for and what was written in it.

    ``item`` is ``+`` in a row in which the client names the item itself; ``named`` is what stands
    in the column of the question, ``picked`` what stands in the one of the choices.
    """

    code: str
    item: str | None
    named: Node
    picked: Node
    answer: Node
    details: Mapping[str, Node]


def hearing_rows(path: Path, method: Method, faults: Faults) -> Iterator[Row]:
    """Rows of every sheet that has the headings of a hearing sheet, in order.

    Raises:
        InputError: the book cannot be opened.
    """
    found = False
    for sheet in workbook_sheets(path, faults.file):
        head: dict[str, int] | None = None
        lang = ""
        for record in read_sheet(path, faults.file, sheet).records():
            if head is None:
                head, lang = _heading(record, method)
                found = found or head is not None
            else:
                row = _Reader(sheet=sheet, lang=lang, head=head, faults=faults).row(record, method)
                if row is not None:
                    yield row
    if not found:
        faults.add("hearing_no_heading", "", Node(line=1))


def _heading(record: Record, method: Method) -> tuple[dict[str, int] | None, str]:
    """Place of each column where a row is the heading, and the language it is in."""
    cells = [word_form(cell) for cell in record.fields]
    for lang, words in method.words.items():
        labels = {name: word_form(words.get(f"hearing.column.{name}", name)) for name in COLUMNS}
        places = {name: cells.index(label) for name, label in labels.items() if label in cells}
        if all(name in places for name in NEEDED):
            return places, lang
    return None, ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """One sheet under reading."""

    sheet: str
    lang: str
    head: Mapping[str, int]
    faults: Faults

    def row(self, record: Record, method: Method) -> Row | None:
        """What a row says; None for one without a code, or a heading among the rows."""
        code = self.node(record, "code", method)
        answer = self.node(record, "answer", method)
        match = _CODE.fullmatch((code.text or "").strip())
        if match is None or match["id"] == NO_ROW:
            if match is None and not answer.blank:
                self.faults.add("hearing_no_code", "", answer)
            return None
        return Row(
            code=match["id"],
            item=match["item"],
            named=self.node(record, "question", method),
            picked=self.node(record, "choices", method),
            answer=answer,
            details={name: self.node(record, name, method) for name in DETAILS},
        )

    def node(self, record: Record, name: str, method: Method) -> Node:
        """A cell of a row; blank where it is, and a fault where it holds no value."""
        label = method.words[self.lang][f"hearing.column.{name}"]
        cell = Cell(sheet=self.sheet, row=record.row, column=label, lang=self.lang)
        place = self.head.get(name)
        text = record.fields[place] if place is not None else ""
        fault = fault_of(text)
        if fault is not None:
            shown = Node(line=record.row, text=fault[1], cell=cell)
            self.faults.add(fault[0], label, shown)
            text = ""
        return Node(line=record.row, text="" if is_blank(text) else text, cell=cell)


def files_of(folder: Path, names: Sequence[str] = ("hearing",)) -> list[Path]:
    """The hearing sheets in a client's folder, in NFC order of their names."""
    import unicodedata

    def form(path: Path) -> str:
        return unicodedata.normalize("NFC", path.name)

    found = [
        path
        for path in folder.iterdir()
        if path.is_file()
        and path.suffix.casefold() == ".xlsx"
        and form(path).casefold().startswith(tuple(names))
    ]
    return sorted(found, key=form)
