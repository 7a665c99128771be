"""Sums with colours: a ramp in another hue, and how far apart two look to the colour-blind."""

from __future__ import annotations

from toolkit.charts.palette import BLUES, PAPER, contrast

Light = tuple[float, float, float]

DEUTERANOPIA = (
    (0.367322, 0.860646, -0.227968),
    (0.280085, 0.672501, 0.047413),
    (-0.011820, 0.042940, 0.968881),
)
"""What is left of linear red, green and blue without the green cones (Machado, Oliveira and
Fernandes 2009, severity 1.0), the most frequent kind of colour-blindness."""

TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)
HALVINGS = 16


def full(colour: str) -> str:
    """A colour with six digits.

    >>> full("#fff"), full("#1d4e7a")
    ('#ffffff', '#1d4e7a')
    """
    return colour if len(colour) == 7 else "#" + "".join(mark * 2 for mark in colour[1:])


def mixed(one: str, other: str, share: float) -> str:
    """A colour between two; the share is that of the other.

    >>> mixed("#000000", "#ffffff", 0.5)
    '#808080'
    """
    pairs = zip(_parts(one), _parts(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def ramp_of(paper: str, accent: str, ink: str) -> tuple[str, ...]:
    """The ramp of the charts in the hue of an accent, each step as far from its paper as ours.

    The way goes from paper through the accent to ink; a step stands where its contrast with the
    paper is that of our step with ours, so that a number written on it reads as well.

    >>> ramp_of("#ffffff", "#1d4e7a", "#1b2733")[0]
    '#e9edf2'
    """
    return tuple(_at(contrast(step, PAPER), paper, accent, ink) for step in BLUES)


def _at(wanted: float, paper: str, accent: str, ink: str) -> str:
    low, high = 0.0, 2.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if contrast(_on_way(middle, paper, accent, ink), paper) < wanted:
            low = middle
        else:
            high = middle
    return _on_way(high, paper, accent, ink)


def _on_way(place: float, paper: str, accent: str, ink: str) -> str:
    if place <= 1:
        return mixed(paper, accent, place)
    return mixed(accent, ink, place - 1)


def apart(one: str, other: str) -> float:
    """How far apart two colours look to a reader without green cones: ΔE of CIE 1976.

    >>> round(apart("#c00000", "#007000")), round(apart("#b3401a", "#1a706b"))
    (13, 56)
    """
    pairs = zip(_lab(_seen(one)), _lab(_seen(other)), strict=True)
    return float(sum((a - b) ** 2 for a, b in pairs) ** 0.5)


def _seen(colour: str) -> Light:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    light = _times(DEUTERANOPIA, (red, green, blue))
    first, second, third = (min(max(part, 0.0), 1.0) for part in light)
    return first, second, third


def _lab(light: Light) -> Light:
    x, y, z = (
        _root(part / white) for part, white in zip(_times(TO_XYZ, light), WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _times(matrix: tuple[Light, Light, Light], light: Light) -> Light:
    first, second, third = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return first, second, third


def _root(part: float) -> float:
    return float(part ** (1 / 3)) if part > 216 / 24389 else (24389 / 27 * part + 16) / 116


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue
