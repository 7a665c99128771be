"""The few figures that tell at once whether a table was read right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import fsum
from typing import Any

from toolkit.intake.working import Working

Row = tuple[Working, int, bool]


def figures(works: Sequence[Working], repeated: Sequence[Sequence[bool]]) -> dict[str, Any]:
    """Sums and counts of the accepted rows, cancelled ones left out, repeated totals once."""
    rows = list(_counted(works, repeated))
    orders = works[0].kind.name == "orders"
    days = _days(rows)
    return {
        "amount_sum": _sum(rows, "amount"),
        "orders": _distinct(rows, "order_id") if orders else None,
        "distinct_customers": _distinct(rows, "customer_id"),
        "minutes_sum": _sum(rows, "minutes"),
        "first_date": min(days, default=None),
        "last_date": max(days, default=None),
    }


def first_dates(works: Sequence[Working]) -> tuple[str, ...] | None:
    """The date of every accepted row, in row order; None where the table has no date column."""
    name = works[0].kind.date
    if name is None or not all(name in work.columns for work in works):
        return None
    return tuple(
        "" if value is None else _day(value)
        for work in works
        for value in (work.columns[name][index] for index in work.live())
    )


def _counted(works: Sequence[Working], repeated: Sequence[Sequence[bool]]) -> Iterator[Row]:
    for work, again in zip(works, repeated, strict=True):
        for index in work.live():
            if not work.cancelled[index]:
                yield work, index, again[index]


def _sum(rows: Sequence[Row], column: str) -> float | None:
    """The exactly rounded sum of a column: the order of rows does not matter."""
    if not any(column in work.columns for work, _, _ in rows):
        return None
    values = (
        work.columns[column][index]
        for work, index, again in rows
        if not again and column in work.columns
    )
    return fsum(value for value in values if value is not None)


def _distinct(rows: Sequence[Row], column: str) -> int | None:
    if not any(column in work.columns for work, _, _ in rows):
        return None
    found = {work.columns[column][index] for work, index, _ in rows if column in work.columns}
    return len(found - {None})


def _days(rows: Sequence[Row]) -> set[str]:
    name = rows[0][0].kind.date if rows else None
    if name is None:
        return set()
    values = {work.columns[name][index] for work, index, _ in rows if name in work.columns}
    return {_day(value) for value in values if value is not None}


def _day(value: Any) -> str:
    return value if isinstance(value, str) else value.date().isoformat()
