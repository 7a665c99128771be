"""Marks in a grid of rows and columns, each with its word: a small table to be seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, texts
from toolkit.charts.palette import BLUE, LINE, MIST, RUST, SLATE, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

LEFT = 230.0
HEAD = 34.0
ROW = 32.0
COLOURS = {"good": BLUE, "bad": RUST, "middle": SLATE}


def grid(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """A word in each cell, coloured by its tone; rows named in ``marks`` stand on a ground.

    Args:
        frame: row, column (codes, in order of first mention), mark (code, or a
            text to stand as it is), tone: good, bad, middle or empty.
        labels: ``item.<row>``, ``item.<column>``, ``mark.<mark>``.
        ax: axes to draw on, counted in points from the upper left corner.
        marks: row → any number, to bring that row forward.
        lang: not used.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    cells = list(zip(*(texts(frame, n) for n in ("row", "column", "mark", "tone")), strict=True))
    rows = list(dict.fromkeys(cell[0] for cell in cells))
    columns = list(dict.fromkeys(cell[1] for cell in cells))
    height = HEAD + ROW * max(len(rows), 1)
    ax = picture.sheet(ax, height)
    ax.set_xlim(0, picture.WIDTH)
    ax.set_ylim(height, 0)
    step = (picture.WIDTH - LEFT) / max(len(columns), 1)
    _heads(ax, [reader.item(name) for name in columns], step)
    for place, name in enumerate(rows):
        _row(ax, place, reader.item(name), name in marks)
    for row, column, mark, tone in cells:
        lettering.put(
            ax,
            LEFT + step * (columns.index(column) + 0.5),
            HEAD + ROW * (rows.index(row) + 0.5),
            lettering.fit(reader.word(f"mark.{mark}", otherwise=mark), step - 12)[0],
            bold=tone in ("good", "bad"),
            colour=COLOURS.get(tone, SOFT),
            at=("center", "center"),
        )
    return ax


def _heads(ax: Axes, names: list[str], step: float) -> None:
    for place, name in enumerate(names):
        lettering.put(
            ax,
            LEFT + step * (place + 0.5),
            HEAD / 2,
            lettering.fit(name, step - 12, size=lettering.SMALL)[0],
            size=lettering.SMALL,
            colour=SOFT,
            at=("center", "center"),
        )


def _row(ax: Axes, place: int, name: str, forward: bool) -> None:
    top = HEAD + ROW * place
    if forward:
        ax.axhspan(top, top + ROW, color=MIST, linewidth=0, zorder=0)
    ax.axhline(top, color=LINE, linewidth=0.6, zorder=1)
    text = lettering.fit(name, LEFT - 16, bold=forward)[0]
    lettering.put(ax, 4, top + ROW / 2, text, bold=forward)
