"""How the blocks of a slide are set: one function a layout, each measured before it is placed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from toolkit.deliverables.slides.drawn import path
from toolkit.deliverables.slides.fitting import fit, height, held, tall
from toolkit.deliverables.slides.flow import flow, more_line
from toolkit.deliverables.slides.panels import flow_parts, panel
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
from toolkit.deliverables.slides.phases import phases
from toolkit.deliverables.slides.verdict import verdict
from toolkit.outline.blocks import (
    Bullets,
    Chart,
    Paragraph,
    Steps,
    Text,
    words_of,
)
from toolkit.outline.deck import Deck, Slide


def points(slide: Slide, deck: Deck) -> list[Made]:
    """Short texts one under the other, in two columns where they are many."""
    items = [item for block in slide.blocks if isinstance(block, Bullets) for item in block.items]
    extra = more_line(slide)
    room = BODY.h - (24 if extra else 0)
    alone = [Para(text=item, size=15, bullet="•", before=8) for item in items]
    columns = 1 if height(alone, BODY.w) <= room else 2
    wide = (BODY.w - 36 * (columns - 1)) / columns
    half = _middle(items, wide) if columns == 2 else len(items)
    parts = [part for part in (items[:half], items[half:]) if part]
    made: list[Piece | Group] = []
    lost: list[str] = []
    size = min((_points_size(part, wide, room) for part in parts), default=14.0)
    for place, part in enumerate(parts):
        paras = [Para(text=item, size=size, bullet="•", before=8) for item in part]
        shown, cut = held(paras, wide, room)
        at = Box(x=BODY.x + place * (wide + 36), y=BODY.y, w=wide, h=room)
        made.append(Plate(name=f"points-{place + 1}", box=at, paras=shown))
        lost += cut
    return [Made(pieces=(*made, *extra), cut=tuple(lost))]


def _middle(items: list[Text], wide: float) -> int:
    """Where a list is parted so that both columns are about equally long."""
    tall_ = [tall(Para(text=item, size=14, bullet="•", before=8), wide) for item in items]
    return min(range(1, len(items)), key=lambda at: abs(sum(tall_[:at]) - sum(tall_[at:])))


def _points_size(items: list[Text], wide: float, room: float) -> float:
    paras = [Para(text=item, size=15, bullet="•", before=8) for item in items]
    return fit(paras, wide, room)[0][0].size


def charts(slide: Slide, deck: Deck) -> list[Made]:
    """One chart over the whole slide, or two side by side."""
    shown = [block for block in slide.blocks if isinstance(block, Chart)]
    about = (deck.lang, deck.words)
    if len(shown) == 1 or any(flow_parts(chart) > 1 for chart in shown):
        every = [
            panel(chart, BODY, about, part) for chart in shown for part in range(flow_parts(chart))
        ]
        return [Made(pieces=tuple(pieces), cut=tuple(cut)) for pieces, cut in every]
    wide = (BODY.w - 34.0 * (len(shown) - 1)) / max(len(shown), 1)
    pieces: list[Piece | Group] = []
    lost: list[str] = []
    for place, chart in enumerate(shown):
        box = replace(BODY, x=BODY.x + place * (wide + 34.0), w=wide)
        more, cut = panel(chart, box, about)
        pieces += more
        lost += cut
    return [Made(pieces=tuple(pieces), cut=tuple(lost))]


def chains(slide: Slide, deck: Deck) -> list[Made]:
    """Paths of problems, each under the sentence that explains it."""
    after = [*slide.blocks[1:], None]
    blocks = [
        one for one, then in zip(slide.blocks, after, strict=True)
        if isinstance(one, Steps) or isinstance(then, Steps)
    ]  # fmt: skip
    said = [Para(text=one.text, size=13) for one in blocks if isinstance(one, Paragraph)]
    room = BODY.h / max(len(said), 1) * 0.4
    shown = [held([para], ACROSS, room) for para in said]
    spoken = sum(height(paras, ACROSS) + 8 for paras, _ in shown)
    count = sum(isinstance(one, Steps) for one in blocks)
    gap = 26.0 if count > 1 else 0.0
    high = min(max((BODY.h - spoken - gap * (count - 1)) / max(count, 1), 40.0), 96.0)
    y = BODY.y + 6
    made: list[Piece | Group] = []
    texts = iter(shown)
    for number, block in enumerate(blocks, start=1):
        if isinstance(block, Steps):
            at = Box(x=LEFT, y=y, w=ACROSS, h=high)
            made.append(path(f"chain-{number}", _boxes(block), at, block.alt))
            y += high + gap
        else:
            paras, _ = next(texts)
            at = Box(x=LEFT, y=y, w=ACROSS, h=height(paras, ACROSS))
            made.append(Plate(name=f"said-{number}", box=at, paras=paras))
            y = at.foot + 8
    return [Made(pieces=tuple(made), cut=tuple(one for _, cut in shown for one in cut))]


def _boxes(block: Steps) -> list[tuple[Para, Para, str]]:
    return [
        (
            Para(text=words_of(step.mark), size=10.5, bold=True, colour=step.tone, align="ctr"),
            Para(text=step.label, size=14, bold=True, align="ctr", before=2),
            step.tone,
        )
        for step in block.steps
    ]


LAYOUTS: Mapping[str, Callable[[Slide, Deck], list[Made]]] = {
    "chains": chains,
    "charts": charts,
    "phases": phases,
    "points": points,
    "tables": flow,
    "verdict": verdict,
}
"""Layouts of the body; cards, cover and closing have files of their own."""
