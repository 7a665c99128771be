"""Steps of a funnel with the rate from each to the next."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, texts
from toolkit.charts.palette import BLUE, BLUES, INK, RUST, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 150.0
RIGHT = 150.0
ROW = 56.0


def funnel(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Bars of the counts from one edge, between them the share that goes on; the lowest stands out.

    Args:
        frame: step, count; a missing count is a dash without a bar. Optional low and high: the
            interval of the rate into the step.
        labels: ``item.<step>``, ``axis.rate`` over the rates, ``mark.lowest`` beside the lowest,
            ``range`` between the ends of the interval.
        ax: axes to draw on.
        marks: not used.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    names, counts = texts(frame, "step"), numbers(frame, "count")
    ax = picture.sheet(ax, ROW * max(len(names), 1) + 20, (LEFT, RIGHT, 20, 0))
    ax.set_xlim(0, max([count for count in counts if count is not None], default=1.0) or 1.0)
    ax.set_ylim(max(len(names), 1), 0)
    for row, (name, count) in enumerate(zip(names, counts, strict=True)):
        _step(ax, row, reader.item(name), count, reader)
    rates = [
        after / before if before and after is not None else None
        for before, after in pairwise(counts)
    ]
    lettering.note(
        ax, 1, 0, reader.word("axis.rate"), at=("left", "bottom"), offset=(16, 4), across="axes"
    )
    known = [rate for rate in rates if rate is not None]
    for row, rate in enumerate(rates, start=1):
        _rate(ax, row, rate, rate is not None and len(known) > 1 and rate == min(known), reader)
    _ranges(ax, numbers(frame, "low"), numbers(frame, "high"), reader)
    return ax


def _ranges(ax: Axes, lows: list[float | None], highs: list[float | None], reader: Reader) -> None:
    """The interval under each rate, where there is one."""
    for row, (low, high) in enumerate(zip(lows, highs, strict=True)):
        if row == 0 or low is None or high is None:
            continue
        ends = (reader.value(low, "low", "share"), reader.value(high, "high", "share"))
        text = reader.word("range", otherwise="–").join(ends)
        lettering.note(ax, 1, row, text, offset=(16, -16), across="axes")


def _step(ax: Axes, row: int, name: str, count: float | None, reader: Reader) -> None:
    lettering.put_lines(
        ax, 0, row + 0.5, lettering.fit(name, LEFT - 16, lines=2), offset=(-LEFT, 0), across="axes"
    )
    value = reader.value(count, "count")
    if count is None:
        lettering.put(ax, 0, row + 0.5, value, colour=SOFT, offset=(8, 0))
        return
    ax.barh(row + 0.5, count, height=0.56, color=BLUE if row == 0 else BLUES[4])
    across, _ = picture.points(ax)
    inside = count / ax.get_xlim()[1] * across > lettering.width(value, bold=True) + 24
    lettering.put(
        ax,
        count,
        row + 0.5,
        value,
        bold=True,
        colour="#ffffff" if inside else INK,
        at=("right" if inside else "left", "center"),
        offset=(-10 if inside else 8, 0),
    )


def _rate(ax: Axes, row: int, rate: float | None, lowest: bool, reader: Reader) -> None:
    colour = RUST if lowest else SOFT
    text = reader.value(rate, "rate", "share")
    width = 1.4 if lowest else 0.9
    picture.arrow(ax, 1, (row - 0.3, row + 0.3), color=colour, linewidth=width)
    lettering.put(ax, 1, row, text, bold=lowest, colour=colour, offset=(16, 0), across="axes")
    if lowest:
        room = RIGHT - 26 - lettering.width(text, bold=True)
        note = lettering.fit(reader.word("mark.lowest"), room, size=lettering.SMALL)[0]
        lettering.put(
            ax,
            1,
            row,
            note,
            size=lettering.SMALL,
            colour=colour,
            offset=(24 + lettering.width(text, bold=True), 0),
            across="axes",
        )
