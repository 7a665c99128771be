"""Answers of the hearing: checked against the questions of content, then facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from toolkit.facts import Fact, unknown
from toolkit.intake.profiles.answer_values import UNKNOWN, AnswerFault, coded, read_value
from toolkit.intake.profiles.checking import Faults
from toolkit.intake.profiles.yaml_text import Node
from toolkit.method import Entry, Method

DETAILS = ("value", "by", "on", "evidence", "basis")
BASES = ("said", "seen")
FIELDS = ("model", "stage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer, or one item of an answer with several; ``unknown`` is an answer too.

    ``by`` and ``on`` say who answered and when, ``evidence`` what was shown, ``basis`` whether
    it was said or seen.
    """

    question: str
    item: str | None = None
    value: str | float
    by: str | None = None
    on: str | None = None
    evidence: str | None = None
    basis: Literal["said", "seen"] = "said"


def read_answers(
    node: Node | None, method: Method, faults: Faults, fields: Mapping[str, Any]
) -> tuple[Answer, ...]:
    """Every answer of a profile; ``model`` and ``stage`` answer their own questions.

    Args:
        node: what stands under ``answers``.
        method: its questions say what may be answered.
        faults: where faults go.
        fields: the fields already read.
    """
    questions = method.section("questions")
    given = {} if node is None else node.entries or {}
    answers = []
    for key, entry in given.items():
        question = questions.get(key)
        if question is None:
            faults.unknown(f"answers.{key}" if "." not in key else key, entry.line, questions)
        elif not entry.node.blank:
            answers += _answers(question, entry.node, method, faults)
    for name in FIELDS:
        answers += _of_field(name, fields.get(name), answers, faults, given)
    order = {key: number for number, key in enumerate(questions)}
    return tuple(sorted(answers, key=lambda one: order.get(one.question, len(order))))


def _of_field(
    name: str,
    value: str | None,
    answers: Sequence[Answer],
    faults: Faults,
    given: Mapping[str, Any],
) -> list[Answer]:
    question = f"q.pla.{name}"
    said = next((one for one in answers if one.question == question), None)
    if value is None:
        return []
    if said is None:
        return [Answer(question=question, value=value)]
    if said.value != value:
        faults.add("answered_twice", question, given[question].node, {"field": name})
    return []


def _answers(question: Entry, node: Node, method: Method, faults: Faults) -> list[Answer]:
    value, details = _unwrapped(node, question.id, faults)
    if value is None:
        return []
    whole = _whole(question, value, method)
    if whole is not None:
        return [Answer(question=question.id, value=whole, **details)]
    made = []
    for item, part in _parts(question, value, method, faults):
        inner, own = _unwrapped(part, question.id, faults)
        if inner is None or inner.blank:
            continue
        try:
            read = read_value(question, inner, method)
        except AnswerFault as fault:
            key = question.id if item is None else f"{question.id}.{item}"
            faults.add(fault.code, key, inner, fault.params)
            continue
        made.append(Answer(question=question.id, item=item, value=read, **(own or details)))
    if question["kind"] == "multi" and value.items is not None:
        made.insert(0, Answer(question=question.id, value=float(len(made)), **details))
    return made


def _unwrapped(node: Node, question: str, faults: Faults) -> tuple[Node | None, dict[str, Any]]:
    """The value of an answer, and who, when, what was shown, if it is given with details."""
    if node.entries is None or "value" not in node.entries:
        return node, {}
    details = {}
    for key, entry in node.entries.items():
        if key not in DETAILS:
            faults.unknown(f"{question}.{key}", entry.line, DETAILS)
        elif key != "value" and not entry.node.blank:
            if entry.node.text is None or (key == "basis" and entry.node.text not in BASES):
                faults.add(
                    "field_choice", f"{question}.{key}", entry.node, {"choices": ", ".join(BASES)}
                )
            else:
                details[key] = entry.node.text
    return node.entries["value"].node, details


def _whole(question: Entry, node: Node, method: Method) -> str | None:
    """The code that answers the question as a whole: unknown, none, no."""
    if node.text is None or question["kind"] == "choice":
        return None
    codes = (*question.get("codes", ()), UNKNOWN)
    return coded(node.text, codes, f"questions.{question.id}.choices", method)


