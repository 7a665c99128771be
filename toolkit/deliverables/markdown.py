"""The document as Markdown: to read in a terminal, to compare in a review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import singledispatch

from toolkit.outline.blocks import (
    Block,
    Bullets,
    Card,
    Chart,
    Definitions,
    Heading,
    Outline,
    Paragraph,
    Steps,
    Table,
    Text,
    Tiles,
    plain,
)

MARKS = re.compile(r"([\\`*_\[\]<>|#])")
RULES = {"l": ":--", "r": "--:", "c": ":-:"}


def markdown(document: Outline) -> str:
    """The whole document; a chart is given by its title, its rows and its caption."""
    parts = [f"# {_escaped(document.title)}", _escaped(f"{document.client} · {document.date}")]
    for section in document.sections:
        number = f"{section.number} " if section.number else ""
        parts.append(f"## {number}{_escaped(section.title)}")
        parts += [text for block in section.blocks for text in _shown(block)]
    return "\n\n".join(parts) + "\n"


@singledispatch
def _shown(block: Block) -> Iterator[str]:
    """A block as paragraphs of Markdown."""
    raise TypeError(type(block).__name__)


@_shown.register
def _(block: Paragraph) -> Iterator[str]:
    before = {"quote": "> ", "lead": "**", "note": "*"}.get(block.style, "")
    after = "" if before == "> " else before
    yield f"{before}{_text(block.text)}{after}"


@_shown.register
def _(block: Heading) -> Iterator[str]:
    yield f"### {_text(block.text)}"


@_shown.register
def _(block: Bullets) -> Iterator[str]:
    yield "\n".join(f"{'1.' if block.ordered else '-'} {_text(item)}" for item in block.items)


@_shown.register
def _(block: Steps) -> Iterator[str]:
    yield " → ".join(f"{_escaped(one.mark)} {_text(one.label)}".strip() for one in block.steps)


@_shown.register
def _(block: Tiles) -> Iterator[str]:
    yield "\n".join(
        "- " + " / ".join(_text(part) for part in (t.label, t.value, t.note, t.quality) if part)
        for t in block.tiles
    )


@_shown.register
def _(block: Card) -> Iterator[str]:
    yield f"### {_escaped(block.mark)} {_text(block.title)} ({_escaped(block.code)})"
    if block.body:
        yield _text(block.body)
    rows = [f"- {_escaped(label)}: {_text(value)}" for label, value in block.rows]
    rows += [f"- {_escaped(tag)}" for tag in block.tags]
    if rows:
        yield "\n".join(rows)


@_shown.register
def _(block: Table) -> Iterator[str]:
    if block.caption:
        yield f"*{_text(block.caption)}*"
    align = block.align.ljust(len(block.columns), "l")
    yield _table(block.columns, align, ([_text(cell) for cell in row] for row in block.rows))


@_shown.register
def _(block: Chart) -> Iterator[str]:
    yield f"*{_text(block.title)}*"
    rows = ([_cell(cell) for cell in row] for row in block.rows)
    yield _table(block.columns, "l" * len(block.columns), rows)
    yield _text(block.caption)


@_shown.register
def _(block: Definitions) -> Iterator[str]:
    for card in block.cards:
        yield f"### {_escaped(card.name)}"
        yield _text(card.text)
        yield "\n".join(f"- {_escaped(label)}: {_text(value)}" for label, value in card.rows)


def _table(columns: Iterable[str], align: str, rows: Iterable[list[str]]) -> str:
    lines = [[_escaped(name) for name in columns], [RULES[one] for one in align], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(value: float | int | str | None) -> str:
    if value is None:
        return ""
    if not isinstance(value, float):
        return _escaped(str(value))
    rounded = float(f"{value:.4g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{rounded:g}"


def _text(text: Text) -> str:
    return _escaped(plain(text))


def _escaped(text: str) -> str:
    return MARKS.sub(r"\\\1", " ".join(text.split()))
