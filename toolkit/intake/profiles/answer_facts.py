"""Answers as facts: what was asked, and what was not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.facts import Fact, unknown
from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.method import Entry, Method


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