def _parts(
    question: Entry, node: Node, method: Method, faults: Faults
) -> Iterator[tuple[str | None, Node]]:
    """The parts of an answer: one without item, or one an item."""
    kind = question["kind"]
    if kind in ("choice", "number", "text"):
        if node.text is None:
            faults.add("answer_one_value", question.id, node)
        else:
            yield None, node
    elif kind == "map":
        yield from _map_parts(question, node, method, faults)
    elif kind == "multi":
        yield from _multi_parts(question, node, method, faults)
    else:
        yield from _canvas_parts(question, node, faults)


def _map_parts(
    question: Entry, node: Node, method: Method, faults: Faults
) -> Iterator[tuple[str, Node]]:
    if node.entries is None:
        faults.add("answer_map", question.id, node)
        return
    for key, entry in node.entries.items():
        item = _item(question, key, entry.line, method, faults)
        if item is not None:
            yield item, entry.node


def _multi_parts(
    question: Entry, node: Node, method: Method, faults: Faults
) -> Iterator[tuple[str, Node]]:
    if node.items is None or any(part.text is None for part in node.items):
        faults.add("answer_list", question.id, node)
        return
    for part in node.items:
        item = _item(question, part.text or "", part.line, method, faults)
        if item is not None:
            yield item, Node(line=part.line, text="yes")


def _canvas_parts(question: Entry, node: Node, faults: Faults) -> Iterator[tuple[str, Node]]:
    columns = question["items"]
    for part in node.items or ():
        entries = part.entries or {}
        texts = [entries[name].node.text for name in columns if name in entries]
        if len(entries) != len(columns) or len(texts) != len(columns) or None in texts:
            faults.add("answer_canvas", question.id, part, {"columns": ", ".join(columns)})
            continue
        label, *rest = [" ".join((text or "").replace("|", "／").split()) for text in texts]
        yield label, Node(line=part.line, text=" | ".join(rest))
    if node.items is None:
        faults.add("answer_list", question.id, node)


def _item(question: Entry, text: str, line: int, method: Method, faults: Faults) -> str | None:
    code = coded(text, question["items"], f"questions.{question.id}.items", method)
    if code is not None:
        return code
    if question.get("open_items") and text.strip():
        return text.strip()
    faults.unknown(f"{question.id}.{text}", line, question["items"])
    return None


def facts_of_answers(answers: Sequence[Answer], method: Method) -> list[Fact]:
    """Answers as facts; a question not asked is one unknown fact without item."""
    by_question: dict[str, list[Answer]] = {}
    for answer in answers:
        by_question.setdefault(answer.question, []).append(answer)
    facts: list[Fact] = []
    for key, question in method.section("questions").items():
        given = by_question.get(key)
        unit = _unit(question)
        if given is None:
            facts.append(unknown(key, "not_asked", unit=unit, definition_id=key, basis="said"))
            continue
        facts += [_fact(answer, unit) for answer in given]
        facts += _rest(question, given, unit)
    return facts


def _unit(question: Entry) -> str:
    return str(question.get("unit", "text" if question["kind"] == "text" else "code"))


def _fact(answer: Answer, unit: str) -> Fact:
    by: Mapping[str, str | int] = {} if answer.item is None else {"item": answer.item}
    common: dict[str, Any] = {"by": by, "definition_id": answer.question, "basis": "said"}
    if answer.value == UNKNOWN:
        return unknown(answer.question, "answered_unknown", unit=unit, **common)
    if isinstance(answer.value, float):
        unit = "count" if unit == "code" else unit
    elif unit != "text":
        unit = "code"
    return Fact(id=answer.question, value=answer.value, unit=unit, **common)


def _rest(question: Entry, given: Sequence[Answer], unit: str) -> list[Fact]:
    """What a partly answered map leaves open, and its whole answer where it may have one."""
    if question["kind"] != "map" or all(answer.item is None for answer in given):
        return []
    said = {answer.item for answer in given}
    common: dict[str, Any] = {"definition_id": question.id, "basis": "said"}
    rest = [
        unknown(question.id, "not_asked", unit=unit, by={"item": item}, **common)
        for item in question["items"]
        if item not in said
    ]
    if question.get("codes"):
        rest.append(Fact(id=question.id, value="yes", unit="code", **common))
    return rest
