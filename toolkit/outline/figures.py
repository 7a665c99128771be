"""Pictures: which series, which conclusion as title, and the caption with source, n, period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from toolkit.outline.blocks import Block, Chart, Text
from toolkit.outline.summary import chosen
from toolkit.outline.writer import Param, Writer
from toolkit.rules.finding import Threshold
from toolkit.rules.thresholds import resolve

if TYPE_CHECKING:
    from toolkit.measures.measure import Series


def chart(pen: Writer, spec: Mapping[str, Any]) -> Iterable[Block]:
    """The chart named in ``id`` where its series has rows enough to say something."""
    card = pen.diagnosis.content.section("charts")[str(spec["id"])]
    series = _series(pen, card)
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
        rows=tuple(
            tuple(row[place] for place in places)
            for row in _rows(series, card, pen.diagnosis.as_of)
        ),
        labels=_labels(pen, str(spec["id"]), series, card),
        title=pen.text(f"charts.{spec['id']}.title.{word}", **_guides(pen, card)),
        caption=_caption(pen, str(spec["id"]), first.key, _guides(pen, card)),
        alt=pen.line(f"charts.{spec['id']}.alt"),
        marks=_marks(pen, card),
        currency=pen.currency,
        facts=tuple(str(key) for key in card.get("facts", ())),
    )


def _series(pen: Writer, card: Mapping[str, Any]) -> Series | None:
    """The series of a picture; where an object has judged its rows, the object's own frame."""
    series = pen.diagnosis.series.get(str(card["series"]))
    if series is None or "object" not in card:
        return series
    frame = pen.diagnosis.objects[str(card["object"])].to_frame()
    columns = [name for name in card["columns"] if name in frame.columns]
    units = [series.units[series.columns.index(c)] if c in series.columns else "" for c in columns]
    rows = frame[columns].astype(object).where(frame[columns].notna(), None).to_numpy().tolist()
    return replace(
        series,
        columns=tuple(columns),
        units=tuple(units),
        rows=tuple(tuple(row) for row in rows),
    )


def _rows(series: Series, card: Mapping[str, Any], as_of: str) -> tuple[tuple[Any, ...], ...]:
    """The rows a picture shows; with ``whole`` no last month that was not over, as it would fall.

    The month is the first column of such a series.
    """
    rows = series.rows[int(card.get("skip", 0)) :]
    if card.get("whole") and len(rows) > 1 and rows[-1][0] == as_of[:7] and not _month_end(as_of):
        rows = rows[:-1]
    return tuple(rows[-int(card.get("last", len(rows))) :])


def _month_end(day: str) -> bool:
    return (date.fromisoformat(day) + timedelta(days=1)).day == 1


def _labels(pen: Writer, chart_id: str, series: Series, card: Mapping[str, Any]) -> dict[str, str]:
    """Every word of the picture: its own, and those of the codes that stand in its rows."""
    prefix = f"charts.{chart_id}.label."
    labels = {
        key.removeprefix(prefix): pen.line(key, **_guides(pen, card), n="{n}")
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


def _thresholds(pen: Writer, card: Mapping[str, Any]) -> dict[str, Threshold]:
    """Thresholds in force that a picture marks, by the name of the mark."""
    d = pen.diagnosis
    own = d.client.get("thresholds", {})
    found = {
        name: resolve(threshold, d.content, d.facts, own)
        for name, threshold in card.get("marks", {}).items()
    }
    return {name: threshold for name, threshold in found.items() if threshold is not None}


def _marks(pen: Writer, card: Mapping[str, Any]) -> dict[str, float]:
    levels = {name: threshold.value for name, threshold in _thresholds(pen, card).items()}
    return {**levels, **card.get("points", {})}


def _guides(pen: Writer, card: Mapping[str, Any]) -> dict[str, Param]:
    """Value and origin of each marked threshold, for the words of the picture."""
    words: dict[str, Param] = {}
    for name, threshold in _thresholds(pen, card).items():
        words[name] = pen.number(threshold.value, threshold.unit)
        words[f"{name}_origin"] = pen.line(f"common.origin.{threshold.origin}")
    return words


def _caption(pen: Writer, chart_id: str, key: str, guides: Mapping[str, Param]) -> Text:
    fact = pen.fact(key)
    source = pen.line(f"common.table.{fact.table}") if fact.table else pen.line("report.own_data")
    return pen.text(
        "report.caption" if pen.counted(fact) else "report.caption_exact",
        text=pen.text(f"charts.{chart_id}.caption", **guides),
        source=source,
        n=pen.n(fact),
        period=pen.period(fact),
    )


FIGURE_MAKERS: Mapping[str, Callable[[Writer, Mapping[str, Any]], Iterable[Block]]] = {
    "chart": chart
}
