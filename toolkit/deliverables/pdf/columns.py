"""Widths of a table's columns: figures stay whole, the rest is shared by what there is to read."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.charts.lettering import width
from toolkit.deliverables.pdf.letters import WORD

WHOLE = (0.17, 0.13, 0.1, 0.07, 0.0)
"""Shares of the table up to which a short cell keeps its line: the first that leaves room."""

TAKEN = 0.6
"""Share of the table that what must stay on one line may take."""

WORD_MOST = 0.17
"""Share of the table up to which a column is as wide as its longest word."""

PADDING = 10.0
SPARE = 1.5
"""What a figure in bold is wider than we measure it, about."""

ROUNDS = 8


def widths(
    heads: Sequence[str], rows: Sequence[Sequence[str]], room: float, size: float
) -> list[float]:
    """Points each column takes, together as wide as the room.

    The lines of a table are fewest where a column's width goes with the root of the text in
    those of its cells that make their rows high; within that no column is narrower than its
    short cells nor wider than its longest cell, as long as the others need the place.

    Args:
        heads: one a column.
        rows: cells as characters.
        room: points for all columns.
        size: of the letters, in points.

    >>> widths(("a", "b"), (("x", "長い文章が続くセル" * 9),), 200.0, 8.0)
    [19.5, 180.5]
    """
    long = [[width(cell, size) for cell in cells] for cells in (heads, *rows)]
    columns = list(zip(*((heads, *rows)), strict=True))
    least = _narrowest(columns, room, size)
    most = [max(one) + PADDING + SPARE for one in zip(*long, strict=True)]
    over = sum(least) / room
    if over >= 1:
        return [round(one / over, 1) for one in least]
    if sum(most) <= room:
        return _spread(most, room)
    made = _shared([1.0] * len(least), least, most, room)
    for _ in range(ROUNDS):
        better = _shared(_amounts(long, made), least, most, room)
        made = [(one + other) / 2 for one, other in zip(made, better, strict=True)]
    return [round(one, 1) for one in made]


def _amounts(long: list[list[float]], wide: list[float]) -> list[float]:
    """Root of the text that makes rows high, by column: a cell counts as it fills its row."""
    amounts = [1.0] * len(wide)
    for cells in long:
        lines = [one / place for one, place in zip(cells, wide, strict=True)]
        for place, one in enumerate(cells):
            amounts[place] += one * (lines[place] / max(max(lines), 0.01)) ** 2
    return [one**0.5 for one in amounts]


def _narrowest(columns: Sequence[Sequence[str]], room: float, size: float) -> list[float]:
    """Points each column needs for its short cells (figures, dates, marks) and its words."""
    for share in WHOLE:
        made = [_least(cells, room * share, room * WORD_MOST, size) for cells in columns]
        if sum(made) < room * TAKEN:
            break
    return made


def _least(cells: Sequence[str], most: float, longest: float, size: float) -> float:
    words = [width(word, size) for cell in cells for word in WORD.findall(cell)]
    kept = [one for one in (width(cell, size) for cell in cells) if one <= most]
    return max([size, min(max(words, default=0.0), longest), *kept]) + PADDING + SPARE


def _spread(most: list[float], room: float) -> list[float]:
    """All fit: what is left goes to each alike, so that the figures stand apart evenly."""
    left = (room - sum(most)) / len(most)
    return [round(one + left, 1) for one in most]


def _shared(amount: list[float], least: list[float], most: list[float], room: float) -> list[float]:
    """Room by amount, each column held between its least and its most."""
    fixed: dict[int, float] = {}
    while len(fixed) < len(amount):
        free = [place for place in range(len(amount)) if place not in fixed]
        left = room - sum(fixed.values())
        total = sum(amount[place] for place in free)
        tried = {place: left * amount[place] / total for place in free}
        low = {place: least[place] for place in free if tried[place] < least[place]}
        high = {place: most[place] for place in free if tried[place] > most[place]}
        short = sum(least[place] - tried[place] for place in low)
        excess = sum(tried[place] - most[place] for place in high)
        fixed |= (low if short >= excess else high) or tried
    slack = (room - sum(fixed.values())) / len(amount)
    return [fixed[place] + slack for place in range(len(amount))]
