"""Pictures: which series, which conclusion as title, and the caption with source, n, period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.outline.blocks import Block, Chart, Text
from toolkit.outline.summary import chosen
from toolkit.outline.writer import Writer
from toolkit.rules.thresholds import resolve

if TYPE_CHECKING:
    from toolkit.measures.measure import Series


def chart(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The chart named in ``id`` where its series has rows enough to say something."""
    card = pen.diagnosis.content.section("charts")[str(spec["id"])]
    series = pen.diagnosis.series.get(str(card["series"]))
    if series is None or len(series.rows) < int(card.get("min_rows", 1)):
        return
    word = chosen(pen, card["titles"])
    if word is None:
        return
    wanted = [name for name in card["columns"] if name in series.columns]
    places = [series.columns.index(name) for name in wanted]
    first = pen.fact(str(card["fact"]))
    yield Chart(
        id=str(spec["id"]),
        kind=str(card["kind"]),
        columns=tuple(wanted),
        units=tuple(series.units[place] for place in places),
        rows=tuple(tuple(row[place] for place in places) for row in _rows(series, card)),
        labels=_labels(pen, str(spec["id"]), series, card),
        title=pen.text(f"charts.{spec['id']}.title.{word}"),
        caption=_caption(pen, str(spec["id"]), first.key),
        alt=pen.line(f"charts.{spec['id']}.alt"),
        marks=_marks(pen, card),
        currency=pen.currency,
        facts=tuple(str(key) for key in card.get("facts", ())),
    )


def _rows(series: Series, card: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
    return tuple(series.rows[-int(card.get("last", len(series.rows))) :])


def _labels(pen: Writer, chart_id: str, series: Series, card: Mapping[str, Any]) -> dict[str, str]:
    """Every word of the picture: its own, and those of the codes that stand in its rows."""
    prefix = f"charts.{chart_id}.label."
    labels = {
        key.removeprefix(prefix): pen.book.text(key)
        for key in pen.book.table
        if key.startswith(prefix)
    }
    for column, words in card.get("codes", {}).items():
        place = series.columns.index(column)
        for row in series.rows:
            code = str(row[place])
            if pen.has(f"{words}.{code}"):
                labels.setdefault(f"item.{code}", pen.line(f"{words}.{code}"))
    return labels


def _marks(pen: Writer, card: Mapping[str, Any]) -> dict[str, float]:
    found = {}
    for name, threshold in card.get("marks", {}).items():
        resolved = resolve(threshold, pen.diagnosis.content, pen.diagnosis.facts, {})
        if resolved is not None:
            found[name] = resolved.value
    return found


def _caption(pen: Writer, chart_id: str, key: str) -> Text:
    fact = pen.fact(key)
    source = pen.line(f"common.table.{fact.table}") if fact.table else pen.line("report.own_data")
    return pen.text(
        "report.caption",
        text=pen.text(f"charts.{chart_id}.caption"),
        source=source,
        n=pen.n(fact),
        period=pen.period(fact),
    )


FIGURE_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "chart": chart
}
