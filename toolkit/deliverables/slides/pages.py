"""From the deck to the pages of the file: titles that fit, continuations counted, notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from string import Formatter

from toolkit.deliverables.slides.cards import cards
from toolkit.deliverables.slides.ends import TITLE, closing, cover
from toolkit.deliverables.slides.fitting import cut, fit
from toolkit.deliverables.slides.layouts import LAYOUTS
from toolkit.deliverables.slides.paper import ACROSS, LEFT, Box, Made, Page, Para
from toolkit.deliverables.theme import Theme
from toolkit.outline.blocks import Card, Chart, Span, Steps, Text, plain, words_of
from toolkit.outline.deck import Deck, Slide

HEAD = Box(x=LEFT, y=34.0, w=ACROSS, h=62.0)
TEMPLATES = {"cover": "cover", "closing": "section"}
"""Layouts of the template that are not the one with a title over free content."""


def pages(deck: Deck, theme: Theme) -> tuple[Page, ...]:
    """Every slide of the file in its order, each with its pieces placed."""
    return tuple(page for slide in deck.slides for page in _pages(slide, deck, theme))


def _pages(slide: Slide, deck: Deck, theme: Theme) -> Iterator[Page]:
    made = _made(slide, deck, theme)
    for number, one in enumerate(made, start=1):
        title = _numbered(slide.title, number, len(made), deck)
        if slide.layout == "cover":
            title = words_of(deck.title)
        shown, lost = _title(title, slide.layout in TEMPLATES)
        yield Page(
            id=slide.id if number == 1 else f"{slide.id}-p{number}",
            layout=TEMPLATES.get(slide.layout, "content"),
            title=shown,
            kicker=slide.kicker if slide.layout not in TEMPLATES else "",
            pieces=one.pieces,
            notes=tuple(_notes(slide, deck, (*lost, *one.cut))),
        )


def _made(slide: Slide, deck: Deck, theme: Theme) -> list[Made]:
    if slide.layout == "cover":
        return cover(slide, deck, theme)
    if slide.layout == "closing":
        return closing(slide, deck, theme)
    return cards(slide, deck) if slide.layout == "cards" else LAYOUTS[slide.layout](slide, deck)


def _numbered(title: Text, number: int, count: int, deck: Deck) -> Text:
    if count == 1:
        return title
    given = {"title": title, "page": words_of(str(number)), "pages": words_of(str(count))}
    made: list[Span] = []
    for literal, name, _, _ in Formatter().parse(deck.words["page"]):
        made += [*(words_of(literal) if literal else ()), *(given[name] if name else ())]
    return tuple(made)


def _title(title: Text, large: bool) -> tuple[Para, tuple[str, ...]]:
    """A title on two lines at most; what is longer is cut, and stands whole in the notes."""
    box = TITLE if large else HEAD
    para = Para(text=title, size=36 if large else 23, bold=True)
    shown, fits = fit([para], box.w, box.h, 16)
    one = shown[0] if fits else cut(shown[0], box.w, box.h)
    return one, () if fits else (plain(title),)


def _notes(slide: Slide, deck: Deck, lost: tuple[str, ...]) -> Iterator[str]:
    """Under each slide: the figures it prints by their keys, codes, sources, what was cut."""
    evidence = dict.fromkeys(
        f"{fact} = {text}" for fact, text in _facts((slide.title, *slide.blocks))
    )
    charts = [block for block in slide.blocks if isinstance(block, Chart)]
    parts = {
        "evidence": list(evidence),
        "findings": _codes(slide),
        "sources": [plain(block.caption) for block in charts]
        + [f"{block.id}: {', '.join(block.facts)}" for block in charts if block.facts],
        "full": list(lost),
    }
    if slide.blocks:
        yield deck.words["notes.report"]
    for name, lines in parts.items():
        if lines:
            yield deck.words[f"notes.{name}"]
            yield from (f"- {line}" for line in lines)


def _codes(slide: Slide) -> list[str]:
    found = [
        f"{block.code} {plain(block.title)}" for block in slide.blocks if isinstance(block, Card)
    ]
    for block in slide.blocks:
        if isinstance(block, Steps):
            found += [
                f"{step.anchor.removeprefix('finding-')} {plain(step.label)}".strip()
                for step in block.steps
            ]
    return list(dict.fromkeys(found))


def _facts(parts: Iterable[object]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if isinstance(part, Span):
            if part.fact is not None:
                yield part.fact, part.text
        elif isinstance(part, tuple):
            yield from _facts(part)
        elif is_dataclass(part):
            yield from _facts(getattr(part, one.name) for one in fields(part))
