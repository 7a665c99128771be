"""Text measured in the vendored font before it is set: lines, heights, the size that fits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from toolkit.charts import lettering
from toolkit.deliverables.slides.paper import LEADING, LEAST, Cell, Para
from toolkit.outline.blocks import Span, Text, plain

SAFETY = 1.04
"""Another font of the same family is as wide within four parts in a hundred."""

BETWEEN = 0.22
STEP = 0.5
LONG = 7
BULLET = 13.0
"""Indent of a text under its bullet, in points."""


@lru_cache(maxsize=16384)
def _wide(mark: str, bold: bool) -> float:
    return lettering.width(mark, 1.0, bold)


@lru_cache(maxsize=4096)
def _pieces(text: str, bold: bool) -> tuple[tuple[float, float], ...]:
    """What may not be broken: its width in ems, and that of the space after it."""
    made: list[tuple[float, float]] = []
    before = ""
    for piece in lettering.unbroken(" ".join(text.split(" "))):
        bare = piece.rstrip()
        width = sum(_wide(mark, bold) for mark in bare) + _between(before[-1:], bare[:1])
        made.append((width, sum(_wide(mark, bold) for mark in piece[len(bare) :])))
        before = piece
    return tuple(made)


def _between(one: str, other: str) -> float:
    """Space that some programs put between a Japanese and a Latin character, in ems."""
    if not (one.isalnum() or other.isalnum()) or not one or not other:
        return 0.0
    return BETWEEN if one.isascii() != other.isascii() and one != " " else 0.0


def ems(text: str, bold: bool = False) -> float:
    """Width of a text on one line, in ems."""
    spaces = sum(_between(one, other) for one, other in pairwise(text))
    return (sum(_wide(mark, bold) for mark in text) + spaces) * SAFETY


def word(text: str, bold: bool = False) -> float:
    """Width of the widest part of a text that is not broken, in ems."""
    return max((width for width, _ in _pieces(text, bold)), default=0.0) * SAFETY


def lines(text: str, room: float, bold: bool = False) -> int:
    """Lines that a text takes in a room of some ems.

    >>> lines("受注データの取込", 4.5)
    2
    """
    return sum(_wrapped(line, room / SAFETY, bold) for line in text.split("\n"))


def _wrapped(text: str, room: float, bold: bool) -> int:
    count, used, gap = 1, 0.0, 0.0
    for width, space in _pieces(text, bold):
        if used and used + gap + width > room:
            count, used, gap = count + 1, 0.0, 0.0
        if width > room > 0 and not used:  # a long word is broken anywhere
            over = int(width / room)
            count, width = count + over, width - over * room
        used, gap = used + gap + width, space
    return count


def is_bold(para: Para) -> bool:
    """Whether a paragraph is measured in the bold face, which is the wider one."""
    return para.bold or any(span.strong for span in para.text)


def tall(para: Para, width: float) -> float:
    """Height of a paragraph in a width, in points."""
    room = (width - (BULLET if para.bullet else 0.0)) / para.size
    count = lines(plain(para.text), room, is_bold(para))
    count += count // LONG  # programs differ in where they break: one line in so many
    return count * para.size * LEADING + para.before


def height(paras: Iterable[Para], width: float) -> float:
    """Height of paragraphs in a width, in points."""
    return sum(tall(para, width) for para in paras)


def fit(
    paras: Sequence[Para], width: float, room: float, least: float = LEAST
) -> tuple[tuple[Para, ...], bool]:
    """The paragraphs as large as they may be, and whether they fit even so."""
    shown = tuple(paras)
    while height(shown, width) > room:
        smaller = tuple(
            replace(para, size=max(para.size - STEP, min(para.size, least))) for para in shown
        )
        if smaller == shown:
            return shown, False
        shown = smaller
    return shown, True


def cut(para: Para, width: float, room: float) -> Para:
    """A paragraph cut with an ellipsis so that it fits; the whole where it does."""
    if tall(para, width) <= room:
        return para
    low, high = 0, len(plain(para.text))
    while low < high:
        middle = (low + high + 1) // 2
        if tall(replace(para, text=_first(para.text, middle)), width) <= room:
            low = middle
        else:
            high = middle - 1
    return replace(para, text=_first(para.text, low) if low else ())


def held(
    paras: Sequence[Para], width: float, room: float, least: float = LEAST
) -> tuple[tuple[Para, ...], tuple[str, ...]]:
    """Paragraphs that fit for certain, and the full text of those that had to be cut."""
    shown, fits = fit(paras, width, room, least)
    if fits:
        return shown, ()
    kept: list[Para] = []
    lost: list[str] = []
    left = room
    for para in shown:
        one = cut(para, width, left) if left > para.size * LEADING else replace(para, text=())
        if one.text != para.text:
            lost.append(plain(para.text))
        if one.text:
            kept.append(one)
        left -= tall(one, width) if one.text else left
    return tuple(kept), tuple(lost)


def _first(text: Text, count: int) -> Text:
    """The first characters of a text, then an ellipsis."""
    made: list[Span] = []
    for span in text:
        taken = span.text[:count]
        count -= len(taken)
        if taken:
            made.append(replace(span, text=taken, fact=span.fact if taken == span.text else None))
    return (*made, Span(text="…"))


def cell_height(cell: Cell, width: float) -> float:
    """Height that a cell of a table needs in a width, in points."""
    across, down = cell.margins
    return height(cell.paras, width - 2 * across) + 2 * down
