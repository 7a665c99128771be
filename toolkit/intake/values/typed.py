"""Columns that come with a type, from Parquet or a database: taken as they are where they fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.intake.values.converting import NUMBERS, Converted, Reader, convert

if TYPE_CHECKING:
    import pyarrow


def typed_values(cells: pyarrow.Array, reader: Reader, zone: str) -> Converted | None:
    """Numbers for a column of amounts, times for one of dates; None for any other pair.

    Values that bounds or the calendar refuse go through the parser, which says why.
    """
    import pyarrow as pa

    kind = cells.type
    if reader.type in NUMBERS and (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        return _checked(cells, _numbers(cells), reader)
    if reader.type == "date" and (pa.types.is_timestamp(kind) or pa.types.is_date(kind)):
        return _checked(cells, _moments(cells, zone), reader)
    return None


def _numbers(cells: pyarrow.Array) -> pyarrow.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    values = pc.cast(cells, pa.float64(), safe=False)
    return pc.if_else(pc.is_nan(values), pa.scalar(None, pa.float64()), values)


def _moments(cells: pyarrow.Array, zone: str) -> pyarrow.Array:
    """Times in the client's zone, without a zone of their own."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if getattr(cells.type, "tz", None):
        moments = pc.cast(cells, pa.timestamp("us", tz="UTC"), safe=False).to_pandas()
        local = moments.dt.tz_convert(zone).dt.tz_localize(None)  # Arrow finds no zones on Windows
        cells = pa.array(local, from_pandas=True)
    return pc.cast(cells, pa.timestamp("us"), safe=False)


def _checked(cells: pyarrow.Array, values: pyarrow.Array, reader: Reader) -> Converted:
    """The values within the reader's bounds; each distinct other one is read as a text."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    within = reader.within(values) if reader.within else pc.is_valid(values)
    outside = pc.and_not(pc.is_valid(values), pc.fill_null(within, False))
    places = np.flatnonzero(outside.to_numpy(zero_copy_only=False))
    if not len(places):
        return Converted(values=values)
    at = pa.array(places)
    judged = convert(pc.cast(values.take(at), pa.string()), reader)
    bad = tuple(
        type(fault)(index=int(places[fault.index]), code=fault.code, params=fault.params)
        for fault in judged.bad
    )
    return Converted(values=pc.replace_with_mask(values, outside, judged.values), bad=bad)
