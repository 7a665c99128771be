"""Columns whose cells are written as their values: read whole, by Arrow and numpy.

What these functions do not take stays null and goes through the parsers of single texts, so
that both ways give equal values; a test holds them together.
"""

from __future__ import annotations

import string
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from toolkit.intake.values.dates import EARLIEST

if TYPE_CHECKING:
    import numpy
    import pyarrow

_DIGITS = string.digits.encode()
_ID_BYTES = bytes(range(0x21, 0x7F)).replace(b"+", b"")
_PLAIN_ID = r"^[!-~]+( [!-~]+)*$"
_SCIENTIFIC = r"^[+-]?\d(\.\d+)?[eE]\+\d{1,3}$"
_NUMBER = r"^-?\d{1,15}(\.\d{1,9})?$"
_LONGEST_NUMBER = 15
_MICROSECONDS = 1_000_000
_WIDTHS = {10: 0, 16: 2, 19: 3}  # length of a whole date: how many parts of a time it has
_SEPARATORS = {10: b" T", 13: b":", 16: b":"}
_SLASHED = string.digits.encode() + b"/ :"
_SHORT_PARTS = (r"^(\d{4}/)(\d/)", r"^(\d{4}/\d{2}/)(\d(?: |$))", r"^(\d{4}/\d{2}/\d{2} )(\d:)")


def plain_ids(cells: pyarrow.Array) -> tuple[pyarrow.Array, int]:
    """Ids of printable ASCII without outer or double spaces, as they are."""
    import pyarrow as pa
    import pyarrow.compute as pc

    plain = pc.greater(pc.binary_length(cells), 0)
    if text_bytes(cells).translate(None, _ID_BYTES):
        plain = pc.and_(plain, pc.match_substring_regex(cells, _PLAIN_ID))
        plain = pc.and_not(plain, pc.match_substring_regex(cells, _SCIENTIFIC))
    return pc.if_else(plain, cells, pa.scalar(None, pa.string())), 0


def plain_numbers(
    cells: pyarrow.Array, low: float | None = None, high: float | None = None
) -> tuple[pyarrow.Array, int]:
    """Numbers of at most 15 digits, with a minus and a point at most, within bounds."""
    import pyarrow as pa
    import pyarrow.compute as pc

    length = pc.binary_length(cells)
    plain = pc.and_(pc.greater(length, 0), pc.less_equal(length, _LONGEST_NUMBER))
    if text_bytes(cells).translate(None, _DIGITS):
        plain = pc.match_substring_regex(cells, _NUMBER)
    values = pc.cast(pc.if_else(plain, cells, pa.scalar(None, pa.string())), pa.float64())
    values = pc.if_else(within(values, low, high), values, pa.scalar(None, pa.float64()))
    return values, 0


def within(values: pyarrow.Array, low: float | None, high: float | None) -> pyarrow.Array:
    """Which numbers lie within bounds, both included; None is no bound. Infinity never does."""
    import pyarrow.compute as pc

    inside = pc.is_finite(values)
    if low is not None:
        inside = pc.and_(inside, pc.greater_equal(values, low))
    return inside if high is None else pc.and_(inside, pc.less_equal(values, high))


def past(moments: pyarrow.Array, latest: date | None) -> pyarrow.Array:
    """Which times lie from 1950 to the latest day; None is no latest day."""
    import pyarrow as pa
    import pyarrow.compute as pc

    inside = pc.greater_equal(
        moments,
        pa.scalar(datetime(EARLIEST.year, EARLIEST.month, EARLIEST.day), pa.timestamp("us")),
    )
    if latest is None:
        return inside
    end = datetime(latest.year, latest.month, latest.day) + timedelta(days=1)
    return pc.and_(inside, pc.less(moments, pa.scalar(end, pa.timestamp("us"))))


