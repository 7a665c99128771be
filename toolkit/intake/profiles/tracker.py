"""An action tracker that was filled in, read back as the edits it stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from toolkit.errors import InputError
from toolkit.intake.excel.workbook import read_sheet, workbook_sheets
from toolkit.intake.files.records import Record
from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.answer_values import coded
from toolkit.intake.profiles.answers import read_day
from toolkit.intake.profiles.cell import Cell
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.edit import DROPPED, EVERY, STATES, Edit
from toolkit.intake.profiles.edits import LONGEST, LONGEST_NAME, STATE_WORDS
from toolkit.intake.profiles.yaml_text import Node
from toolkit.intake.values.cells import fault_of, is_blank
from toolkit.method import Method

NEEDED = ("code", "status")
READ = ("code", "assignee", "due", "status", "reason", "comment")
WORDS = "meetings.tracker.column"
NOT_STARTED = STATES[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Head:
    """The heading of a sheet: the place of each column, and the language it is in."""

    places: Mapping[str, int]
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reader:
    """What a cell is read with: the column's own key, the method, the faults so far."""

    key: str
    method: Method
    faults: Faults


def read_tracker(path: Path, method: Method) -> tuple[Edit, ...]:
    """The edits that a filled-in tracker stands for, in its order.

    A row that says no more than "not started" says nothing.

    Raises:
        InputError: ``tracker_refused`` with every fault, each with its row and column; or the
            book cannot be opened.
    """
    faults = Faults(file=path.name)
    found: dict[str, Edit] = {}
    headed = False
    for sheet in workbook_sheets(path, path.name):
        head: _Head | None = None
        for record in read_sheet(path, path.name, sheet).records():
            if head is None:
                head = _heading(record, method)
                headed = headed or head is not None
            else:
                _take(_nodes(record, sheet, head, method, faults), found, method, faults)
    if not headed:
        faults.add("tracker_no_heading", "", Node(line=1))
    if faults.problems:
        raise InputError("tracker_refused", faults.problems)
    return tuple(found.values())


def _heading(record: Record, method: Method) -> _Head | None:
    cells = [word_form(cell) for cell in record.fields]
    for lang, words in method.words.items():
        labels = {name: word_form(words.get(f"{WORDS}.{name}", name)) for name in READ}
        places = {name: cells.index(label) for name, label in labels.items() if label in cells}
        if all(name in places for name in NEEDED):
            return _Head(places=places, lang=lang)
    return None


def _nodes(
    record: Record, sheet: str, head: _Head, method: Method, faults: Faults
) -> dict[str, Node]:
    """The cells of a row by column; a cell without a usable value is a fault."""
    made = {}
    for name, place in head.places.items():
        label = method.words[head.lang].get(f"{WORDS}.{name}", name)
        cell = Cell(sheet=sheet, row=record.row, column=label, lang=head.lang)
        text = record.fields[place] if place < len(record.fields) else ""
        fault = fault_of(text)
        if fault is not None:
            faults.add(fault[0], label, Node(line=record.row, text=fault[1], cell=cell))
            text = ""
        made[name] = Node(line=record.row, text="" if is_blank(text) else text.strip(), cell=cell)
    return made


def _take(
    nodes: Mapping[str, Node], found: dict[str, Edit], method: Method, faults: Faults
) -> None:
    """Read one row; its edit is kept where it says something."""
    node = nodes["code"]
    code = node.text or ""
    if node.blank:
        if said := next((one for name, one in _said(nodes) if not one.blank), None):
            faults.add("tracker_no_code", "", said)
        return
    if code not in method.section("rules"):
        assert node.cell is not None
        faults.unknown(code, node.cell, method.section("rules"))
        return
    if code in found:
        faults.add("tracker_twice", code, node, {"first": str(found[code].line)})
        return
    values = dict(_values(code, nodes, method, faults))
    if values.get("status") == DROPPED and "reason" not in values:
        faults.add("tracker_reason", code, replace(nodes["status"], text=None))
    if values and values != {"status": NOT_STARTED}:
        found[code] = Edit(id=code, line=node.line, **values)


def _said(nodes: Mapping[str, Node]) -> Iterator[tuple[str, Node]]:
    """The cells that the two sides write into."""
    return ((name, node) for name, node in nodes.items() if name != "code")


def _values(
    code: str, nodes: Mapping[str, Node], method: Method, faults: Faults
) -> Iterator[tuple[str, Any]]:
    for name, node in _said(nodes):
        assert node.cell is not None
        reader = _Reader(key=f"{code} / {node.cell.column}", method=method, faults=faults)
        if not node.blank and (value := READERS[name](node, reader)):
            yield name, value


def _name(node: Node, reader: _Reader) -> str | None:
    return _text(node, reader, LONGEST_NAME)


def _reason(node: Node, reader: _Reader) -> str | None:
    return _text(node, reader, LONGEST)


def _comment(node: Node, reader: _Reader) -> dict[str, str] | None:
    text = _text(node, reader, LONGEST)
    return {EVERY: text} if text else None


def _text(node: Node, reader: _Reader, longest: int) -> str | None:
    text = node.text or ""
    if len(text) > longest:
        length = {"length": f"{len(text):,}", "longest": f"{longest:,}"}
        reader.faults.add("tracker_long", reader.key, replace(node, text=None), length)
        return None
    return text


def _day(node: Node, reader: _Reader) -> str | None:
    day = read_day(node.text or "")
    if day is None:
        reader.faults.add("field_date", reader.key, node)
    return day.isoformat() if day else None


def _state(node: Node, reader: _Reader) -> str | None:
    assert node.cell is not None
    state = coded(node.text or "", STATES, STATE_WORDS, reader.method)
    if state is None:
        words = reader.method.words[node.cell.lang]
        labels = (words.get(f"{STATE_WORDS}.{name}", name) for name in STATES)
        choices = words["report.list_separator"].join(labels)
        reader.faults.add("field_choice", reader.key, node, {"choices": choices})
    return state


READERS: Mapping[str, Callable[[Node, _Reader], Any]] = {
    "assignee": _name,
    "due": _day,
    "status": _state,
    "reason": _reason,
    "comment": _comment,
}
