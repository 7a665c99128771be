"""The parts of a business in a row, and the edges by which each feeds the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, texts
from toolkit.charts.palette import BLUE, BLUES, INK, PAPER, RUST, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame

BOX = 50.0
GAP = 26.0
LEVEL = 34.0
BARE_LEVEL = 17.0
TOP = 4.0
FACES = {
    "live": (BLUE, "-", 1.6, "o"),
    "stopped": (RUST, (0, (4, 2.5)), 1.8, "X"),
    "unknown": (SOFT, (0, (1, 2)), 1.4, None),
}
OTHER = FACES["unknown"]


def modules(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """Boxes in order of their first mention; each edge back or beyond the next runs below.

    Args:
        frame: from, to (codes), status: live, stopped or unknown.
        labels: ``item.<code>``; ``item.live``, ``item.stopped``, ``item.unknown`` for the key;
            ``edge.<from>.<to>`` what flows.
        ax: axes to draw on, counted in points from the upper left corner.
        marks: not used.
        lang: not used.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    edges = list(zip(texts(frame, "from"), texts(frame, "to"), texts(frame, "status"), strict=True))
    names = list(dict.fromkeys([name for edge in edges for name in edge[:2]]))
    place = {name: index for index, name in enumerate(names)}
    forward = [edge for edge in edges if place[edge[1]] - place[edge[0]] == 1]
    back = sorted(
        (edge for edge in edges if edge not in forward),
        key=lambda edge: abs(place[edge[1]] - place[edge[0]]),
    )
    named = any(reader.word(f"edge.{start}.{end}") for start, end, _ in back)
    step = LEVEL if named else BARE_LEVEL
    height = TOP + BOX + 22 + step * len(back) + 34
    ax = picture.sheet(ax, height)
    ax.set_xlim(0, picture.WIDTH)
    ax.set_ylim(height, 0)
    wide = (picture.WIDTH - GAP * (len(names) - 1) - 2) / max(len(names), 1)
    for name in names:
        _box(ax, 1 + place[name] * (wide + GAP), wide, reader.item(name))
    for start, _, status in forward:
        _forward(ax, 1 + place[start] * (wide + GAP) + wide, status)
    for level, edge in enumerate(back):
        depth = TOP + BOX + 26 + level * step
        shape = (wide, depth, _ports(back, level))
        _back(ax, (place[edge[0]], place[edge[1]]), shape, edge, reader)
    _key(ax, height - 12, {edge[2] for edge in edges}, reader)
    return ax


def _box(ax: Axes, left: float, wide: float, name: str) -> None:
    look = {"facecolor": BLUES[0], "edgecolor": BLUE, "linewidth": 1.2, "zorder": 3}
    picture.box(ax, (left, TOP), (wide, BOX), **look)
    size = lettering.largest(name, wide - 10, (13, 12, 11, 10), bold=True)
    lines = lettering.fit(name, wide - 10, size=size, bold=True, lines=2)
    lettering.put_lines(
        ax, left + wide / 2, TOP + BOX / 2, lines, size=size, bold=True, at="center"
    )


def _forward(ax: Axes, left: float, status: str) -> None:
    colour, style, width, _ = FACES.get(status, OTHER)
    middle = TOP + BOX / 2
    ax.plot(
        [left, left + GAP - 5], [middle, middle], color=colour, linestyle=style, linewidth=width
    )
    ax.plot(left + GAP - 4, middle, marker=">", markersize=6, color=colour, zorder=4)


def _ports(back: list[tuple[str, str, str]], level: int) -> tuple[float, float]:
    """Where an edge leaves and enters its boxes: a share of the width, each edge its own."""
    start, end, _ = back[level]

    def share(name: str) -> float:
        users = [index for index, edge in enumerate(back) if name in edge[:2]]
        return (users.index(level) + 1) / (len(users) + 1)

    return share(start), share(end)


def _back(
    ax: Axes,
    ends: tuple[int, int],
    shape: tuple[float, float, tuple[float, float]],
    edge: tuple[str, str, str],
    reader: Reader,
) -> None:
    wide, depth, ports = shape
    colour, style, width, sign = FACES.get(edge[2], OTHER)
    x0, x1 = (1 + end * (wide + GAP) + port * wide for end, port in zip(ends, ports, strict=True))
    foot = TOP + BOX
    ax.plot(
        [x0, x0, x1, x1],
        [foot, depth, depth, foot + 6],
        color=colour,
        linestyle=style,
        linewidth=width,
        zorder=1,
    )
    ax.plot(x1, foot + 5, marker="^", markersize=6, color=colour, zorder=4)
    text = reader.word(f"edge.{edge[0]}.{edge[1]}")
    room = abs(x1 - x0) - 20
    if sign:
        ax.plot(
            (x0 + x1) / 2 if not text else min(x0, x1) + 14,
            depth,
            marker=sign,
            markersize=7,
            color=colour,
            markeredgecolor=PAPER,
            markeredgewidth=0.8,
            zorder=5,
        )
    if text:
        line = lettering.fit(text, room - 24, size=lettering.SMALL)[0]
        words = lettering.put(
            ax,
            min(x0, x1) + 26,
            depth,
            line,
            size=lettering.SMALL,
            colour=colour if edge[2] == "stopped" else INK,
        )
        words.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 2})
        words.set_zorder(4)


def _key(ax: Axes, y: float, used: set[str], reader: Reader) -> None:
    across = 0.0
    for status, (colour, style, width, sign) in FACES.items():
        if status not in used:
            continue
        ax.plot([across, across + 34], [y, y], color=colour, linestyle=style, linewidth=width)
        if sign:
            ax.plot(across + 17, y, marker=sign, markersize=7, color=colour, markeredgecolor=PAPER)
        word = reader.item(status)
        lettering.put(ax, across + 42, y, word, size=lettering.SMALL)
        across += 42 + lettering.width(word, lettering.SMALL) + 28
