"""A grid in the shape of its table: cells filled from the row above, rows made from others."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from toolkit.intake.files.grid import Grid
from toolkit.intake.mappings.joining import position
from toolkit.intake.mappings.mapping import FillDown, TableMapping
from toolkit.intake.values.cells import is_blank
from toolkit.intake.values.distinct import of_texts

if TYPE_CHECKING:
    import numpy
    import pyarrow


def shaped(grid: Grid, mapping: TableMapping) -> Grid:
    """The grid as the row rules of its mapping shape it before any column is read.

    Raises:
        InputError: a column that a rule names is not there.
    """
    return _filled_down(grid, mapping.rows.fill_down) if mapping.rows.fill_down else grid


def _filled_down(grid: Grid, rule: FillDown) -> Grid:
    """Blank cells take the value above them within their group."""
    by = grid.text(position(grid, rule.by))
    begins = _begins(by)
    places = {position(grid, header) for header in rule.columns}
    columns = [
        _from_above(grid.text(at), begins) if at in places else column
        for at, column in enumerate(grid.columns)
    ]
    return replace(grid, columns=tuple(columns))


def _begins(by: pyarrow.Array) -> numpy.ndarray[Any, Any]:
    """For each row, the index of the first row of its group."""
    import numpy as np

    codes = by.dictionary_encode().indices.to_numpy(zero_copy_only=False).astype(np.int64)
    at = np.arange(len(codes))
    named = ~of_texts(by, is_blank)
    last = np.maximum.accumulate(np.where(named, at, -1))
    group = np.where(last >= 0, codes[np.maximum(last, 0)], -1)
    first = np.r_[True, group[1:] != group[:-1]] if len(group) else np.zeros(0, dtype=bool)
    return np.maximum.accumulate(np.where(first, at, 0))


def _from_above(cells: pyarrow.Array, begins: numpy.ndarray[Any, Any]) -> pyarrow.Array:
    import numpy as np
    import pyarrow as pa

    at = np.arange(len(cells))
    last = np.maximum.accumulate(np.where(of_texts(cells, is_blank), -1, at))
    return cells.take(pa.array(np.where(last >= begins, last, at)))
