"""Native scatters with lines: what is still there month by month, how sales lie on customers."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from toolkit.deliverables.slides.line_plots import FOOT, SIZE, plot_area
from toolkit.deliverables.slides.paper import Axis, Box, Piece, Plot, Point, Series
from toolkit.deliverables.slides.values import SHARE, SHARE_TICK, Data

LORENZ = (0.16, 0.04, 0.8, 0.78)
"""Plot area of the curve of sales over customers, as shares of the frame."""

CORNER = (0.8, 0.14)
"""Where under that curve there is room for a sentence."""

DEEP = 0.6


def survival(data: Data, box: Box) -> list[Piece]:
    """The share still there, in steps."""
    pairs = zip(data.numbers("month"), data.numbers("survival"), strict=True)
    known = [(month, share) for month, share in pairs if month is not None and share is not None]
    across: list[float] = [month for month, _ in known[:1]]
    up: list[float] = [share for _, share in known[:1]]
    for (_, before), (month, share) in pairwise(known):
        across += [month, month]
        up += [before, share]
    series = [Series(name=data.reader.word("survival", otherwise="%"), values=tuple(up),
                     across=tuple(across))]  # fmt: skip
    for name, month in data.chart.marks.items():
        there = next((share for at, share in reversed(known) if at <= month), None)
        if there is not None:
            told = f"{data.reader.word(f'mark.{name}')} {data.reader.value(there, 'rate', 'share')}"
            series.append(_dot(told.strip(), (month, there), "r", (0.0, -0.06)))
    last = max((month for month, _ in known), default=1.0) or 1.0
    step = next(size for size in (1, 2, 3, 6, 12, 24, 60) if last <= 8 * size or size == 60)
    return [
        Plot(
            name=data.chart.id, box=box, form="scatter", series=tuple(series), code=SHARE,
            values=Axis(high=1.0, step=0.25, code=SHARE_TICK),
            bottom=Axis(high=last, step=step, code="0", title=data.reader.word("axis.x")),
            plot=plot_area(box, 16, 40, FOOT + 14), size=SIZE, alt=data.chart.alt,
            facts=data.chart.facts,
        )
    ]  # fmt: skip


def lorenz(data: Data, box: Box) -> list[Piece]:
    """Sales over customers, both cumulated, against the even line."""
    pairs = zip(data.numbers("customers_share"), data.numbers("sales_share"), strict=True)
    known = sorted((x, y) for x, y in pairs if x is not None and y is not None)
    reader = data.reader
    even = Series(
        name=reader.word("item.even", "equal"), values=(0.0, 1.0), across=(0.0, 1.0),
        colour="soft", dash="dash", weight=1.0,
    )  # fmt: skip
    own = Series(
        name=reader.word("axis.y", "sales_share"), values=tuple(y for _, y in known),
        across=tuple(x for x, _ in known),
    )  # fmt: skip
    marked = [
        _dot(reader.word(f"mark.{name}"), (share, _level(known, share)), *_free(known, share))
        for name, share in data.chart.marks.items()
    ]
    ticks = Axis(high=1.0, step=0.25, code=SHARE_TICK)
    return [
        Plot(
            name=data.chart.id, box=box, form="scatter", series=(even, own, *marked), code=SHARE,
            values=replace(ticks, title=reader.word("axis.y")), plot=LORENZ,
            bottom=replace(ticks, title=reader.word("axis.x")), size=SIZE, alt=data.chart.alt,
            facts=data.chart.facts,
        )
    ]  # fmt: skip


def _dot(name: str, place: tuple[float, float], at: str, shift: tuple[float, float]) -> Series:
    """A point with its sentence, moved to where such curves leave room."""
    return Series(
        name=name, values=(place[1],), across=(place[0],), colour="high", weight=0, marker=9,
        points={0: Point(label=True, named=True, at=at, ink="high", shift=shift)},
    )  # fmt: skip


def _free(points: list[tuple[float, float]], share: float) -> tuple[str, tuple[float, float]]:
    """Where a sentence has room: between a deep curve and the even line, else in the corner."""
    level = _level(points, share)
    if level < DEEP:
        return "l", (-0.01, 0.0)
    down = LORENZ[3] * max(level - CORNER[1], 0.0) - 0.03
    return "b", (LORENZ[2] * (CORNER[0] - share), down)


def _level(points: list[tuple[float, float]], share: float) -> float:
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= share <= x1:
            return y1 if x1 == x0 else y0 + (y1 - y0) * (share - x0) / (x1 - x0)
    return points[-1][1] if points else 0.0
