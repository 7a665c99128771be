"""One family of colours: each holds AA contrast on white, and no two lean on red against green."""

from __future__ import annotations

INK = "#1b2733"
SOFT = "#55616e"
LINE = "#c9d0d7"
MIST = "#eef1f4"
PAPER = "#ffffff"

BLUE = "#1d4e7a"
RUST = "#b3401a"
TEAL = "#1a706b"
OCHRE = "#8a6400"
SLATE = "#5f6a76"

SERIES = (BLUE, RUST, TEAL, OCHRE, SLATE)
"""Colours of lines in the order in which they are given out; the first carries the message."""

DASHED = (0, (4, 3))
"""Dashes of a line to compare with: a target, a level, the even share."""

BLUES = ("#e6eef5", "#c5d8e8", "#98b9d4", "#6796bc", "#3d729f", "#1d4e7b", "#123654")
"""One hue from light to dark for shares from low to high.

The sixth is a notch off ``BLUE``, which no eye sees: in another hue the two part ways.
"""

TONES = {
    "plain": BLUE,
    "high": RUST,
    "medium": OCHRE,
    "check": SLATE,
    "note": SLATE,
    "good": TEAL,
    "unknown": SLATE,
}
"""Colour of a tone of the document; a shape or a word always goes with it."""


def ramp(share: float) -> str:
    """The blue for a share of 0–1.

    >>> ramp(0.0), ramp(1.0)
    ('#e6eef5', '#123654')
    """
    place = int(min(max(share, 0.0), 1.0) * len(BLUES))
    return BLUES[min(place, len(BLUES) - 1)]


def ink_on(colour: str) -> str:
    """Ink or paper, whichever reads better on a colour.

    >>> ink_on("#ffffff") == INK, ink_on(BLUE) == PAPER
    (True, True)
    """
    return max((INK, PAPER), key=lambda text: contrast(text, colour))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours by WCAG 2.2, between 1 and 21.

    >>> round(contrast("#000000", "#ffffff"), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
