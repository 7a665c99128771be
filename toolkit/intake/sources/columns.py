"""Columns from a database: typed where every value fits, else text exactly as stored.

A value that a type cannot hold (an endless date, not-a-number, a number of 40 digits) makes its
column text: the row is then refused where the value stands, and nothing turns into a blank.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.intake.sources.session import SourceFault
from toolkit.intake.values.cells import faulty

if TYPE_CHECKING:
    import pyarrow

MOST_DIGITS = 38
EXACT_FLOAT = 2**53
Typing = Callable[[Any, str], Any]


def named(names: Sequence[str]) -> list[str]:
    """The names of a result's columns.

    Raises:
        SourceFault: there are none, or two are equal.
    """
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise SourceFault("source_columns_twice", "query", {"columns": ", ".join(twice)})
    if not names:
        raise SourceFault("source_no_columns", "query")
    return list(names)


def decoded(cell: bytes | None) -> str | None:
    """Bytes as text; those that are not UTF-8 become a cell without a usable value."""
    try:
        return None if cell is None else cell.decode("utf-8")
    except UnicodeDecodeError:
        return faulty("cell_undecodable", "")


def text_of_bytes(column: Any) -> Any:
    """A column of bytes as text."""
    import pyarrow as pa

    try:
        return column.cast(pa.string())
    except pa.ArrowInvalid:
        return pa.array([decoded(cell) for cell in column.to_pylist()], pa.string())


def whole_numbers(text: Any, zone: str) -> Any:
    """Text as int64."""
    import pyarrow as pa

    return text.cast(pa.int64())


def floats(text: Any, zone: str) -> Any:
    """Text as float64; endless ones and not-a-number do not fit."""
    import pyarrow as pa

    return _finite(text.cast(pa.float64()))


def decimals(text: Any, zone: str) -> Any:
    """Text as decimal128 with as many places as the longest has; int64 where none has any."""
    import pyarrow as pa
    import pyarrow.compute as pc

    length = pc.binary_length(text)
    point = pc.find_substring(text, ".")
    before = pc.if_else(pc.less(point, 0), length, point)
    places = max(0, pc.max(pc.subtract(pc.subtract(length, before), 1)).as_py() or 0)
    digits = max(1, (pc.max(before).as_py() or 0) + places)
    if digits > MOST_DIGITS:
        raise pa.ArrowInvalid("too many digits")
    column = text.cast(pa.decimal128(digits, places))
    return column if places else _as_int(column)


def flags(text: Any, zone: str) -> Any:
    """Text ``t`` and ``f`` as bool."""
    import pyarrow.compute as pc

    return pc.equal(text, "t")


def days(text: Any, zone: str) -> Any:
    """Text as date32."""
    import pyarrow as pa

    return text.cast(pa.date32())


def local_times(text: Any, zone: str) -> Any:
    """Text without an offset as timestamp[us]."""
    import pyarrow as pa

    return text.cast(pa.timestamp("us"))


def moments(text: Any, zone: str) -> Any:
    """Text with an offset as timestamp[us] in a zone."""
    import pyarrow as pa

    return text.cast(pa.timestamp("us", zone))


def typed(text: Any, typing: Typing | None, zone: str) -> Any:
    """A column of text by its typing; text as it is where a value does not fit."""
    import pyarrow as pa

    if typing is None:
        return text
    try:
        return typing(text, zone)
    except pa.ArrowInvalid:
        return text


def plain(column: Any) -> Any:
    """A column of any Arrow type in the few types that leave here."""
    import pyarrow as pa

    kind = column.type
    if pa.types.is_dictionary(kind) or pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_binary(kind):
        return text_of_bytes(column)
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return _bounded(column)
    if pa.types.is_boolean(kind) or pa.types.is_string(kind):
        return column
    return _number(column) if _is_number(kind) else _written(column)


def _is_number(kind: pyarrow.DataType) -> bool:
    import pyarrow as pa

    tests = (pa.types.is_integer, pa.types.is_floating, pa.types.is_decimal)
    return any(test(kind) for test in tests)


def _number(column: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_floating(column.type):
        short = pa.types.is_float32(column.type)  # 1.1 stays 1.1, not 1.10000002384
        wide = column.cast(pa.string()).cast(pa.float64()) if short else column
        try:
            return _finite(wide)
        except pa.ArrowInvalid:
            return wide.cast(pa.string())
    whole = pa.types.is_integer(column.type) or column.type.scale == 0
    return _as_int(column) if whole else column


def _as_int(column: Any) -> Any:
    """Whole numbers as int64, or as they are where one is too large."""
    import pyarrow as pa

    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:
        return column if pa.types.is_decimal(column.type) else column.cast(pa.string())


def _finite(column: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if pc.all(pc.is_finite(column)).as_py() is False:
        raise pa.ArrowInvalid("not finite")
    return column


def _bounded(column: Any) -> Any:
    """Dates as date32 and times as timestamp[us]; text where one of them is endless."""
    import pyarrow as pa
    import pyarrow.compute as pc

    day = pa.types.is_date(column.type)
    size = pa.int32() if day else pa.int64()
    last = 2**31 - 1 if day else 2**63 - 1
    count = column.cast(size)
    endless = pc.or_(pc.greater_equal(count, last), pc.less_equal(count, -last))
    if not pc.any(endless).as_py():
        return column if day else column.cast(pa.timestamp("us", column.type.tz), safe=False)
    words = pc.if_else(pc.greater(count, 0), "infinity", "-infinity")
    return pc.if_else(endless, words, pc.if_else(endless, None, column).cast(pa.string()))


def _written(column: Any) -> Any:
    """Lists, structures, times of day and the like as text."""
    import pyarrow as pa

    nested = pa.types.is_nested(column.type)
    return pa.array(
        [
            None if value is None else _json(value) if nested else str(value)
            for value in column.to_pylist()
        ],
        pa.string(),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)
