"""Findings, actions and figures as rows: what the CSV files hold and the workbook shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.outline.blocks import Chart, Outline, Span, Text, plain
from toolkit.outline.finding_words import (
    action_text,
    finding_text,
    missing_text,
    reason_text,
    title_text,
)
from toolkit.outline.judged import status_word
from toolkit.outline.planned import effort_text
from toolkit.outline.writer import Writer
from toolkit.rules.finding import SEVERITIES, Finding

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.plan import Action

FINDINGS = (
    "code", "module", "title", "status", "saw", "figure", "value", "unit", "threshold", "origin",
    "grade", "n", "period", "confidence", "yen_kind", "gap", "low", "high", "sources", "key",
)  # fmt: skip
ACTIONS = (
    "rank", "code", "title", "action", "yen_kind", "effect", "initial_yen", "monthly_yen", "net",
    "steady_net", "payback_months", "effort", "horizon", "assignee", "due",
)  # fmt: skip
FIGURES = (
    "name", "cell", "value", "unit", "low", "high", "n", "start", "end", "definition", "table",
    "rows", "basis", "key",
)  # fmt: skip
ORDER = ("fail", "unknown", "pass")


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its unit; ``fact`` is the figure whose counter follows it."""

    value: float | int
    unit: str
    fact: str = ""


Cell = str | int | Quantity | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table of one kind: ids of its columns, its rows, and a key for each row."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str, ...]


def findings(pen: Writer) -> Listing:
    """Every judged rule that applies: what fails first, in the order of the actions."""
    ranks = {one.findings[0]: one.rank for one in pen.diagnosis.actions}
    judged = [one for one in pen.diagnosis.judged if one.status in ORDER]

    def place(one: Finding) -> tuple[int, int, int]:
        rank = ranks.get(one.id, len(ranks) + 1)
        return ORDER.index(one.status), rank, SEVERITIES.index(one.severity)

    judged.sort(key=place)
    rows = tuple(tuple(_finding(pen, one)) for one in judged)
    keys = tuple(one.id for one in judged)
    return Listing(name="findings", columns=FINDINGS, rows=rows, keys=keys)


def _finding(pen: Writer, one: Finding) -> Iterator[Cell]:
    yield one.id
    yield pen.line(f"common.module.{one.module}")
    yield plain(title_text(pen, one))
    yield status_word(pen, one)
    yield plain(_saw(pen, one))
    fact = deciding(pen, one)
    yield from (None, None, None) if fact is None else _measured(pen, fact)
    yield from _threshold(pen, one)
    yield fact.n if fact is not None else None
    yield pen.period(fact) if fact is not None and fact.period is not None else None
    yield reason_text(pen, one) or None
    yield from _worth(pen, one)
    yield pen.joined(one.sources)
    yield fact.key if fact is not None else None


def _saw(pen: Writer, one: Finding) -> Text:
    """What was found; of an open one also what it waits for."""
    found = finding_text(pen, one)
    missing = missing_text(pen, one) if one.status == "unknown" else ""
    return (*found, Span(text=pen.line("tables.waits", missing=missing))) if missing else found


def deciding(pen: Writer, one: Finding) -> Fact | None:
    """The known figure a finding was decided by: the first it names."""
    facts = (pen.fact(key) for key in one.evidence.facts)
    return next((fact for fact in facts if fact.known), None)


def _measured(pen: Writer, fact: Fact) -> Iterator[Cell]:
    yield figure_name(pen, fact)
    yield quantity(pen, fact)
    yield unit_word(pen, fact)


def _threshold(pen: Writer, one: Finding) -> Iterator[Cell]:
    used = one.evidence.threshold
    if used is None:
        yield from (None, None, None)
        return
    yield Quantity(value=used.value, unit=used.unit)
    yield pen.line(f"common.origin.{used.origin}")
    yield pen.line(f"common.grade.{used.grade}") if used.grade else None


def _worth(pen: Writer, one: Finding) -> Iterator[Cell]:
    if one.yen is None or one.yen.gap is None:
        yield from (None, None, None, None)
        return
    yield pen.line(f"tables.kind.{one.yen.kind}")
    for value in (one.yen.gap, one.yen.low, one.yen.high):
        yield _yen(value)


def _yen(value: float | None) -> Quantity | None:
    return None if value is None else Quantity(value=value, unit="yen")