def plain_dates(cells: pyarrow.Array, latest: date | None) -> tuple[pyarrow.Array, int] | None:
    """Dates with their year first, up to the latest day, and how many were not written as ISO.

    YYYY-MM-DD and YYYY/M/D, with hh:mm or hh:mm:ss or without. None where the column does not
    have one such form throughout.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    filled = pc.greater(pc.binary_length(cells), 0)
    rows = _padded(cells.filter(filled))
    lengths = pc.min_max(pc.binary_length(rows)).as_py()
    if lengths["min"] != lengths["max"] or lengths["min"] not in _WIDTHS:
        return None
    moments, good, slashed = _moments(rows, lengths["min"])
    values = pa.array(moments, pa.timestamp("us"), mask=~good)
    values = pc.if_else(past(values, latest), values, pa.scalar(None, pa.timestamp("us")))
    rewrote = int((values.is_valid().to_numpy(zero_copy_only=False) & slashed).sum())
    if len(values) < len(cells):
        none = pa.nulls(len(cells), pa.timestamp("us"))
        values = pc.replace_with_mask(none, filled, values)
    return values, rewrote


def _padded(rows: pyarrow.Array) -> pyarrow.Array:
    """Slashed dates with two digits for month, day and hour."""
    import pyarrow.compute as pc

    lengths = pc.min_max(pc.binary_length(rows)).as_py()
    if not len(rows) or (lengths["min"] == lengths["max"] and lengths["min"] in _WIDTHS):
        return rows
    if b"/" not in text_bytes(rows[:1]) or text_bytes(rows).translate(None, _SLASHED):
        return rows
    for short in _SHORT_PARTS:
        rows = pc.replace_substring_regex(rows, short, r"\10\2")
    return rows


def _moments(
    rows: pyarrow.Array, width: int
) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    """Microseconds since 1970 of texts of one length, which are dates, which have slashes."""
    import numpy as np

    letters = np.frombuffer(text_bytes(rows), dtype=np.uint8).reshape(len(rows), width)
    slashed = letters[:, 4] == ord("/")
    good = (slashed | (letters[:, 4] == ord("-"))) & (letters[:, 4] == letters[:, 7])
    for at, marks in _SEPARATORS.items():
        if at < width:
            good &= np.isin(letters[:, at], list(marks))
    year, fine = _number(letters, 0, 4)
    month, fine_month = _number(letters, 5, 7)
    day, fine_day = _number(letters, 8, 10)
    good &= fine & fine_month & fine_day & (month >= 1) & (month <= 12) & (year >= 1)
    months = (year.astype(np.int64) - 1970) * 12 + month - 1
    first = np.where(good, months, 0).astype("datetime64[M]")
    days = first.astype("datetime64[D]")
    length = ((first + 1).astype("datetime64[D]") - days).astype("int64")
    good &= (day >= 1) & (day <= length)
    seconds = (days.astype("int64") + day - 1) * 86_400
    for part, (bound, unit) in enumerate(((23, 3600), (59, 60), (59, 1))[: _WIDTHS[width]]):
        value, fine = _number(letters, 11 + 3 * part, 13 + 3 * part)
        good &= fine & (value <= bound)
        seconds = seconds + value * unit
    return seconds * _MICROSECONDS, good, slashed


def _number(
    letters: numpy.ndarray[Any, Any], start: int, end: int
) -> tuple[numpy.ndarray[Any, Any], numpy.ndarray[Any, Any]]:
    """The number in columns of digits, and whether they are digits."""
    import numpy as np

    value = np.zeros(len(letters), dtype=np.int32)
    fine = np.ones(len(letters), dtype=bool)
    for at in range(start, end):
        digit = letters[:, at] - np.uint8(ord("0"))
        fine &= digit <= 9
        value = value * 10 + digit
    return value, fine


def text_bytes(cells: pyarrow.Array) -> bytes:
    """The bytes of all texts of a column, one after the other."""
    import numpy as np

    _, offsets, data = cells.buffers()
    if not len(cells) or data is None:
        return b""
    ends = np.frombuffer(offsets, dtype=np.int32)[cells.offset : cells.offset + len(cells) + 1]
    return bytes(memoryview(data)[ends[0] : ends[-1]])
