"""Lines over months, weeks or months since a start, with their names at the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, apart, numbers, steps, texts
from toolkit.charts.palette import DASHED, SERIES, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

NAME_ROOM = 132.0
MONTH_ROOM = 44.0
STEP_ROOM = 24.0


def trend(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """One line per value column over months or weeks, gaps where a value is missing.

    Args:
        frame: months (YYYY-MM) or days (YYYY-MM-DD), then one or more value columns of one unit;
            or long, with line (its name), month (0, 1, … since a start) and value: the last
            line is the one that matters, dashed is one that ``labels`` name (a level).
        labels: a name per value column or line, ``unit.<column>``, ``mark.<name>``; ``axis.x``
            under months since a start.
        ax: axes to draw on.
        marks: levels drawn as dashed lines.
        lang: language of numbers and months.
        currency: ISO code for money.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    since = "line" in frame.columns
    months, lines = _since_start(frame) if since else _over_time(frame)
    known = [value for line in lines.values() for value in line if value is not None]
    ticks = steps(min([0.0, *known]), max([*known, *marks.values()], default=1.0))
    unit = "value" if since else next(iter(lines), "")
    shown = [(tick, reader.tick(tick, unit)) for tick in ticks]
    left = 12 + max(lettering.width(text, lettering.SMALL) for _, text in shown)
    ax = picture.sheet(ax, 270, (left, NAME_ROOM, 14, 44))
    ax.set_xlim(0, max(len(months) - 1, 1))
    ax.set_ylim(ticks[0], ticks[-1])
    picture.ground(ax, shown)
    if since:
        _steps(ax, months, reader)
    else:
        _months(ax, months, reader)
    colours = _shades(lines, reader) if since else _colours(len(lines))
    for colour, line in zip(colours, lines.values(), strict=True):
        ax.plot(
            range(len(line)),
            [float("nan") if v is None else v for v in line],
            color=colour,
            linewidth=2.2,
            linestyle=DASHED if colour == SOFT else "-",
            solid_capstyle="round",
            clip_on=False,
        )
        _end(ax, line, colour)
    _names(ax, lines, reader, dict(zip(lines, colours, strict=True)))
    for name, level in marks.items():
        ax.axhline(level, color=SOFT, linewidth=1, linestyle=DASHED)
        lettering.note(
            ax, 0, level, reader.word(f"mark.{name}"), at=("left", "bottom"), offset=(4, 3)
        )
    return ax


def _over_time(frame: DataFrame) -> tuple[list[str], dict[str, list[float | None]]]:
    first, *columns = (str(name) for name in frame.columns)
    return texts(frame, first), {name: numbers(frame, name) for name in columns}


def _since_start(frame: DataFrame) -> tuple[list[str], dict[str, list[float | None]]]:
    return since_start(texts(frame, "line"), numbers(frame, "month"), numbers(frame, "value"))


def since_start(
    names: list[str], months: list[float | None], values: list[float | None]
) -> tuple[list[str], dict[str, list[float | None]]]:
    """A line per name in the order in which they come, over all months up to the last.

    Returns:
        The months as they are lettered, and by name a value a month.
    """
    lines: dict[str, dict[int, float | None]] = {}
    for name, month, value in zip(names, months, values, strict=True):
        if month is not None:
            lines.setdefault(name, {})[int(month)] = value
    last = max((month for line in lines.values() for month in line), default=0)
    every = range(last + 1)
    found = {name: [line.get(month) for month in every] for name, line in lines.items()}
    return [str(month) for month in every], found


def _steps(ax: Axes, months: list[str], reader: Reader) -> None:
    """Months since the start, every third where there are many, and what they are counted from."""
    across, _ = picture.points(ax)
    every = next(n for n in (1, 2, 3, 6, 12) if len(months) * STEP_ROOM <= across * n or n == 12)
    picture.below(ax, [(int(month), month) for month in months[::every]])
    lettering.note(
        ax,
        0,
        0,
        reader.word("axis.x"),
        at=("left", "top"),
        offset=(0, -24),
        across="axes",
    )


def _colours(count: int) -> list[str]:
    return [SERIES[place % len(SERIES)] for place in range(count)]


def _shades(lines: Mapping[str, list[float | None]], reader: Reader) -> list[str]:
    """The first colour for the latest line, the next for the one before; a level is grey."""
    own = [name for name in lines if not reader.word(name)]
    colours = dict(zip(own, reversed(_colours(len(own))), strict=True))
    return [colours.get(name, SOFT) for name in lines]


def _months(ax: Axes, months: list[str], reader: Reader) -> None:
    """The name of each month where it begins, as many as there is room for."""
    across, _ = picture.points(ax)
    begins = [
        place
        for place, month in enumerate(months)
        if month and (place == 0 or month[:7] != months[place - 1][:7])
    ]
    every = max(1, -(-len(begins) * MONTH_ROOM // max(across, 1)))
    shown = begins[:: int(every)]
    picture.below(ax, [(place, reader.month(months[place])) for place in shown])
    years: dict[str, int] = {}
    for place in shown:
        years.setdefault(months[place][:4], place)
    picture.below(ax, [(place, reader.year(months[place])) for place in years.values()], row=1)


def _end(ax: Axes, line: list[float | None], colour: str) -> None:
    known = [(place, value) for place, value in enumerate(line) if value is not None]
    if known:
        ax.plot(*known[-1], marker="o", markersize=6, color=colour, clip_on=False)


def _names(
    ax: Axes,
    lines: Mapping[str, list[float | None]],
    reader: Reader,
    colours: Mapping[str, str],
) -> None:
    """Name and last value of each line at its end, moved apart where lines end close together."""
    ends = {
        name: next((value for value in reversed(line) if value is not None), None)
        for name, line in lines.items()
    }
    shown = [name for name, end in ends.items() if end is not None]
    _, height = picture.points(ax)
    low, high = ax.get_ylim()
    places = [((ends[name] or 0.0) - low) / (high - low) * height for name in shown]
    for name, place in zip(shown, apart(places, 34), strict=True):
        unit = name if f"unit.{name}" in reader.labels else "value"
        at = low + place / height * (high - low)
        for text, up, bold in (
            (reader.word(name, otherwise=reader.months(name)), 8, True),
            (reader.value(ends[name], unit), -8, False),
        ):
            line = lettering.fit(text, NAME_ROOM - 14, bold=bold)[0]
            lettering.put(
                ax, 1, at, line, bold=bold, colour=colours[name], offset=(12, up), across="axes"
            )
