"""Compliance checks on paper: dated records that ask to check, never advice and no verdict."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from toolkit.method import Entry
from toolkit.outline.blocks import Block, Paragraph, Table
from toolkit.outline.writer import Writer, plain_span
from toolkit.rules.applies import MODEL, tokens
from toolkit.rules.lint.review import review_due


def compliance(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What the client has answered, each as of a day; how many items that concern it are open."""
    answered = pen.diagnosis.compliance
    if not answered:
        return
    checks = pen.diagnosis.content.section("legal")
    yield Paragraph(text=pen.text("report.compliance.intro"), style="note")
    yield Table(
        columns=tuple(pen.line(f"report.column.{n}") for n in ("code", "check", "as_of", "answer")),
        rows=tuple(
            (
                plain_span(code),
                plain_span(pen.line(f"legal.{code}.check")),
                plain_span(pen.date(str(checks[code]["as_of"]))),
                plain_span(pen.line(f"report.compliance_answer.{state}")),
            )
            for code, state in sorted(answered.items())
            if code in checks
        ),
        align="llll",
    )
    yield from _notes(pen, checks)


def _notes(pen: Writer, checks: Mapping[str, Entry]) -> Iterable[Block]:
    model = pen.fact(MODEL)
    codes = pen.diagnosis.content.section("applies")["models"]
    concerned = [
        code
        for code, check in checks.items()
        if _concerns(check, codes.get(str(model.value)) if model.known else None, pen)
    ]
    left = len([code for code in concerned if code not in pen.diagnosis.compliance])
    if left:
        yield Paragraph(text=pen.text("report.compliance.open", count=str(left)), style="note")
    due = review_due(pen.diagnosis.content, date.fromisoformat(pen.diagnosis.run_date))
    past = [one for one in due if one.key in checks]
    if past:
        text = pen.text(
            "report.compliance.review", count=str(len(past)), date=past[0].params["date"]
        )
        yield Paragraph(text=text, style="note")


def _concerns(check: Entry, model: str | None, pen: Writer) -> bool:
    wanted = tokens(check.get("applies", {}).get("model", ()), pen.diagnosis.content)
    return not wanted or model is None or model in wanted


COMPLIANCE_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "compliance": compliance,
}
