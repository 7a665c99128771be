"""The agenda of a meeting: how the time is used, and which questions are asked in each part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.hypotheses import MOST, Hypothesis
from toolkit.outline.asking import decides_text, fewer_text, found_text, hypothesis_card
from toolkit.outline.blocks import Block, Card, Heading, Paragraph, Table, Text
from toolkit.outline.writer import Writer, plain_span

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.method import Entry

HOUR = 60
HYPOTHESES = "hypotheses"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A part of a meeting: from when, how many minutes, who speaks, on what, what is asked.

    ``questions`` are keys of questions, in the order in which they are asked; ``open`` says that
    an open question comes before them.
    """

    id: str
    start: int
    minutes: int
    speaks: str
    material: tuple[str, ...]
    questions: tuple[str, ...] = ()
    open: bool = False

    @property
    def end(self) -> int:
        """Minutes from the beginning of the meeting to the end of this part."""
        return self.start + self.minutes


def agenda(diagnosis: Diagnosis, meeting: Entry) -> tuple[Slot, ...]:
    """The parts of a meeting with a client, one after the other.

    The questions of a part are those of its modules that would change the plan most; each is
    asked once, and those that test a hypothesis stand with it.
    """
    case = HYPOTHESES if diagnosis.hypotheses else f"no_{HYPOTHESES}"
    specs = [one for one in meeting["slots"] if one.get("when", case) == case]
    testing = dict.fromkeys(key for one in diagnosis.hypotheses for key in one.questions)
    asked = set(testing) if any(one.get("asks") for one in specs) else set()
    made: list[Slot] = []
    for one in specs:
        questions = tuple(testing) if one.get("asks") else _questions(diagnosis, one, asked)
        asked |= set(questions)
        made.append(
            Slot(
                id=one["id"],
                start=made[-1].end if made else 0,
                minutes=int(one["minutes"]),
                speaks=one["speaks"],
                material=tuple(one["material"]),
                questions=questions,
                open=bool(one.get("open")),
            )
        )
    return tuple(made)


def _questions(diagnosis: Diagnosis, spec: Mapping[str, Any], asked: set[str]) -> tuple[str, ...]:
    """The next questions of some modules, the weightiest first, without those asked elsewhere."""
    known, modules = diagnosis.content.section("questions"), spec.get("modules", ())
    found = (
        one.id
        for one in diagnosis.questions
        if one.id in known and known[one.id]["module"] in modules and one.id not in asked
    )
    return tuple(found)[: int(spec.get("most", 0))]


def asked_order(diagnosis: Diagnosis, meeting: Entry) -> dict[str, int]:
    """The number of each question of a meeting, as the document and the sheet print it."""
    keys = [key for slot in agenda(diagnosis, meeting) for key in slot.questions]
    return {key: number for number, key in enumerate(keys, start=1)}


def clock(minutes: int) -> str:
    """Minutes from the beginning as on a clock.

    >>> clock(5), clock(60)
    ('0:05', '1:00')
    """
    return f"{minutes // HOUR}:{minutes % HOUR:02d}"


def meeting_agenda(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The parts as a table: time, subject, aim, who speaks, material."""
    slots = agenda(pen.diagnosis, spec["meeting"])
    rows = [
        (
            plain_span(time_text(pen, one)),
            plain_span(str(one.minutes)),
            plain_span(pen.line(f"meetings.slot.{one.id}.title"), strong=True),
            pen.text(f"meetings.slot.{one.id}.aim"),
            pen.text(f"meetings.speaks.{one.speaks}"),
            plain_span(pen.joined(pen.line(f"meetings.material.{name}") for name in one.material)),
        )
        for one in slots
    ]
    names = ("time", "minutes", "subject", "aim", "speaks", "material")
    yield Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in names),
        rows=tuple(rows),
        align="lrllll",
    )


def time_text(pen: Writer, slot: Slot) -> str:
    """From when to when."""
    return pen.line("meetings.time", start=clock(slot.start), end=clock(slot.end))


def meeting_questions(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What is asked in each part, with what the answer settles and where it is found."""
    d = pen.diagnosis
    numbers = asked_order(d, spec["meeting"])
    if not numbers:
        yield Paragraph(text=pen.text("meetings.questions.none"), style="note")
    else:
        yield Paragraph(text=pen.text("meetings.questions.intro"), style="note")
    for slot in agenda(d, spec["meeting"]):
        if not slot.questions and not slot.open:
            continue
        yield Heading(text=plain_span(heading_text(pen, slot)))
        if slot.open:
            yield Paragraph(text=pen.text(f"meetings.slot.{slot.id}.open"))
        if slot.questions:
            yield _table(pen, slot, numbers)


def heading_text(pen: Writer, slot: Slot) -> str:
    """The subject of a part, and from when to when."""
    title = pen.line(f"meetings.slot.{slot.id}.title")
    return pen.line("meetings.questions.heading", title=title, time=time_text(pen, slot))


def _table(pen: Writer, slot: Slot, numbers: Mapping[str, int]) -> Table:
    rows: list[tuple[Text, ...]] = [
        (
            plain_span(str(numbers[key])),
            plain_span(pen.line(f"questions.{key}.text")),
            plain_span(_settles(pen, key) or "—"),
            plain_span(found_text(pen, key) or "—"),
        )
        for key in slot.questions
    ]
    names = ("number", "question", "settles", "found")
    return Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in names),
        rows=tuple(rows),
        align="clll",
    )


def _settles(pen: Writer, key: str) -> str:
    """What an answer tells: the hypotheses it tests, else the checks that wait for it."""
    d = pen.diagnosis
    tested = [
        pen.line("hearing.hypotheses.mark", number=str(number))
        for number, one in enumerate(d.hypotheses, start=1)
        if key in one.questions
    ]
    if tested:
        answered = any(fact.known for fact in d.facts.breakdown(key))
        word = "again" if answered else "tests"
        return pen.line(f"meetings.questions.{word}", hypotheses=pen.joined(tested))
    waiting = next((one for one in d.questions if one.id == key), None)
    return decides_text(pen, waiting) if waiting is not None else ""


def meeting_hypotheses(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The hypotheses with what would refute each, and the numbers of the questions that test it."""
    made = pen.diagnosis.hypotheses
    if made:
        yield Paragraph(text=pen.text("hearing.hypotheses.lead"), style="note")
    numbers = asked_order(pen.diagnosis, spec["meeting"])
    for number, one in enumerate(made, start=1):
        yield _card(pen, one, number, numbers)
    if len(made) < MOST:
        yield Paragraph(text=fewer_text(pen), style="note")


def _card(pen: Writer, one: Hypothesis, number: int, numbers: Mapping[str, int]) -> Card:
    card = hypothesis_card(pen, one, number)
    grounds = (pen.line("report.row.basis"), card.rows[0][1])
    rows = [grounds, *card.rows[1:-1]]
    against = f"hypotheses.{one.id}.refute"
    if pen.has(against):
        rows.append((pen.line("hearing.hypotheses.row.refute"), pen.text(against)))
    asked = pen.joined(
        pen.line("meetings.questions.number", number=str(numbers[key]))
        for key in one.questions
        if key in numbers
    )
    if asked:
        rows.append((card.rows[-1][0], plain_span(asked)))
    return replace(card, rows=tuple(rows))


AGENDA_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "meeting_agenda": meeting_agenda,
    "meeting_questions": meeting_questions,
    "meeting_hypotheses": meeting_hypotheses,
}
