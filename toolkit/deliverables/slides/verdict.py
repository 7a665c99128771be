"""The verdict on a slide: leading figures, the sentence behind it, counts of what was judged."""

from __future__ import annotations

from dataclasses import replace

from toolkit.deliverables.slides.fitting import fit, height, held
from toolkit.deliverables.slides.paper import (
    ACROSS,
    BODY,
    LEADING,
    LEAST,
    LEFT,
    Box,
    Group,
    Made,
    Para,
    Piece,
    Plate,
)
from toolkit.outline.blocks import (
    Bullets,
    Paragraph,
    Tile,
    Tiles,
    plain,
)
from toolkit.outline.deck import Deck, Slide

GAP = 14.0


def verdict(slide: Slide, deck: Deck) -> list[Made]:
    """Leading figures, the sentence behind the verdict, and the counts of what was judged."""
    said = [
        Para(text=one.text, size=16, before=6) for one in slide.blocks if isinstance(one, Paragraph)
    ]
    shown, cut = held(said, ACROSS, 110)
    high = {Tiles: 136.0, Paragraph: height(shown, ACROSS), Bullets: 84.0}
    parts = [kind for kind in high if any(isinstance(one, kind) for one in slide.blocks)]
    gap = min((BODY.h - sum(high[kind] for kind in parts)) / max(len(parts), 1), 44.0)
    y = BODY.y + 8
    made: list[Piece | Group] = []
    lost = list(cut)
    for kind in parts:
        box = Box(x=LEFT, y=y, w=ACROSS, h=high[kind])
        block = next(one for one in slide.blocks if isinstance(one, kind))
        pieces: list[Piece | Group] = []
        more: list[str] = []
        if isinstance(block, Tiles):
            pieces, more = tiles(block, box)
        elif isinstance(block, Bullets):
            pieces, more = _counts(block, box)
        else:
            pieces = [Plate(name="sentence", box=box, paras=shown)]
        made += pieces
        lost += more
        y += high[kind] + gap
    return [Made(pieces=tuple(made), cut=tuple(lost))]


def tiles(block: Tiles, box: Box) -> tuple[list[Piece | Group], list[str]]:
    """Leading figures side by side, and the texts that were cut."""
    count = max(len(block.tiles), 1)
    wide = (box.w - GAP * (count - 1)) / count
    made: list[Piece | Group] = []
    lost: list[str] = []
    for place, tile in enumerate(block.tiles):
        at = Box(x=box.x + place * (wide + GAP), y=box.y, w=wide, h=box.h)
        paras, cut = held(_tile(tile, wide - 28), wide - 28, box.h - 20)
        tone = "accent" if tile.tone == "plain" else tile.tone
        made += [
            Plate(name=f"tile-{place + 1}", box=at, paras=paras, fill="mist", inset=(14, 10)),
            Plate(name=f"tile-edge-{place + 1}", box=replace(at, h=3), fill=tone),
        ]
        lost += cut
    return made, lost


def _tile(tile: Tile, wide: float) -> list[Para]:
    label, _ = fit([Para(text=tile.label, size=12, bold=True)], wide, 12 * LEADING)
    value, _ = fit([Para(text=tile.value, size=32, bold=True, colour="accent")], wide, 46, 14)
    made = [
        label[0],
        replace(value[0], before=2),
        Para(text=tile.note, size=11.5, before=2),
        Para(text=tile.quality, size=LEAST, colour="soft", before=2),
    ]
    return [para for para in made if plain(para.text)]


def _counts(block: Bullets, box: Box) -> tuple[list[Piece | Group], list[str]]:
    """The counts side by side, each with an edge in the colour of what it counts."""
    tones = ("high", "check", "line", "good")
    count = max(len(block.items), 1)
    wide = (box.w - GAP * (count - 1)) / count
    made: list[Piece | Group] = []
    lost: list[str] = []
    for place, item in enumerate(block.items):
        at = Box(x=box.x + place * (wide + GAP), y=box.y, w=wide, h=box.h)
        paras, cut = held([Para(text=item, size=13.5)], wide - 24, at.h - 10)
        tone = tones[place] if place < len(tones) else "accent"
        made += [
            Plate(name=f"count-{place + 1}", box=at, paras=paras, inset=(14, 5), line="hair"),
            Plate(name=f"count-edge-{place + 1}", box=replace(at, w=4), fill=tone),
        ]
        lost += cut
    return made, lost
