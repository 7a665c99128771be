"""What to ask: the next questions by what they would change, and the hypotheses to test first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from toolkit.diagnosis.ask import NextQuestion
from toolkit.diagnosis.hypotheses import MOST, Hypothesis
from toolkit.diagnosis.waiting import Waiting, waiting, weight
from toolkit.outline.blocks import Block, Card, Heading, Paragraph, Table, Text, plain
from toolkit.outline.finding_words import need_name, title_text
from toolkit.outline.health import column_name
from toolkit.outline.writer import Writer, plain_span

TITLES = 2


def next_questions(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Exports and answers to ask for: what they decide, what they change, where they are found."""
    asked = pen.diagnosis.questions
    if not asked:
        yield Paragraph(text=pen.text("report.next.none"))
        return
    yield Paragraph(text=pen.text("report.next.intro"))
    waits = waiting(pen.diagnosis, pen.diagnosis.content)
    for kind in ("table", "question"):
        rows = [_row(pen, one, waits) for one in asked if one.kind == kind][: int(spec["most"])]
        if rows:
            yield Heading(text=pen.text(f"report.next.{kind}"))
            names = (f"next_{kind}", "decides", "change", "found")
            yield Table(
                columns=tuple(pen.line(f"report.column.{name}") for name in names),
                rows=tuple(rows),
                align="llll",
            )
    yield Paragraph(text=pen.text("report.next.assumed"), style="note")
    if any(one.priced for one in asked):
        yield Paragraph(text=pen.text("report.next.priced_counts"), style="note")


def _row(pen: Writer, one: NextQuestion, waits: Mapping[str, Waiting]) -> tuple[Text, ...]:
    name = asked_name(pen, one, waits)
    return (
        plain_span(name),
        plain_span(decides_text(pen, one)),
        plain_span(change_text(pen, one)),
        plain_span(found_text(pen, one.id)),
    )


def asked_name(pen: Writer, one: NextQuestion, waits: Mapping[str, Waiting]) -> str:
    """The question or table; of one that was handed over, the columns that it lacks."""
    name = need_name(pen, one.id)
    lacking = [
        column_name(one.id, need.partition(".")[2], pen.book)
        for need, found in waits.items()
        if need.startswith(f"{one.id}.") and set(found.rules) & set(one.rules)
    ]
    if one.kind == "question" or not lacking:
        return name
    return pen.line("report.next.columns", table=name, columns=pen.joined(lacking))


def decides_text(pen: Writer, one: NextQuestion) -> str:
    """Titles of the rules it would settle, the weightiest first, and how many yen it would tell."""
    method = pen.diagnosis.content
    codes = sorted(one.rules, key=lambda code: (-weight(code, method), code))
    titles = [plain(title_text(pen, pen.diagnosis.finding(code))) for code in codes]
    shown = pen.joined(titles[:TITLES])
    more = len(titles) - TITLES
    parts = [shown + (pen.line("report.and_more", count=str(more)) if more > 0 else "")]
    if one.priced:
        parts.append(pen.line("report.next.priced", count=str(len(one.priced))))
    return pen.line("report.basis_separator").join(part for part in parts if part)


def change_text(pen: Writer, one: NextQuestion) -> str:
    """How many of the first three actions the answer is expected to replace."""
    if not one.value:
        return pen.line("report.next.no_change")
    return pen.line("report.next.change", places=f"{one.value:.1f}")


def found_text(pen: Writer, need: str) -> str:
    """Where the answer or table is found, and how long it takes; empty if nobody has said."""
    key = f"questions.{need}.how" if need.startswith("q.") else f"requests.how.{need}"
    return pen.line(key) if pen.has(key) else ""


def hypotheses(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What the orders suggest, each with its grounds and what would confirm or refute it."""
    made = pen.diagnosis.hypotheses
    yield Heading(text=pen.text("hearing.hypotheses.title"))
    if made:
        yield Paragraph(text=pen.text("hearing.hypotheses.lead"), style="note")
    for number, one in enumerate(made, start=1):
        yield hypothesis_card(pen, one, number)
    if len(made) < MOST:
        yield Paragraph(text=fewer_text(pen), style="note")


def fewer_text(pen: Writer) -> Text:
    """That the orders say no more yet."""
    count = len(pen.diagnosis.hypotheses)
    key = "hearing.hypotheses.fewer" if count else "hearing.hypotheses.none"
    return pen.text(key, count=str(count))


def hypothesis_card(pen: Writer, one: Hypothesis, number: int) -> Card:
    """A hypothesis with its grounds, what to find out, and the questions that test it."""
    rows = (
        ("grounds", pen.text(f"hypotheses.{one.id}.grounds")),
        ("ask", pen.text(f"hypotheses.{one.id}.ask")),
        ("questions", plain_span(pen.joined(questions_of(pen, one)))),
    )
    return Card(
        anchor=f"hypothesis-{one.id}",
        code="",
        mark=pen.line("hearing.hypotheses.mark", number=str(number)),
        tone="plain",
        title=pen.text(f"hypotheses.{one.id}.hypothesis"),
        body=(),
        rows=tuple((pen.line(f"hearing.hypotheses.row.{name}"), text) for name, text in rows),
    )


def questions_of(pen: Writer, one: Hypothesis) -> Iterator[str]:
    """The questions that test a hypothesis; those answered already are marked."""
    for key in one.questions:
        answered = any(fact.known for fact in pen.diagnosis.facts.breakdown(key))
        name = "answered" if answered else "open"
        yield pen.line(
            f"hearing.hypotheses.question.{name}", text=pen.line(f"questions.{key}.text")
        )


ASKING_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "next_questions": next_questions,
    "hypotheses": hypotheses,
}
