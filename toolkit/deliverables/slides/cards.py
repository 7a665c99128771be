"""Findings as bands: what was found, on what it rests, what it is worth, what to do first."""

from __future__ import annotations

from toolkit.deliverables.slides.fitting import ems, height, held
from toolkit.deliverables.slides.paper import (
    BODY,
    LEAST,
    LEFT,
    Box,
    Group,
    Made,
    Para,
    Piece,
    Plate,
    Rule,
)
from toolkit.outline.blocks import Card, plain, words_of
from toolkit.outline.deck import Deck, Slide

HEAD = 22.0
PAD = 8.0
EDGE = 14.0
GUTTER = 18.0
LARGE = (20.0, 19.0, 18.0, 17.0, 16.0)
"""Sizes for cards that say one thing each."""

SIZES = (15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0)
LEAST_SHARE = 0.18
FIRST = 0.3
"""The least share of the width for what was found."""


def cards(slide: Slide, deck: Deck) -> list[Made]:
    """Cards one under the other, as many as fit; the rest goes on the next slide."""
    left = [block for block in slide.blocks if isinstance(block, Card)]
    made: list[Made] = []
    labels = list(dict.fromkeys(label for card in left for label, _ in card.rows))
    while left:
        count = next((n for n in range(len(left), 1, -1) if _size(left[:n], labels) is not None), 1)
        made.append(_page(left[:count], labels, deck, last=count == len(left), slide=slide))
        left = left[count:]
    return made


def _size(cards: list[Card], labels: list[str]) -> float | None:
    """The largest size in which some cards fit on one slide."""
    across = _widths(cards, labels)
    sizes: tuple[float, ...] = SIZES if labels else (*LARGE, *SIZES)
    for size in sizes:
        high = sum(_tall(card, labels, across, size) for card in cards)
        if high <= _room(labels):
            return size
    return None


def _room(labels: list[str]) -> float:
    return BODY.h - 16 - (HEAD if labels else 0)


def _page(cards: list[Card], labels: list[str], deck: Deck, *, last: bool, slide: Slide) -> Made:
    across = _widths(cards, labels)
    size = _size(cards, labels) or LEAST
    pieces: list[Piece | Group] = list(_heads(labels, across, deck))
    lost: list[str] = []
    y = BODY.y + (HEAD if labels else 0)
    high = [_tall(card, labels, across, size) for card in cards]
    spare = min(max(_room(labels) - sum(high), 0.0) / len(cards), 40.0)
    for number, card in enumerate(cards, start=1):
        deep = min(high[number - 1] + spare, _room(labels))
        more, cut = _band(card, labels, across, (number, y, deep, size))
        pieces += more
        lost += cut
        y += deep
    if last and slide.more:
        para = Para(text=slide.more, size=11, colour="soft", align="r")
        at = Box(x=LEFT, y=BODY.foot - 15, w=BODY.w, h=16)
        pieces.append(Plate(name="more", box=at, paras=(para,)))
    return Made(pieces=tuple(pieces), cut=tuple(lost))


def _heads(labels: list[str], across: list[float], deck: Deck) -> list[Plate]:
    if not labels:
        return []
    made, x = [], LEFT + EDGE
    for number, (text, wide) in enumerate(
        zip([deck.words["card.found"], *labels], across, strict=True)
    ):
        para = Para(text=words_of(text), size=11, bold=True, colour="soft")
        at = Box(x=x, y=BODY.y - 4, w=wide, h=18)
        made.append(Plate(name=f"head-{number + 1}", box=at, paras=(para,)))
        x += wide + GUTTER
    return made


def _band(
    card: Card, labels: list[str], across: list[float], place: tuple[int, float, float, float]
) -> tuple[list[Piece | Group], list[str]]:
    number, y, deep, size = place
    pieces: list[Piece | Group] = [
        Rule(name=f"rule-{number}", start=(LEFT, y), end=(LEFT + BODY.w, y), colour="line"),
        Plate(name=f"edge-{number}", box=Box(x=LEFT, y=y + PAD, w=4, h=deep - 2 * PAD),
              fill=card.tone),
    ]  # fmt: skip
    lost: list[str] = []
    x = LEFT + EDGE
    for column, (paras, wide) in enumerate(zip(_columns(card, labels, size), across, strict=True)):
        shown, cut = held(paras, wide, deep - 2 * PAD + 2)
        if shown:
            at = Box(x=x, y=y + PAD, w=wide, h=deep - 2 * PAD + 2)
            pieces.append(Plate(name=f"card-{number}-{column + 1}", box=at, paras=shown))
        lost += cut
        x += wide + GUTTER
    return pieces, lost


def _columns(card: Card, labels: list[str], size: float) -> list[list[Para]]:
    rows = dict(card.rows)
    small = max(size - 1, LEAST)
    first = [
        Para(
            text=words_of(" / ".join((card.mark, *card.tags[:1]))),
            size=min(small, 13.0),
            bold=True,
            colour=card.tone,
        ),
        Para(text=card.title, size=size + 2, bold=True, before=1),
        Para(text=card.body, size=size, before=3),
    ]
    return [
        [para for para in first if plain(para.text)],
        *([Para(text=rows[label], size=size)] if label in rows else [] for label in labels),
    ]


def _tall(card: Card, labels: list[str], across: list[float], size: float) -> float:
    columns = _columns(card, labels, size)
    return 2 * PAD + max(height(paras, wide) for paras, wide in zip(columns, across, strict=True))


def _widths(cards: list[Card], labels: list[str]) -> list[float]:
    """Widths of the columns by how much stands in them, none too narrow to read."""
    room = BODY.w - EDGE - GUTTER * len(labels)
    if not labels:
        return [room]
    asked = [1.0] * (len(labels) + 1)
    for card in cards:
        for place, paras in enumerate(_columns(card, labels, 11)):
            long = sum(ems(plain(para.text), para.bold) * para.size for para in paras)
            asked[place] = max(asked[place], long)
    roots = [one**0.5 for one in asked]
    shares = [max(one / sum(roots), LEAST_SHARE) for one in roots]
    shares[0] = max(shares[0], FIRST)
    return [room * share / sum(shares) for share in shares]
