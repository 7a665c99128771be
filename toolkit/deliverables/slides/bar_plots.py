"""Native bars: values with their ranges, parts of a whole, the steps of a funnel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from toolkit.deliverables.slides.fitting import ems, word
from toolkit.deliverables.slides.paper import (
    LEAST,
    Axis,
    Box,
    Para,
    Piece,
    Plate,
    Plot,
    Point,
    Series,
)
from toolkit.deliverables.slides.values import Data, Scale
from toolkit.outline.blocks import words_of

SIZE = 11.0
NAMES = 0.36
"""The names of the rows take at most this share of the width."""

ROW = 54.0
"""Rows stand no further apart than this, in points."""

GAP = 10.0


def bars(data: Data, box: Box) -> list[Piece]:
    """Values from one line, in their tones; a range as error bars."""
    values, tones = data.numbers("value"), data.texts("tone")
    scale = data.scale(data.unit("value"), values)
    points = {
        place: Point(colour=tone)
        for place, tone in enumerate(tones)
        if tone and tone not in ("plain", "text")
    }
    return _with_ranges(data, box, (values, scale, points))


def _with_ranges(
    data: Data, box: Box, given: tuple[list[float | None], Scale, dict[int, Point]]
) -> list[Piece]:
    """Bars with labels behind the end of their ranges."""
    values, scale, points = given
    lows, highs = data.numbers("low"), data.numbers("high")
    names = tuple(data.reader.item(name) for name in data.texts("label"))
    box = rows_box(box, len(names))
    place, room = area(names, box, widest(data, values))
    axis = scale.axis([*values, *lows, *highs], shown=False)
    axis = replace(axis, high=top_of([*values, *highs], scale), step=None)
    ranged = any(
        low is not None and high is not None for low, high in zip(lows, highs, strict=True)
    )
    plus = tuple(_reach(one, value, scale) for one, value in zip(highs, values, strict=True))
    minus = tuple(_reach(value, one, scale) for one, value in zip(lows, values, strict=True))
    span = (axis.high or 1.0) - axis.low
    placed = {
        place: replace(
            points.get(place, Point()),
            label=True,
            shift=((reach / span * room + (4 if reach else 0)) / box.w, 0.0),
        )
        for place, reach in enumerate(plus)
        if reach is not None and ranged
    }
    series = Series(
        name=data.reader.word("axis.x") or data.reader.word("value", otherwise=" "),
        values=tuple(scale.of(value) for value in values),
        colour="accent+45" if ranged else "accent",
        labels=True,
        label_at="outEnd",
        points={**points, **placed},
        plus=plus if ranged else (),
        minus=minus if ranged else (),
    )
    return [bar_plot(data, box, (series,), names, scale.code, axis, place)]


def _reach(upper: float | None, lower: float | None, scale: Scale) -> float | None:
    return None if upper is None or lower is None else max(upper - lower, 0.0) / scale.by


def composition(data: Data, box: Box) -> list[Piece]:
    """Parts of each row as shares of a whole bar, labelled by their counts."""
    names = tuple(data.reader.item(name) for name in data.texts("label"))
    box = rows_box(box, len(names) + 1)
    looks = {
        "fail": ("high", "paper", ""),
        "unknown": ("line", "ink", "ltUpDiag"),
        "pass": ("accent+60", "ink", ""),
    }
    series = tuple(
        Series(
            name=data.reader.word(part, otherwise=part),
            values=tuple(data.numbers(part)),
            colour=look,
            pattern=pattern,
            labels=True,
            label_at="ctr",
            label_colour=ink,
        )
        for part, (look, ink, pattern) in looks.items()
    )
    place, _ = area(names, box, 8, top=28)
    plot = bar_plot(data, box, series, names, "#,##0;;;", Axis(high=1.0, shown=False), place)
    return [replace(plot, stacked="percentStacked", legend=True, gap=45)]


def funnel(data: Data, box: Box) -> list[Piece]:
    """Counts as bars, and between them the share that goes on, the lowest named."""
    counts = data.numbers("count")
    names = tuple(data.reader.item(name) for name in data.texts("step"))
    scale = data.scale("count", counts)
    aside = 120.0
    box = rows_box(box, len(names), 76.0)
    narrow = replace(box, w=box.w - aside)
    place, _ = area(names, narrow, widest(data, counts, "count"))
    axis = Axis(high=top_of(counts, scale), shown=False)
    series = Series(
        name=data.reader.word("axis.count", otherwise="n"), values=scaled(scale, counts),
        labels=True, label_at="outEnd",
    )  # fmt: skip
    made: list[Piece] = [bar_plot(data, narrow, (series,), names, scale.code, axis, place)]
    column = Box(x=narrow.right, y=box.y - 6, w=aside, h=18)
    head = Para(text=words_of(data.reader.word("axis.rate")), size=SIZE, colour="soft")
    made.append(Plate(name=f"{data.chart.id}-rate-head", box=column, paras=(head,), anchor="ctr"))
    return made + _rates(data, replace(column, h=box.h / max(len(names), 1)), counts, box.y)


def _rates(data: Data, column: Box, counts: list[float | None], top: float) -> list[Piece]:
    rates = [
        after / before if before and after is not None else None
        for before, after in pairwise(counts)
    ]
    known = [rate for rate in rates if rate is not None]
    lows, highs = data.numbers("low"), data.numbers("high")
    made: list[Piece] = []
    for row, rate in enumerate(rates, start=1):
        lowest = len(known) > 1 and rate == min(known)
        text = f"↓ {data.reader.value(rate, 'rate', 'share')}"
        if lowest:
            text += f" {data.reader.word('mark.lowest')}"
        paras = [
            Para(text=words_of(text), size=12, bold=lowest, colour="high" if lowest else "ink")
        ]
        low, high = lows[row], highs[row]
        if low is not None and high is not None:
            ends = (data.reader.value(one, "low", "share") for one in (low, high))
            joined = data.reader.word("range", otherwise="–").join(ends)
            paras.append(Para(text=words_of(joined), size=LEAST, colour="soft"))
        box = replace(column, y=top + row * column.h - 16, h=32)
        made.append(
            Plate(name=f"{data.chart.id}-rate-{row}", box=box, paras=tuple(paras), anchor="ctr")
        )
    return made


def bar_plot(  # noqa: PLR0913 — what all bars have in common
    data: Data,
    box: Box,
    series: tuple[Series, ...],
    names: tuple[str, ...],
    code: str,
    axis: Axis,
    area: tuple[float, float, float, float],
) -> Plot:
    """A chart of bars with what all of them have in common."""
    return Plot(
        name=data.chart.id, box=box, form="bar", series=series, names=names, code=code,
        values=axis, plot=area, size=SIZE, alt=data.chart.alt, facts=data.chart.facts,
    )  # fmt: skip


def rows_box(box: Box, count: int, most: float = ROW) -> Box:
    """A box no higher than its rows need."""
    return replace(box, h=min(box.h, max(count, 2) * most))


def area(
    names: Sequence[str], box: Box, after: float, top: float = 0.0
) -> tuple[tuple[float, float, float, float], float]:
    """The plot area beside the names and before the labels, and its width in points."""
    needed = SIZE * max((max(min(ems(name), 14.0), word(name)) for name in names), default=0) + 20
    left = min(needed, box.w * NAMES)
    room = max(box.w - left - after - GAP, 40.0)
    share = top / box.h
    return (left / box.w, share, room / box.w, 1.0 - share), room


def widest(data: Data, values: Sequence[float | None], column: str = "value") -> float:
    """Width of the widest value as printed, in points, with the room before it."""
    texts = (data.reader.value(value, column) for value in values if value is not None)
    return SIZE * max((ems(text, True) for text in texts), default=0.0) + 14


def top_of(values: Sequence[float | None], scale: Scale) -> float:
    """The largest value as it stands in the workbook; one where there is none."""
    return max((value / scale.by for value in values if value is not None), default=1.0) or 1.0


def scaled(scale: Scale, values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Values as they stand in the workbook."""
    return tuple(scale.of(value) for value in values)
