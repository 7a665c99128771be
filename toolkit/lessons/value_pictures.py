"""Pictures of a lesson: the canvas as importance filled by cover, pairs as a grid of fits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, LINE, MIST, RUST, SOFT, ink_on, ramp
from toolkit.frameworks.fit import SCALE, SCORES
from toolkit.lessons.value_firm import Line, Pair, ValueFirm
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.value_and_target"
LABEL = 264.0  # points kept for labels of the canvas
ROW = 34.0
HEAD = 58.0
SIDE = 176.0  # points kept for the values of the grid
CELL = 74.0
FOOT = 40.0
BAR = 0.56
FIT_SIZE = 15.0


def canvas_picture(firm: ValueFirm, book: Words) -> Axes:
    """A bar a pain or gain, as long as it is important, filled as far as it is covered."""
    lines = firm.lines
    ax = picture.sheet(None, HEAD + ROW * max(len(lines), 1), (LABEL, 64, HEAD, 4))
    ax.set_xlim(0, SCALE[1])
    ax.set_ylim(max(len(lines), 1) - 0.5, -0.5)
    for place, line in enumerate(lines):
        _bar(ax, place, line, book)
        if place and line.kind != lines[place - 1].kind:
            ax.axhline(
                place - 0.5,
                xmin=-LABEL / (picture.WIDTH - LABEL - 64),
                color=LINE,
                linewidth=0.8,
                clip_on=False,
            )
    _legend(ax, book)
    return ax


def _bar(ax: Axes, place: int, line: Line, book: Words) -> None:
    met = line.importance * line.covered
    ax.barh(
        place,
        line.importance,
        height=BAR,
        color=MIST,
        edgecolor=RUST,
        linewidth=1,
        linestyle=(0, (3, 2)),
        zorder=1,
    )
    ax.barh(place, met, height=BAR, color=BLUE, linewidth=0, zorder=2)
    text = f"{line.key}  {line.name}"
    lettering.put_lines(
        ax, 0, place, lettering.fit(text, LABEL - 14, lines=2), at="right", offset=(-10, 0)
    )
    shown = book.text(f"{WORDS}.picture.met", met=f"{met:g}", importance=f"{line.importance:g}")
    lettering.put(
        ax, line.importance, place, shown, size=lettering.SMALL, colour=SOFT, offset=(8, 0)
    )


def _legend(ax: Axes, book: Words) -> None:
    for step, (code, colour) in enumerate((("covered", BLUE), ("open", RUST))):
        lettering.put(
            ax,
            0,
            -0.5,
            book.text(f"{WORDS}.picture.{code}"),
            bold=True,
            colour=colour,
            at=("left", "center"),
            offset=(0, 36 - 18 * step),
        )


def pairs_picture(firm: ValueFirm, book: Words) -> Axes:
    """A row a value, a column a target: the fit, its four scores beneath; the best is framed."""
    values = list(dict.fromkeys(pair.value for pair in firm.pairs))
    targets = list(dict.fromkeys(pair.target for pair in firm.pairs))
    across, down = max(len(targets), 1), max(len(values), 1)
    ax = picture.sheet(None, HEAD + CELL * down + FOOT, (SIDE, 8, HEAD, FOOT))
    ax.set_xlim(0, across)
    ax.set_ylim(down, 0)
    room = picture.points(ax)[0] / across - 12
    for column, name in enumerate(targets):
        lines = lettering.fit(name, room, bold=True, lines=2)
        place = (column + 0.5, 0.0)
        lettering.put_lines(ax, *place, lines, bold=True, at="center", offset=(0, 26))
    for row, name in enumerate(values):
        lines = lettering.fit(name, SIDE - 16, bold=True, lines=3)
        lettering.put_lines(ax, 0, row + 0.5, lines, bold=True, at="right", offset=(-12, 0))
    for pair in firm.pairs:
        _cell(ax, (targets.index(pair.target), values.index(pair.value)), pair, pair in firm.best)
    _foot(ax, down, book)
    return ax


def _foot(ax: Axes, down: int, book: Words) -> None:
    names = [book.text(f"{WORDS}.column.{name}") for name in SCORES]
    order = book.text(f"{WORDS}.picture.separator").join(names)
    text = book.text(f"{WORDS}.picture.scores", order=order)
    lines = lettering.fit(text, picture.WIDTH - 16, size=lettering.SMALL, lines=2)
    offset = (8 - SIDE, -FOOT / 2)
    lettering.put_lines(ax, 0, down, lines, size=lettering.SMALL, colour=SOFT, offset=offset)


def _cell(ax: Axes, at: tuple[int, int], pair: Pair, best: bool) -> None:
    from matplotlib.patches import Rectangle

    low, high = SCALE
    colour = ramp((pair.fit - low) / (high - low))
    place, width = (at[0] + 0.02, at[1] + 0.03), 3 if best else 0
    ax.add_patch(Rectangle(place, 0.96, 0.94, facecolor=colour, edgecolor=RUST, linewidth=width))
    scores = " · ".join(f"{score:g}" for score in pair.scores)
    for text, size, up in (
        (f"{pair.key}   {pair.fit:.2f}", FIT_SIZE, 8),
        (scores, lettering.SMALL, -14),
    ):
        lettering.put(
            ax,
            at[0] + 0.5,
            at[1] + 0.5,
            text,
            size=size,
            bold=size == FIT_SIZE,
            colour=ink_on(colour),
            at=("center", "center"),
            offset=(0, up),
        )
