"""Shapes that matplotlib knows: markers, hatches, long lines without places no eye sees."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import isfinite
from typing import Any

from toolkit.charts.lean import Node
from toolkit.charts.path_data import Place, short, tenth

Point = tuple[float, float]
LONG = 128
"""Places from which on matplotlib leaves out those that no eye sees."""
TILE = 72


def stepped(places: list[Point]) -> list[Point]:
    """Places of a line that keeps its height up to the next one."""
    made = places[:1]
    for one, other in pairwise(places):
        made += [(other[0], one[1]), other]
    return made


def cleaned(places: list[Point], size: Point) -> list[tuple[str, list[Place]]]:
    """Commands of a line: gaps where a place is none, no more of it than the sheet shows.

    Args:
        places: from the upper left corner of the sheet, in points.
        size: of the sheet.
    """
    wide, high = size
    inside = all(not isfinite(x + y) or (0 <= x <= wide and 0 <= y <= high) for x, y in places)
    if not inside or len(places) >= LONG:
        return _by_matplotlib(places, size)
    steps: list[tuple[str, list[Place]]] = []
    gap = True
    for x, y in places:
        if isfinite(x + y):
            steps.append(("M" if gap else "L", [(tenth(x), tenth(y))]))
        gap = not isfinite(x + y)
    return steps


def _by_matplotlib(places: list[Point], size: Point) -> list[tuple[str, list[Place]]]:
    from matplotlib.path import Path

    made = Path(places).cleaned(
        remove_nans=True, clip=(0.0, 0.0, *size), simplify=len(places) >= LONG
    )
    return [(letter, [(tenth(x), tenth(y))]) for letter, (x, y) in _ways(made)]


def _ways(path: Any) -> Iterator[tuple[str, Point]]:
    """Where a path of matplotlib's begins, and its straight steps."""
    letters = {path.MOVETO: "M", path.LINETO: "L"}
    for (x, y), code in zip(path.vertices.tolist(), path.codes.tolist(), strict=True):
        if code in letters:
            yield letters[code], (x, y)


@lru_cache(maxsize=16)
def marker(kind: str) -> tuple[Point, ...]:
    """Corners of a mark of size one, up is positive; two are a line, more an area."""
    from matplotlib.markers import MarkerStyle

    style = MarkerStyle(kind)
    path: Any = style.get_transform().transform_path(style.get_path())
    corners = [(float(x), float(y)) for x, y in path.vertices.tolist()]
    return tuple(corners if len(corners) == 2 else corners[:-1])


def hatching(kind: str, name: str) -> Node:
    """The pattern of a hatch.

    Args:
        kind: the hatch of matplotlib, the colour behind it, its own colour, blanks between.
        name: id of the pattern.
    """
    hatch, behind, colour = kind.split(" ")
    side = str(TILE)
    about = {"patternUnits": "userSpaceOnUse", "x": "0", "y": "0", "width": side, "height": side}
    ground = "#fff" if behind == "#ffffff" else behind
    over = "#fff" if colour == "#ffffff" else colour
    whole = str(TILE + 1)
    rect = Node("rect", {"fill": ground, "x": "0", "y": "0", "width": whole, "height": whole})
    ends = {"stroke-width": "1.0", "stroke-linecap": "butt"}
    lines = Node("path", {"fill": over, "stroke": over, **ends, "d": _hatch(hatch)})
    return Node("pattern", {"id": name, **about}, children=[rect, lines])


@lru_cache(maxsize=4)
def _hatch(hatch: str) -> str:
    from matplotlib.hatch import get_path

    ways = _ways(get_path(hatch))
    return short(" ".join(f"{way} {x * TILE:.6f} {TILE - y * TILE:.6f}" for way, (x, y) in ways))
