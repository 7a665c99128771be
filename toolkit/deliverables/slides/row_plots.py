"""Rows of dots on a scale: values with bands of their ranges, values against their targets."""

from __future__ import annotations

from dataclasses import dataclass, replace

from toolkit.deliverables.slides.bar_plots import NAMES, rows_box
from toolkit.deliverables.slides.fitting import cut, ems, held
from toolkit.deliverables.slides.paper import (
    Align,
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
BAND = 12.0
DOT = 9.0
FOOT = 26.0
"""Room for the scale under the rows, in points."""

ROW = 54.0
TICK = 0.3
"""Half the height of a target's line, as a share of a row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """Where the rows stand: the frame of the chart, its plot area, and the texts beside it."""

    frame: Box
    left: float
    right: float
    aside: float
    count: int
    top: float = 0.0

    @property
    def across(self) -> float:
        """Width of the plot area, in points."""
        return max(self.frame.w - self.right, 40.0)

    @property
    def row(self) -> float:
        """Height of a row, in points."""
        return (self.frame.h - FOOT - self.top) / max(self.count, 1)

    def place(self, row: int) -> float:
        """Where a row begins on the slide, in points."""
        return self.frame.y + self.top + row * self.row

    def area(self) -> tuple[float, float, float, float]:
        """The plot area as shares of the frame; a little to the left for the first tick."""
        wide, high = self.frame.w, self.frame.h
        return 10 / wide, self.top / high, (self.across - 10) / wide, self.row * self.count / high


def ranges(data: Data, box: Box) -> list[Piece]:
    """A band from low to high with a dot at the value, and a short note at the end of the row."""
    values = data.numbers("value")
    lows, highs = data.numbers("low"), data.numbers("high")
    scale = data.scale(data.unit("value"), values)
    notes = data.texts("note")
    aside = 12 + SIZE * max(ems(note) for note in ["", *notes, data.reader.word("axis.note")])
    room = _room(data, box, values, aside)
    axis = scale.axis([*values, *lows, *highs])
    own = _dots(data, values, scale, [True] * len(values))
    known = [(value, high) for value, high in zip(values, highs, strict=True) if value is not None]
    shifted = {
        place: replace(own.points[place], shift=(_reach(high, value, scale, axis, room), 0.0))
        for place, (value, high) in enumerate(known)
        if high is not None
    }
    own = replace(
        own,
        name=data.reader.word("axis.x", otherwise=own.name),
        points={**own.points, **shifted},
    )
    ends = [(low, high, 0.0) for low, high in zip(lows, highs, strict=True)]
    bands = _strokes("–", ends, scale, ("accent~40", BAND))
    made: list[Piece] = [_plot(data, room, (bands, own), scale, axis), *_names(data, room)]
    for row, note in enumerate(notes):
        at = Box(x=box.right - aside, y=room.place(row), w=aside, h=room.row)
        made.append(_text(f"{data.chart.id}-note-{row + 1}", note, at, align="r"))
    head = Box(x=box.right - aside, y=room.place(0) - 18, w=aside, h=18)
    word = data.reader.word("axis.note")
    made.append(_text(f"{data.chart.id}-note-head", word, head, align="r", colour="soft"))
    return made


def dots(data: Data, box: Box) -> list[Piece]:
    """A dot a row against its target: full where it is reached, hollow where it is missed."""
    values, targets = data.numbers("value"), data.numbers("target")
    scale = data.scale(data.unit("value"), [*values, *targets])
    room = replace(_room(data, box, [*values, *targets], 0.0), top=16.0)
    axis = scale.axis([*values, *targets])
    reached = [
        value is None or target is None or value >= target
        for value, target in zip(values, targets, strict=True)
    ]
    aims = _strokes(
        data.reader.word("item.target", otherwise="—"),
        [(target, target, TICK) for target in targets],
        scale,
        ("ink", 2.0),
    )
    top = next((place for place, one in enumerate(aims.values) if one is not None), None)
    if top is not None:
        named = Point(label=True, named=True, at="t")
        aims = replace(aims, points={top + 1: named})
    full = _dots(data, values, scale, reached)
    missed = replace(
        _dots(data, values, scale, [not one for one in reached]),
        name=" ", colour="high", hollow=True,
    )  # fmt: skip
    missed = replace(  # left of the dot: to its right stands the target
        missed,
        points={
            place: replace(point, at="l", ink="high") for place, point in missed.points.items()
        },
    )
    shown = [aims, full, *([missed] if missed.values else [])]
    return [_plot(data, room, tuple(shown), scale, axis), *_names(data, room)]


def _strokes(
    name: str,
    ends: list[tuple[float | None, float | None, float]],
    scale: Scale,
    look: tuple[str, float],
) -> Series:
    """A stroke a row from its first to its second value, so far down and up, with gaps between."""
    across: list[float | None] = []
    up: list[float | None] = []
    for row, (first, last, tall) in enumerate(ends):
        if first is None or last is None:
            continue
        middle = len(ends) - row - 0.5
        gap = [None] if across else []
        across += [*gap, first / scale.by, last / scale.by]
        up += [*gap, middle - tall, middle + tall]
    return Series(name=name, across=tuple(across), values=tuple(up), colour=look[0], weight=look[1])


def _dots(data: Data, values: list[float | None], scale: Scale, wanted: list[bool]) -> Series:
    """Dots at the values of the rows wanted, the first row on top."""
    count = len(values)
    known = [
        (value, count - row - 0.5)
        for row, value in enumerate(values)
        if value is not None and wanted[row]
    ]
    return Series(
        name=data.reader.word("value", "item.value", otherwise="—"),
        across=tuple(x / scale.by for x, _ in known), values=tuple(y for _, y in known),
        weight=0, marker=DOT, label_at="r",
        points={
            place: Point(label=True, at="r", shown=data.reader.value(value, "value"))
            for place, (value, _) in enumerate(known)
        },
    )  # fmt: skip


def _room(data: Data, box: Box, values: list[float | None], aside: float) -> Room:
    names = [data.reader.item(name) for name in data.texts("label")]
    left = min(SIZE * max((ems(name) for name in names), default=0.0) + 16, box.w * NAMES)
    texts = (data.reader.value(value, "value") for value in values if value is not None)
    right = SIZE * max((ems(text, True) for text in texts), default=0.0) + 18
    box = rows_box(replace(box, h=box.h - FOOT), len(names), ROW)
    frame = Box(x=box.x + left, y=box.y, w=box.w - left - aside, h=box.h + FOOT)
    return Room(frame=frame, left=left, right=right, aside=aside, count=len(names))


def _plot(data: Data, room: Room, series: tuple[Series, ...], scale: Scale, axis: Axis) -> Plot:
    rows = Axis(high=float(max(room.count, 1)), shown=False)
    return Plot(
        name=data.chart.id, box=room.frame, form="scatter", series=series, code=scale.code,
        values=rows, bottom=axis, plot=room.area(), size=SIZE, alt=data.chart.alt,
        facts=data.chart.facts,
    )  # fmt: skip


def _names(data: Data, room: Room) -> list[Piece]:
    """The names of the rows, as texts beside the chart."""
    made: list[Piece] = []
    for row, name in enumerate(data.texts("label")):
        at = Box(x=room.frame.x - room.left, y=room.place(row), w=room.left - 8, h=room.row)
        made.append(_text(f"{data.chart.id}-name-{row + 1}", data.reader.item(name), at))
    return made


def _text(name: str, text: str, box: Box, *, align: Align = "l", colour: str = "ink") -> Plate:
    paras, _ = held(
        [Para(text=words_of(text), size=SIZE, align=align, colour=colour)], box.w, box.h
    )
    shown = tuple(cut(para, box.w, box.h) for para in paras)
    return Plate(name=name, box=box, paras=shown, anchor="ctr")


def _reach(high: float | None, value: float | None, scale: Scale, axis: Axis, room: Room) -> float:
    """How far a label moves to stand behind its band, as a share of the frame."""
    span = (axis.high or 1.0) - axis.low
    reach = 0.0 if high is None or value is None else max(high - value, 0.0) / scale.by
    return reach / span * room.area()[2]
