"""The state of the business, the whole system, and the sentences chosen by the facts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from toolkit.outline.blocks import Block, Chart, Paragraph, Table, Text
from toolkit.outline.summary import chosen
from toolkit.outline.writer import Writer, plain_span

NOTHING = plain_span("—")


def sentence(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A sentence of content, where the facts it ``needs`` are known.

    With ``cases`` it is the first one whose condition holds.
    """
    if not all(pen.fact(key).known for key in spec.get("needs", ())):
        return
    word = chosen(pen, spec["cases"]) if "cases" in spec else ""
    if word is None:
        return
    key = f"report.{spec['words']}" + (f".{word}" if word else "")
    yield Paragraph(text=pen.text(key), style=spec.get("style", "body"))


def figures(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """A table of the named facts that are known: value, interval, n, period."""
    facts = [pen.fact(key) for key in spec["facts"]]
    known = [fact for fact in facts if fact.known]
    if not known:
        return
    names = ("figure", "value", "interval", "n", "period")
    yield Table(
        columns=tuple(pen.line(f"report.column.{name}") for name in names),
        rows=tuple(
            (
                plain_span(_named(pen, fact.id, fact.by)),
                (pen.value(fact, strong=True),),
                plain_span(pen.range(fact) or "—"),
                plain_span(pen.n(fact) if pen.counted(fact) else "—"),
                plain_span(pen.period(fact)),
            )
            for fact in known
        ),
        caption=pen.text(f"report.{spec['caption']}"),
        align="lrrrl",
    )


def yearly(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """Figures of the latest twelve months beside those of the year before, and the change."""
    rows = [
        tuple(_cell(pen, row.get(name)) for name in ("now", "before", "change"))
        for row in spec["rows"]
    ]
    named = [
        (plain_span(pen.line(f"report.yearly.{row['name']}")), *cells)
        for row, cells in zip(spec["rows"], rows, strict=True)
        if cells[0] != NOTHING
    ]
    if not any(row[2] != NOTHING for row in named):
        return
    period = pen.period(pen.fact(str(spec["rows"][0]["now"])))
    yield Table(
        columns=tuple(
            pen.line(f"report.column.{name}")
            for name in ("figure", "latest", "earlier", "year_change")
        ),
        rows=tuple(named),
        caption=pen.text(f"report.{spec['caption']}", period=period),
        align="lrrr",
    )


def _cell(pen: Writer, key: str | None) -> Text:
    fact = pen.fact(key) if key else None
    if fact is None or not fact.known:
        return NOTHING
    return (pen.value(fact),)


def _named(pen: Writer, fact_id: str, by: Mapping[str, str | int]) -> str:
    if not by:
        return pen.name(fact_id)
    return pen.line("report.cell", name=pen.name(fact_id), cell=pen.cell(fact_id, by))


def module_counts(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """How each module stands, by counts of findings."""
    rows = [
        (
            pen.line(f"common.module.{module.id}"),
            module.counts["fail"],
            module.counts["pass"],
            module.counts["unknown"],
        )
        for module in pen.diagnosis.modules
        if sum(module.counts[name] for name in ("fail", "pass", "unknown"))
    ]
    if not rows:
        return
    worst = max(rows, key=lambda row: row[1])
    word = "plain" if worst[1] == 0 else "worst"
    yield Chart(
        id="module_counts",
        kind="composition",
        columns=("label", "fail", "pass", "unknown"),
        units=("text", "count", "count", "count"),
        rows=tuple(rows),
        labels={name: pen.line(f"common.status.{name}") for name in ("fail", "pass", "unknown")},
        title=pen.text(f"charts.module_counts.title.{word}", module=worst[0], count=str(worst[1])),
        caption=pen.text("charts.module_counts.caption"),
        alt=pen.line("charts.module_counts.alt"),
        currency=pen.currency,
    )


def module_edges(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The modules and the feedback between them, where any of it was asked."""
    from toolkit.frameworks.picture import module_frame, module_labels

    frame = module_frame(pen.diagnosis.objects["system"])
    known = frame[frame["status"].isin(("live", "stopped"))]
    if known.empty:
        return
    stopped = int((known["status"] == "stopped").sum())
    yield Chart(
        id="module_edges",
        kind="modules",
        columns=("from", "to", "status"),
        units=("code", "code", "code"),
        rows=tuple(tuple(row) for row in frame.to_numpy().tolist()),
        labels=module_labels(frame, pen.book),
        title=pen.text(
            f"charts.module_edges.title.{'stopped' if stopped else 'live'}",
            stopped=str(stopped),
            known=str(len(known)),
        ),
        caption=pen.text("charts.module_edges.caption"),
        alt=pen.line("charts.module_edges.alt"),
    )


BUSINESS_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "sentence": sentence,
    "figures": figures,
    "yearly": yearly,
    "module_counts": module_counts,
    "module_edges": module_edges,
}
