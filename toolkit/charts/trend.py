"""Lines over months or weeks with their names at the end."""

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
        frame: months (YYYY-MM) or days (YYYY-MM-DD), then one or more value columns of one unit.
        labels: a name per value column, ``unit.<column>``, ``mark.<name>``.
        ax: axes to draw on.
        marks: levels drawn as dashed lines.
        lang: language of numbers and months.
        currency: ISO code for money.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    first, *columns = (str(name) for name in frame.columns)
    months = texts(frame, first)
    lines = {name: numbers(frame, name) for name in columns}
    known = [value for line in lines.values() for value in line if value is not None]
    ticks = steps(min([0.0, *known]), max([*known, *marks.values()], default=1.0))
    unit = columns[0] if columns else ""
    shown = [(tick, reader.tick(tick, unit)) for tick in ticks]
    left = 12 + max(lettering.width(text, lettering.SMALL) for _, text in shown)
    ax = picture.sheet(ax, 270, (left, NAME_ROOM, 14, 44))
    ax.set_xlim(0, max(len(months) - 1, 1))
    ax.set_ylim(ticks[0], ticks[-1])
    picture.ground(ax, shown)
    _months(ax, months, reader)
    for colour, line in zip(_colours(len(columns)), lines.values(), strict=True):
        ax.plot(
            range(len(line)),
            [float("nan") if v is None else v for v in line],
            color=colour,
            linewidth=2.2,
            solid_capstyle="round",
            clip_on=False,
        )
        _end(ax, line, colour)
    _names(ax, lines, reader)
    for name, level in marks.items():
        ax.axhline(level, color=SOFT, linewidth=1, linestyle=DASHED)
        lettering.note(
            ax, 0, level, reader.word(f"mark.{name}"), at=("left", "bottom"), offset=(4, 3)
        )
    return ax


def _colours(count: int) -> list[str]:
    return [SERIES[place % len(SERIES)] for place in range(count)]


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


def _names(ax: Axes, lines: Mapping[str, list[float | None]], reader: Reader) -> None:
    """Name and last value of each line at its end, moved apart where lines end close together."""
    ends = {
        name: next((value for value in reversed(line) if value is not None), None)
        for name, line in lines.items()
    }
    colours = dict(zip(lines, _colours(len(lines)), strict=True))
    shown = [name for name, end in ends.items() if end is not None]
    _, height = picture.points(ax)
    low, high = ax.get_ylim()
    places = [((ends[name] or 0.0) - low) / (high - low) * height for name in shown]
    for name, place in zip(shown, apart(places, 34), strict=True):
        at = low + place / height * (high - low)
        for text, up, bold in (
            (reader.word(name, otherwise=name), 8, True),
            (reader.value(ends[name], name), -8, False),
        ):
            line = lettering.fit(text, NAME_ROOM - 14, bold=bold)[0]
            lettering.put(
                ax, 1, at, line, bold=bold, colour=colours[name], offset=(12, up), across="axes"
            )
