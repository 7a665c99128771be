"""Sums in yen: the line on the first page, the table of all amounts, what they assume."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from toolkit.diagnosis.amounts import TOTALS
from toolkit.impact.posterior import DRAWS
from toolkit.intake.profiles.edit import DROPPED
from toolkit.outline.blocks import Block, Paragraph, Table, Text
from toolkit.outline.finding_words import need_name, title_text
from toolkit.outline.planned import closure_text, closures, constant
from toolkit.outline.writer import Writer, plain_span
from toolkit.outline.yen_words import amount, formula_text, range_text, whole
from toolkit.rules.finding import Finding
from toolkit.rules.yen import KINDS

YEARS = ("first", "steady")
RATIOS = ("labour_on_cost",)
RANKS = ("cash", "capacity", "risk", "high", "mid", "low")


def worth(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """What all actions are worth together: profit, cash and hours apart, never added."""
    d = pen.diagnosis
    rows = [_total_row(pen, kind) for kind in TOTALS if getattr(d.totals, kind) is not None]
    if rows:
        names = ("yen_kind", "yen_gap", "yen_range", "yen_effect")
        yield Table(
            columns=tuple(pen.line(f"report.column.{name}") for name in names),
            rows=tuple(rows),
            caption=pen.text("report.worth.caption", closure=closure_text(pen)),
            align="lrrr",
        )
    for sentence, weighty in _sentences(pen, len(rows)):
        yield Paragraph(text=sentence, style="body" if weighty else "note")


def _total_row(pen: Writer, kind: str) -> tuple[Text, ...]:
    label = pen.text(f"report.worth.kind.{kind}", hours=amount(pen, f"{kind}.hours"))
    if kind == "profit" and pen.diagnosis.totals.held:
        held = pen.text("report.worth.held_cell")
        return label, held, plain_span("—"), held
    return (
        label,
        amount(pen, f"{kind}.gap", strong=True),
        range_text(pen, kind, "report.range") or plain_span(pen.line("report.yen.exact")),
        amount(pen, f"{kind}.effect", strong=True),
    )


def _sentences(pen: Writer, rows: int) -> Iterator[tuple[Text, bool]]:
    """What is said under the sums, each with whether it is no mere note."""
    totals = pen.diagnosis.totals
    if totals.held:
        said = pen.text(
            f"report.worth.{'held_with_hours' if _hours_count(pen) else 'held'}",
            cap=amount(pen, "cap", strong=True),
            margin=amount(pen, "margin"),
            share=whole(pen.number(constant(pen, "yen_cap"), "share")),
        )
        yield said, True
    elif totals.first_year is not None:
        yield _net(pen), totals.first_year.net is not None
    if totals.margin is None:
        yield pen.text("report.worth.no_margin", missing=_margin_needs(pen)), True
    elif not rows:
        yield pen.text("report.worth.none"), True
    if rows > 1 and not totals.held:
        yield pen.text("report.worth.apart"), False
    if any(one.status == DROPPED and one.yen is not None for one in pen.diagnosis.actions):
        yield pen.text("report.worth.dropped"), False


def _net(pen: Writer) -> Text:
    first = pen.diagnosis.totals.first_year
    assert first is not None
    if first.net is None:
        return pen.text("report.worth.uncosted", count=str(first.uncosted))
    return pen.text(
        f"report.worth.{'net_with_hours' if _hours_count(pen) else 'net'}",
        first=amount(pen, "first.net", strong=True),
        steady=amount(pen, "steady.net", strong=True),
    )


def _hours_count(pen: Writer) -> bool:
    """Whether hours freed stand in the profit."""
    totals = pen.diagnosis.totals
    return totals.capacity_counts and totals.capacity is not None


def _margin_needs(pen: Writer) -> str:
    """What to ask for so that the margin is known."""
    judged = [one.yen for one in pen.diagnosis.judged if one.yen is not None]
    needs = [need for yen in judged if yen.reason == "no_margin" for need in yen.missing]
    card = pen.diagnosis.content.section("measures")["costs.contribution_margin_rate"]
    named = dict.fromkeys(needs or card.get("needs", ()))
    return pen.joined(need_name(pen, need) for need in named)


def yen_basis(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Every amount with its formula, a table a kind, and the sums they are shares of."""
    yield Paragraph(text=pen.text("report.yen.intro"), style="note")
    for kind in KINDS:
        found = [f for f in pen.diagnosis.judged if _listed(f, kind)]
        if not found:
            continue
        found.sort(key=lambda f: -(f.yen.gap if f.yen is not None and f.yen.gap else 0.0))
        names = _shown_columns(pen, kind)
        rows = [(f"def-yen-{f.id}", _basis_row(pen, f, names)) for f in found]
        if getattr(pen.diagnosis.totals, kind, None) is not None:
            rows.append((f"def-yen-{kind}", _sum_row(pen, kind, names)))
        yield Table(
            columns=tuple(pen.line(f"report.column.yen_{name}") for name in names),
            rows=tuple(row for _, row in rows),
            caption=pen.text(f"report.yen.kind.{kind}"),
            align="lrrrrr"[: len(names)],
            anchors=tuple(anchor for anchor, _ in rows),
        )
    yield from _roots(pen)


