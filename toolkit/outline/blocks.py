"""What a document is made of; every face (page, notebook, verify) reads this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Literal

Tone = Literal["plain", "high", "medium", "check", "note", "good", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A run of text; a printed number carries the key of its fact and the raw value.

    ``link`` is the anchor of the document that a text leads to, ``place`` one that it is itself.
    """

    text: str
    fact: str | None = None
    value: float | int | str | None = None
    strong: bool = False
    link: str = ""
    place: str = ""


Text = tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Sentences; ``lead`` is the verdict, ``note`` small print, ``quote`` the client speaking."""

    text: Text
    style: Literal["lead", "body", "note", "quote"] = "body"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading inside a section."""

    text: Text
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bullets:
    """A list of short texts."""

    items: tuple[Text, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One box of a path: its words, a mark above them, and the finding it leads to."""

    label: Text
    mark: str
    tone: Tone = "plain"
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """Boxes that follow one another, joined by arrows; ``alt`` says so to who cannot see it."""

    steps: tuple[Step, ...]
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One leading figure: label, value, comparison or note, and its data quality (n, period)."""

    label: Text
    value: Text
    note: Text = ()
    quality: Text = ()
    tone: Tone = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Up to four tiles in a row."""

    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One finding or action: a mark, a title, a body, and labelled rows (basis, action, …)."""

    anchor: str
    code: str
    mark: str
    tone: Tone
    title: Text
    body: Text
    rows: tuple[tuple[str, Text], ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table; ``align`` has one of l, r, c a column; ``anchors`` gives a row its link target.

    The rows of one ``by_hand`` are high enough to be filled in with a pen.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]
    caption: Text = ()
    align: str = ""
    anchors: tuple[str, ...] = ()
    tones: tuple[Tone, ...] = ()
    by_hand: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of one series: kind names the drawing, ``labels`` every word in it.

    ``title`` states the conclusion, ``caption`` source, n and period, ``alt`` the content for
    who cannot see it. ``marks`` are reference values by name (for example guide = 0.05).
    """

    id: str
    kind: str
    columns: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[float | int | str | None, ...], ...]
    labels: Mapping[str, str]
    title: Text
    caption: Text
    alt: str
    marks: Mapping[str, float] = field(default_factory=dict)
    currency: str = "JPY"
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """A definition card: what a printed number means and where it comes from."""

    anchor: str
    name: str
    text: Text
    rows: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Definitions:
    """The cards of all numbers printed in the document."""

    cards: tuple[Definition, ...]


Block = Paragraph | Heading | Bullets | Steps | Tiles | Card | Table | Chart | Definitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the document with a title and an anchor (``sec-<id>``)."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    appendix: bool = False
    number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around the sections: title, client, ``chrome`` (contents, skip link …)."""

    title: str
    client: str
    chrome: Mapping[str, str]

    @property
    def heading(self) -> str:
        """Title with the client's name, as a browser's tab shows it."""
        return f"{self.title} | {self.client}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The whole document in one language; a ``short`` one has no cover page and no contents."""

    lang: str
    title: str
    client: str
    date: str
    sections: tuple[Section, ...]
    chrome: Mapping[str, str]
    short: bool = False


def spans(parts: Iterable[object]) -> Iterator[Span]:
    """Every span of some sections or blocks, in reading order."""
    for part in parts:
        if isinstance(part, Span):
            yield part
        elif isinstance(part, tuple):
            yield from spans(part)
        elif is_dataclass(part):
            yield from spans(getattr(part, one.name) for one in fields(part))


def plain(text: Text) -> str:
    """The characters of a text.

    >>> plain((Span(text="n="), Span(text="12", fact="customers.count", value=12)))
    'n=12'
    """
    return "".join(span.text for span in text)


def words_of(string: str) -> Text:
    """A text of one plain span."""
    return (Span(text=string),)
