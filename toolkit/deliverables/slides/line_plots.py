"""Native lines and columns: trends, rates from step to step, survival, how sales lie."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from toolkit.charts.columns import apart
from toolkit.deliverables.slides.fitting import ems
from toolkit.deliverables.slides.paper import Axis, Box, Piece, Plot, Point, Series
from toolkit.deliverables.slides.values import SHARE, SHARE_TICK, Data, Scale
from toolkit.words import date_text, month_text

SIZE = 11.0
COLOURS = ("accent", "high", "good", "medium", "check")
DATES = {"ja": ('yyyy"年"m"月"', 'm"月"d"日"'), "en": ("mmm yyyy", "d mmm")}
FOOT = 30.0
BETWEEN = 34.0
"""Labels at the ends of lines stand at least so far apart, in points."""

LORENZ = (0.16, 0.04, 0.8, 0.78)
"""Plot area of the curve of sales over customers, as shares of the frame."""

CORNER = (0.8, 0.14)
"""Where under that curve there is room for a sentence."""

DEEP = 0.6

Lines = Mapping[str, list[float | None]]


def trend(data: Data, box: Box) -> list[Piece]:
    """A line a column over months or weeks, or a line a group over months since its start."""
    since = "line" in data.chart.columns
    names, lines = _since_start(data) if since else _over_time(data)
    every = [value for line in lines.values() for value in line]
    unit = data.unit("value" if since else next(iter(lines), ""))
    scale = data.scale(unit, every)
    axis = scale.axis([*every, *data.chart.marks.values()])
    if since:
        own = [name for name in lines if not data.reader.word(name)]
        colours = dict(zip(reversed(own), COLOURS, strict=False))
    else:
        colours = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(lines)}
    shown = {**lines, **_levels(data, len(names))}
    titles = {name: _titled(data, name) for name in shown}
    right = 20 + SIZE * max(ems(text, True) for text in [*titles.values(), "0,000万円"])
    area = _area(box, min(right, box.w * 0.34), SIZE * 5.2)
    ends = _ends(shown, axis, box.h * area[3], scale)
    series = tuple(
        Series(
            name=titles[name],
            values=tuple(scale.of(value) for value in line),
            colour=colours.get(name, "soft"),
            dash="" if name in colours else "dash",
            points=_end(
                line,
                ends.get(name, 0.0) / box.h,
                colours.get(name, "soft"),
                valued=name not in data.chart.marks,
            ),
            label_at="r",
        )
        for name, line in shown.items()
    )
    told = tuple(names if since else (_when(data, name) for name in names))
    dates = "" if since else _dates(data.lang, names)
    plot = Plot(
        name=data.chart.id, box=box, form="line", series=series, names=tuple(names),
        code=scale.code, values=axis,
        bottom=Axis(title=data.reader.word("axis.x") if since else ""),
        dates=dates, every=_every(told, box.w * area[2]), plot=area, size=SIZE, alt=data.chart.alt,
        facts=data.chart.facts,
    )  # fmt: skip
    return [plot]


def _titled(data: Data, name: str) -> str:
    return data.reader.word(name, f"mark.{name}", otherwise=data.reader.months(name))


def _levels(data: Data, count: int) -> dict[str, list[float | None]]:
    """Levels to compare with, as lines of one value."""
    return {name: [level] * count for name, level in data.chart.marks.items()}


def _when(data: Data, name: str) -> str:
    """A month by its name and year; a day by its date in the year."""
    if len(name) <= 7:
        return month_text(name, data.lang)
    return (
        date_text(name, data.lang)
        .removeprefix(data.reader.year(name))
        .removesuffix(f" {data.reader.year(name)}")
    )


def _dates(lang: str, names: list[str]) -> str:
    """The number format of months or days in the reader's language."""
    return DATES.get(lang, DATES["en"])[bool(names) and len(names[0]) > 7]


def _every(names: tuple[str, ...], across: float) -> int:
    """A name of the axis for every so many values, as they have room for."""
    wide = SIZE * max((ems(name) for name in names), default=1.0) + 10
    sizes = (1, 2, 3, 4, 6, 12, 24)
    return next((size for size in sizes if len(names) * wide <= across * size), sizes[-1])


def _over_time(data: Data) -> tuple[list[str], Lines]:
    first, *columns = data.chart.columns
    return data.texts(first), {name: data.numbers(name) for name in columns}


