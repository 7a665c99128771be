"""Accepted rows as a typed frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit.intake.rows.working import Working
from toolkit.intake.values.converting import arrow_type

if TYPE_CHECKING:
    import numpy
    import pyarrow
    from pandas import DataFrame, Series


def frame_of(works: Sequence[Working], repeated: Sequence[numpy.ndarray[Any, Any]]) -> DataFrame:
    """The accepted rows of all files of a table, in file and row order.

    Ids, labels and texts are ``str``, amounts and counts float64, dates ``datetime64[us]`` in
    the client's zone, flags ``boolean``; ``_file`` and ``_row`` say where a row came from.
    """
    import numpy as np
    import pandas as pd

    kind = works[0].kind
    live: list[Any] = [work.live() for work in works]
    names = [name for name in kind.columns if any(name in work.columns for work in works)]
    data: dict[str, Any] = {name: _column(works, live, name) for name in names}
    files = [work.grid.file for work in works]
    data["_file"] = _file_names(files, [len(rows) for rows in live])
    rows = [work.grid.rows[indexes] for work, indexes in zip(works, live, strict=True)]
    data["_row"] = pd.Series(np.concatenate(rows), dtype="int64")
    if kind.name == "orders":
        marks = {"_cancelled": [work.cancelled for work in works], "_repeated": repeated}
        for name, all_marks in marks.items():
            chosen = [m[indexes] for m, indexes in zip(all_marks, live, strict=True)]
            data[name] = pd.Series(np.concatenate(chosen), dtype="bool")
    return pd.DataFrame(data)


def _column(works: Sequence[Working], live: Sequence[Any], name: str) -> Series:
    import pyarrow as pa

    column_type = arrow_type(works[0].kind.columns[name].type)
    parts = [
        work.values(name) if name in work.columns else pa.nulls(len(indexes), column_type)
        for work, indexes in zip(works, live, strict=True)
    ]
    return typed(pa.chunked_array(parts, column_type))


def typed(values: pyarrow.ChunkedArray) -> Series:
    """A column in the dtype of its type."""
    import pandas as pd
    import pyarrow as pa

    if pa.types.is_floating(values.type):
        return pd.Series(values.to_numpy(), dtype="float64")
    if pa.types.is_timestamp(values.type):
        return pd.Series(values.to_numpy().astype("datetime64[us]"))
    if pa.types.is_boolean(values.type):
        return pd.Series(values.to_pandas(), dtype="boolean")
    return pd.Series(values.to_pandas(), dtype="str")


def _file_names(names: Sequence[str], counts: Sequence[int]) -> Series:
    """The name of its file for each row."""
    import numpy as np
    import pandas as pd
    import pyarrow as pa

    numbers = pa.array(np.repeat(np.arange(len(names), dtype=np.int32), counts))
    return pd.Series(pa.array(list(names), pa.string()).take(numbers).to_pandas(), dtype="str")
