"""A slide as it will stand on the screen: pieces with their places in points, before OOXML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from toolkit.outline.blocks import Text

WIDTH, HEIGHT = 960.0, 540.0
"""Of a slide, in points: 16:9 at 13⅓ inches."""

LEFT = 42.0
TOP = 110.0
FOOT = 492.0
ACROSS = WIDTH - 2 * LEFT
LEAST = 10.0
"""The smallest size a text on a slide is set in, in points."""

LEADING = 1.35
"""Line spacing, exact, as a multiple of the size: Windows and the office suites differ."""

Align = Literal["l", "ctr", "r"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place on a slide, in points from its upper left corner."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.w

    @property
    def foot(self) -> float:
        """Its lower edge."""
        return self.y + self.h

    def inner(self, across: float, down: float) -> Box:
        """The box without a margin on each side."""
        return Box(x=self.x + across, y=self.y + down, w=self.w - 2 * across, h=self.h - 2 * down)


BODY = Box(x=LEFT, y=TOP, w=ACROSS, h=FOOT - TOP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Para:
    """A paragraph: its text, size in points, a colour by role, and the space before it."""

    text: Text
    size: float = 14.0
    bold: bool = False
    colour: str = "ink"
    align: Align = "l"
    bullet: str = ""
    before: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plate:
    """A shape with or without text; ``shape`` is a preset of DrawingML, ``alt`` its description.

    ``hold`` names the placeholder of the layout that the text stands in.
    """

    name: str
    box: Box
    paras: tuple[Para, ...] = ()
    fill: str = ""
    line: str = ""
    weight: float = 0.75
    dash: str = ""
    shape: str = "rect"
    anchor: Literal["t", "ctr", "b"] = "t"
    inset: tuple[float, float] = (0.0, 0.0)
    alt: str = ""
    hold: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line between two places; it may join two plates by their names and sides (0–3)."""

    name: str
    start: tuple[float, float]
    end: tuple[float, float]
    colour: str = "line"
    weight: float = 0.75
    dash: str = ""
    head: str = ""
    bent: bool = False
    joins: tuple[tuple[str, int], tuple[str, int]] | None = None
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a table."""

    paras: tuple[Para, ...]
    fill: str = ""
    under: str = "hair"
    margins: tuple[float, float] = (5.0, 4.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A native table: widths and heights in points."""

    name: str
    box: Box
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    cells: tuple[tuple[Cell, ...], ...]
    alt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """How one value of a series differs from the others: its colour, its label and the ink of it.

    ``shown`` is the value across as printed, for a label that tells that and not the value.
    """

    colour: str = ""
    ink: str = ""
    label: bool | None = None
    named: bool = False
    valued: bool = True
    shift: tuple[float, float] | None = None
    at: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Values of a chart under one name; ``across`` are the x of a scatter.

    ``minus`` and ``plus`` are the lengths of error bars; ``colour`` empty is invisible; ``code`` is
    its own number format.
    """

    name: str
    values: tuple[float | None, ...]
    colour: str = "accent"
    across: tuple[float | None, ...] = ()
    labels: bool = False
    label_at: str = ""
    label_colour: str = "ink"
    points: Mapping[int, Point] = field(default_factory=dict)
    minus: tuple[float | None, ...] = ()
    plus: tuple[float | None, ...] = ()
    weight: float = 2.25
    dash: str = ""
    marker: float = 0.0
    hollow: bool = False
    pattern: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """The scale of values: its ends, step and number format; not ``shown`` where labels tell."""

    low: float = 0.0
    high: float | None = None
    step: float | None = None
    code: str = "General"
    shown: bool = True
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A native chart.

    ``form`` is column, bar, line or scatter; ``names`` are the categories, each ``every``-th of
    them shown, months or days where ``dates`` is their number format. ``code`` is the number
    format of the values, ``plot`` the place of the plot area as shares of the frame (left, top,
    width, height).
    """

    name: str
    box: Box
    form: Literal["column", "bar", "line", "scatter"]
    series: tuple[Series, ...]
    names: tuple[str, ...] = ()
    code: str = "General"
    values: Axis = Axis()
    bottom: Axis = Axis()
    dates: str = ""
    every: int = 1
    stacked: Literal["", "stacked", "percentStacked"] = ""
    gap: int = 60
    legend: bool = False
    plot: tuple[float, float, float, float] | None = None
    size: float = 11.0
    alt: str = ""
    facts: tuple[str, ...] = ()


Piece = Plate | Rule | Grid | Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pieces that belong together, with one description for who cannot see them."""

    name: str
    box: Box
    pieces: tuple[Plate | Rule, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A slide of the file: ``id`` in it, the layout of the template, its pieces and notes."""

    id: str
    layout: str
    title: Para
    kicker: str
    pieces: tuple[Piece | Group, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What stands on one slide, and the full texts of what was cut."""

    pieces: tuple[Piece | Group, ...]
    cut: tuple[str, ...] = ()
