"""A plan on a slide: periods as arrows, and what is done in each under them."""

from __future__ import annotations

from toolkit.deliverables.slides.fitting import height, held
from toolkit.deliverables.slides.flow import flow, said
from toolkit.deliverables.slides.paper import (
    ACROSS,
    BODY,
    LEAST,
    LEFT,
    Box,
    Group,
    Made,
    Para,
    Piece,
    Plate,
)
from toolkit.outline.blocks import (
    Paragraph,
    Table,
    Text,
    plain,
    words_of,
)
from toolkit.outline.deck import Deck, Slide

COLUMNS = 3
"""A plan names at least a period, a rank and a task."""


def phases(slide: Slide, deck: Deck) -> list[Made]:
    """A table whose first column names periods, as arrows with what is done under each."""
    table = next((block for block in slide.blocks if isinstance(block, Table)), None)
    if table is None or not table.rows or len(table.columns) < COLUMNS:
        return flow(slide, deck)
    groups = _periods(table)
    roots = [len(rows) ** 0.4 for _, rows in groups]
    spare = ACROSS - 10 * (len(groups) - 1)
    widths = [spare * root / sum(roots) for root in roots]
    notes = [
        para for block in slide.blocks if isinstance(block, Paragraph) for para in said(block, 11)
    ]
    notes += [Para(text=slide.more, size=11, colour="soft")] if slide.more else []
    deep = height(notes, ACROSS) + (8 if notes else 0)
    room = BODY.h - 44 - 12 - deep
    size = _tasks_size([rows for _, rows in groups], widths, room - 16)
    made: list[Piece | Group] = []
    lost: list[str] = []
    x = LEFT
    for number, ((name, rows), wide) in enumerate(zip(groups, widths, strict=True), start=1):
        shown, cut = held(_tasks(rows, size), wide - 20, room - 16)
        head, _ = held(
            [Para(text=name, size=15, bold=True, colour="paper", align="ctr")], wide - 20, 22
        )
        long = wide + (8 if number < len(groups) else 0)
        made += [
            Plate(name=f"period-{number}", box=Box(x=x, y=BODY.y, w=long, h=36), shape="homePlate",
                  fill="accent", paras=head, anchor="ctr", inset=(6, 0)),
            Plate(name=f"tasks-{number}", box=Box(x=x, y=BODY.y + 44, w=wide, h=room),
                  paras=shown, fill="mist", inset=(10, 8)),
        ]  # fmt: skip
        lost += cut
        x += wide + 10
    if notes:
        at = Box(x=LEFT, y=BODY.foot - deep + 8, w=ACROSS, h=deep - 8)
        made.append(Plate(name="note", box=at, paras=tuple(notes)))
    return [Made(pieces=tuple(made), cut=tuple(lost))]


def _tasks_size(groups: list[list[tuple[Text, ...]]], widths: list[float], room: float) -> float:
    """The largest size in which the tasks of every period have room."""
    size = 16.0
    while size > LEAST and any(
        height(_tasks(rows, size), wide - 20) > room
        for rows, wide in zip(groups, widths, strict=True)
    ):
        size -= 0.5
    return size


def _periods(table: Table) -> list[tuple[Text, list[tuple[Text, ...]]]]:
    groups: list[tuple[Text, list[tuple[Text, ...]]]] = []
    for row in table.rows:
        if plain(row[0]) or not groups:
            groups.append((row[0], []))
        groups[-1][1].append(row[1:])
    return groups


def _tasks(rows: list[tuple[Text, ...]], size: float) -> list[Para]:
    """Each task in bold with its rank, then who, when and how much work, smaller."""
    made: list[Para] = []
    for row in rows:
        rank, name, *rest = row
        small = [text for text in rest if plain(text)]
        joined = tuple(
            span
            for place, text in enumerate(small)
            for span in (*(words_of(" / ") if place else ()), *text)
        )
        made.append(Para(text=(*rank, *words_of(". "), *name), size=size, bold=True, before=8))
        if joined:
            made.append(Para(text=joined, size=max(size - 2, LEAST), colour="soft", before=1))
    return made
