"""The appendix: every answer, how the data was read, how scores are made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.outline.blocks import Block, Bullets, Paragraph, Table, Text
from toolkit.outline.health import health
from toolkit.outline.places import anchor_of
from toolkit.outline.worth import assumed
from toolkit.outline.writer import Writer, plain_span


def answers(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Every answer given, who gave it and when, said or seen: a row a question and person."""
    rows: dict[tuple[str, ...], list[Text]] = {}
    questions = pen.diagnosis.content.section("questions")
    for one in pen.diagnosis.answers:
        if one["question"] in questions and one.get("used", True):
            whose = (str(one.get(name) or "") for name in ("question", "by", "on", "basis"))
            rows.setdefault(tuple(whose), []).append(_answer(pen, one))
    if not rows:
        yield Paragraph(text=pen.text("report.answers.none"))
        return
    names = ("question", "answer", "given")
    anchors = [anchor_of(question) for question, *_ in rows]
    yield Table(
        columns=tuple(pen.line(f"report.column.{name}") for name in names),
        rows=tuple(_answer_row(pen, whose, said) for whose, said in rows.items()),
        align="lll",
        anchors=tuple(a if a not in anchors[:place] else "" for place, a in enumerate(anchors)),
    )


def _answer_row(pen: Writer, whose: tuple[str, ...], said: list[Text]) -> tuple[Text, ...]:
    question, by, on, basis = whose
    given = (by, pen.date(on) if on else "", pen.line(f"report.answer_basis.{basis or 'said'}"))
    separator = plain_span(pen.line("report.answer_separator"))
    joined = [part for text in said for part in (*separator, *text)][len(separator) :]
    return (
        plain_span(pen.line(f"questions.{question}.text")),
        tuple(joined),
        plain_span(pen.joined(part for part in given if part)),
    )


def _answer(pen: Writer, one: Mapping[str, Any]) -> Text:
    item = one.get("item")
    by: dict[str, str | int] = {"item": str(item)} if item else {}
    fact = pen.diagnosis.facts.find(str(one["question"]), by)
    if fact.known:
        return (pen.value(fact),)
    label = f"questions.{one['question']}.choices.{one['value']}"
    shown = pen.line(label) if pen.has(label) else str(one["value"])
    if not item:
        return plain_span(shown)
    named = pen.item(str(one["question"]), str(item))
    return pen.text("report.item_answer", item=named, answer=shown)


def scoring(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """How judgements are made, and the score of each module where enough is known."""
    yield Bullets(items=tuple(pen.text(f"report.scoring.{name}") for name in spec["points"]))
    rows = [
        (
            plain_span(pen.line(f"common.module.{module.id}")),
            plain_span("—" if module.score is None else f"{module.score:.0f}"),
            plain_span("—" if module.coverage is None else pen.number(module.coverage, "share")),
            *(plain_span(str(module.counts[name])) for name in ("fail", "pass", "unknown")),
        )
        for module in pen.diagnosis.modules
    ]
    names = ("module", "score", "coverage", "fail", "pass", "unknown")
    yield Table(
        columns=tuple(pen.line(f"report.column.{name}") for name in names),
        rows=tuple(rows),
        align="lrrrrr",
    )


def limits(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What this report assumes and what it cannot say; ``tax`` says how amounts are given."""
    tax = str(pen.diagnosis.client.get("tax") or "unknown")
    given = assumed(pen)
    items = [pen.text(f"report.limits.{name}", **given) for name in spec["points"]]
    if spec["tax"]:
        items.insert(0, pen.text(f"report.limits.tax_{tax}"))
    yield Bullets(items=tuple(items))


APPENDIX_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "answers": answers,
    "health": health,
    "scoring": scoring,
    "limits": limits,
}
