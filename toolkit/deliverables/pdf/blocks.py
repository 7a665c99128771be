"""Blocks of the document as plain data for the templates: texts, places and sizes, no markup."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from toolkit.charts.lettering import largest, width
from toolkit.deliverables.pdf.charts import set_chart
from toolkit.deliverables.pdf.letters import broken, clean
from toolkit.deliverables.pdf.setter import Setter
from toolkit.deliverables.pdf.tables import set_table
from toolkit.outline.blocks import (
    Block,
    Bullets,
    Card,
    Chart,
    Definition,
    Definitions,
    Heading,
    Paragraph,
    Step,
    Steps,
    Table,
    Text,
    Tile,
    Tiles,
    plain,
)

WIDE = 476.0
"""Points from margin to margin."""

VALUE_SIZES = (17.0, 15.0, 13.0, 11.5, 10.0, 8.5)
LABEL_SIZE = 7.6
TILE_GAP = 14.0
MOST_LABEL = 76.0
STAMP = 90.0
HALF = 210.0
"""Points of one of two columns."""

LONG = 900
"""Characters past which a card may break over pages; below, it moves as a whole."""

Data = dict[str, Any]


def set_block(pen: Setter, block: Block, number: str) -> Data:
    """A block with its number among the figures or the tables of its section."""
    kind = type(block).__name__
    return {"kind": kind, "number": number, **MAKERS[kind](pen, block)}


def _paragraph(pen: Setter, block: Paragraph) -> Data:
    return {"style": block.style, "text": pen.runs(block.text)}


def _heading(pen: Setter, block: Heading) -> Data:
    return {"text": pen.runs(block.text), "anchor": pen.label(block.anchor)}


def _bullets(pen: Setter, block: Bullets) -> Data:
    return {"ordered": block.ordered, "items": [pen.runs(item) for item in block.items]}


def _steps(pen: Setter, block: Steps) -> Data:
    room = WIDE / min(len(block.steps), 5) - 20 if block.steps else WIDE

    def step(one: Step) -> Data:
        return {
            "label": pen.runs(one.label, room=room, size=LABEL_SIZE),
            "mark": _word(one.mark, room),
            "tone": one.tone,
            "target": pen.target(one.anchor),
        }

    return {"steps": [step(one) for one in block.steps]}


def _tiles(pen: Setter, block: Tiles) -> Data:
    across = min(4, max(2, len(block.tiles)))
    room = (WIDE - TILE_GAP * (across - 1)) / across

    def tile(one: Tile) -> Data:
        named = {"label": one.label, "note": one.note, "quality": one.quality}
        made = {name: pen.runs(text, room=room, size=LABEL_SIZE) for name, text in named.items()}
        return {**made, "value": pen.runs(one.value, room=room, size=VALUE_SIZES[-1])}

    size = min((_value_size(one.value, room) for one in block.tiles), default=VALUE_SIZES[0])
    lines = max((_lines(one.label, room) for one in block.tiles), default=1)
    tiles = [{**tile(one), "tone": one.tone} for one in block.tiles]
    return {"tiles": tiles, "size": size, "label_lines": lines}


def _value_size(value: Text, room: float) -> float:
    return largest(clean(plain(value)), room, VALUE_SIZES, bold=True)


def _lines(label: Text, room: float) -> int:
    """Lines a label takes; the values of a row of tiles stand on one height."""
    return int(width(clean(plain(label)), LABEL_SIZE) * 1.06 // room) + 1


def _card(pen: Setter, block: Card) -> Data:
    rows = [(_word(name, MOST_LABEL), pen.runs(words)) for name, words in block.rows]
    said = sum(len(plain(words)) for _, words in block.rows) + len(plain(block.body))
    return {
        "anchor": pen.label(block.anchor),
        "code": _word(block.code, STAMP),
        "mark": _word(block.mark, STAMP),
        "tone": block.tone,
        "title": pen.runs(block.title),
        "text": pen.runs(block.body),
        "rows": rows,
        "label_width": label_width(rows),
        "tags": [_word(tag, HALF) for tag in block.tags],
        "long": said > LONG,
    }


def _word(text: str, room: float) -> str:
    """A label whose words break where they are wider than its room."""
    return broken(clean(text), room, LABEL_SIZE)


def label_width(rows: list[tuple[str, Any]], size: float = LABEL_SIZE) -> float:
    """Points for the labels of some rows: the widest, as long as the words keep their room."""
    return round(min(max((width(name, size) for name, _ in rows), default=0.0) + 6, MOST_LABEL), 1)


def _definitions(pen: Setter, block: Definitions) -> Data:
    def card(one: Definition) -> Data:
        here = pen.label(one.anchor)
        rows = [
            (
                _word(name, MOST_LABEL),
                pen.runs(words, room=130.0, size=7.0, here=pen.target(one.anchor)),
            )
            for name, words in one.rows
        ]
        said = sum(len(plain(words)) for _, words in one.rows) + len(plain(one.text))
        text = pen.runs(one.text, room=HALF, size=7.4)
        name = broken(clean(one.name), HALF, 8.2)
        return {
            "anchor": here,
            "name": name,
            "text": text,
            "rows": rows,
            "label_width": label_width(rows, 7.0),
            "long": said > LONG,
        }

    return {"cards": [card(one) for one in block.cards]}


MAKERS: dict[str, Callable[[Setter, Any], Data]] = {
    Paragraph.__name__: _paragraph,
    Heading.__name__: _heading,
    Bullets.__name__: _bullets,
    Steps.__name__: _steps,
    Tiles.__name__: _tiles,
    Card.__name__: _card,
    Table.__name__: set_table,
    Chart.__name__: set_chart,
    Definitions.__name__: _definitions,
}
