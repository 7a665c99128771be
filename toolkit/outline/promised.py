"""Last time's promises on paper: how far each action got, promised against realised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from toolkit.diagnosis.changes.changes import Promise
from toolkit.diagnosis.changes.figures import promise_id
from toolkit.outline.blocks import Block, Paragraph, Span, Table, Text
from toolkit.outline.changed_words import NONE, then_now_text
from toolkit.outline.edited import status_text
from toolkit.outline.finding_words import action_text
from toolkit.outline.writer import Writer, plain_span
from toolkit.outline.yen_words import rounded, whole

COLUMNS = ("promise", "progress", "figure_then_now", "promised", "realised")


def promised(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A row for each action of last time that was taken up or given to somebody; then the first.

    ``most`` rows, of actions nobody took up only so many that there are ``least``.
    """
    found = pen.diagnosis.changes
    known = {one.id for one in pen.diagnosis.judged}
    rows = [one for one in found.actions if one.finding in known] if found is not None else []
    if not rows:
        return
    rows.sort(key=lambda one: (not _taken_up(one), one.rank))
    most = min(int(spec["most"]), max(int(spec["least"]), sum(map(_taken_up, rows))))
    yield Table(
        columns=tuple(pen.line(f"report.changes.column.{name}") for name in COLUMNS),
        rows=tuple(_row(pen, one) for one in rows[:most]),
        caption=pen.text("report.changes.promises"),
        align="lllll",
        anchors=tuple(f"def-changes-{one.finding}" for one in rows[:most]),
    )
    if len(rows) > most:
        rest = str(len(rows) - most)
        yield Paragraph(text=pen.text("report.changes.more_promises", count=rest), style="note")
    yield Paragraph(text=pen.text("report.changes.influences"), style="note")


def _taken_up(one: Promise) -> bool:
    return bool(one.status or one.assignee or one.due)


def _row(pen: Writer, one: Promise) -> tuple[Text, ...]:
    return (
        first_sentence(pen, action_text(pen, pen.diagnosis.finding(one.finding))),
        _progress(pen, one),
        _figure(pen, one),
        _promised(pen, one),
        _realised(pen, one),
    )


def first_sentence(pen: Writer, text: Text) -> Text:
    """A text to the end of its first sentence: what to do, without how to begin."""
    end = pen.line("report.changes.sentence_end")
    kept: list[Span] = []
    for span in text:
        head, mark, _ = span.text.partition(end)
        if mark and span.fact is None:
            return (*kept, replace(span, text=head + mark.rstrip()))
        kept.append(span)
    return tuple(kept)


def _progress(pen: Writer, one: Promise) -> Text:
    """Status with its reason, then who and by when, as far as stated."""
    status = status_text(pen, one.status) if one.status else pen.line("report.changes.no_status")
    if one.reason:
        status = pen.line("report.edit.because", text=status, reason=one.reason)
    who = [one.assignee] if one.assignee else []
    if one.due:
        who.append(pen.line("report.changes.due", date=pen.date(one.due)))
    if not who:
        return plain_span(status)
    return pen.text("report.changes.progress", status=status, who=pen.joined(who))


def _figure(pen: Writer, one: Promise) -> Text:
    """The leading figure then and now with its direction; a dash where answers alone tell."""
    if one.fact is None or one.fact.startswith("q.") or not pen.fact(one.fact).known:
        return plain_span(NONE)
    if one.then is None:
        return plain_span(NONE)
    said = then_now_text(pen, one.fact, one.then)
    if one.direction is None:
        return said
    if one.direction != "within_noise":
        return pen.text(f"report.changes.went_{one.direction}", said=said)
    still = "noise_only" if pen.fact(one.fact).sampled else "steady"
    return pen.text(f"report.changes.{still}", said=said)


def _promised(pen: Writer, one: Promise) -> Text:
    if one.promised is None or one.kind is None:
        return plain_span(NONE)
    return pen.text(f"report.yen.effect.{one.kind}", effect=_yen(pen, one, "promised"))


def _realised(pen: Writer, one: Promise) -> Text:
    """How the gap moved; no yen is claimed where the figure itself did not move beyond noise."""
    if one.promised is None:
        return plain_span(NONE)
    if one.direction == "within_noise":
        return pen.text("report.changes.realised.still")
    if one.realised is None:
        return pen.text("report.changes.realised.open")
    word = "smaller" if one.realised > 0 else "larger"
    return pen.text(f"report.changes.realised.{word}", yen=_yen(pen, one, "realised"))


def _yen(pen: Writer, one: Promise, name: str) -> Text:
    value = getattr(one, name)
    text = whole(pen.number(abs(rounded(value)), "yen"))
    return (Span(text=text, fact=promise_id(one.finding, name), value=value),)
