"""Findings on paper: cards for what calls for action, tables for the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.outline.blocks import Block, Card, Heading, Paragraph, Table, Text, Tone
from toolkit.outline.edited import comment_text, commented, progress_text, tag
from toolkit.outline.finding_words import (
    action_text,
    basis_text,
    finding_text,
    items_text,
    missing_text,
    reason_text,
    strength_text,
    threshold_text,
    title_text,
)
from toolkit.outline.hearing import dispute_text
from toolkit.outline.writer import Writer, plain_span
from toolkit.outline.yen_words import brief_gap, gap_text
from toolkit.rules.finding import SEVERITIES, Finding


def red_cards(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A card for each finding that calls for action, in the order of the actions.

    ``first`` takes as many, ``after`` those that come later.
    """
    red = [finding for finding in _in_order(pen) if finding.red]
    after = int(spec.get("after", 0))
    if not red and not after:
        yield Paragraph(text=pen.text("report.findings.none_red"))
    for finding in red[after : int(spec.get("first", len(red)))]:
        yield card(pen, finding)


def red_rest(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A row for each further finding that calls for action; its card is in the appendix."""
    red = [finding for finding in _in_order(pen) if finding.red][int(spec["after"]) :]
    if not red:
        return
    yield Heading(text=pen.text("report.rest.heading"))
    yield Paragraph(text=pen.text("report.rest.intro"), style="note")
    names = ("mark", "finding", "worth", "first_step")
    yield Table(
        columns=tuple(pen.line(f"report.column.{name}") for name in names),
        rows=tuple(
            (
                plain_span(pen.line(f"common.severity.{f.severity}")),
                title_text(pen, f),
                brief_gap(pen, f) or plain_span("—"),
                action_text(pen, f),
            )
            for f in red
        ),
        align="llrl",
        tones=tuple(tone(f) for f in red),
    )


def card(pen: Writer, finding: Finding) -> Card:
    """A finding with its basis, threshold, action and where it may lead."""
    leads = [code for code in finding.leads_to if _failed(pen, code)]
    rows: list[tuple[str, Text]] = [
        ("basis", basis_text(pen, finding)),
        ("threshold", threshold_text(pen, finding)),
        ("items", plain_span(items_text(pen, finding)) if finding.evidence.items else ()),
        ("yen", gap_text(pen, finding)),
        ("action", action_text(pen, finding)),
        ("progress", progress_text(pen, finding.id)),
        ("comment", comment_text(pen, finding.id)),
        ("leads_to", _leads(pen, leads)),
        ("dispute", dispute_text(pen, finding)),
    ]
    return Card(
        anchor=f"finding-{finding.id}",
        code=finding.id,
        mark=pen.line(f"common.severity.{finding.severity}"),
        tone=tone(finding),
        title=title_text(pen, finding),
        body=finding_text(pen, finding),
        rows=tuple((pen.line(f"report.row.{name}"), text) for name, text in rows if text),
        tags=(
            pen.line(f"common.module.{finding.module}"),
            pen.line(
                "report.confidence_tag",
                level=pen.line(f"report.confidence.{finding.confidence or 'low'}"),
            ),
            *tag(pen, finding.id),
        ),
    )


def _leads(pen: Writer, codes: list[str]) -> Text:
    if not codes:
        return ()
    titles = pen.joined(
        "".join(span.text for span in title_text(pen, pen.diagnosis.finding(code)))
        for code in codes
    )
    return pen.text("report.leads_to", titles=titles)


def _failed(pen: Writer, code: str) -> bool:
    return any(f.id == code and f.status == "fail" for f in pen.diagnosis.judged)


def checks(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A row for each finding to check (要確認), in the order of the actions.

    ``alone`` wants them only where nothing calls for action, its opposite only where something
    does.
    """
    found = [f for f in _in_order(pen) if f.severity == "check"]
    red = any(finding.red for finding in _in_order(pen))
    if not found or bool(spec["alone"]) == red:
        return
    yield Heading(text=pen.text("report.checks.heading"))
    yield Paragraph(text=pen.text("report.checks.intro"), style="note")
    yield Table(
        columns=tuple(
            pen.line(f"report.column.{name}") for name in ("finding", "saw", "first_step")
        ),
        rows=tuple((title_text(pen, f), _noted(pen, f), action_text(pen, f)) for f in found),
        align="lll",
        anchors=tuple(f"finding-{f.id}" for f in found),
        tones=tuple(tone(f) for f in found),
    )


def _noted(pen: Writer, finding: Finding) -> Text:
    """What was found, with the consultant's comment, and what people said of it in two ways."""
    note = dispute_text(pen, finding)
    found = commented(pen, finding.id, finding_text(pen, finding))
    return pen.text("hearing.contradictions.noted", found=found, note=note) if note else found


def ideas(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Opportunities and notes: no fault, never counted."""
    found = [f for f in _failures(pen) if f.severity in ("idea", "note")]
    if not found:
        return
    yield Heading(text=pen.text("report.ideas.heading"))
    yield Table(
        columns=tuple(pen.line(f"report.column.{n}") for n in ("mark", "finding", "first_step")),
        rows=tuple(
            (
                plain_span(pen.line(f"common.severity.{f.severity}")),
                commented(pen, f.id, finding_text(pen, f)),
                action_text(pen, f),
            )
            for f in found
        ),
        align="lll",
        anchors=tuple(f"finding-{f.id}" for f in found),
    )


def module_findings(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """How one module stands: what failed and passed, a line each; the open ones by count."""
    module = str(spec["module"])
    judged = [f for f in pen.diagnosis.judged if f.module == module]
    shown = [f for f in judged if f.status in ("fail", "pass")]
    shown.sort(key=lambda f: (f.status != "fail", SEVERITIES.index(f.severity)))
    if not shown:
        return
    yield Heading(text=plain_span(pen.line(f"common.module.{module}")), anchor=f"module-{module}")
    yield Table(
        columns=tuple(pen.line(f"report.column.{name}") for name in ("status", "finding", "saw")),
        rows=tuple(
            (plain_span(status_word(pen, f)), title_text(pen, f), _detail(pen, f)) for f in shown
        ),
        align="lll",
        tones=tuple(tone(f) for f in shown),
    )
    open_ = sum(f.status == "unknown" for f in judged)
    if open_:
        yield Paragraph(text=pen.text("report.module.open", count=str(open_)), style="note")


def _detail(pen: Writer, finding: Finding) -> Text:
    """What was found, and what it is worth where it failed."""
    found, gap = finding_text(pen, finding), brief_gap(pen, finding)
    if finding.status != "fail" or not gap:
        return found
    return pen.text("report.yen.detail", found=found, gap=gap)


def strengths(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Three things to protect, with the figures that show them."""
    found = [pen.diagnosis.finding(one.rule) for one in pen.diagnosis.strengths]
    if not found:
        yield Paragraph(text=pen.text("report.strengths.none"))
        return
    yield Paragraph(text=pen.text("report.strengths.intro"))
    for finding in found:
        said = strength_text(pen, finding)
        told = any(span.fact for span in said)
        basis = () if told else basis_text(pen, finding, most=1)
        yield Card(
            anchor=f"strength-{finding.id}",
            code=finding.id,
            mark=pen.line("report.strengths.mark"),
            tone="good",
            title=said,
            body=(),
            rows=((pen.line("report.row.basis"), basis),) if basis else (),
            tags=(pen.line(f"common.module.{finding.module}"),),
        )


def all_rules(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Every rule that applies with its status, and why an open one is open."""
    yield Paragraph(text=pen.text("report.all_rules.intro"), style="note")
    judged = [f for f in pen.diagnosis.judged if f.status != "not_applicable"]
    yield Table(
        columns=tuple(
            pen.line(f"report.column.{n}") for n in ("code", "finding", "status", "why", "sources")
        ),
        rows=tuple(
            (
                plain_span(f.id),
                title_text(pen, f),
                plain_span(status_word(pen, f)),
                plain_span(_why(pen, f)),
                plain_span(pen.joined(f.sources)),
            )
            for f in judged
        ),
        align="lllll",
        anchors=tuple(f"rule-{f.id}" for f in judged),
        tones=tuple(tone(f) for f in judged),
    )


def _why(pen: Writer, finding: Finding) -> str:
    if finding.suppressed:
        return pen.line("report.suppressed", reason=finding.suppressed)
    missing = missing_text(pen, finding)
    reason = reason_text(pen, finding)
    if missing:
        return pen.line("report.waits_for", reason=reason, missing=missing)
    return reason


def status_word(pen: Writer, finding: Finding) -> str:
    """How a finding stands, in a word: its severity where it failed."""
    if finding.status == "fail":
        return pen.line(f"common.severity.{finding.severity}")
    if finding.status == "pass" and finding.reason == "no_difference":
        return pen.line("common.reason.no_difference")
    return pen.line(f"common.status.{finding.status}")


def tone(finding: Finding) -> Tone:
    """The colour and shape a finding is shown in."""
    if finding.status == "unknown":
        return "unknown"
    if finding.status != "fail":
        return "good" if finding.status == "pass" else "plain"
    tones: dict[str, Tone] = {"high": "high", "medium": "medium", "check": "check"}
    return tones.get(finding.severity, "note")


def _failures(pen: Writer) -> list[Finding]:
    return [f for f in pen.diagnosis.judged if f.status == "fail" and f.suppressed is None]


def _in_order(pen: Writer) -> list[Finding]:
    return [pen.diagnosis.finding(action.findings[0]) for action in pen.diagnosis.actions]


JUDGED_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "red_cards": red_cards,
    "red_rest": red_rest,
    "checks": checks,
    "ideas": ideas,
    "module_findings": module_findings,
    "strengths": strengths,
    "all_rules": all_rules,
}
