"""Tables on slides: widths by what stands in them, rows split over slides, never overflowing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from toolkit.deliverables.slides.fitting import cell_height, cut, ems, word
from toolkit.deliverables.slides.paper import Align, Box, Cell, Grid, Para
from toolkit.outline.blocks import Table, Text, plain, words_of

ALIGN: dict[str, Align] = {"l": "l", "r": "r", "c": "ctr"}
MARGINS = (5.0, 3.5)
SHORT = 11.0
"""A column of up to so many ems is never wrapped."""

CAPS = (7.0, 10.0, 14.0, 18.0, 24.0, 60.0)
"""Up to so many ems a column is given what it asks for: each is tried, the lowest table wins."""


def widths(table: Table, across: float, size: float) -> tuple[float, ...]:
    """Widths of the columns: short ones as they are, the long ones so that the table is lowest."""
    pad = 2 * MARGINS[0] + 0.4 * size
    asked, least = [], []
    for place, name in enumerate(table.columns):
        texts = [(name, True), *((plain(row[place]), False) for row in table.rows)]
        natural = max(ems(text, bold) for text, bold in texts)
        narrow = max(word(text, bold) for text, bold in texts)
        asked.append(natural * size + pad)
        least.append((natural if natural <= SHORT else min(narrow, SHORT)) * size + pad)
    rows = rows_of(table, size)
    firsts = [
        [max(one, min(more, cap * size)) for one, more in zip(least, asked, strict=True)]
        for cap in CAPS
    ]
    wide = [one for one in firsts if sum(one) <= across] or firsts[:1]
    tried = {_shared(asked, one, across): -sum(one) for one in wide}
    return min(tried, key=lambda one: (sum(heights(rows, one)), tried[one]))


def _shared(asked: list[float], given: list[float], across: float) -> tuple[float, ...]:
    """What is given first, then what is left by what is still asked for; all of it if nothing."""
    spare = across - sum(given)
    if spare < 0:
        return tuple(one * across / sum(given) for one in given)
    wanted = [max(more - one, 0.0) for more, one in zip(asked, given, strict=True)]
    share = min(spare / sum(wanted), 1.0) if sum(wanted) else 0.0
    filled = [one + more * share for one, more in zip(given, wanted, strict=True)]
    return tuple(one * across / sum(filled) for one in filled)


def rows_of(table: Table, size: float) -> list[tuple[Cell, ...]]:
    """The head and the rows as cells."""
    aligns: list[Align] = [
        ALIGN.get(mark, "l") for mark in table.align.ljust(len(table.columns), "l")
    ]
    head = tuple(
        Cell(
            paras=(Para(text=words_of(name), size=size, bold=True, colour="soft", align=align),),
            fill="mist", under="accent", margins=MARGINS,
        )
        for name, align in zip(table.columns, aligns, strict=False)
    )  # fmt: skip
    return [head, *(_row(row, aligns, size) for row in table.rows)]


def _row(row: tuple[Text, ...], aligns: Sequence[Align], size: float) -> tuple[Cell, ...]:
    return tuple(
        Cell(paras=(Para(text=text, size=size, align=align),), margins=MARGINS)
        for text, align in zip(row, aligns, strict=False)
    )


def heights(rows: Sequence[tuple[Cell, ...]], across: Sequence[float]) -> list[float]:
    """Height of each row, in points."""
    return [
        max(cell_height(cell, width) for cell, width in zip(row, across, strict=False))
        for row in rows
    ]


def shortened(
    rows: Sequence[tuple[Cell, ...]], across: Sequence[float], most: float
) -> tuple[list[tuple[Cell, ...]], list[str]]:
    """Rows none of which is higher than a slide, and the texts that were cut for it."""
    made: list[tuple[Cell, ...]] = []
    lost: list[str] = []
    for row in rows:
        cells = []
        for cell, width in zip(row, across, strict=False):
            kept = tuple(
                cut(para, width - 2 * cell.margins[0], most - 2 * cell.margins[1])
                for para in cell.paras
            )
            lost += [
                plain(para.text)
                for para, one in zip(cell.paras, kept, strict=True)
                if one is not para
            ]
            cells.append(replace(cell, paras=kept))
        made.append(tuple(cells))
    return made, lost


def split(high: Sequence[float], room: Sequence[float]) -> list[tuple[int, int]]:
    """Which rows stand on which slide: as few slides as hold them, about equally full.

    ``high[0]`` is the head, which is repeated; ``room`` that of the first and of further slides.

    >>> split([10, 10, 10, 10, 10], [40, 40])
    [(1, 3), (3, 5)]
    """
    count = len(_packed(high, room, 1.0))
    share = 0.5
    while share < 1.0 and len(_packed(high, room, share)) > count:
        share += 0.05
    return _packed(high, room, min(share, 1.0))


def _packed(high: Sequence[float], room: Sequence[float], share: float) -> list[tuple[int, int]]:
    made: list[tuple[int, int]] = []
    start, used = 1, high[0]
    for row in range(1, len(high)):
        most = room[min(len(made), len(room) - 1)] * share
        if used + high[row] > most and row > start:
            made.append((start, row))
            start, used = row, high[0]
        used += high[row]
    return [*made, (start, len(high))] if len(high) > 1 else [(1, 1)]


def grid(  # noqa: PLR0913 — what a table is made of
    name: str,
    rows: Sequence[tuple[Cell, ...]],
    across: Sequence[float],
    high: Sequence[float],
    corner: tuple[float, float],
    alt: str,
) -> Grid:
    """The native table of some rows."""
    box = Box(x=corner[0], y=corner[1], w=sum(across), h=sum(high))
    return Grid(
        name=name, box=box, widths=tuple(across), heights=tuple(high), cells=tuple(rows), alt=alt
    )
