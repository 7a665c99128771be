"""Who does what in turn: one column an actor, one row a step, the joints between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, number, numbers, texts
from toolkit.charts.palette import BLUE, BLUES, INK, MIST, PAPER, RUST, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

ROW = 52.0
LEAST_ROW = 40.0
PAGE = 840.0
BOX = 120.0
WORDS = 10.5
HEAD = 40.0
NUMBERS = 26.0
SIDE = 64.0
PAD = 7.0
KEY = 34.0
BROKEN = (0, (2, 1.5))
NO_SEAM = frozenset({"", "none", "no", "auto", "system", "false", "0", "unknown"})
BY_MACHINE = frozenset({"auto", "automated", "system", "batch", "api"})


def swimlane(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Steps from top to bottom, each in its actor's lane; a joint made by hand is broken.

    Args:
        frame: step_no, step, side, actor, tool, mode, minutes, per_day, seam. ``seam`` stands at
            the step that hands over; a true value or any code not in ``NO_SEAM`` is by hand.
        labels: ``item.<step>``, ``item.<actor>``, ``axis.minutes`` over the minutes a day;
            ``side_customer``, ``side_company``, ``unassigned`` for a step without actor;
            ``auto``, ``manual`` and ``seam`` for the key below.
        ax: axes to draw on, counted in points from the upper left corner.
        marks: not used.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    steps, actors = texts(frame, "step"), _actors(frame, reader)
    lanes = list(dict.fromkeys(actors))
    row_height = _row_height(len(steps))
    height = HEAD + row_height * max(len(steps), 1) + KEY
    ax = picture.sheet(ax, height)
    ax.set_xlim(0, picture.WIDTH)
    ax.set_ylim(height, 0)
    lane = (picture.WIDTH - NUMBERS - SIDE) / max(len(lanes), 1)
    _lanes(ax, lanes, lane, height - KEY)
    lettering.note(
        ax,
        picture.WIDTH,
        HEAD / 2,
        reader.word("axis.minutes", "minutes_per_day"),
        at=("right", "center"),
    )
    places = [
        (NUMBERS + (lanes.index(actor) + 0.5) * lane, HEAD + (row + 0.5) * row_height)
        for row, actor in enumerate(actors)
    ]
    seams = [_by_hand(value) for value in texts(frame, "seam")]
    for row in range(len(steps) - 1):
        _joint(ax, (places[row], places[row + 1]), seams[row], row_height)
    modes, minutes = texts(frame, "mode"), _minutes(frame)
    for row, step in enumerate(steps):
        box = (max(lane - 2 * PAD, BOX), row_height - 10)
        _step(ax, places[row], reader.item(step), box, modes[row] in BY_MACHINE)
        _sides(ax, row, places[row][1], minutes[row], reader)
    _key(ax, height - KEY / 2 + 5, reader)
    return ax


def _row_height(count: int) -> float:
    """Rows stand closer where many steps would not fit on a printed page."""
    return min(ROW, max(LEAST_ROW, (PAGE - HEAD - KEY) / max(count, 1)))


def _actors(frame: DataFrame, reader: Reader) -> list[str]:
    """The lane of each step: its actor, else its side, else nobody."""
    return [
        reader.item(actor)
        if actor
        else reader.word(f"side_{side}", "unassigned", otherwise=side or "—")
        for actor, side in zip(texts(frame, "actor"), texts(frame, "side"), strict=True)
    ]


def _by_hand(seam: str) -> bool:
    return seam.strip().lower() not in NO_SEAM


def _minutes(frame: DataFrame) -> list[float | None]:
    pairs = zip(numbers(frame, "minutes"), numbers(frame, "per_day"), strict=True)
    return [None if m is None or n is None else number(m * n) for m, n in pairs]


def _lanes(ax: Axes, names: list[str], lane: float, height: float) -> None:
    for place, name in enumerate(names):
        left = NUMBERS + place * lane
        if place % 2 == 0:
            picture.box(ax, (left, 0), (lane, height), facecolor=MIST, linewidth=0, zorder=0)
        size = lettering.largest(name, lane - PAD, (lettering.SIZE, WORDS), bold=True)
        lines = lettering.fit(name, lane - PAD, size=size, bold=True, lines=2)
        lettering.put_lines(ax, left + lane / 2, HEAD / 2, lines, size=size, bold=True, at="center")
    ax.plot([NUMBERS, NUMBERS + lane * len(names)], [HEAD, HEAD], color=SOFT, linewidth=0.9)


def _step(
    ax: Axes,
    place: tuple[float, float],
    name: str,
    box: tuple[float, float],
    machine: bool,
) -> None:
    """A step's box: alone in its row, it may be wider than its lane, within the lanes."""
    colour = BLUES[1] if machine else PAPER
    half = box[0] / 2
    middle = min(max(place[0], NUMBERS + half + 2), picture.WIDTH - SIDE - half - 2)
    corner = (middle - half, place[1] - box[1] / 2)
    picture.box(ax, corner, box, facecolor=colour, edgecolor=BLUE, linewidth=1.1, zorder=3)
    most = int((box[1] - 2) / (WORDS * lettering.LEADING))
    lines = lettering.fit(name, box[0] - PAD, size=WORDS, lines=most)
    lettering.put_lines(ax, middle, place[1], lines, size=WORDS, at="center")


def _joint(
    ax: Axes,
    ends: tuple[tuple[float, float], tuple[float, float]],
    by_hand: bool,
    row_height: float,
) -> None:
    """From the foot of one box to the head of the next, square over lanes."""
    (x0, y0), (x1, y1) = ends
    top, foot = y0 + row_height / 2 - 5, y1 - row_height / 2 + 5
    middle = (top + foot) / 2
    colour = RUST if by_hand else SOFT
    ax.plot(
        [x0, x0, x1, x1],
        [top, middle, middle, foot],
        color=colour,
        linewidth=2 if by_hand else 1,
        linestyle=BROKEN if by_hand else "-",
        zorder=2,
        solid_joinstyle="miter",
    )
    ax.plot(x1, foot - 2, marker="v", markersize=4.5, color=colour, zorder=4)
    if by_hand:
        ax.plot(
            x0,
            middle,
            marker="D",
            markersize=7,
            markerfacecolor=PAPER,
            markeredgecolor=RUST,
            markeredgewidth=1.8,
            zorder=5,
        )


def _sides(ax: Axes, row: int, y: float, minutes: float | None, reader: Reader) -> None:
    lettering.note(ax, 0, y, str(row + 1))
    text = reader.value(minutes, "minutes_per_day", "minutes")
    lettering.put(ax, picture.WIDTH, y, text, colour=INK, at=("right", "center"))


def _key(ax: Axes, y: float, reader: Reader) -> None:
    words = (
        (PAPER, reader.word("manual", "item.hand")),
        (BLUES[1], reader.word("auto", "item.machine")),
        ("", reader.word("seam", "mark.seam")),
    )
    across = NUMBERS
    for colour, word in words:
        if not word:
            continue
        if colour:
            picture.box(ax, (across, y - 6), (24, 12), facecolor=colour, edgecolor=BLUE)
        else:
            ax.plot([across, across + 24], [y, y], color=RUST, linewidth=2, linestyle=BROKEN)
            ax.plot(
                across + 12,
                y,
                marker="D",
                markersize=7,
                markerfacecolor=PAPER,
                markeredgecolor=RUST,
                markeredgewidth=1.8,
            )
        text = lettering.fit(word, 180, size=lettering.SMALL)[0]
        lettering.put(ax, across + 32, y, text, size=lettering.SMALL)
        across += 32 + lettering.width(text, lettering.SMALL) + 28
