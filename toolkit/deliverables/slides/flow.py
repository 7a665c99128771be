"""Tables with what is said of them, one under the other, over as many slides as they need."""

from __future__ import annotations

from dataclasses import replace

from toolkit.deliverables.slides import tables
from toolkit.deliverables.slides.fitting import height, held
from toolkit.deliverables.slides.paper import (
    ACROSS,
    BODY,
    LEFT,
    Box,
    Group,
    Made,
    Para,
    Piece,
    Plate,
)
from toolkit.deliverables.slides.verdict import tiles
from toolkit.outline.blocks import (
    Block,
    Bullets,
    Paragraph,
    Table,
    Tiles,
    plain,
)
from toolkit.outline.deck import Deck, Slide

GAP = 14.0

TALL = 128.0
"""Height of tiles among other blocks, in points."""

MOST_HEAD = 80.0
"""Height of a table's head at most, in points."""

SIZES = (15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)

SPLIT_SIZE = 11.0
"""Rows that need a second slide are set no smaller than this."""


def flow(slide: Slide, deck: Deck) -> list[Made]:
    """Tables with what is said of them, one under the other; long ones go on over slides."""
    room = BODY.h - (22 if slide.more else 0)
    for size in SIZES:
        pieces, used, cut = _flowed(slide, size)
        if used <= room:
            return [Made(pieces=(*pieces, *more_line(slide)), cut=cut)]
    least = _split(slide, room, SPLIT_SIZE)
    for size in SIZES[: SIZES.index(SPLIT_SIZE)]:  # as large as needs no further slide
        made = _split(slide, room, size)
        if len(made) == len(least):
            return made
    return least


def _flowed(slide: Slide, size: float) -> tuple[list[Piece | Group], float, tuple[str, ...]]:
    made: list[Piece | Group] = []
    lost: list[str] = []
    y = BODY.y
    for number, block in enumerate(slide.blocks, start=1):
        if isinstance(block, Tiles):
            pieces, cut = tiles(block, Box(x=LEFT, y=y, w=ACROSS, h=TALL))
            lost += cut
            y += TALL
        elif isinstance(block, Table):
            pieces, y = _whole(block, number, y, size)
        else:
            pieces, high = _spoken(said(block, size), number, y)
            y += high
        made += pieces
        y += GAP
    return made, y - GAP - BODY.y, tuple(lost)


def _spoken(paras: tuple[Para, ...], number: int, y: float) -> tuple[list[Piece | Group], float]:
    high = height(paras, ACROSS)
    at = Box(x=LEFT, y=y, w=ACROSS, h=high)
    return ([Plate(name=f"said-{number}", box=at, paras=paras)] if paras else []), high


def said(block: object, size: float) -> tuple[Para, ...]:
    """A paragraph or a list as paragraphs of a slide; nothing for any other block."""
    if isinstance(block, Paragraph):
        note = block.style == "note"
        return (Para(text=block.text, size=size, colour="soft" if note else "ink"),)
    if isinstance(block, Bullets):
        return tuple(Para(text=item, size=size, bullet="•", before=4) for item in block.items)
    return ()


def _whole(block: Table, number: int, y: float, size: float) -> tuple[list[Piece | Group], float]:
    made: list[Piece | Group] = []
    if block.caption:
        made.append(_caption(block, number, y))
        y += 22
    across = tables.widths(block, ACROSS, size)
    rows = tables.rows_of(block, size)
    high = tables.heights(rows, across)
    alt = plain(block.caption) or " / ".join(block.columns)
    made.append(tables.grid(f"table-{number}", rows, across, high, (LEFT, y), alt))
    return made, y + sum(high)


def _caption(block: Table, number: int, y: float) -> Plate:
    paras, _ = held([Para(text=block.caption, size=12, bold=True, colour="soft")], ACROSS, 18)
    return Plate(name=f"caption-{number}", box=Box(x=LEFT, y=y, w=ACROSS, h=18), paras=paras)


def _split(slide: Slide, room: float, size: float) -> list[Made]:
    """The blocks over as many slides as they need, each table with its head on each."""
    made: list[list[Piece | Group]] = [[]]
    lost: list[str] = []
    y = 0.0
    for number, block in enumerate(slide.blocks, start=1):
        for place, (pieces, used) in enumerate(_parts((block, number), room, y, size, lost)):
            if place:
                made.append([])
                y = 0.0
            made[-1] += pieces
            y += used + GAP
    made[-1] += more_line(slide)
    pages = [Made(pieces=tuple(page)) for page in made if page]
    return [replace(pages[0], cut=tuple(lost)), *pages[1:]]


def _parts(
    given: tuple[Block, int], room: float, taken: float, size: float, lost: list[str]
) -> list[tuple[list[Piece | Group], float]]:
    """A block in parts: first in what is left of this slide, then on slides of its own."""
    block, number = given
    if isinstance(block, Table):
        return _table_parts(block, number, (room, taken), size, lost)
    turn = bool(taken) and taken + _needs(block, size, room) > room
    y = BODY.y + (0.0 if turn else taken)
    if isinstance(block, Tiles):
        pieces, cut = tiles(block, Box(x=LEFT, y=y, w=ACROSS, h=TALL))
        used = TALL
    else:
        paras, cut_ = held(said(block, size), ACROSS, room)
        cut = list(cut_)
        pieces, used = _spoken(paras, number, y)
    lost += cut
    return [([], 0.0), (pieces, used)] if turn else [(pieces, used)]


def _needs(block: Block, size: float, room: float) -> float:
    if isinstance(block, Tiles):
        return TALL
    return min(height(said(block, size), ACROSS), room)


def _table_parts(
    block: Table, number: int, where: tuple[float, float], size: float, lost: list[str]
) -> list[tuple[list[Piece | Group], float]]:
    room, taken = where
    head = 22.0 if block.caption else 0.0
    across = tables.widths(block, ACROSS, size)
    rows = tables.rows_of(block, size)
    first_row, cut = tables.shortened(rows[:1], across, MOST_HEAD)
    top = tables.heights(first_row, across)[0]
    others, more = tables.shortened(rows[1:], across, room - head - top - 4)
    lost += [*cut, *more]
    rows = [*first_row, *others]
    high = tables.heights(rows, across)
    rest = room - taken - head
    start = rest if rest >= sum(high[:2]) else 0.0
    spans = tables.split(high, [start or room - head, room - head])
    made: list[tuple[list[Piece | Group], float]] = [] if start or not taken else [([], 0.0)]
    alt = plain(block.caption) or " / ".join(block.columns)
    for first, last in spans:
        y = BODY.y + (taken if not made else 0.0)
        own = [high[0], *high[first:last]]
        pieces: list[Piece | Group] = [_caption(block, number, y)] if head else []
        shown = [rows[0], *rows[first:last]]
        pieces.append(tables.grid(f"table-{number}", shown, across, own, (LEFT, y + head), alt))
        made.append((pieces, head + sum(own)))
    return made


def more_line(slide: Slide) -> list[Piece | Group]:
    """The line that says how much the report has beyond the slide."""
    if not slide.more:
        return []
    para = Para(text=slide.more, size=11, colour="soft", align="r")
    return [Plate(name="more", box=Box(x=LEFT, y=BODY.foot - 18, w=ACROSS, h=18), paras=(para,))]
