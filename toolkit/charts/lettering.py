"""Text on a picture: our font, measured before it is set, never read as mathematics or markup."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from toolkit.charts import looks
from toolkit.charts.drawing import Drawing
from toolkit.charts.palette import INK, SOFT
from toolkit.charts.typeset import face, font_path, words

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

    from toolkit.charts.looks import Anchor, Written

FAMILY = "Shindan Sans JP"
SIZE = 12.0
SMALL = 11.0
LEADING = looks.LEADING
LIFT = 0.08
"""What brings the middle of a Japanese line to its place, as a share of the size."""

STAND_IN = "〓"
"""The printer's mark for a character that the font lacks."""

_NO_START = frozenset(
    "、。，．・：；？！ー」』）］｝〉》】〕’”…ぁぃぅぇぉっゃゅょァィゥェォッャュョ)]},.%"
)


@lru_cache(maxsize=32)
def properties(size: float, bold: bool = False) -> FontProperties:
    """Font properties of a text; the name and weight also stand in the SVG."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(
        family=FAMILY, weight=700 if bold else 400, size=size, fname=font_path(bold)
    )


@lru_cache(maxsize=8192)
def _advance(character: str, bold: bool) -> float | None:
    from matplotlib.ft2font import LoadFlags

    font = face(bold)
    index = font.get_char_index(ord(character))
    if not index:
        return None
    font.set_size(100, 72)
    return float(font.load_glyph(index, LoadFlags.NO_HINTING).linearHoriAdvance / 65536 / 100)


def has_glyph(character: str) -> bool:
    """Whether the vendored font can show a character."""
    return _advance(character, False) is not None


@lru_cache(maxsize=4096)
def safe(text: str) -> str:
    r"""A text without control characters, each missing glyph as ``STAND_IN``; line feeds stay.

    >>> safe("_a\x00$b$\n東京")
    '_a$b$\n東京'
    """
    kept = (mark for mark in text if mark == "\n" or unicodedata.category(mark)[0] != "C")
    return "".join(mark if mark == "\n" or has_glyph(mark) else STAND_IN for mark in kept)


def width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Width of one line in points."""
    return _wide_as(safe(text), bold) * size


@lru_cache(maxsize=8192)
def _wide_as(text: str, bold: bool) -> float:
    """Width of a line in its own size."""
    return sum([_advance(mark, bold) or 1.0 for mark in text])


def fit(
    text: str, room: float, *, size: float = SIZE, bold: bool = False, lines: int = 1
) -> list[str]:
    """A text broken into at most some lines of a width in points, the last one cut with ``…``.

    >>> fit("受注データの取込", 12 * 5, lines=2)
    ['受注デー', 'タの取込']
    """
    pieces = unbroken(" ".join(safe(text).split()))
    made = _broken(pieces, room, size, bold)
    if len(made) > lines:
        made = [*made[: lines - 1], "".join(made[lines - 1 :])]
    elif len(made) > 1:
        made = _even(pieces, room, size, bold)
    return [_cut(line.strip(), room, size, bold) for line in made]


def _broken(pieces: list[str], room: float, size: float, bold: bool) -> list[str]:
    made = [""]
    for piece in pieces:
        if not made[-1] or width((made[-1] + piece).rstrip(), size, bold) <= room:
            made[-1] += piece
        else:
            made.append(piece.lstrip())
    return made


def _even(pieces: list[str], room: float, size: float, bold: bool) -> list[str]:
    """As few lines as the room needs, of about equal width: no character is left alone."""
    made = _broken(pieces, room, size, bold)
    while room > size:
        room -= size / 2
        narrower = _broken(pieces, room, size, bold)
        if len(narrower) > len(made):
            break
        made = narrower
    return made


def largest(text: str, room: float, sizes: tuple[float, ...], *, bold: bool = False) -> float:
    """The first of some sizes in which a text takes one line, else the last."""
    return next((size for size in sizes if width(text, size, bold) <= room), sizes[-1])


def unbroken(text: str) -> list[str]:
    """Where a line may break: after each wide character, else at spaces."""
    pieces: list[str] = []
    for mark in text:
        wide = unicodedata.east_asian_width(mark) in "WF"
        glued = pieces and (
            mark in _NO_START
            or mark == " "
            or (not wide and not _wide(pieces[-1][-1]) and pieces[-1][-1] != " ")
        )
        if glued:
            pieces[-1] += mark
        else:
            pieces.append(mark)
    return pieces


def _wide(mark: str) -> bool:
    return unicodedata.east_asian_width(mark) in "WF"


def _cut(line: str, room: float, size: float, bold: bool) -> str:
    if width(line, size, bold) <= room:
        return line
    while line and width(line + "…", size, bold) > room:
        line = line[:-1]
    return line + "…"


def put(  # noqa: PLR0913 — a text has a place, a size and a colour
    ax: Axes,
    x: float,
    y: float,
    text: str,
    *,
    size: float = SIZE,
    bold: bool = False,
    colour: str = INK,
    at: Anchor = ("left", "center"),
    offset: tuple[float, float] = (0.0, 0.0),
    across: Literal["data", "axes"] = "data",
) -> Text | Written:
    """Set a text at a place of the axes, moved by some points.

    Args:
        ax: where to draw.
        x: place from left to right, in data or (``across="axes"``) as a share of the axes.
        y: place in data.
        text: what to set; control characters and mathematics are never interpreted.
        size: in points.
        bold: weight 700 rather than 400.
        colour: as ``#rrggbb``.
        at: which point of the text stands at the place.
        offset: right and up, in points.
        across: how ``x`` counts.
    """
    moved = (offset[0], offset[1] + (size * LIFT if at[1] == "center" else 0.0))
    if isinstance(ax, Drawing):
        line = safe(text).replace("\n", " ")
        return ax.write(words(line, (x, y), moved, size=size, bold=bold, colour=colour, at=at,
                               share=across == "axes"))  # fmt: skip
    return ax.annotate(
        safe(text),
        (x, y),
        xycoords="data" if across == "data" else ax.get_yaxis_transform(),
        xytext=moved,
        textcoords="offset points",
        ha=at[0],
        va="center_baseline" if at[1] == "center" else at[1],
        fontproperties=properties(size, bold),
        color=colour,
        parse_math=False,
        linespacing=LEADING,
        annotation_clip=False,
    )


def note(  # noqa: PLR0913 — as put
    ax: Axes,
    x: float,
    y: float,
    text: str,
    *,
    at: Anchor = ("left", "center"),
    offset: tuple[float, float] = (0.0, 0.0),
    across: Literal["data", "axes"] = "data",
) -> Text | Written:
    """Set a small grey text beside what is shown: the name of an axis, of a mark, of a row."""
    return put(ax, x, y, text, size=SMALL, colour=SOFT, at=at, offset=offset, across=across)


def put_lines(  # noqa: PLR0913 — as put
    ax: Axes,
    x: float,
    y: float,
    lines: list[str],
    *,
    size: float = SIZE,
    bold: bool = False,
    colour: str = INK,
    at: Literal["left", "center", "right"] = "left",
    offset: tuple[float, float] = (0.0, 0.0),
    across: Literal["data", "axes"] = "data",
) -> None:
    """Set lines around the middle of a place, each as a text of its own."""
    step = size * LEADING
    top = offset[1] + step * (len(lines) - 1) / 2
    for number, line in enumerate(lines):
        put(
            ax,
            x,
            y,
            line,
            size=size,
            bold=bold,
            colour=colour,
            at=(at, "center"),
            offset=(offset[0], top - number * step),
            across=across,
        )
