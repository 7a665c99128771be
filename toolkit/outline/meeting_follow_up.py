"""What a follow-up meeting is about: what was promised, and what is to be decided today."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from toolkit.diagnosis.plan import Action
from toolkit.diagnosis.waiting import waiting
from toolkit.outline.asking import asked_name, decides_text
from toolkit.outline.blocks import Block, Paragraph, Table, Text, Tone, plain
from toolkit.outline.changed_words import name_of, then_now_text
from toolkit.outline.edited import comment_text, status_text
from toolkit.outline.finding_words import action_text, title_text
from toolkit.outline.planned import cost_text
from toolkit.outline.tracked import CLOSED, DONE, Tracked, tracked
from toolkit.outline.writer import Writer, plain_span
from toolkit.outline.yen_words import effect_text

NOTHING = "—"
ROOM = "\u3000" * 10
"""Wide enough for a decision to be written down."""


def meeting_promises(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The actions agreed so far: who does them by when, how far they are, what they moved."""
    day = pen.diagnosis.run_date
    promised = [one for one in tracked(pen.diagnosis) if one.agreed]
    if not promised:
        yield Paragraph(text=pen.text("meetings.promises.none"))
        return
    late = sum(one.overdue(day) for one in promised)
    key = "meetings.promises.late" if late else "meetings.promises.intro"
    yield Paragraph(text=pen.text(key, count=str(len(promised)), late=str(late)))
    names = ("promise", "assignee", "due", "status", "moved", "remark")
    yield Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in names),
        rows=tuple(_promise(pen, one) for one in promised),
        align="llllll",
        tones=tuple(_tone(one, day) for one in promised),
    )


def _promise(pen: Writer, one: Tracked) -> tuple[Text, ...]:
    due = pen.date(one.due) if one.due else pen.line("report.not_fixed")
    if one.overdue(pen.diagnosis.run_date):
        due = pen.line("meetings.promises.overdue", due=due)
    remarks = [one.reason or "", plain(comment_text(pen, one.code))]
    remark = pen.line("report.basis_separator").join(part for part in remarks if part)
    return (
        title_text(pen, pen.diagnosis.finding(one.code)),
        plain_span(one.assignee or pen.line("report.not_fixed")),
        plain_span(due),
        plain_span(status_text(pen, one.state)),
        moved_text(pen, one),
        plain_span(remark or NOTHING),
    )


def moved_text(pen: Writer, one: Tracked) -> Text:
    """The leading figure of an action, last time and now; a dash where there is none."""
    fact = pen.fact(one.fact) if one.fact is not None else None
    if fact is None or not fact.known or one.fact is None or fact.id.startswith("q."):
        return plain_span(NOTHING)
    if one.then is not None:
        return then_now_text(pen, one.fact, one.then)
    return pen.text("report.changes.figure_alone", name=name_of(pen, fact), now=pen.value(fact))


def _tone(one: Tracked, day: str) -> Tone:
    if one.overdue(day):
        return "high"
    return "good" if one.status == DONE else "plain"


def meeting_decisions(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What is to be decided today, with what speaks for it and room for the decision."""
    rows = [
        (plain_span(str(number)), *decision, plain_span(ROOM))
        for number, decision in enumerate(_decisions(pen, spec), start=1)
    ]
    yield Paragraph(text=pen.text("meetings.decisions.intro"))
    names = ("no", "decide", "grounds", "decided")
    yield Table(
        columns=tuple(pen.line(f"meetings.column.{name}") for name in names),
        rows=tuple(rows),
        align="clll",
        by_hand=True,
    )


def _decisions(pen: Writer, spec: Mapping[str, Any]) -> Iterator[tuple[Text, Text]]:
    """Overdue promises, then first actions that nobody has taken on, then what to hand over."""
    d = pen.diagnosis
    overdue = [one for one in tracked(d) if one.overdue(d.run_date)]
    yield from (_overdue(pen, one) for one in overdue[: int(spec["overdue"])])
    for one in d.actions[: int(spec["actions"])]:
        if one.status not in CLOSED and not (one.assignee and one.due):
            yield _action(pen, one)
    waits = waiting(d, d.content)
    for asked in d.questions[: int(spec["asked"])]:
        name = pen.text("meetings.decisions.asked", name=asked_name(pen, asked, waits))
        yield name, plain_span(decides_text(pen, asked) or NOTHING)
    yield pen.text("meetings.decisions.next"), pen.text("meetings.decisions.next_grounds")


def _overdue(pen: Writer, one: Tracked) -> tuple[Text, Text]:
    return (
        pen.text("meetings.decisions.overdue", title=_title(pen, one.code)),
        pen.text(
            "meetings.decisions.overdue_grounds",
            due=pen.date(one.due or ""),
            assignee=one.assignee or pen.line("report.not_fixed"),
            status=status_text(pen, one.state),
        ),
    )


def _action(pen: Writer, one: Action) -> tuple[Text, Text]:
    code = one.findings[0]
    return (
        pen.text("meetings.decisions.action", title=_title(pen, code)),
        pen.text(
            "meetings.decisions.action_grounds",
            action=action_text(pen, pen.diagnosis.finding(code)),
            effect=effect_text(pen, one),
            cost=cost_text(pen, one),
        ),
    )


def _title(pen: Writer, code: str) -> str:
    return plain(title_text(pen, pen.diagnosis.finding(code)))


FOLLOW_UP_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "meeting_promises": meeting_promises,
    "meeting_decisions": meeting_decisions,
}
