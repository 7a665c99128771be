"""The appendix of edits: what the consultant wrote, over which words of ours, and what is left out.

Suppressed checks and thresholds of the client's own stand here too: all that makes this report
other than the method alone would have made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from toolkit.diagnosis.edits import AppliedEdit
from toolkit.intake.profiles.edit import EVERY, VERDICT, Edit
from toolkit.outline.blocks import Block, Heading, Paragraph, Table, Text
from toolkit.outline.edited import signed, status_text
from toolkit.outline.finding_words import our_words, title_text
from toolkit.outline.summary import our_verdict
from toolkit.outline.writer import Writer, plain_span
from toolkit.rules.finding import Finding
from toolkit.rules.thresholds import resolve

TEXTS = ("title", "finding", "action", "text", "comment")
SAID = ("assignee", "due", "status", "reason")
AGREED = ("assignee", "due")
MOST_TITLES = 2
DASH = "—"


def edits(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Every edit: those that do not fit or want reading again, then a table for each taken up."""
    found = pen.diagnosis.edits
    if not found:
        return
    yield Heading(text=pen.text("report.edits.heading"))
    yield Paragraph(text=pen.text("report.edits.intro"), style="note")
    wanting = [one for one in found if one.reason is not None]
    if wanting:
        yield Table(
            columns=_columns(pen, "finding", "edit_words", "edit_why"),
            rows=tuple(_wanting_row(pen, one) for one in wanting),
            caption=pen.text("report.edits.wanting"),
            align="lll",
        )
    for edit in (one.edit for one in found if one.fits and not one.edit.own):
        yield Table(
            columns=_columns(pen, "edit_field", "edit_words", "edit_ours"),
            rows=tuple(_rows(pen, edit, spec)),
            caption=signed(pen, _about(pen, edit), edit),
            align="lll",
        )


