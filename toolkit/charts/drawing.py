"""A sheet that charts draw on without matplotlib: each mark becomes its SVG element at once.

It knows as much of ``Axes`` as the charts of this package use, under the same names, and shows
the same picture: the tests compare the two. A page of a report is drawn in a tenth of the time;
notebooks draw on ``Axes`` of matplotlib.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from toolkit.charts import looks
from toolkit.charts.lean import Node, idle, written
from toolkit.charts.looks import (
    AREA,
    CLIP,
    EDGE_WIDTH,
    HATCH,
    LINE,
    LINE_WIDTH,
    TEXT,
    Dashes,
    Look,
    Words,
    Written,
)
from toolkit.charts.marks import Point, cleaned, hatching, stepped
from toolkit.charts.path_data import number_text, short_of

ARROW = 4.0
ARROW_PAD = 5**0.5 / 2
"""How much shorter an arrow is than its way, in its widths: its head has a pointed end."""


@dataclass(slots=True)
class _Mark:
    zorder: float
    nodes: list[Node]


@dataclass(slots=True)
class Drawing:
    """The sheet; ``open`` gives it its size, the charts their marks, ``svg`` the picture."""

    size: Point = (0.0, 0.0)
    corner: Point = (0.0, 0.0)
    extent: Point = (0.0, 0.0)
    x: Point = (0.0, 1.0)
    y: Point = (0.0, 1.0)
    shown: list[_Mark | Written] = field(default_factory=list)

    def open(self, size: Point, margins: tuple[float, float, float, float]) -> None:
        """Set the size of the sheet and the margins: left, right, top, bottom (points)."""
        left, right, top, bottom = margins
        self.size, self.corner = size, (left, bottom)
        self.extent = (size[0] - left - right, size[1] - top - bottom)

    def set_xlim(self, low: float, high: float) -> None:
        """What stands at the left and at the right end."""
        self.x = (low, high)

    def set_ylim(self, low: float, high: float) -> None:
        """What stands at the foot and at the head."""
        self.y = (low, high)

    def get_xlim(self) -> Point:
        """The left and the right end."""
        return self.x

    def get_ylim(self) -> Point:
        """The foot and the head."""
        return self.y

    def across(self, x: float) -> float:
        """Points from the left edge of the sheet."""
        return self.corner[0] + (x - self.x[0]) / (self.x[1] - self.x[0]) * self.extent[0]

    def down(self, y: float) -> float:
        """Points from the upper edge of the sheet."""
        up = self.corner[1] + (y - self.y[0]) / (self.y[1] - self.y[0]) * self.extent[1]
        return self.size[1] - up

    def plot(  # noqa: PLR0913 — as of matplotlib
        self,
        xs: float | Iterable[float],
        ys: float | Iterable[float],
        *,
        color: str = "",
        linewidth: float = LINE_WIDTH,
        linestyle: Dashes = "-",
        marker: str = "",
        markersize: float = 6.0,
        markerfacecolor: str = "",
        markeredgecolor: str = "",
        markeredgewidth: float = EDGE_WIDTH,
        zorder: float = LINE,
        clip_on: bool = True,
        solid_capstyle: str = "",
        solid_joinstyle: str = "",
    ) -> None:
        """A line through places with a mark at each; a gap where one is not a number."""
        across = xs if isinstance(xs, Iterable) else (xs,)
        up = ys if isinstance(ys, Iterable) else (ys,)
        places = [(self.across(x), self.down(y)) for x, y in zip(across, up, strict=True)]
        face = markerfacecolor or color
        edge = {"stroke": markeredgecolor or color, **looks.broad(markeredgewidth)}
        look = looks.stroke(color, linewidth, linestyle, solid_capstyle)
        nodes = self._line(places, look, clip_on) if len(places) > 1 else []
        if marker:
            clip = {"clip-path": CLIP} if clip_on else {}
            known = [place for place in places if isfinite(place[0]) and isfinite(place[1])]
            nodes += [
                looks.mark(marker, markersize, one, clip | {"fill": face} | edge) for one in known
            ]
        self.shown.append(_Mark(zorder, nodes))

    def step(
        self, xs: Iterable[float], ys: Iterable[float], *, where: str, color: str, linewidth: float
    ) -> None:
        """A line that keeps its height up to the next place."""
        places = stepped([(self.across(x), self.down(y)) for x, y in zip(xs, ys, strict=True)])
        self.shown.append(_Mark(LINE, self._line(places, looks.stroke(color, linewidth), True)))

    def axhline(
        self,
        y: float,
        *,
        color: str,
        linewidth: float,
        linestyle: Dashes = "-",
        zorder: float = LINE,
    ) -> None:
        """A rule from edge to edge of the axes."""
        left = self.corner[0]
        places = [(left, self.down(y)), (left + self.extent[0], self.down(y))]
        nodes = self._line(places, looks.stroke(color, linewidth, linestyle), True)
        self.shown.append(_Mark(zorder, nodes))

    def axvline(
        self,
        x: float,
        *,
        color: str,
        linewidth: float,
        linestyle: Dashes = "-",
        zorder: float = LINE,
    ) -> None:
        """A rule from the foot to the head of the axes."""
        foot = self.size[1] - self.corner[1]
        places = [(self.across(x), foot), (self.across(x), foot - self.extent[1])]
        nodes = self._line(places, looks.stroke(color, linewidth, linestyle), True)
        self.shown.append(_Mark(zorder, nodes))

    def fill_between(  # noqa: PLR0913 — as of matplotlib
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        under: Sequence[float] = (),
        *,
        color: str,
        linewidth: float,
        zorder: float,
        step: str = "",
    ) -> None:
        """The area between a line and another one, or nought."""
        if not xs:
            return
        low = list(under) or [0.0] * len(xs)
        top = [(self.across(x), self.down(y)) for x, y in zip(xs, ys, strict=True)]
        foot = [(self.across(x), self.down(y)) for x, y in zip(xs, low, strict=True)]
        if step:
            top, foot = stepped(top), stepped(foot)
        data = looks.outline([foot[0], *top, foot[-1], *reversed(foot)])
        node = Node("path", {"clip-path": CLIP, "fill": color, "d": data})
        self.shown.append(_Mark(zorder, [node]))

    def bar(self, x: float, height: float, *, width: float, color: str) -> None:
        """An upright bar from nought."""
        self.box((x - width / 2, 0.0), (width, height), facecolor=color)

    def barh(  # noqa: PLR0913 — as of matplotlib
        self,
        y: float,
        width: float,
        *,
        height: float,
        color: str,
        left: float = 0.0,
        edgecolor: str = "",
        hatch: str = "",
        linewidth: float = EDGE_WIDTH,
        zorder: float = AREA,
    ) -> None:
        """A lying bar."""
        self.box(
            (left, y - height / 2),
            (width, height),
            facecolor=color,
            edgecolor=edgecolor,
            hatch=hatch,
            linewidth=linewidth,
            zorder=zorder,
        )

    def box(  # noqa: PLR0913 — as a rectangle of matplotlib
        self,
        place: Point,
        size: Point,
        *,
        facecolor: str,
        edgecolor: str = "",
        hatch: str = "",
        linewidth: float = EDGE_WIDTH,
        zorder: float = AREA,
        clip_on: bool = True,
    ) -> None:
        """A rectangle in data."""
        ends = (place[0] + size[0], place[1] + size[1])
        (left, foot), (right, head) = ((self.across(x), self.down(y)) for x, y in (place, ends))
        look = looks.filled(facecolor, edgecolor, linewidth, hatch)
        self._rectangle((left, foot, right, head), look, clip_on, zorder)

    def badge(self, offset: Point, side: float, **look: Any) -> None:
        """A square in points right of and above the upper left corner of the axes."""
        left = self.corner[0] + offset[0]
        foot = self.size[1] - self.corner[1] - self.extent[1] - offset[1]
        shown = looks.filled(look["facecolor"], look["edgecolor"], look["linewidth"], look["hatch"])
        self._rectangle((left, foot, left + side, foot - side), shown, False, AREA)

    def arrow(self, x: float, ends: Point, *, color: str, linewidth: float) -> None:
        """An arrow along the axes: ``x`` is a share of their width, ``ends`` in data."""
        left = self.corner[0] + x * self.extent[0]
        start, tip = self.down(ends[0]), self.down(ends[1])
        end = tip - linewidth * ARROW_PAD
        edge = {"stroke": color, **looks.broad(linewidth), "stroke-linecap": "round"}
        line = short_of(
            [
                ("M", [looks.spot((left, start))]),
                ("Q", [looks.spot((left, (start + tip) / 2)), looks.spot((left, end))]),
            ]
        )
        head = [(left + ARROW / 2, end - ARROW), (left, end), (left - ARROW / 2, end - ARROW)]
        nodes = [
            Node("path", {"fill": "none", **edge, "d": line}),
            Node("path", {"fill": color, **edge, "d": looks.outline(head)}),
        ]
        self.shown.append(_Mark(TEXT, nodes))

    def write(self, words: Words) -> Written:
        """Set a line of text."""
        made = Written(words)
        if words.text:
            self.shown.append(made)
        return made

    def svg(self, prefix: str) -> str:
        """The sheet as inline SVG; ``prefix`` stands before every id."""
        marks = sorted(self.shown, key=lambda mark: mark.zorder)
        nodes = [node for mark in marks for node in self._nodes(mark)]
        names: dict[str, str] = {}
        for node in nodes:
            for key, value in node.attributes.items():
                if value.startswith((CLIP, HATCH)):
                    name = names.setdefault(value, f"{prefix}-{len(names) + 1}")
                    node.attributes[key] = f"url(#{name})"
        defs = [self._def(key, name) for key, name in names.items()]
        box = f"0 0 {looks.said(self.size[0])} {looks.said(self.size[1])}"
        drawn = written(nodes, [Node("defs", children=defs)] if defs else [])
        return f'<svg viewBox="{box}" preserveAspectRatio="xMinYMin">{drawn}</svg>'

    def _nodes(self, mark: _Mark | Written) -> Iterable[Node]:
        if isinstance(mark, _Mark):
            return mark.nodes
        words = mark.words
        x, y = words.place
        left = self.corner[0] + x * self.extent[0] if words.share else self.across(x)
        left, base = left + words.offset[0], self.down(y) - words.offset[1] - words.rise
        place = {"x": number_text(round(left, 6)), "y": number_text(round(base, 6))}
        node = Node("text", {**words.look, **place}, words.text)
        if mark.ground is None:
            return (node,)
        aside, wide, below, high = words.box()
        pad = round(mark.ground["pad"] / words.size, 2) * words.size  # rounds as matplotlib does
        left = left - aside * wide - pad
        right = left + wide + 2 * pad
        foot, head = base + below + pad, base + below - high - pad
        data = looks.outline([(left, foot), (right, foot), (right, head), (left, head)])
        return Node("path", {"fill": looks.paint(mark.ground["facecolor"]), "d": data}), node

    def _line(self, places: list[Point], look: Look, clip_on: bool) -> list[Node]:
        clip = {"clip-path": CLIP} if clip_on else {}
        data = short_of(cleaned(places, self.size))
        made = {"fill": "none", **look, **clip, "d": data}
        return [] if idle(made) else [Node("path", made)]

    def _rectangle(
        self, edges: tuple[float, float, float, float], look: Look, clip_on: bool, zorder: float
    ) -> None:
        left, foot, right, head = edges
        data = looks.outline([(left, foot), (right, foot), (right, head), (left, head)])
        clip = {"clip-path": CLIP} if clip_on else {}
        self.shown.append(_Mark(zorder, [Node("path", {**look, **clip, "d": data})]))

    def _def(self, key: str, name: str) -> Node:
        if key != CLIP:
            return hatching(key.removeprefix(HATCH), name)
        top = self.size[1] - self.corner[1] - self.extent[1]
        edges = zip(("x", "y", "width", "height"), (self.corner[0], top, *self.extent), strict=True)
        rect = Node("rect", {side: number_text(round(value, 6)) for side, value in edges})
        return Node("clipPath", {"id": name}, children=[rect])
