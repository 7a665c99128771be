"""Parquet as a grid: typed columns as they are; the first record is row 2."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError, Problem
from toolkit.intake.files.grid import Grid, grid_of_columns

if TYPE_CHECKING:
    import pyarrow

_MAGIC = b"PAR1"


def is_parquet(path: Path) -> bool:
    """Whether a file begins as Parquet does."""
    try:
        with path.open("rb") as stream:
            return stream.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def read_parquet(path: Path, name: str) -> Grid:
    """Every column of a file.

    Raises:
        InputError: it is damaged, or a column stands in it twice.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        # On Windows nobody could replace a file while it is mapped.
        table = parquet.read_table(path, memory_map=sys.platform != "win32")
        table.validate(full=True)
    except (pa.ArrowException, OSError):
        raise _damaged(name) from None
    return grid_of_columns(_plain(table), name, encoding="parquet")


def parquet_header(path: Path, name: str) -> tuple[str, ...]:
    """The names of the columns.

    Raises:
        InputError: the file is damaged.
    """
    import pyarrow as pa
    from pyarrow import parquet

    try:
        return tuple(parquet.read_schema(path).names)
    except (pa.ArrowException, OSError):
        raise _damaged(name) from None


def _plain(table: pyarrow.Table) -> pyarrow.Table:
    """The table with its dictionaries written out."""
    import pyarrow as pa

    for at, field in enumerate(table.schema):
        if pa.types.is_dictionary(field.type):
            column = table.column(at).cast(field.type.value_type)
            table = table.set_column(at, field.name, column)
    return table


def _damaged(name: str) -> InputError:
    return InputError("file_refused", [Problem(code="parquet_damaged", file=name)])
