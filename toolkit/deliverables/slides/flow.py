"""Tables with what is said of them, one under the other, over as many slides as they need."""

from __future__ import annotations

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
    Bullets,
    Paragraph,
    Table,
    Tiles,
    plain,
)
from toolkit.outline.deck import Deck, Slide

GAP = 14.0

SIZES = (15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)

SPLIT_SIZE = 11.0
"""Rows that need a second slide are set no smaller than this."""


def flow(slide: Slide, deck: Deck) -> list[Made]:
    """Tables with what is said of them, one under the other; long ones go on over slides."""
    room = BODY.h - (22 if slide.more else 0)
    for size in SIZES:
        pieces, used = _flowed(slide, size)
        if used <= room:
            return [Made(pieces=(*pieces, *more_line(slide)))]
    return _split(slide, room)


def _flowed(slide: Slide, size: float) -> tuple[list[Piece | Group], float]:
    made: list[Piece | Group] = []
    y = BODY.y
    for number, block in enumerate(slide.blocks, start=1):
        if isinstance(block, Tiles):
            made += tiles(block, Box(x=LEFT, y=y, w=ACROSS, h=128))[0]
            y += 128
        elif isinstance(block, Table):
            pieces, y = _whole(block, number, y, size)
            made += pieces
        else:
            paras = said(block, size)
            high = height(paras, ACROSS)
            made.append(
                Plate(name=f"said-{number}", box=Box(x=LEFT, y=y, w=ACROSS, h=high), paras=paras)
            )
            y += high
        y += GAP
    return made, y - GAP - BODY.y


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


def _split(slide: Slide, room: float) -> list[Made]:
    """The blocks over as many slides as they need, each table with its head on each."""
    made: list[Made] = []
    page: list[Piece | Group] = []
    y = 0.0
    lost: list[str] = []
    for number, block in enumerate(slide.blocks, start=1):
        if not isinstance(block, Table):
            paras, cut = held(said(block, SPLIT_SIZE), ACROSS, room)
            lost += cut
            high = height(paras, ACROSS)
            if y and y + high > room:
                made, page, y = [*made, Made(pieces=tuple(page))], [], 0.0
            at = Box(x=LEFT, y=BODY.y + y, w=ACROSS, h=high)
            page.append(Plate(name=f"said-{number}", box=at, paras=paras))
            y += high + GAP
            continue
        for place, (pieces, used) in enumerate(_parts(block, number, room, y, lost)):
            if place:
                made, page, y = [*made, Made(pieces=tuple(page))], [], 0.0
            page += pieces
            y += used + GAP
    made.append(Made(pieces=(*page, *more_line(slide)), cut=tuple(lost)))
    return made


def _parts(
    block: Table, number: int, room: float, taken: float, lost: list[str]
) -> list[tuple[list[Piece | Group], float]]:
    """A table in parts: first in what is left of this slide, then on slides of its own."""
    head = 22.0 if block.caption else 0.0
    across = tables.widths(block, ACROSS, SPLIT_SIZE)
    rows = tables.rows_of(block, SPLIT_SIZE)
    top = tables.heights(rows[:1], across)[0]
    rows, cut = tables.shortened(rows, across, room - head - top - 4)
    lost += cut
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