def exceptions(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Checks left out with the reason, and thresholds of the client's own beside ours."""
    left_out = [one for one in pen.diagnosis.judged if one.suppressed is not None]
    own: Mapping[str, float] = pen.diagnosis.client.get("thresholds") or {}
    if left_out or own:
        yield Heading(text=pen.text("report.exceptions.heading"))
    if left_out:
        yield Table(
            columns=_columns(pen, "code", "finding", "suppressed"),
            rows=tuple(_left_out(pen, one) for one in left_out),
            caption=pen.text("report.exceptions.suppressed"),
            align="lll",
        )
    if own:
        yield Table(
            columns=_columns(pen, "threshold_of", "threshold", "own_value", "usual_value"),
            rows=tuple(_own_row(pen, name, value) for name, value in own.items()),
            caption=pen.text("report.exceptions.thresholds"),
            align="llrl",
        )


def _columns(pen: Writer, *names: str) -> tuple[str, ...]:
    return tuple(pen.line(f"report.column.{name}") for name in names)


def _about(pen: Writer, edit: Edit) -> Text:
    """What an edit is for: code and title of the finding, or the verdict."""
    if edit.id == VERDICT:
        return pen.text("report.edits.verdict")
    known = next((one for one in pen.diagnosis.judged if one.id == edit.id), None)
    if known is None:
        return plain_span(edit.id)
    title = our_words(pen, known, "title")
    return pen.text("report.edits.about", code=edit.id, title=title)


def _wanting_row(pen: Writer, one: AppliedEdit) -> tuple[Text, ...]:
    written = (
        pen.line("report.item_answer", item=label, answer=value)
        for label, value, _ in _values(pen, one.edit)
    )
    said = pen.line("report.answer_separator").join(written)
    return (
        _about(pen, one.edit),
        signed(pen, plain_span(said), one.edit),
        plain_span(reason_text(pen, one)),
    )


def reason_text(pen: Writer, one: AppliedEdit) -> str:
    """Why an edit does not fit, or wants reading again."""
    if one.reason == "not_failing":
        status = pen.line(f"common.status.{one.now}")
        return pen.line("report.edits.reason.not_failing", status=status)
    return pen.line(f"report.edits.reason.{one.reason}", near=one.near or DASH)


def _rows(pen: Writer, edit: Edit, spec: Mapping[str, Any]) -> Iterator[tuple[Text, ...]]:
    """A row for each field that was written, with our own words beside it."""
    for label, value, name in _values(pen, edit):
        ours = _ours(pen, edit, name, spec) if name else ()
        yield plain_span(label), plain_span(value), ours or plain_span(DASH)


def _values(pen: Writer, edit: Edit) -> Iterator[tuple[str, str, str]]:
    """Label and value of each field, and its name where it replaces something in this language.

    Of a text in several languages the one of this edition stands; where there is none, those of
    the others do, marked as theirs.
    """
    for name in TEXTS:
        own = edit.words(name, pen.lang)
        if own is not None:
            yield _label(pen, name), own, name
            continue
        for lang, text in getattr(edit, name).items():
            yield _label(pen, name, lang), text, ""
    for name in SAID:
        value = getattr(edit, name)
        if value:
            yield _label(pen, name), _said(pen, name, value), name


def _label(pen: Writer, name: str, lang: str = EVERY) -> str:
    label = pen.line(f"report.edits.field.{name}")
    if lang == EVERY:
        return label
    edition = pen.line(f"report.edits.edition.{lang}")
    return pen.line("report.edits.in_edition", field=label, edition=edition)


def _said(pen: Writer, name: str, value: str) -> str:
    if name == "due":
        return pen.date(value)
    return status_text(pen, value) if name == "status" else value


def _ours(pen: Writer, edit: Edit, name: str, spec: Mapping[str, Any]) -> Text:
    """What stands there without the edit."""
    if name == "text":
        unedited = replace(pen, diagnosis=replace(pen.diagnosis, edits=()))
        return our_verdict(unedited, spec)
    if name in AGREED:
        return plain_span(_agreed(pen, edit.id, name))
    if name in ("title", "finding", "action"):
        return our_words(pen, pen.diagnosis.finding(edit.id), name)
    return ()


def _agreed(pen: Writer, code: str, name: str) -> str:
    """What client.yaml has of an action; not fixed yet where it has nothing."""
    agreed = pen.diagnosis.client.get("actions") or {}
    value = agreed.get(code, {}).get(name)
    return _said(pen, name, str(value)) if value else pen.line("report.not_fixed")


def _left_out(pen: Writer, finding: Finding) -> tuple[Text, ...]:
    why = plain_span(str(finding.suppressed))
    return plain_span(finding.id), title_text(pen, finding), why


def _own_row(pen: Writer, name: str, value: float) -> tuple[Text, ...]:
    """A threshold by what it is for, the client's value, and the one that would hold without."""
    entry = pen.diagnosis.content.section("thresholds")[name]
    usual = resolve(name, pen.diagnosis.content, pen.diagnosis.facts, {})
    unit = str(entry.get("unit", ""))
    shown: Text = plain_span(DASH)
    if usual is not None:
        # how large a change must be is a number of ours, though own figures are compared
        origin = "house" if entry.get("floor") else usual.origin
        shown = pen.text(
            "report.exceptions.usual",
            value=pen.number(usual.value, unit),
            origin=pen.line(f"common.origin.{origin}"),
        )
    label = f"report.threshold_name.{name}"
    return (
        plain_span(pen.line(label) if pen.has(label) else _readers(pen, name) or DASH),
        plain_span(name),
        plain_span(pen.number(value, unit), strong=True),
        shown,
    )


def _readers(pen: Writer, name: str) -> str:
    """Titles of the checks that compare with a threshold, the first few."""
    rules = pen.diagnosis.content.section("rules")
    judged = [one for one in pen.diagnosis.judged if one.status != "not_applicable"]
    found = [one for one in judged if one.id in rules and _names(dict(rules[one.id]), name)]
    titles = ["".join(span.text for span in title_text(pen, one)) for one in found]
    more = len(titles) - MOST_TITLES
    rest = pen.line("report.and_more", count=str(more)) if more > 0 else ""
    return pen.joined(titles[:MOST_TITLES]) + rest


def _names(value: Any, name: str) -> bool:
    """Whether a rule names a threshold anywhere in its conditions."""
    if isinstance(value, Mapping):
        return any(_names(one, name) for one in value.values())
    if isinstance(value, list | tuple):
        return any(_names(one, name) for one in value)
    return bool(value == name)


EDIT_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "edits": edits,
    "exceptions": exceptions,
}
