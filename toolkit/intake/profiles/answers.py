"""Answers of the hearing, read from a file and checked against the questions of content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from toolkit.intake.profiles.answer import BASES, Answer
from toolkit.intake.profiles.answer_values import UNKNOWN, AnswerFault, coded, read_value
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.intake.values.cells import Unreadable
from toolkit.intake.values.dates import DateRules, date_parser
from toolkit.method import Entry, Method

DETAILS = ("value", "by", "on", "evidence", "basis")
FIELDS = ("model", "stage")
ONE_VALUE = ("choice", "number", "text")
_DAY = date_parser(DateRules(zone="UTC", latest=None))

Giving = tuple[Answer, ...]
"""What one person said to one question at one time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What answers are read by: the method, where faults go, the name of the file."""

    method: Method
    faults: Faults


def read_answers(
    node: Node | None, method: Method, faults: Faults, fields: Mapping[str, Any]
) -> tuple[Giving, ...]:
    """Every answer of a file; ``model`` and ``stage`` answer their own questions.

    Args:
        node: what stands under ``answers``.
        method: its questions say what may be answered.
        faults: where faults go.
        fields: the fields already read.

    Returns:
        A giving for each question, or for each person where a list of them was written.
    """
    questions = method.section("questions")
    reading = Reading(method=method, faults=faults)
    entries = {} if node is None else node.entries or {}
    givings: list[Giving] = []
    for key, entry in entries.items():
        question = questions.get(key)
        if question is None:
            name = f"answers.{key}" if "." not in key else key
            faults.unknown(name, entry.node.cell or entry.line, questions)
        elif not entry.node.blank:
            givings += _givings(question, entry.node, reading)
    for name in FIELDS:
        givings += _of_field(name, fields.get(name), givings, faults, entries)
    order = {key: number for number, key in enumerate(questions)}
    named = (tuple(replace(one, source=faults.file) for one in part) for part in givings if part)
    return tuple(sorted(named, key=lambda part: order.get(part[0].question, len(order))))


def _of_field(
    name: str,
    value: str | None,
    givings: list[Giving],
    faults: Faults,
    entries: Mapping[str, Any],
) -> list[Giving]:
    question = f"q.pla.{name}"
    said = [one for part in givings for one in part if one.question == question]
    if value is None:
        return []
    if not said:
        return [(Answer(question=question, value=value),)]
    if any(one.value != value for one in said):
        faults.add("answered_twice", question, entries[question].node, {"field": name})
    return []


def _givings(question: Entry, node: Node, reading: Reading) -> list[Giving]:
    """The answers to one question: of one person, or of each in a list of them."""
    if not _of_several(question, node, reading.method):
        return [tuple(_answers(question, node, reading))]
    return [tuple(_answers(question, part, reading)) for part in node.items or ()]


def _of_several(question: Entry, node: Node, method: Method) -> bool:
    """Whether a list is one of people, ``[{value: …, by: …}, …]``, and not one of items."""
    values = [(part.entries or {}).get("value") for part in node.items or ()]
    if not values or None in values:
        return False
    nodes = [entry.node for entry in values if entry is not None]
    if question["kind"] in ("multi", "canvas"):
        return all(
            one.items is not None or _whole(question, one, method) is not None for one in nodes
        )
    return True


def _answers(question: Entry, node: Node, reading: Reading) -> list[Answer]:
    value, details = unwrapped(node, question.id, reading)
    if value is None or value.blank:
        return []
    whole = _whole(question, value, reading.method)
    if whole is not None:
        return [Answer(question=question.id, value=whole, **details)]
    made = []
    for item, part in _parts(question, value, reading):
        inner, own = unwrapped(part, question.id, reading)
        if inner is None or inner.blank:
            continue
        try:
            read = read_value(question, inner, reading.method)
        except AnswerFault as fault:
            key = question.id if item is None else f"{question.id}.{item}"
            reading.faults.add(fault.code, key, inner, fault.params)
            continue
        made.append(Answer(question=question.id, item=item, value=read, **{**details, **own}))
    if question["kind"] == "multi" and made:
        made.insert(0, replace(made[0], item=None, value=float(len(made))))
    return made


def unwrapped(node: Node, question: str, reading: Reading) -> tuple[Node | None, dict[str, Any]]:
    """The value of an answer, and who, when, what was shown, if it is given with details."""
    if node.entries is None or "value" not in node.entries:
        return node, {}
    details = {}
    for key, entry in node.entries.items():
        if key not in DETAILS:
            reading.faults.unknown(f"{question}.{key}", entry.line, DETAILS)
        elif key != "value" and not entry.node.blank:
            read = _detail(key, entry.node, f"{question}.{key}", reading)
            if read is not None:
                details[key] = read
    return node.entries["value"].node, details


def _detail(key: str, node: Node, name: str, reading: Reading) -> str | None:
    if node.text is None:
        reading.faults.add("field_no_scalar", name, node)
        return None
    if key == "basis":
        basis = coded(node.text, BASES, "hearing.basis", reading.method)
        if basis is None:
            reading.faults.add("field_choice", name, node, {"choices": ", ".join(BASES)})
        return basis
    if key == "on":
        day = read_day(node.text)
        if day is None:
            reading.faults.add("field_date", name, node)
        return day.isoformat() if day else None
    return node.text.strip()


def read_day(text: str) -> date | None:
    """A day as it may be written (2026-04-01, 2026/4/1, 令和8年4月1日); None where it is none."""
    try:
        moment = _DAY(text.strip())[0]
    except Unreadable:
        return None
    return date(moment.year, moment.month, moment.day)


def _whole(question: Entry, node: Node, method: Method) -> str | None:
    """The code that answers the question as a whole: unknown, none, no."""
    if node.text is None or question["kind"] == "choice":
        return None
    codes = (*question.get("codes", ()), UNKNOWN)
    return coded(node.text, codes, f"questions.{question.id}.choices", method)


def _parts(question: Entry, node: Node, reading: Reading) -> Iterator[tuple[str | None, Node]]:
    """The parts of an answer: one without item, or one an item."""
    kind = question["kind"]
    if kind in ONE_VALUE:
        if node.text is None:
            reading.faults.add("answer_one_value", question.id, node)
        else:
            yield None, node
    elif kind == "map":
        yield from _map_parts(question, node, reading)
    elif kind == "multi":
        yield from _multi_parts(question, node, reading)
    else:
        yield from _canvas_parts(question, node, reading)


def _map_parts(question: Entry, node: Node, reading: Reading) -> Iterator[tuple[str, Node]]:
    if node.entries is None:
        reading.faults.add("answer_map", question.id, node)
        return
    for key, entry in node.entries.items():
        item = _item(question, key, entry.line, reading)
        if item is not None:
            yield item, entry.node


def _multi_parts(question: Entry, node: Node, reading: Reading) -> Iterator[tuple[str, Node]]:
    parts = [_inner(part) for part in node.items or ()]
    if node.items is None or any(inner.text is None for inner in parts):
        reading.faults.add("answer_list", question.id, node)
        return
    for part, inner in zip(node.items, parts, strict=True):
        item = _item(question, inner.text or "", inner.line, reading)
        if item is not None:
            yield item, _with_value(part, Node(line=part.line, text="yes"))


def _canvas_parts(question: Entry, node: Node, reading: Reading) -> Iterator[tuple[str, Node]]:
    columns = question["items"]
    for part in node.items or ():
        entries = _inner(part).entries or {}
        texts = [entries[name].node.text for name in columns if name in entries]
        if len(entries) != len(columns) or len(texts) != len(columns) or None in texts:
            named = {"columns": ", ".join(columns)}
            reading.faults.add("answer_canvas", question.id, part, named)
            continue
        label, *rest = [" ".join((text or "").replace("|", "／").split()) for text in texts]
        cell = entries[columns[1]].node.cell
        yield label, _with_value(part, Node(line=part.line, text=" | ".join(rest), cell=cell))
    if node.items is None:
        reading.faults.add("answer_list", question.id, node)


def _inner(part: Node) -> Node:
    """What a part of a list says, without who said it."""
    return part.entries["value"].node if part.entries and "value" in part.entries else part


def _with_value(part: Node, value: Node) -> Node:
    """A part of a list with another value, and with its who and when where it has them."""
    if part.entries is None or "value" not in part.entries:
        return value
    said = replace(part.entries["value"], node=value)
    return replace(part, entries={**part.entries, "value": said})


def _item(question: Entry, text: str, line: int, reading: Reading) -> str | None:
    name = f"questions.{question.id}.items"
    code = coded(text, question["items"], name, reading.method)
    if code is not None:
        return code
    if question.get("open_items") and text.strip():
        return text.strip()
    reading.faults.unknown(f"{question.id}.{text}", line, question["items"])
    return None