def actions(pen: Writer) -> Listing:
    """Every action in its order, with effect, costs and who does it."""
    found = pen.diagnosis.actions
    return Listing(
        name="actions",
        columns=ACTIONS,
        rows=tuple(tuple(_action(pen, one)) for one in found),
        keys=tuple(one.findings[0] for one in found),
    )


def _action(pen: Writer, one: Action) -> Iterator[Cell]:
    finding = pen.diagnosis.finding(one.findings[0])
    yield one.rank
    yield finding.id
    yield plain(title_text(pen, finding))
    yield plain(action_text(pen, finding))
    yield pen.line(f"tables.kind.{one.kind}") if one.kind else None
    for amount in (one.yen, one.initial_yen, one.monthly_yen, one.net, one.steady_net):
        yield _yen(amount)
    months = one.payback_months
    yield None if months is None else Quantity(value=months, unit="months")
    yield effort_text(pen, one)
    yield pen.line(f"tables.horizon.{one.horizon}") if one.horizon else None
    yield one.assignee
    yield date.fromisoformat(one.due) if one.due else None


def figures(pen: Writer, document: Outline) -> Listing:
    """Every known figure that the document prints or a finding rests on, in the facts' order."""
    wanted = figure_keys(pen.diagnosis, document)
    facts = [fact for key, fact in pen.diagnosis.facts.items() if key in wanted]
    rows = tuple(tuple(_figure(pen, fact)) for fact in facts)
    return Listing(
        name="figures", columns=FIGURES, rows=rows, keys=tuple(fact.key for fact in facts)
    )


def figure_keys(diagnosis: Diagnosis, document: Outline) -> set[str]:
    """Keys of known figures printed, drawn or used; an answer in words stands with the answers."""
    keys = set(_printed(document.sections))
    keys.update(key for one in diagnosis.judged for key in one.evidence.facts)
    known = {key: diagnosis.facts[key] for key in keys if key in diagnosis.facts}
    return {key for key, fact in known.items() if fact.known and _is_figure(fact)}


def _is_figure(fact: Fact) -> bool:
    return fact.number is not None and abs(fact.number) < float("inf")


def _printed(parts: Iterable[object]) -> Iterator[str]:
    """Keys of the facts printed or drawn in parts of a document."""
    from dataclasses import fields, is_dataclass

    for part in parts:
        if isinstance(part, Span):
            if part.fact is not None:
                yield part.fact
        elif isinstance(part, tuple):
            yield from _printed(part)
        elif is_dataclass(part):
            yield from _printed(getattr(part, one.name) for one in fields(part))
            if isinstance(part, Chart):
                yield from part.facts


def _figure(pen: Writer, fact: Fact) -> Iterator[Cell]:
    yield pen.name(fact.id)
    yield pen.cell(fact.id, fact.by) if fact.by else None
    yield quantity(pen, fact)
    yield unit_word(pen, fact)
    for end in (fact.low, fact.high):
        yield None if end is None else Quantity(value=end, unit=fact.unit)
    yield fact.n
    yield from map(date.fromisoformat, fact.period) if fact.period else (None, None)
    yield definition(pen, fact)
    yield pen.line(f"common.table.{fact.table}") if fact.table else None
    yield fact.rows_total
    yield pen.line(f"tables.basis.{'said' if fact.id.startswith('q.') else fact.basis}")
    yield fact.key


def definition(pen: Writer, fact: Fact) -> str:
    """What a figure means, in words."""
    if fact.id.startswith("q."):
        return pen.line("report.definition.answer")
    return pen.line(f"{pen.words_of_card(fact.id)}.text")


def figure_name(pen: Writer, fact: Fact) -> str:
    """Name of a figure, with its cell where it is one of a breakdown."""
    name = pen.name(fact.id)
    if not fact.by:
        return name
    return pen.line("report.cell", name=name, cell=pen.cell(fact.id, fact.by))


def quantity(pen: Writer, fact: Fact) -> Cell:
    """The raw value of a fact; an answer in words by its label."""
    number = fact.number
    if number is None or abs(number) == float("inf") or number != number:
        return pen.answer(fact)
    assert isinstance(fact.value, int | float)
    return Quantity(value=fact.value, unit=fact.unit, fact=fact.id)


def unit_word(pen: Writer, fact: Fact) -> str | None:
    """The unit in words; none for an answer in words."""
    if fact.number is None or not fact.unit:
        return None
    if fact.unit == "yen":
        return pen.currency
    return pen.line(f"tables.unit.{fact.unit}")
