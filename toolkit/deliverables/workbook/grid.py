"""Blocks of the document on a sheet: texts, tiles and tables over a grid of equal columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.deliverables.sheet import text_width
from toolkit.deliverables.workbook.desk import Desk
from toolkit.deliverables.workbook.page import Page, place
from toolkit.outline.blocks import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    Section,
    Table,
    Text,
    Tile,
    Tiles,
    plain,
)

COLUMNS, WIDTH = 12, 13.0
LOOKS = {"lead": "lead", "body": "body", "note": "note", "quote": "body"}
LEAST, MOST = 8, 60  # how wide a column of a table counts when the grid is shared out


@dataclass(slots=True)
class Grid:
    """A sheet being filled from the top; ``row`` is the next free one."""

    desk: Desk
    page: Page
    links: dict[str, int]
    row: int = 0


def write_section(desk: Desk, name: str, section: Section | None, links: dict[str, int]) -> None:
    """A section of the document as a sheet of its own.

    Args:
        desk: the desk.
        name: id of the sheet.
        section: its blocks, None where the document has no such section.
        links: rows of figures by key, to which their numbers lead.
    """
    page = desk.page(name, [WIDTH] * COLUMNS)
    grid = Grid(desk=desk, page=page, links=links)
    page.title()
    page.wide(1, (0, COLUMNS - 1), desk.say(f"about.{name}"), "note")
    page.sheet.freeze_panes(2, 0)
    grid.row = 3
    for block in section.blocks if section is not None else ():
        _block(grid, block)


def _block(grid: Grid, block: Block) -> None:
    if isinstance(block, Paragraph):
        _line(grid, plain(block.text), LOOKS[block.style])
    elif isinstance(block, Heading):
        grid.row += 1
        _line(grid, plain(block.text), "heading")
    elif isinstance(block, Bullets):
        for item in block.items:
            _line(grid, f"・{plain(item)}", "body")
    elif isinstance(block, Tiles):
        _tiles(grid, block.tiles)
    elif isinstance(block, Table):
        _table(grid, block)
    grid.row += 0 if isinstance(block, Heading) else 1


def _line(grid: Grid, text: str, look: str) -> None:
    grid.page.wide(grid.row, (0, COLUMNS - 1), text, look)
    grid.row += 1


def _tiles(grid: Grid, tiles: Sequence[Tile]) -> None:
    """Tiles side by side: label, value, comparison and quality, one under the other."""
    span = COLUMNS // max(len(tiles), 1)
    for place_, tile in enumerate(tiles):
        first, last = place_ * span, (place_ + 1) * span - 1
        value = "tile_value"
        for row, text, look in (
            (0, tile.label, "tile_label"),
            (1, tile.value, value),
            (2, tile.note, "tile_label"),
            (3, tile.quality, "tile_label"),
        ):
            grid.page.wide(grid.row + row, (first, last), plain(text), look)
        _lead(grid, (grid.row + 1, first), tile.value, value)
    grid.row += 4


def _table(grid: Grid, table: Table) -> None:
    if table.caption:
        grid.page.wide(grid.row, (0, COLUMNS - 1), plain(table.caption), "note")
        grid.row += 1
    spans = _spans(table)
    for (first, last), label in zip(spans, table.columns, strict=True):
        grid.page.wide(grid.row, (first, last), label, "head")
    grid.row += 1
    align = table.align.ljust(len(spans), "l")
    for number, cells in enumerate(table.rows):
        tone = table.tones[number] if number < len(table.tones) else "plain"
        for column, ((first, last), text) in enumerate(zip(spans, cells, strict=True)):
            look = "number" if align[column] == "r" else "cell"
            if column == 0 and tone != "plain" and len(table.columns) > 1:
                look = "strong"
            grid.page.wide(grid.row, (first, last), plain(text), look)
            _lead(grid, (grid.row, first), text, look)
        grid.row += 1


def _lead(grid: Grid, at: tuple[int, int], text: Text, look: str) -> None:
    """A cell whose number stands among the figures leads there, in its own look."""
    keys = [span.fact for span in text if span.fact in grid.links]
    if not keys:
        return
    target = place(grid.desk.names["figures"], grid.links[str(keys[0])])
    form = grid.desk.looks.of(look)
    grid.page.sheet.write_url(*at, f"internal:{target}", form, plain(text))


def _spans(table: Table) -> list[tuple[int, int]]:
    """The grid's columns shared out among the table's by how much stands in them."""
    wants = []
    for column, label in enumerate(table.columns):
        widest = [text_width(plain(row[column])) for row in table.rows]
        usual = sorted(widest)[int(len(widest) * 0.8)] if widest else 0
        wants.append(min(max(usual, text_width(label), LEAST), MOST))
    total, left, made, first = sum(wants), COLUMNS, [], 0
    for number, want in enumerate(wants):
        behind = len(wants) - number - 1
        span = max(1, min(left - behind, round(want / total * COLUMNS)))
        if behind == 0:
            span = left
        made.append((first, first + span - 1))
        first, left = first + span, left - span
    return made
