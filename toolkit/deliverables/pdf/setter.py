"""What is known while a document is set: its places, each given out once, and its theme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from toolkit.charts.lettering import width
from toolkit.deliverables.chart import chart_id
from toolkit.deliverables.html import anchor
from toolkit.deliverables.pdf.letters import (
    BODY_WORD,
    MAY_BREAK,
    WHOLE,
    Run,
    broken,
    glued,
    lines,
)
from toolkit.deliverables.theme import Theme
from toolkit.outline.blocks import (
    Card,
    Chart,
    Definitions,
    Heading,
    Outline,
    Section,
    Table,
    Text,
    spans,
)
from toolkit.outline.places import anchor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Setter:
    """Sets the blocks of one document; ``labels`` are the places that links may name."""

    document: Outline
    theme: Theme
    labels: frozenset[str]
    given: set[str] = field(default_factory=set)

    def label(self, wanted: str) -> str | None:
        """The label of a place, the first time it is asked for; a document has it once."""
        made = anchor(wanted)
        if not made or made in self.given:
            return None
        self.given.add(made)
        return made

    def target(self, wanted: str) -> str | None:
        """The label a link leads to, where the document has such a place."""
        made = anchor(wanted)
        return made if made in self.labels else None

    def runs(
        self, text: Text, *, room: float = BODY_WORD, size: float = 9.0, here: str | None = None
    ) -> list[Run]:
        """A text as runs; its figures link to their definitions, where the document has them.

        Args:
            text: what to set.
            room: points the widest word may take.
            size: of the letters, in points.
            here: the place where the text stands, to which it does not link.
        """
        made: list[Run] = []
        for span in text:
            words = broken(lines(span.text), room, size)
            if words:
                if made and glued(made[-1][0], words, room, size):
                    words = MAY_BREAK + words
                leads = anchor_of(span.fact) if span.fact else span.link
                target = self.target(leads)
                whole = bool(span.fact) and _whole(words, room, size)
                own = self.label(span.place)
                made.append((words, target if target != here else None, span.strong, whole, own))
        return made


def _whole(words: str, room: float, size: float) -> bool:
    """Whether a figure is short enough to stay on one line."""
    short = len(words) <= WHOLE and MAY_BREAK not in words
    return short and width(words, size, bold=True) <= room


def setter(document: Outline, theme: Theme) -> Setter:
    """A setter for a document."""
    labels = frozenset(filter(None, map(anchor, _places(document))))
    return Setter(document=document, theme=theme, labels=labels)


def _places(document: Outline) -> Iterator[str]:
    for section in document.sections:
        yield section_label(section)
        for block in section.blocks:
            yield from (span.place for span in spans((block,)))
            if isinstance(block, Heading | Card):
                yield block.anchor
            elif isinstance(block, Table):
                yield from block.anchors
            elif isinstance(block, Definitions):
                yield from (card.anchor for card in block.cards)
            elif isinstance(block, Chart):
                yield chart_id(block)


def section_label(section: Section) -> str:
    """Where a section begins."""
    return f"sec-{section.id}"
