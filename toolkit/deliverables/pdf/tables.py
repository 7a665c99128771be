"""A table for the PDF: widths by what there is to read, rows that stay whole."""

from __future__ import annotations

from typing import Any

from toolkit.deliverables.pdf.columns import PADDING, widths
from toolkit.deliverables.pdf.letters import broken, clean
from toolkit.deliverables.pdf.setter import Setter
from toolkit.outline.blocks import Table, plain

WIDE = 476.0
SIZES = {True: 8.0, False: 7.4}
MANY = 5
"""Columns past which a table is set in smaller letters."""

MARK = "\u3000"
"""Room for the sign of a tone before the first cell of a row."""

LONG = 400
"""Characters past which a cell may break over pages."""


def set_table(pen: Setter, block: Table) -> dict[str, Any]:
    """Heads, rows with their places and tones, alignment and the widths of the columns."""
    size = SIZES[len(block.columns) <= MANY]
    heads = [clean(one) for one in block.columns]
    written = [[clean(plain(cell)) for cell in row] for row in block.rows]
    marked = any(tone != "plain" for tone in block.tones)
    seen = [[MARK + row[0], *row[1:]] for row in written] if marked else written
    wide = widths(heads, seen, WIDE, size)
    return {
        "label": pen.document.chrome["table"],
        "caption": pen.runs(block.caption),
        "columns": [broken(one, wide[i] - PADDING, size) for i, one in enumerate(heads)],
        "align": block.align.ljust(len(heads), "l"),
        "widths": wide,
        "by_hand": block.by_hand,
        "size": size,
        "rows": [_row(pen, block, place, wide, size) for place in range(len(block.rows))],
        "long": any(len(cell) > LONG for row in written for cell in row),
    }


def _row(pen: Setter, block: Table, place: int, wide: list[float], size: float) -> dict[str, Any]:
    wanted = block.anchors[place] if place < len(block.anchors) else ""
    here = pen.target(wanted)
    cells = block.rows[place]
    return {
        "anchor": pen.label(wanted),
        "tone": block.tones[place] if place < len(block.tones) else None,
        "cells": [
            pen.runs(cell, room=wide[i] - PADDING, size=size, here=here)
            for i, cell in enumerate(cells)
        ],
        "long": any(len(plain(cell)) > LONG for cell in cells),
    }
