"""The words of a figure then and now, each number under an id that verify recomputes."""

from __future__ import annotations

from toolkit.diagnosis.changes.changes import FactChange, FindingChange
from toolkit.diagnosis.changes.figures import change_id, rate, rate_id, then_id, year_ago_id
from toolkit.facts import Fact, Value, restated
from toolkit.outline.blocks import Span, Text
from toolkit.outline.writer import Writer, plain_span
from toolkit.words import number_text

NONE = "—"


def figure_text(pen: Writer, one: FindingChange) -> Text:
    """The leading figure of a finding then and now, and whether it moved beyond noise."""
    fact = pen.fact(one.fact) if one.fact is not None else None
    if fact is None or one.fact is None:
        return plain_span(NONE)
    if not fact.known or one.old is None or fact.id.startswith("q."):
        return _alone(pen, fact)
    said = then_now_text(pen, one.fact, one.old)
    if one.change is None or one.beyond_noise:
        return said
    return pen.text(f"report.changes.{_still(fact)}", said=said)


def then_now_text(pen: Writer, key: str, old: Value) -> Text:
    """A figure's name with its value then and now."""
    fact = pen.fact(key)
    name, then = name_of(pen, fact), then_text(pen, key, old)
    return pen.text("report.changes.figure", name=name, then=then, now=pen.value(fact, strong=True))


def then_text(pen: Writer, key: str, old: Value) -> Text:
    """A figure's value last time, a dash where it was not known."""
    return _value(pen, pen.fact(key), old, then_id(key))


def year_ago_text(pen: Writer, one: FactChange) -> Text:
    """A figure's value a year ago, a dash where nothing tells."""
    return _value(pen, pen.fact(one.id), one.year_ago, year_ago_id(one.id))


def change_text(pen: Writer, one: FactChange) -> Text:
    """How far a figure moved: shares in points, the others in per cent of last time."""
    fact = pen.fact(one.id)
    if one.change is None or isinstance(one.old, str | bool) or one.old is None:
        return plain_span(NONE)
    if not one.beyond:
        return pen.text(f"report.changes.{_still(fact)}_alone")
    if fact.unit in ("share", "points"):
        shown = number_text(one.change, "points", pen.lang)
        return (Span(text=shown, fact=change_id(one.id), value=one.change),)
    if not one.old:
        return plain_span(NONE)
    part = rate(one.change, one.old)
    shown = ("+" if part > 0 else "") + number_text(part, "share", pen.lang)
    return (Span(text=shown, fact=rate_id(one.id), value=part),)


def name_of(pen: Writer, fact: Fact) -> str:
    """Name of a figure, with its cell where it is one of a breakdown."""
    name = pen.name(fact.id)
    return pen.line("report.cell", name=name, cell=pen.cell(fact.id, fact.by)) if fact.by else name


def _alone(pen: Writer, fact: Fact) -> Text:
    """A figure without a then to set beside it; an answer is told by the finding itself."""
    if not fact.known or fact.id.startswith("q."):
        return plain_span(NONE)
    return pen.text("report.changes.figure_alone", name=name_of(pen, fact), now=pen.value(fact))


def _still(fact: Fact) -> str:
    """A sampled figure did not move beyond chance, an exact one not enough to matter."""
    return "noise_only" if fact.sampled else "steady"


def _value(pen: Writer, fact: Fact, value: Value, key: str) -> Text:
    if value is None:
        return plain_span(NONE)
    span = pen.value(restated(fact, value=value, state="known"))
    return (Span(text=span.text, fact=key, value=value),)
