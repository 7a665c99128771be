"""The vendored font as a picture needs it: how far its characters reach, where a line stands."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import resources
from toolkit.charts.looks import LEADING, Words, look_of

if TYPE_CHECKING:
    from matplotlib.ft2font import FT2Font

    from toolkit.charts.looks import Anchor


def font_path(bold: bool = False) -> str:
    """Path of the vendored font, regular or bold."""
    return str(resources.content("fonts", f"ShindanSansJP-{'Bold' if bold else 'Regular'}.ttf"))


@lru_cache(maxsize=2)
def face(bold: bool) -> FT2Font:
    """The font as FreeType has it, read from memory.

    FreeType reads glyphs as they are asked for: from a file that was opened before a fork,
    processes would move each other's place in it.
    """
    from matplotlib.ft2font import FT2Font

    return FT2Font(io.BytesIO(Path(font_path(bold)).read_bytes()))


@lru_cache(maxsize=8192)
def _ink(character: str, bold: bool) -> tuple[float, float]:
    """How far a character reaches above and below its line at a size of one."""
    from matplotlib.ft2font import LoadFlags

    font = face(bold)
    font.set_size(100, 72)
    index = font.get_char_index(ord(character))
    _, low, _, high = font.load_glyph(index, LoadFlags.NO_HINTING).bbox
    return high / 6400, -low / 6400


def _rise(text: str, size: float, bold: bool, at: str) -> tuple[float, float]:
    """From the place of a line up to where it stands, and how far down it takes room."""
    if at == "baseline":
        return 0.0, 0.0
    marks = [_ink(mark, bold) for mark in dict.fromkeys(text)] or [(0.0, 0.0)]
    above, below = (max(part) * size for part in zip(*marks, strict=True))
    spare = (LEADING * size - above - below) / 2
    rises = {"center": -(above + spare) / 2, "top": -(above + spare), "bottom": below + spare}
    return rises[at], below + spare


def _length(text: str, size: float, bold: bool) -> float:
    """Width of a line as matplotlib measures it, with kerning (points)."""
    from matplotlib.ft2font import LoadFlags

    font = face(bold)
    font.set_size(100, 72)
    font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(font.get_width_height()[0] / 6400 * size)


def words(  # noqa: PLR0913 — as put
    text: str,
    place: tuple[float, float],
    offset: tuple[float, float],
    *,
    size: float,
    bold: bool,
    colour: str,
    at: Anchor,
    share: bool,
) -> Words:
    """A line for a sheet of our own, set as matplotlib would set it."""
    rise, below = _rise(text, size, bold, at[1])
    aside = {"left": 0.0, "center": 0.5, "right": 1.0}[at[0]]
    return Words(
        text=text,
        place=place,
        offset=offset,
        look=look_of(size, bold, colour, at[0]),
        size=size,
        rise=rise,
        share=share,
        box=lambda: (aside, _length(text, size, bold), below, LEADING * size),
    )
