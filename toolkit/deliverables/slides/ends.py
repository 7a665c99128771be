"""The first and the last slide: whom it is for, in the client's own words, and what comes next."""

from __future__ import annotations

from toolkit.deliverables.slides.fitting import fit, height, held, lines
from toolkit.deliverables.slides.paper import LEADING, Box, Group, Made, Para, Piece, Plate
from toolkit.deliverables.theme import Theme
from toolkit.outline.blocks import Paragraph, Text, plain, words_of
from toolkit.outline.deck import Deck, Slide

LEFT = 72.0
WIDE = 800.0
TITLE = Box(x=LEFT, y=150.0, w=WIDE, h=64.0)


def cover(slide: Slide, deck: Deck, theme: Theme) -> list[Made]:
    """The client, the date, and what the proprietor said; the firm's text where it has one."""
    said = [block for block in slide.blocks if isinstance(block, Paragraph)]
    loud = min((_one_line(one.text) for one in said if one.style == "quote"), default=26.0)
    paras = [
        Para(text=one.text, size=loud if one.style == "quote" else 13, before=10, bold=False,
             colour="soft" if one.style == "note" else "ink")
        for one in said
        if one.style in ("quote", "note")
    ]  # fmt: skip
    about = [Para(text=one.text, size=16) for one in said if one.style in ("body", "lead")]
    first, lost = held(about, WIDE, 60)
    quote, more = held(paras, WIDE, 150)
    made: list[Piece | Group] = [
        Plate(name="edge", box=Box(x=LEFT, y=136, w=56, h=5), fill="accent"),
        Plate(name="about", box=Box(x=LEFT, y=222, w=WIDE, h=60), paras=first),
        Plate(name="quote", box=Box(x=LEFT, y=304, w=WIDE, h=150), paras=quote),
    ]
    own = theme.cover.get(deck.lang, "")
    signed = [text for text in (own, theme.firm) if text]
    if signed:
        foot, _ = held([Para(text=words_of(text), size=13) for text in signed], WIDE, 44)
        deep = height(foot, WIDE)
        at = Box(x=LEFT, y=510 - deep, w=WIDE, h=deep)
        made.append(Plate(name="theme-cover", box=at, paras=foot, anchor="b"))
    return [Made(pieces=tuple(made), cut=(*lost, *more))]


def _one_line(text: Text) -> float:
    """The size in which a quotation takes one line if that is large enough, else the largest."""
    shown, fits = fit([Para(text=text, size=26)], WIDE, 26 * LEADING, 20)
    return shown[0].size if fits and lines(plain(text), WIDE / shown[0].size) == 1 else 26.0


def closing(slide: Slide, deck: Deck, theme: Theme) -> list[Made]:
    """The firm's closing note, or ours."""
    text = theme.closing.get(deck.lang) or deck.words[f"{slide.id}.text"]
    paras, lost = held([Para(text=words_of(text), size=18)], WIDE, 200)
    made: list[Piece | Group] = [
        Plate(name="edge", box=Box(x=LEFT, y=136, w=56, h=5), fill="accent"),
        Plate(name="theme-closing", box=Box(x=LEFT, y=232, w=WIDE, h=200), paras=paras),
    ]
    if theme.firm:
        para = Para(text=words_of(theme.firm), size=13, bold=True)
        made.append(Plate(name="theme-firm", box=Box(x=LEFT, y=470, w=WIDE, h=22), paras=(para,)))
    return [Made(pieces=tuple(made), cut=tuple(one for one in lost if plain(words_of(one))))]