def _since_start(data: Data) -> tuple[list[str], Lines]:
    cells = zip(data.texts("line"), data.numbers("month"), data.numbers("value"), strict=True)
    lines: dict[str, dict[int, float | None]] = {}
    for name, month, value in cells:
        if month is not None:
            lines.setdefault(name, {})[int(month)] = value
    last = max((month for line in lines.values() for month in line), default=0)
    months = range(last + 1)
    found = {name: [line.get(month) for month in months] for name, line in lines.items()}
    return [str(month) for month in months], found


def _end(line: list[float | None], shift: float, colour: str, *, valued: bool) -> dict[int, Point]:
    """The last value carries the name of the line and its value."""
    known = [place for place, value in enumerate(line) if value is not None]
    if not known:
        return {}
    moved = (0.0, round(shift, 4)) if abs(shift) > 1e-4 else None
    return {
        known[-1]: Point(
            colour=colour, ink=colour, label=True, named=True, valued=valued, shift=moved
        )
    }


def _ends(lines: Lines, axis: Axis, high: float, scale: Scale) -> dict[str, float]:
    """How far the label at the end of each line is moved down, in points."""
    span = (axis.high or 1.0) - axis.low
    last = {
        name: next((value for value in reversed(line) if value is not None), None)
        for name, line in lines.items()
    }
    known = {name: value / scale.by for name, value in last.items() if value is not None}
    places = [((axis.high or 1.0) - value) / span * high for value in known.values()]
    moved = apart([min(place, high - BETWEEN / 3) for place in places], BETWEEN)
    return {name: after - before for name, before, after in zip(known, places, moved, strict=True)}


def curve(data: Data, box: Box) -> list[Piece]:
    """The rate at each step over the number who came so far."""
    rates, customers = data.numbers("rate"), data.numbers("customers")
    names = tuple(
        _step(data, name, count) for name, count in zip(data.texts("step"), customers, strict=True)
    )
    series = Series(
        name=data.reader.word("rate", "axis.y", otherwise="%"), values=tuple(rates),
        labels=True, label_at="t", label_colour="accent", marker=8,
    )  # fmt: skip
    scale = Scale(code=SHARE, tick=SHARE_TICK)
    levels = tuple(
        Series(
            name=data.reader.word(f"mark.{name}"), values=(level,) * len(rates), colour="soft",
            dash="dash",
            points={len(rates) - 1: Point(label=True, named=True, valued=False, ink="soft")},
            label_at="t",
        )
        for name, level in data.chart.marks.items()
    )  # fmt: skip
    axis = scale.axis([*rates, *data.chart.marks.values()], room=1.05)
    return [
        Plot(
            name=data.chart.id, box=box, form="line", series=(series, *levels), names=names,
            code=SHARE, values=axis, plot=_area(box, 16, 40, FOOT + 14), size=SIZE,
            alt=data.chart.alt, facts=data.chart.facts,
        )
    ]  # fmt: skip


def _step(data: Data, step: str, count: float | None) -> str:
    number = step.removesuffix(".0")
    name = data.reader.word(f"item.{number}", "step", otherwise=number).replace("{n}", number)
    if count is None:
        return name
    return f"{name}\n{data.reader.word('customers')} {data.reader.value(count, 'customers')}"


def histogram(data: Data, box: Box) -> list[Piece]:
    """A column a class: its share above, the number of customers below."""
    customers = data.numbers("customers")
    names = tuple(
        f"{data.reader.item(name)}\n{data.reader.value(count, 'customers')}"
        for name, count in zip(data.texts("times"), customers, strict=True)
    )
    series = Series(
        name=data.reader.word("share", otherwise="%"), values=tuple(data.numbers("share")),
        colour="accent+30", labels=True, label_at="outEnd", points={0: Point(colour="accent")},
    )  # fmt: skip
    most = max((share for share in series.values if share is not None), default=1.0)
    return [
        Plot(
            name=data.chart.id, box=box, form="column", series=(series,), names=names, code=SHARE,
            values=Axis(high=most * 1.1, shown=False),
            bottom=Axis(title=data.reader.word("axis.x")), size=SIZE,
            alt=data.chart.alt, facts=data.chart.facts, gap=45,
        )
    ]  # fmt: skip


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
            plot=_area(box, 16, 40, FOOT + 14), size=SIZE, alt=data.chart.alt,
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


def _area(
    box: Box, right: float, left: float, foot: float = FOOT
) -> tuple[float, float, float, float]:
    """The plot area as shares of the frame, with room for the labels around it."""
    top = 14.0
    return (
        left / box.w, top / box.h, max(box.w - left - right, 40) / box.w,
        max(box.h - top - foot, 40) / box.h,
    )  # fmt: skip
