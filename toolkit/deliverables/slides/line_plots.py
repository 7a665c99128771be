"""Native lines and columns: trends, rates from step to step, how often customers bought."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.charts.columns import apart
from toolkit.charts.trend import since_start
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
    area = plot_area(box, min(right, box.w * 0.34), SIZE * 5.2)
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
    return since_start(data.texts("line"), data.numbers("month"), data.numbers("value"))


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
            code=SHARE, values=axis, plot=plot_area(box, 16, 40, FOOT + 14), size=SIZE,
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


def plot_area(
    box: Box, right: float, left: float, foot: float = FOOT
) -> tuple[float, float, float, float]:
    """The plot area as shares of the frame, with room for the labels around it."""
    top = 14.0
    return (
        left / box.w, top / box.h, max(box.w - left - right, 40) / box.w,
        max(box.h - top - foot, 40) / box.h,
    )  # fmt: skip