def _listed(finding: Finding, kind: str) -> bool:
    return finding.yen is not None and finding.yen.gap is not None and finding.yen.kind == kind


def _shown_columns(pen: Writer, kind: str) -> tuple[str, ...]:
    """Columns of a kind: an exposure has no effect; one part closed is told in the caption."""
    if kind == "risk":
        return "basis", "exposed", "range"
    part = ("closure",) if len(closures(pen)) > 1 else ()
    return "basis", "gap", "range", "share", *part, "effect"


def _basis_row(pen: Writer, finding: Finding, names: Iterable[str]) -> tuple[Text, ...]:
    title = tuple(replace(span, strong=True) for span in title_text(pen, finding))
    basis = pen.text("report.yen.basis", title=title, formula=formula_text(pen, finding))
    return _row(pen, finding.id, basis, names)


def _sum_row(pen: Writer, kind: str, names: Iterable[str]) -> tuple[Text, ...]:
    return _row(pen, kind, pen.text("report.yen.sum"), names)


def _row(pen: Writer, name: str, first: Text, columns: Iterable[str]) -> tuple[Text, ...]:
    """Cells of a finding or of a sum; what the sum is shared into is the sum itself."""
    dash = plain_span("—")
    cells = {
        "basis": first,
        "exposed": amount(pen, f"{name}.gap"),
        "range": range_text(pen, name, "report.range"),
        "share": amount(pen, f"{name}.{'gap' if name in TOTALS else 'share'}"),
    }
    return tuple(cells.get(one, amount(pen, f"{name}.{one}")) or dash for one in columns)


def _roots(pen: Writer) -> Iterable[Block]:
    """The margin, the cap, and what is left in a year: rows that other amounts lead to."""
    rows: list[tuple[str, Text, Text]] = [
        (f"def-yen-{name}", pen.text(f"report.yen.root.{name}"), amount(pen, name))
        for name in ("margin", "cap")
    ]
    rows += [
        (f"def-yen-{name}", pen.text(f"report.yen.root.{name}"), amount(pen, f"{name}.net"))
        for name in YEARS
    ]
    known = [row for row in rows if row[2]]
    if known:
        yield Table(
            columns=tuple(pen.line(f"report.column.{name}") for name in ("figure", "value")),
            rows=tuple((label, value) for _, label, value in known),
            caption=pen.text("report.yen.roots"),
            align="lr",
            anchors=tuple(anchor for anchor, _, _ in known),
        )


def assumed(pen: Writer) -> dict[str, str]:
    """What the amounts assume, by name, as sentences print it."""
    sizes = {f"effort_{one}": constant(pen, f"effort_days_{one}") for one in ("S", "M", "L")}
    weights = {f"rank_{name}": constant(pen, f"rank_{name}") for name in RANKS}
    ratios = {name: constant(pen, name) for name in RATIOS}
    pace = {"pace": constant(pen, "plan_days_a_month")}
    return {
        "closure": whole(pen.number(constant(pen, "closure"), "share")),
        "cap": whole(pen.number(constant(pen, "yen_cap"), "share")),
        "draws": f"{DRAWS:,}",
        **{name: f"{value:g}" for name, value in {**sizes, **weights, **ratios, **pace}.items()},
    }


WORTH_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "worth": worth,
    "yen_basis": yen_basis,
}
