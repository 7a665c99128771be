"""Findings of the consultant's own, as cards beside those of the rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.intake.profiles.edit import Edit
from toolkit.outline.blocks import Block, Card, Heading, Paragraph, Text
from toolkit.outline.edited import signed
from toolkit.outline.finding_words import facts_text
from toolkit.outline.writer import Writer, plain_span


def own_findings(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A card for each finding added by hand that fits; those that do not are in the appendix."""
    own = [one.edit for one in pen.diagnosis.edits if one.fits and one.edit.own]
    if not own:
        return
    yield Heading(text=pen.text("report.own.heading"))
    yield Paragraph(text=pen.text("report.own.intro"), style="note")
    for edit in own:
        yield _card(pen, edit)


def _card(pen: Writer, edit: Edit) -> Card:
    basis = facts_text(pen, [pen.diagnosis.facts[key] for key in edit.facts])
    rows: list[tuple[str, Text]] = [
        ("basis", basis),
        ("action", _said(pen, edit, "action")),
        ("comment", _said(pen, edit, "comment")),
    ]
    return Card(
        anchor=f"finding-{edit.id}",
        code=edit.id,
        mark=pen.line("report.own.mark"),
        tone="note",
        title=_said(pen, edit, "title"),
        body=signed(pen, _said(pen, edit, "finding"), edit),
        rows=tuple((pen.line(f"report.row.{name}"), text) for name, text in rows if text),
        tags=(pen.line("report.own.tag"),),
    )


def _said(pen: Writer, edit: Edit, name: str) -> Text:
    """The consultant's words in the report's language, else as they were written."""
    texts = getattr(edit, name)
    own = edit.words(name, pen.lang) or next(iter(texts.values()), None)
    return plain_span(own) if own else ()


OWN_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "own_findings": own_findings,
}
