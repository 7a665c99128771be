"""Accepted rows as a typed frame."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit.intake.columns import ColumnType
from toolkit.intake.working import Working

if TYPE_CHECKING:
    from pandas import DataFrame, Series

NUMBERS = ("money", "number", "minutes")


def frame_of(works: Sequence[Working], repeated: Sequence[Sequence[bool]]) -> DataFrame:
    """The accepted rows of all files of a table, in file and row order.

    Ids, labels and texts are ``str``, amounts and counts float64, dates ``datetime64[us]`` in
    the client's zone, flags ``boolean``; ``_file`` and ``_row`` say where a row came from.
    """
    import pandas as pd

    kind = works[0].kind
    live = [work.live() for work in works]
    names = [name for name in kind.columns if any(name in work.columns for work in works)]
    data: dict[str, Any] = {}
    for name in names:
        values: list[Any] = []
        for work, indexes in zip(works, live, strict=True):
            column = work.columns.get(name)
            values += [column[i] for i in indexes] if column else [None] * len(indexes)
        data[name] = typed(values, kind.columns[name].type)
    files = [work.grid.file for work, indexes in zip(works, live, strict=True) for _ in indexes]
    data["_file"] = pd.Series(files, dtype="str")
    rows = [work.grid.rows[i] for work, indexes in zip(works, live, strict=True) for i in indexes]
    data["_row"] = pd.Series(rows, dtype="int64")
    if kind.name == "orders":
        data |= _order_marks(works, live, repeated)
    return pd.DataFrame(data)


def _order_marks(
    works: Sequence[Working], live: Sequence[list[int]], repeated: Sequence[Sequence[bool]]
) -> dict[str, Any]:
    import pandas as pd

    cancelled = [w.cancelled[i] for w, indexes in zip(works, live, strict=True) for i in indexes]
    further = [marks[i] for marks, indexes in zip(repeated, live, strict=True) for i in indexes]
    return {
        "_cancelled": pd.Series(cancelled, dtype="bool"),
        "_repeated": pd.Series(further, dtype="bool"),
    }


def typed(values: list[Any], column_type: ColumnType) -> Series:
    """A column in the dtype of its type."""
    import numpy as np
    import pandas as pd

    if column_type in NUMBERS:
        return pd.Series(values, dtype="float64")
    if column_type == "date":
        return pd.Series(np.array(values, dtype="datetime64[us]"))
    return pd.Series(values, dtype="boolean" if column_type == "flag" else "str")
