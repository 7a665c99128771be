"""A hearing sheet as the tree that client.yaml would be: the same answers, with their cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit.intake.mappings.columns import word_form
from toolkit.intake.profiles.answer_values import COVERED, coded
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.hearing_rows import OPEN, Row, hearing_rows
from toolkit.intake.profiles.profile_fields import FIELDS
from toolkit.intake.profiles.yaml_text import Entry, Node
from toolkit.method import Entry as Question
from toolkit.method import Method

MARKS = ("○", "◯", "〇", "✓", "✔", "☑", "レ", "1", "true", "x")
NO_MARKS = ("×", "✕", "0", "false", "-", "－", "ー")
PREFIX = "hearing"
WITHOUT_ITEM = ("choice", "number", "text")


@dataclass(slots=True, kw_only=True)
class _Given:
    """Rows of one question, the first answers to each place, then the second ones."""

    rounds: list[dict[str | None, Row]] = field(default_factory=list)

    def add(self, key: str | None, row: Row) -> None:
        """Put a row into the first round in which its place is still free."""
        for part in self.rounds:
            if key not in part:
                part[key] = row
                return
        self.rounds.append({key: row})


def read_hearing(path: Path, method: Method, faults: Faults) -> Node:
    """A hearing sheet as a map of fields, ``answers`` and ``compliance``; blank cells are left out.

    Raises:
        InputError: the book cannot be opened.
    """
    questions, legal = method.section("questions"), method.section("legal")
    fields: dict[str, Entry] = {}
    given: dict[str, _Given] = {}
    laws: dict[str, Entry] = {}
    for found in hearing_rows(path, method, faults):
        row = _signed(found, person_of(path))
        question = questions.get(row.code)
        lines = question is not None and question["kind"] == "canvas"
        if row.answer.blank and (not lines or row.item is None or row.picked.blank):
            continue
        if question is not None:
            _place(row, question, given, method, faults)
        elif row.code in FIELDS:
            _once(fields, row.code, row.answer, row, faults)
        elif row.code in legal:
            _once(laws, row.code, _with_details(row, row.answer), row, faults)
        else:
            assert row.answer.cell is not None
            faults.unknown(row.code, row.answer.cell, (*questions, *legal, *FIELDS))
    answers = {
        key: _entry(_answers(questions[key], rows, method, faults)) for key, rows in given.items()
    }
    lists = {"answers": answers, "compliance": laws}
    root = {**fields, **{name: _entry(_map(made)) for name, made in lists.items() if made}}
    return Node(line=1, entries=root)


def person_of(path: Path) -> str:
    """Who a sheet is of, by its name: the part after ``hearing_``.

    >>> person_of(Path("hearing_工場長.xlsx")), person_of(Path("hearing.xlsx"))
    ('工場長', '')
    """
    name = unicodedata.normalize("NFC", path.stem)
    return name[len(PREFIX) :].strip(" _-‐ー　") if name.casefold().startswith(PREFIX) else ""


def _place(
    row: Row, question: Question, given: dict[str, _Given], method: Method, faults: Faults
) -> None:
    """Find the place a row answers: the whole question, one item, or an item named in it."""
    item = row.item
    if item is None or question["kind"] in WITHOUT_ITEM:
        key: str | None = None
    elif item.strip() == OPEN or question["kind"] == "canvas":
        if row.named.blank:
            faults.add("hearing_item_blank", question.id, row.answer)
            return
        named = (row.named.text or "").strip()
        code = coded(named, question["items"], f"questions.{question.id}.items", method)
        key = code or named
    else:
        code = coded(item, question["items"], f"questions.{question.id}.items", method)
        if code is None:
            assert row.answer.cell is not None
            faults.unknown(f"{question.id} / {item}", row.answer.cell, question["items"])
            return
        key = code
    given.setdefault(question.id, _Given()).add(key, row)


def _answers(question: Question, given: _Given, method: Method, faults: Faults) -> Node:
    """The answers to one question: of one person, or a list of several."""
    people: list[Node] = []
    for rows in given.rounds:
        whole = [row for item, row in rows.items() if item is None]
        parts = {item: row for item, row in rows.items() if item is not None}
        if whole and parts and _same_person(whole[0], parts.values()):
            faults.add("hearing_whole_and_items", question.id, whole[0].answer)
        people += [_with_details(row, row.answer) for row in whole]
        if parts:
            people.append(_of_items(question, parts, method, faults))
    if len(people) == 1:
        return people[0]
    lists = [part if "value" in (part.entries or {}) else _valued(part) for part in people]
    return Node(line=people[0].line, items=tuple(lists))


def _same_person(whole: Row, parts: Iterable[Row]) -> bool:
    who = word_form(whole.details["by"].text or "")
    return who in {word_form(row.details["by"].text or "") for row in parts}


def _of_items(question: Question, rows: Mapping[str, Row], method: Method, faults: Faults) -> Node:
    """Items as client.yaml has them: a map, or a list of those chosen or of lines."""
    line = next(iter(rows.values())).answer.line
    if question["kind"] == "map":
        entries = {
            item: _entry(_with_details(row, row.answer))
            for item, row in rows.items()
            if not row.answer.blank
        }
        return Node(line=line, entries=entries)
    made = []
    for item, row in rows.items():
        if question["kind"] == "canvas":
            part = _canvas_line(question, row, method, faults)
        else:
            part = _chosen(question, item, row, method, faults)
        if part is not None:
            made.append(_with_details(row, part))
    return Node(line=line, items=tuple(made))


def _chosen(question: Question, item: str, row: Row, method: Method, faults: Faults) -> Node | None:
    """An item with a mark; None where it was marked as not chosen."""
    text = row.answer.text or ""
    if word_form(text) in {word_form(mark) for mark in MARKS}:
        return replace(row.answer, text=item)
    if word_form(text) in {word_form(mark) for mark in NO_MARKS}:
        return None
    said = coded(text, ("yes", "no"), "hearing.chosen", method)
    if said is None:
        faults.add("hearing_mark", f"{question.id} / {item}", row.answer)
    return replace(row.answer, text=item) if said == "yes" else None


def _canvas_line(question: Question, row: Row, method: Method, faults: Faults) -> Node | None:
    """A line of the canvas: its name, how much it matters, how far it is covered."""
    name, importance, covered = question["items"]
    if row.answer.blank or row.picked.blank:
        blank = row.picked if row.picked.blank else row.answer
        faults.add("hearing_canvas", f"{question.id} / {row.named.text}", blank)
        return None
    code = coded(row.answer.text or "", COVERED, "hearing.covered", method) or row.answer.text
    nodes = {
        name: replace(row.named, text=(row.named.text or "").strip()),
        importance: row.picked,
        covered: replace(row.answer, text=code),
    }
    return _map({key: _entry(node) for key, node in nodes.items()})


def _with_details(row: Row, value: Node) -> Node:
    """A value with who, when, said or seen, as far as the row tells."""
    nodes = {name: node for name, node in row.details.items() if not node.blank}
    return _map({"value": _entry(value), **{name: _entry(node) for name, node in nodes.items()}})


def _signed(row: Row, person: str) -> Row:
    """A row that names nobody, in the name of the sheet's person."""
    if not person or not row.details["by"].blank:
        return row
    by = replace(row.details["by"], text=person)
    return replace(row, details={**row.details, "by": by})


def _once(entries: dict[str, Entry], key: str, node: Node, row: Row, faults: Faults) -> None:
    """A field or a check of the law stands once in a sheet, or twice with the same answer."""
    before = entries.setdefault(key, _entry(node)).node
    first = before.entries["value"].node if before.entries else before
    if word_form(first.text or "") != word_form(row.answer.text or ""):
        assert first.cell is not None
        params = {"first": str(first.cell.row), "sheet": first.cell.sheet}
        faults.add("hearing_field_twice", key, row.answer, params)


def _valued(node: Node) -> Node:
    return _map({"value": _entry(node)})


def _entry(node: Node) -> Entry:
    return Entry(line=node.line, node=node)


def _map(entries: Mapping[str, Entry]) -> Node:
    line = next((one.line for one in entries.values()), 1)
    return Node(line=line, entries=dict(entries))
