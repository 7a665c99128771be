"""The rows behind a chart as a block of cells: heads, rows, and how each column is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.outline.blocks import Chart

Value = float | int | str | None
UNDRAWN = ("swimlane", "modules", "cohort")
"""Kinds shown by their rows alone: a drawing of Excel's cannot carry them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Cells of a chart: the id and unit of each column and its rows."""

    columns: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    def place(self, name: str) -> int:
        """Where a column stands."""
        return self.columns.index(name)


def block_of(chart: Chart) -> Block:
    """The block of a chart: lines side by side, steps of a waterfall with what they stand on."""
    made = Block(columns=chart.columns, units=chart.units, rows=_named(chart))
    if chart.columns[:1] == ("line",):
        return _side_by_side(made)
    if chart.kind == "waterfall":
        return _standing(made, chart.labels)
    if chart.kind == "ranges":
        return _spread(made)
    if chart.kind == "lorenz":
        return replace(
            made,
            columns=(*made.columns, "even"),
            units=(*made.units, "share"),
            rows=tuple((*row, row[0]) for row in made.rows),
        )
    return made


def _named(chart: Chart) -> tuple[tuple[Value, ...], ...]:
    """The rows with the words of their codes."""
    return tuple(
        tuple(
            chart.labels.get(f"item.{value}", value) if isinstance(value, str) else value
            for value in row
        )
        for row in chart.rows
    )


def _spread(block: Block) -> Block:
    """How far each range reaches below and above its value, as error bars want it."""
    low, value, high = (block.place(name) for name in ("low", "value", "high"))

    def away(row: tuple[Value, ...], end: int) -> float:
        here, there = row[value], row[end]
        if isinstance(here, int | float) and isinstance(there, int | float):
            return abs(float(there) - float(here))
        return 0.0

    return Block(
        columns=(*block.columns, "down", "up"),
        units=(*block.units, "yen", "yen"),
        rows=tuple((*row, away(row, low), away(row, high)) for row in block.rows),
    )


def _side_by_side(block: Block) -> Block:
    """A column for each line over the steps of the second column."""
    lines = list(dict.fromkeys(str(row[0]) for row in block.rows))
    steps = sorted({row[1] for row in block.rows if row[1] is not None}, key=_by_size)
    found: Mapping[tuple[str, Value], Value] = {(str(row[0]), row[1]): row[2] for row in block.rows}
    return Block(
        columns=(block.columns[1], *(f"={line}" for line in lines)),
        units=(block.units[1], *[block.units[2]] * len(lines)),
        rows=tuple((step, *(found.get((line, step)) for line in lines)) for step in steps),
    )


def _by_size(value: Value) -> tuple[float, str]:
    return (float(value), "") if isinstance(value, int | float) else (0.0, str(value))


def _standing(block: Block, labels: Mapping[str, str]) -> Block:
    """What each step of a waterfall takes or adds, and the height it stands on."""
    takes = block.columns[1] == "share"
    level, rows = 1.0, [(labels.get("start", ""), 1.0, 0.0, 1.0)]
    for row in block.rows:
        value = float(row[1] or 0.0)
        change = -value if takes else value
        base = min(level, level + change)
        rows.append((str(row[0]), value, base, abs(change)))
        level += change
    rows.append((labels.get("end", ""), level, 0.0, level))
    return Block(
        columns=(block.columns[0], block.columns[1], "base", "height"),
        units=("text", "share", "share", "share"),
        rows=tuple(rows),
    )


def triangle(chart: Chart) -> Sequence[tuple[Value, ...]]:
    """The rows of a cohort chart as a triangle: a row per cohort, a column per month.

    The first row is the heads: a blank, then the months.
    """
    months = sorted({int(row[1]) for row in chart.rows if isinstance(row[1], int)})
    cohorts = list(dict.fromkeys(str(row[0]) for row in chart.rows))
    found = {(str(row[0]), row[1]): row[2] for row in chart.rows}
    head: tuple[Value, ...] = (None, *months)
    return [head, *((one, *(found.get((one, month)) for month in months)) for one in cohorts)]
