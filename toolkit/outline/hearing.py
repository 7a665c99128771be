"""Answers that differ, on paper: who said what when, which one is used and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact
from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.contradictions import Contradiction, Voice, contradictions
from toolkit.method import Method
from toolkit.outline.blocks import Block, Heading, Paragraph, Table, Text
from toolkit.outline.writer import Writer, plain_span
from toolkit.rules.finding import Finding

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis


def contradictions_in(diagnosis: Diagnosis) -> tuple[Contradiction, ...]:
    """Where people gave different answers, from the answers the document keeps."""
    return contradictions(map(_answer, diagnosis.answers), diagnosis.content)


def _answer(record: Mapping[str, Any]) -> Answer:
    known = ("question", "item", "value", "by", "on", "evidence", "basis", "used", "source")
    return Answer(**{name: record[name] for name in known if name in record})


def contradiction_table(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A row for each question that people answered differently; nothing where they agree."""
    found = contradictions_in(pen.diagnosis)
    if not found:
        return
    yield Heading(text=pen.text("hearing.contradictions.heading"))
    yield Paragraph(text=pen.text("hearing.contradictions.intro"), style="note")
    names = ("question", "used", "others", "why")
    yield Table(
        columns=tuple(pen.line(f"hearing.contradictions.column.{name}") for name in names),
        rows=tuple(tuple(plain_span(text) for text in _cells(pen, one)) for one in found),
        align="llll",
    )


def contradiction_line(pen: Writer, one: Contradiction) -> str:
    """One contradiction in a line, for the screen."""
    question, used, others, why = _cells(pen, one)
    return pen.line(
        "hearing.contradictions.line", question=question, used=used, others=others, why=why
    )


def dispute_text(pen: Writer, finding: Finding) -> Text:
    """A note on a finding that rests on a question answered in two ways; empty otherwise."""
    asked = _asked(pen, finding)
    disputed = dict.fromkeys(
        one.question for one in contradictions_in(pen.diagnosis) if one.question in asked
    )
    if not disputed:
        return ()
    texts = pen.joined(question_text(pen, key) for key in disputed)
    return pen.text("hearing.contradictions.note", questions=texts)


def _asked(pen: Writer, finding: Finding) -> set[str]:
    """The questions a finding rests on: named by its facts, or needed by these."""
    cards = pen.diagnosis.content.section("measures")
    found: set[str] = set()
    for key in finding.evidence.facts:
        fact = pen.fact(key)
        card = cards.get(fact.id)
        found |= {fact.id, *fact.needs, *(card.get("needs", ()) if card is not None else ())}
    return found


def question_text(pen: Writer, key: str) -> str:
    """The text of a question, or of a check of the law."""
    law = f"legal.{key}.check"
    return pen.line(law if pen.has(law) else f"questions.{key}.text")


def _cells(pen: Writer, one: Contradiction) -> tuple[str, str, str, str]:
    name = question_text(pen, one.question)
    if one.item is not None:
        name = pen.line("report.item_answer", item=name, answer=pen.item(one.question, one.item))
    return (
        name,
        _voice(pen, one.used),
        pen.joined(_voice(pen, other) for other in one.others),
        pen.line(f"hearing.contradictions.why.{one.reason}"),
    )


def _voice(pen: Writer, voice: Voice) -> str:
    """Who said what, and when."""
    answer = voice.answer
    who = answer.by or pen.line("hearing.contradictions.anonymous", file=answer.source)
    on = pen.line("hearing.contradictions.on", date=pen.date(answer.on)) if answer.on else ""
    value = _value(pen, voice)
    return pen.line("hearing.contradictions.voice", who=who, on=on, value=value)


def _value(pen: Writer, voice: Voice) -> str:
    """What was said, in the reader's words."""
    key = voice.answer.question
    if isinstance(voice.said, tuple):
        return pen.joined(pen.item(key, item) for item in voice.said)
    state = f"hearing.states.{voice.said}"
    if key not in pen.diagnosis.content.section("questions") and pen.has(state):
        return pen.line(state)
    unit = _unit(pen.diagnosis.content, key)
    if isinstance(voice.said, str):
        return pen.answer(Fact(id=key, value=voice.said, unit="code"))
    return pen.number(voice.said, unit)


def _unit(method: Method, key: str) -> str:
    question = method.section("questions").get(key)
    return str(question.get("unit", "count")) if question is not None else "count"


HEARING_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "contradictions": contradiction_table,
}
