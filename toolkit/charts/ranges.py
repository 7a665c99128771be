"""Values with their ranges, a row each, and a short note at the end of the row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, steps, texts
from toolkit.charts.palette import BLUE, BLUES, DASHED, LINE, MIST, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 214.0
ROW = 38.0
GAP = 20.0
BAND = 13.0
LITTLE = 0.03

Row = tuple[float | None, float | None, float | None]


def ranges(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """A band from low to high with a dot at the value; the dot alone where nothing is uncertain.

    Args:
        frame: label, value; optional low, high, note (a short text).
        labels: ``item.<label>``, ``axis.x`` over the scale, ``axis.note`` over the notes.
        ax: axes to draw on.
        marks: name → level drawn as a dashed line, worded by ``mark.<name>``.
        lang: language of numbers.
        currency: ISO code for money.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    names, notes = texts(frame, "label"), texts(frame, "note")
    columns = (numbers(frame, name) for name in ("low", "value", "high"))
    rows: list[Row] = list(zip(*columns, strict=True))
    known = [number for row in rows for number in row if number is not None]
    aside = [*notes, reader.word("axis.note")]
    beyond = max(
        (lettering.width(reader.value(v, "value"), bold=True) for _, v, _ in rows), default=0
    )
    right = beyond + GAP + max(map(lettering.width, aside)) + GAP
    ax = picture.sheet(ax, ROW * max(len(rows), 1) + 56, (LEFT, right, 30, 26))
    ends = [0.0, *known, *marks.values()]
    ticks = steps(_floor(min(ends), max(ends)), max(ends) or 1.0)
    ax.set_xlim(ticks[0], ticks[-1])
    ax.set_ylim(max(len(rows), 1), 0)
    picture.below(ax, [(tick, reader.tick(tick, "value")) for tick in ticks])
    for tick in ticks:
        ax.axvline(tick, color=SOFT if tick == 0 else MIST, linewidth=0.9, zorder=0)
    lettering.note(ax, 0, 0, reader.word("axis.x"), at=("left", "bottom"), offset=(0, 8),
                   across="axes")  # fmt: skip
    lettering.note(ax, 1, 0, reader.word("axis.note"), at=("right", "bottom"),
                   offset=(right, 8), across="axes")  # fmt: skip
    for name, level in marks.items():
        ax.axvline(level, color=SOFT, linewidth=1, linestyle=DASHED)
        lettering.note(ax, level, 0, reader.word(f"mark.{name}"), at=("center", "bottom"),
                       offset=(0, 8))  # fmt: skip
    for place, row in enumerate(rows):
        _row(ax, place, row, reader)
        lines = lettering.fit(reader.item(names[place]), LEFT - 18, lines=2)
        lettering.put_lines(ax, 0, place + 0.5, lines, offset=(-LEFT, 0), across="axes")
        lettering.note(ax, 1, place + 0.5, notes[place], at=("right", "center"),
                       offset=(right, 0), across="axes")  # fmt: skip
    return ax


def _floor(least: float, most: float) -> float:
    """Where the scale begins: a range that reaches hardly below nought needs no step for it."""
    return 0.0 if -least < LITTLE * most else least


def _row(ax: Axes, place: int, row: Row, reader: Reader) -> None:
    low, value, high = row
    middle = place + 0.5
    ax.axhline(place + 1, color=LINE, linewidth=0.5, zorder=0)
    if value is None:
        lettering.put(ax, 0, middle, "—", colour=SOFT, offset=(8, 0))
        return
    if low is not None and high is not None:
        ax.plot([low, high], [middle] * 2, color=BLUES[2], linewidth=BAND, zorder=1,
                solid_capstyle="butt")  # fmt: skip
    ax.plot(value, middle, marker="o", markersize=8, color=BLUE, zorder=3, clip_on=False)
    end = max(value, high if high is not None else value)
    lettering.put(ax, end, middle, reader.value(value, "value"), bold=True, offset=(9, 0))
