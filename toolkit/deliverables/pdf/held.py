"""The figures of a PDF held against the document: each within the text it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from toolkit.deliverables.difference import Difference, Verification
from toolkit.deliverables.pdf.letters import clean
from toolkit.deliverables.pdf.printed import printed, squeezed
from toolkit.outline.blocks import (
    Block,
    Bullets,
    Card,
    Chart,
    Definitions,
    Heading,
    Outline,
    Paragraph,
    Span,
    Steps,
    Table,
    Text,
    Tiles,
    words_of,
)

REACH = 6000
"""Characters within which the next text must stand; the words of a large chart are fewer."""

CHANGED = 40
"""Characters a changed figure may have."""


def held(document: Outline, pdf: bytes, name: str) -> Verification:
    """Each figure of a document as the PDF prints it.

    The texts of the document are looked for one after the other; a text that is not there as it
    should be is looked for with any figures in its places, so that a changed one is told.

    Args:
        document: what should be printed.
        pdf: the file.
        name: of the file, for the differences.
    """
    page = _Page(text=printed(pdf), name=name)
    for section in sorted(document.sections, key=lambda one: one.appendix):
        page.read(words_of(section.number + section.title))
        for block in section.blocks:
            for text in texts(block):
                page.read(text)
    return Verification(checked=page.checked, differing=tuple(page.differing))


@dataclass(slots=True, kw_only=True)
class _Page:
    """All pages as one line of characters, read from front to back."""

    text: str
    name: str
    place: int = 0
    checked: int = 0
    differing: list[Difference] = field(default_factory=list)

    def read(self, text: Text) -> None:
        """Find the next text; count its figures, note those that differ."""
        parts = [(squeezed(clean(span.text)), span.fact) for span in text]
        wanted = "".join(words for words, _ in parts)
        facts = [(words, fact) for words, fact in parts if fact is not None]
        if not wanted:
            return
        self.checked += len(facts)
        found = self.text.find(wanted, self.place, self.place + REACH + len(wanted))
        if found >= 0:
            self.place = found + len(wanted)
        elif facts:
            self._changed(parts, facts)

    def _changed(self, parts: list[tuple[str, str | None]], facts: list[tuple[str, str]]) -> None:
        found = self._alike(parts, len(facts))
        there = (None,) * len(facts) if found is None else found.groups()
        for (words, fact), seen in zip(facts, there, strict=True):
            if seen != words:
                self.differing.append(
                    Difference(format=self.name, fact=fact, printed=seen, recomputed=words)
                )
        if found is not None:
            self.place = found.end()

    def _alike(self, parts: list[tuple[str, str | None]], count: int) -> re.Match[str] | None:
        """The text with one of its figures changed, else with any; none where it is missing."""
        if not any(words for words, fact in parts if fact is None):
            return None
        for free in (*({place} for place in range(count)), set(range(count))):
            found = _pattern(parts, free).search(self.text, self.place, self.place + REACH)
            if found is not None:
                return found
        return None


def _pattern(parts: list[tuple[str, str | None]], free: set[int]) -> re.Pattern[str]:
    """A text in which some figures, by their place among the figures, may be any."""
    pattern, place = "", 0
    for words, fact in parts:
        if fact is None:
            pattern += re.escape(words)
        else:
            pattern += f"(.{{0,{CHANGED}}}?)" if place in free else f"({re.escape(words)})"
            place += 1
    return re.compile(pattern + "(?!$)")


def texts(block: Block) -> Iterator[Text]:
    """The texts of a block in the order in which they are printed; a row of a table is one."""
    yield from TEXTS[type(block)](block)


def _steps(block: Steps) -> Iterator[Text]:
    return (_joined(words_of(one.mark), one.label) for one in block.steps)


def _tiles(block: Tiles) -> Iterator[Text]:
    return (_joined(one.label, one.value, one.note, one.quality) for one in block.tiles)


def _card(block: Card) -> Iterator[Text]:
    yield from (block.title, block.body)
    yield from _pairs(block.rows)


def _table(block: Table) -> Iterator[Text]:
    yield block.caption
    yield from (_joined(*row) for row in block.rows)


def _definitions(block: Definitions) -> Iterator[Text]:
    for card in block.cards:
        yield _joined(words_of(card.name), card.text)
        yield from _pairs(card.rows)


def _pairs(rows: Iterable[tuple[str, Text]]) -> Iterator[Text]:
    return (_joined(words_of(name), words) for name, words in rows)


def _joined(*texts: Text) -> Text:
    return tuple(span for text in texts for span in text if isinstance(span, Span))


TEXTS: dict[type, Callable[[Any], Iterable[Text]]] = {
    Paragraph: lambda block: (block.text,),
    Heading: lambda block: (block.text,),
    Bullets: lambda block: block.items,
    Steps: _steps,
    Tiles: _tiles,
    Card: _card,
    Table: _table,
    Chart: lambda block: (block.title, block.caption),
    Definitions: _definitions,
}
