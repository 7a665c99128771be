"""The few figures that tell at once whether a table was read right."""

from __future__ import annotations

from collections.abc import Sequence
from math import fsum
from typing import TYPE_CHECKING, Any

from toolkit.intake.rows.sharing import surely_distinct
from toolkit.intake.rows.working import Working

if TYPE_CHECKING:
    import numpy
    import pyarrow

Marks = Sequence["numpy.ndarray[Any, Any]"]


def figures(works: Sequence[Working], repeated: Marks) -> dict[str, Any]:
    """Sums and counts of the accepted rows, cancelled ones left out, repeated totals once."""
    orders = works[0].kind.name == "orders"
    days = _column(works, works[0].kind.date, repeated)
    return {
        "amount_sum": _sum(_column(works, "amount", repeated, once=True)),
        "orders": _orders(works, repeated) if orders else None,
        "distinct_customers": _distinct(_column(works, "customer_id", repeated)),
        "minutes_sum": _sum(_column(works, "minutes", repeated)),
        "first_date": _day(days, "min"),
        "last_date": _day(days, "max"),
    }


def first_dates(works: Sequence[Working]) -> tuple[str, ...] | None:
    """The date of every accepted row, in row order; None where the table has no date column."""
    name = works[0].kind.date
    if name is None or not all(name in work.columns for work in works):
        return None
    return tuple(_shown(value) for work in works for value in work.values(name).to_pylist())


def _column(
    works: Sequence[Working], name: str | None, repeated: Marks, *, once: bool = False
) -> pyarrow.ChunkedArray | None:
    """A column's values in the rows that count; None where no file has one and a row of it."""
    import numpy as np
    import pyarrow as pa

    parts = []
    for work, again in zip(works, repeated, strict=True):
        counted = (work.fates == 0) & ~work.cancelled
        if name not in work.columns or not counted.any():
            continue
        if once:
            counted &= ~again
        parts.append(work.columns[name].take(pa.array(np.flatnonzero(counted))))
    return pa.chunked_array(parts) if parts else None


def _sum(values: pyarrow.ChunkedArray | None) -> float | None:
    """The exactly rounded sum of a column: the order of rows does not matter."""
    return None if values is None else fsum(values.drop_null().to_numpy())


def _orders(works: Sequence[Working], repeated: Marks) -> int | None:
    """Distinct orders; where ids only rise or fall, as many as there are rows."""
    values = _column(works, "order_id", repeated)
    if values is None or not surely_distinct(works, ("order_id",)):
        return _distinct(values)
    return len(values) - int(values.null_count)


def _distinct(values: pyarrow.ChunkedArray | None) -> int | None:
    return None if values is None else len(values.unique().drop_null())


def _day(values: pyarrow.ChunkedArray | None, end: str) -> str | None:
    import pyarrow.compute as pc

    if values is None:
        return None
    value = getattr(pc, end)(values).as_py()
    return _shown(value) or None


def _shown(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else value.date().isoformat()
