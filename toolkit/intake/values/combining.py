"""One canonical column from several columns of a file, as a mapping asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy
    import pyarrow

UNIT_SEPARATOR = "\x1f"
ARITHMETIC = ("multiply", "sum", "minus")
_SIX_DIGITS = r"^(\d{2})(\d{2})(\d{2})$"
_BARE_DIGITS = r"^\d{1,6}$"


def combine(operation: str, parts: Sequence[pyarrow.Array]) -> pyarrow.Array:
    """The values of one column from the values of its parts.

    ``join`` and ``multiply`` are null where a part is, ``sum`` where every part is, ``minus``
    where the first is; ``first`` takes the first that is not null.
    """
    return parts[0] if len(parts) == 1 else COMBINATIONS[operation](parts)


def constant(text: str, rows: int) -> pyarrow.Array:
    """The same text in every row; the empty text is null."""
    import pyarrow as pa

    return pa.repeat(pa.scalar(text or None, pa.string()), rows)


def with_time(days: pyarrow.Array, times: pyarrow.Array) -> pyarrow.Array:
    """Texts of days with texts of times of day behind them; 93005 is 9:30:05, 5 five past midnight.

    A blank day stays blank, a blank time adds nothing.
    """
    import pyarrow.compute as pc

    times = pc.utf8_trim_whitespace(times)
    digits = pc.utf8_lpad(times, width=6, padding="0")
    clock = pc.if_else(pc.match_substring_regex(times, _BARE_DIGITS), digits, times)
    clock = pc.replace_substring_regex(clock, _SIX_DIGITS, r"\1:\2:\3")
    joined = pc.utf8_trim_whitespace(pc.binary_join_element_wise(days, clock, " "))
    return pc.if_else(pc.equal(pc.utf8_trim_whitespace(days), ""), "", joined)


def where(rows: numpy.ndarray[Any, Any], cells: pyarrow.Array) -> pyarrow.Array:
    """The cells of some rows, blank elsewhere."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.if_else(pa.array(rows), cells, "")


def row_names(file: str, rows: numpy.ndarray[Any, Any]) -> pyarrow.Array:
    """A name for each row: its file and number."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(file, pc.cast(pa.array(rows), pa.string()), "#")


def _join(parts: Sequence[pyarrow.Array]) -> pyarrow.Array:
    import pyarrow.compute as pc

    return pc.binary_join_element_wise(*parts, UNIT_SEPARATOR, null_handling="emit_null")


def _multiply(parts: Sequence[pyarrow.Array]) -> pyarrow.Array:
    import pyarrow.compute as pc

    return reduce(pc.multiply, parts)


def _sum(parts: Sequence[pyarrow.Array]) -> pyarrow.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    known = reduce(pc.or_, (pc.is_valid(part) for part in parts))
    total = reduce(pc.add, (pc.fill_null(part, 0.0) for part in parts))
    return pc.if_else(known, total, pa.scalar(None, total.type))


def _minus(parts: Sequence[pyarrow.Array]) -> pyarrow.Array:
    import pyarrow.compute as pc

    first, *rest = parts
    return reduce(pc.subtract, (pc.fill_null(part, 0.0) for part in rest), first)


def _first(parts: Sequence[pyarrow.Array]) -> pyarrow.Array:
    import pyarrow.compute as pc

    return pc.coalesce(*parts)


COMBINATIONS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "join": _join,
    "multiply": _multiply,
    "sum": _sum,
    "minus": _minus,
    "first": _first,
    "or_row": _first,
}
