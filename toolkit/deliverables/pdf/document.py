"""The whole document as the one piece of data that the templates read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from toolkit.deliverables.html import numbered
from toolkit.deliverables.pdf.blocks import set_block
from toolkit.deliverables.pdf.letters import broken, clean
from toolkit.deliverables.pdf.setter import Setter, section_label, setter
from toolkit.deliverables.theme import Logo, Theme
from toolkit.outline.blocks import Outline, Paragraph, Section, Span, Text, words_of

COVER = "cover"
TITLE = (380.0, 15.5)
"""Points a word of a title may take, and the size it is set in."""

PARTED = re.compile("(\u3000|, )")
"""What stands between the reader's name and the dates."""


def document_data(document: Outline, theme: Theme, day: date) -> dict[str, Any]:
    """What the templates show: words of the frame, colours, sections with their blocks.

    Args:
        document: the report in one language.
        theme: the firm's colours, name, logo, cover text and closing note.
        day: date of the file.
    """
    pen = setter(document, theme)
    cover = [one for one in document.sections if one.id == COVER]
    parts = [one for one in document.sections if one.id != COVER]
    return {
        "lang": document.lang,
        "day": [day.year, day.month, day.day],
        "title": _wrapped(document.title) or "—",
        "client": _wrapped(document.client),
        "date": clean(document.date),
        "short": document.short,
        "chrome": {name: clean(words) for name, words in document.chrome.items()},
        "colours": dict(theme.colours),
        "cover": [block for one in cover for block in _blocks(pen, one)],
        "cover_lines": [pen.runs(line) for one in cover for line in _addressed(one)],
        "body": [_section(pen, one) for one in parts if not one.appendix],
        "appendix": [_section(pen, one) for one in parts if one.appendix],
        **_firm(theme, document.lang),
    }


def _wrapped(title: str) -> str:
    """A title on one line of text, whose words break where no line could hold them."""
    return broken(clean(title), *TITLE)


def _section(pen: Setter, section: Section) -> dict[str, Any]:
    return {
        "anchor": pen.label(section_label(section)),
        "number": clean(section.number),
        "title": _wrapped(section.title),
        "blocks": _blocks(pen, section),
    }


def _blocks(pen: Setter, section: Section) -> list[dict[str, Any]]:
    return [set_block(pen, block, number) for block, number in numbered(section)]


def _addressed(cover: Section) -> Iterator[Text]:
    """Whom the report is for, and the rest of that sentence (the dates) as a line of its own."""
    for block in cover.blocks:
        if isinstance(block, Paragraph) and block.style == "body":
            names = [place for place, span in enumerate(block.text) if span.strong]
            after = names[-1] + 1 if names else len(block.text)
            rest = "".join(span.text for span in block.text[after:])
            head, _, tail = (
                PARTED.split(rest, maxsplit=1) if PARTED.search(rest) else (rest, "", "")
            )
            yield (*block.text[:after], Span(text=head))
            yield words_of(tail)


def _firm(theme: Theme, lang: str) -> dict[str, Any]:
    return {
        "firm": clean(theme.firm),
        "logo": None if theme.logo is None else _logo(theme.logo),
        "cover_text": clean(theme.cover.get(lang, "")),
        "closing": clean(theme.closing.get(lang, "")),
    }


def _logo(logo: Logo) -> Mapping[str, Any]:
    """The picture as text where it is SVG, else byte by byte."""
    if logo.media == "image/svg+xml":
        return {"format": "svg", "data": logo.data.decode("utf-8")}
    return {"format": "png", "data": list(logo.data)}
