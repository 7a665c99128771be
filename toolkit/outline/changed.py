"""What changed since last time on paper: promises first, then findings, then figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from toolkit.diagnosis.changes.changes import Changes, FactChange, FindingChange, State
from toolkit.outline.blocks import Block, Paragraph, Table, Text, Tone
from toolkit.outline.changed_words import (
    change_text,
    figure_text,
    name_of,
    then_text,
    year_ago_text,
)
from toolkit.outline.finding_words import title_text
from toolkit.outline.judged import tone
from toolkit.outline.promised import promised
from toolkit.outline.writer import Writer, plain_span
from toolkit.rules.finding import SEVERITIES

ORDER: tuple[State, ...] = (
    "new", "reopened", "worse", "better", "resolved", "newly_known", "held_back",
    "changed_method", "borderline", "applies_now", "no_longer_applies",
)  # fmt: skip
IMPROVED = ("better", "resolved")


def changed_line(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """One line for the first page: how many findings are in each state since last time."""
    found = pen.diagnosis.changes
    if found is not None:
        yield Paragraph(text=counts_text(pen, found, "report.changes.line"))


def changed_lead(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The conclusion of the section, and a word on the method where it is another one."""
    found = pen.diagnosis.changes
    if found is None:
        return
    yield Paragraph(text=counts_text(pen, found, "report.changes.lead"), style="lead")
    reason = "method" if found.method_changed else "lines"
    if found.method_changed or found.lines_changed:
        how = reason if found.recomputed else "not_recomputed"
        yield Paragraph(text=pen.text(f"report.changes.why.{how}"), style="note")


def counts_text(pen: Writer, changes: Changes, key: str) -> Text:
    """The day compared with, and the states that occur, each with its count."""
    counts = Counter(one.state for one in changes.findings if _shown(pen, one))
    parts = [
        pen.line(f"report.changes.counted.{state}", count=str(counts[state]))
        for state in ORDER
        if counts[state]
    ]
    since = pen.date(changes.since.run_date)
    if not parts:
        return pen.text(f"{key}_none", since=since)
    return pen.text(key, since=since, counts=plain_span(pen.joined(parts), strong=True))


def changed_findings(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A row for each finding that changed: what got worse first, then what got better."""
    found = pen.diagnosis.changes
    if found is None:
        return
    rows = [one for one in found.findings if one.state in ORDER and _shown(pen, one)]
    if not rows:
        return
    rows.sort(key=lambda one: _rank(pen, one))
    most = int(spec["most"])
    yield Table(
        columns=_columns(pen, "change", "finding", "judged_then_now", "figure_then_now"),
        rows=tuple(_row(pen, one) for one in rows[:most]),
        caption=pen.text("report.changes.findings"),
        align="llll",
        tones=tuple(_tone(pen, one) for one in rows[:most]),
    )
    if len(rows) > most:
        rest = str(len(rows) - most)
        yield Paragraph(text=pen.text("report.changes.more", count=rest), style="note")


def _row(pen: Writer, one: FindingChange) -> tuple[Text, ...]:
    return (
        plain_span(pen.line(f"report.changes.state.{one.state}"), strong=True),
        title_text(pen, pen.diagnosis.finding(one.id)),
        _judged(pen, one),
        figure_text(pen, one),
    )


def _judged(pen: Writer, one: FindingChange) -> Text:
    """How the rule stood then and stands now, with the reason where a word is needed for it."""
    was, now = _status(pen, one.was, one.was_severity), _status(pen, one.now, one.severity)
    said = now if was == now else pen.line("report.changes.then_now", then=was, now=now)
    if one.state == "held_back" or (one.state == "resolved" and one.reason == "no_difference"):
        why = pen.line(f"common.reason.{one.reason or 'not_stated'}")
        return pen.text("report.changes.because", said=said, why=why)
    if one.state == "changed_method" and one.rejudged is not None and one.rejudged != one.was:
        again = _status(pen, one.rejudged, one.severity)
        return pen.text("report.changes.by_method", said=said, again=again)
    return plain_span(said)


def _status(pen: Writer, status: str | None, severity: str | None) -> str:
    if status is None:
        return pen.line("report.changes.no_rule")
    if status == "fail" and severity is not None:
        return pen.line(f"common.severity.{severity}")
    return pen.line(f"report.changes.status.{status}")


def _shown(pen: Writer, one: FindingChange) -> bool:
    """Whether a change concerns the reader: the rule is there, and is not set aside."""
    if one.now is None:
        return False
    if one.was is None and one.now in ("not_applicable", "unknown"):
        return False
    return pen.diagnosis.finding(one.id).suppressed is None


def _rank(pen: Writer, one: FindingChange) -> tuple[bool, int, int]:
    """Failed findings of a state before others of it; by severity within."""
    severity = SEVERITIES.index(one.severity or SEVERITIES[-1])
    opened = one.state in ("newly_known", "changed_method") and one.now != "fail"
    return opened, ORDER.index(one.state), severity


def _tone(pen: Writer, one: FindingChange) -> Tone:
    return "good" if one.state in IMPROVED else tone(pen.diagnosis.finding(one.id))


def changed_figures(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The leading figures: last time, now, the change, and the same month a year ago."""
    found = pen.diagnosis.changes
    if found is None:
        return
    wanted = {str(key): place for place, key in enumerate(spec["facts"])}
    rows = [one for one in found.facts if one.id in wanted and pen.fact(one.id).known]
    rows = [one for one in rows if one.old is not None or one.year_ago is not None]
    if not rows:
        return
    rows.sort(key=lambda one: wanted[one.id])
    yield Table(
        columns=_columns(pen, "figure", "then", "now", "moved", "year_ago"),
        rows=tuple(_figure_row(pen, one) for one in rows[: int(spec["most"])]),
        caption=pen.text("report.changes.figures"),
        align="lrrrr",
    )
    yield Paragraph(text=pen.text("report.changes.noise"), style="note")


def _figure_row(pen: Writer, one: FactChange) -> tuple[Text, ...]:
    fact = pen.fact(one.id)
    return (
        plain_span(name_of(pen, fact)),
        then_text(pen, one.id, one.old),
        (pen.value(fact, strong=True),),
        change_text(pen, one),
        year_ago_text(pen, one),
    )


def _columns(pen: Writer, *names: str) -> tuple[str, ...]:
    return tuple(_names(pen, names))


def _names(pen: Writer, names: Iterable[str]) -> Iterator[str]:
    for name in names:
        own = f"report.changes.column.{name}"
        yield pen.line(own if pen.has(own) else f"report.column.{name}")


CHANGED_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "changed_line": changed_line,
    "changed_lead": changed_lead,
    "promised": promised,
    "changed_findings": changed_findings,
    "changed_figures": changed_figures,
}
