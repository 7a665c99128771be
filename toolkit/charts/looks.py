"""How marks look: SVG attributes and path data for what a chart asks in matplotlib's words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from toolkit.charts.lean import IDLE, Node
from toolkit.charts.marks import Point, marker
from toolkit.charts.path_data import Place, number_text, short_of, tenth

AREA, LINE, TEXT = 1.0, 2.0, 3.0
"""What lies over what where nothing else is said."""
LINE_WIDTH = 1.5
EDGE_WIDTH = 1.0
LEADING = 1.3
CLIP = "clip"
HATCH = "hatch"
Dashes = str | tuple[float, Sequence[float]]
Look = dict[str, str]
Steps = list[tuple[str, list[Place]]]


Across = Literal["left", "center", "right"]
Anchor = tuple[Across, Literal["baseline", "center", "top", "bottom"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A line of text and where it stands.

    ``place`` is in data, with the first number a share of the axes where ``share``; ``offset``
    (right, up) in points. ``rise`` is from the place up to the baseline. ``box`` tells what the
    text takes: the share of it left of the place, width, below the baseline, height (points).
    """

    text: str
    place: Point
    offset: Point
    look: Look
    size: float
    rise: float
    share: bool
    box: Callable[[], tuple[float, float, float, float]]


@dataclass(slots=True)
class Written:
    """A text on the sheet, which may still be moved up front or get a ground."""

    words: Words
    zorder: float = TEXT
    ground: dict[str, Any] | None = None

    def set_zorder(self, level: float) -> None:
        """What it lies over."""
        self.zorder = level

    def set_bbox(self, ground: dict[str, Any]) -> None:
        """A filled box behind it: ``facecolor``, and ``pad`` in points."""
        self.ground = ground


def look_of(size: float, bold: bool, colour: str, at: Literal["left", "center", "right"]) -> Look:
    """How a text is set, as attributes."""
    anchor = {"left": "start", "right": "end", "center": "middle"}[at]
    look = {"font-weight": "700"} if bold else {}
    look |= {"font-size": f"{said(size)}px", "text-anchor": anchor, "fill": paint(colour)}
    return {key: value for key, value in look.items() if IDLE.get(key) != value}


def mark(kind: str, size: float, place: Point, look: Look) -> Node:
    """A mark at a place, as a circle where it is one."""
    x, y = (round(one, 6) for one in place)
    shown = {**look, "fill": paint(look["fill"]), "stroke": paint(look["stroke"])}
    if kind == "o":
        radius = number_text(tenth(size / 2) / 10)
        return Node("circle", {**shown, "cx": number_text(x), "cy": number_text(y), "r": radius})
    points = [(round(px * size, 6) + x, round(-py * size, 6) + y) for px, py in marker(kind)]
    closed: Steps = [("z", [])] if len(points) > 2 else []
    steps = [("L" if n else "M", [spot(one)]) for n, one in enumerate(points)]
    return Node("path", {**shown, "d": short_of([*steps, *closed])})


def outline(points: Sequence[Point]) -> str:
    """A closed way through places."""
    steps = [("L" if n else "M", [spot(one)]) for n, one in enumerate(points)]
    return short_of([*steps, ("z", [])])


def spot(point: Point) -> tuple[int, int]:
    """A place in tenths of a point."""
    return tenth(point[0]), tenth(point[1])


def stroke(color: str, width: float, style: Dashes = "-", cap: str = "") -> Look:
    """How a line looks; a broken one has plain ends."""
    if not isinstance(style, str):
        return {"stroke-dasharray": dashes(style, width), "stroke": paint(color), **broad(width)}
    ends = {"stroke-linecap": cap} if cap == "round" else {}
    return {"stroke": paint(color), **broad(width), **ends}


def dashes(style: tuple[float, Sequence[float]], width: float) -> str:
    """Dashes and gaps, given in widths of the line."""
    return ",".join(said(one * width) for one in style[1])


def filled(color: str, edge: str, width: float, hatch: str) -> Look:
    """How an area looks; a hatch is told by its marks, its ground and its colour."""
    fill = f"{HATCH}{hatch} {color} {edge}" if hatch else paint(color)
    outline = {"stroke": paint(edge), **broad(width)} if edge and width else {}
    return {"fill": fill, **outline}


def broad(width: float) -> Look:
    """How broad a line is, where it is not one point."""
    return {} if width == 1 else {"stroke-width": said(width)}


def paint(color: str) -> str:
    """A colour as short as it can be said."""
    return "#fff" if color == "#ffffff" else color


@lru_cache(maxsize=256)
def said(number: float) -> str:
    """A number as the style of a picture says it: cut off after one decimal."""
    text = f"{number:f}".rstrip("0").rstrip(".")
    whole, point, rest = text.partition(".")
    return f"{whole}{point}{rest[:1]}"
