"""A table as header and columns, whatever it was read from: text, Excel, Parquet, a database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, Problem
from toolkit.intake.files.records import Record
from toolkit.intake.notes import Note, Place
from toolkit.intake.values.cells import faulty

if TYPE_CHECKING:
    import numpy
    import pyarrow

FIRST_ROW_WITHOUT_HEADER = 2
Fits = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOptions:
    """What a mapping says about reading; None leaves it to the file.

    ``zone`` is where times without an offset were written, where it is not the client's.
    """

    encoding: str | None = None
    separator: str | None = None
    sheet: str | None = None
    date_format: str | None = None
    zone: str | None = None
    header_row: int | None = None
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Header and well-formed rows; broken rows are counted and stand in ``problems``.

    ``columns`` are Arrow arrays, one for each header: strings without nulls from text and Excel,
    any type from Parquet and databases. Their i-th cells are the record on spreadsheet row
    ``rows[i]``, physical line ``lines[i]``. Where rows were made of others, ``absorbed`` counts
    those that went into them, ``repeated`` those that stood twice, ``dropped`` those left out.
    """

    file: str
    header: tuple[str, ...]
    header_row: int
    columns: tuple[pyarrow.Array, ...]
    rows: numpy.ndarray[Any, Any]
    lines: numpy.ndarray[Any, Any]
    broken: int = 0
    problems: tuple[Problem, ...] = ()
    encoding: str = "utf-8"
    notes: tuple[Note, ...] = field(default=())
    absorbed: int = 0
    repeated: int = 0
    dropped: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def total(self) -> int:
        """Records below the header, whatever became of them."""
        return len(self) + self.broken + self.absorbed + self.repeated + self.dropped

    def text(self, at: int) -> pyarrow.Array:
        """A column as strings; null is the empty text."""
        return as_text(self.columns[at])

    def record(self, index: int) -> tuple[str, ...]:
        """A row as text."""
        return tuple(as_text(column[index : index + 1])[0].as_py() for column in self.columns)

    def taken(self, indexes: numpy.ndarray[Any, Any]) -> Grid:
        """The same table with only some of its rows, in their order."""
        import pyarrow as pa

        at = pa.array(indexes)
        return replace(
            self,
            columns=tuple(column.take(at) for column in self.columns),
            rows=self.rows[indexes],
            lines=self.lines[indexes],
        )

    def place(self, index: int, column: str | None = None) -> Place:
        """Where a cell of a row stands."""
        row, line = int(self.rows[index]), int(self.lines[index])
        return Place(file=self.file, row=row, line=line, column=column)


def as_text(column: pyarrow.Array) -> pyarrow.Array:
    """Any column as strings without nulls; whole numbers kept as floats lose their ``.0``."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if pa.types.is_string(column.type):
        return column if not column.null_count else pc.fill_null(column, "")
    if pa.types.is_floating(column.type):
        column = _whole(column)
    try:
        return pc.fill_null(pc.cast(column, pa.string()), "")
    except (pa.ArrowNotImplementedError, pa.ArrowInvalid):
        return pa.array([_written(value) for value in column.to_pylist()], pa.string())


def _written(value: Any) -> str:
    """A value of a type that has no text of its own; bytes are UTF-8 or have no value."""
    if isinstance(value, bytes):
        try:
            return value.decode("utf-8")
        except UnicodeDecodeError:
            return faulty("cell_undecodable", "")
    return "" if value is None else str(value)


def _whole(column: pyarrow.Array) -> pyarrow.Array:
    """A column of floats as integers where every one is whole: a gap made them floats."""
    import pyarrow as pa
    import pyarrow.compute as pc

    column = pc.if_else(pc.is_nan(column), pa.scalar(None, column.type), column)
    whole = pc.all(pc.equal(column, pc.trunc(column))).as_py()
    largest = pc.max(pc.abs(column)).as_py() or 0
    return pc.cast(column, pa.int64()) if whole is not False and largest < 2**53 else column


def grid_of_columns(
    table: pyarrow.Table, name: str, encoding: str = "utf-8", notes: tuple[Note, ...] = ()
) -> Grid:
    """A grid of a typed table: the first record is row 2."""
    import numpy as np

    rows = np.arange(len(table), dtype=np.int64) + FIRST_ROW_WITHOUT_HEADER
    return Grid(
        file=name,
        header=tuple(table.column_names),
        header_row=FIRST_ROW_WITHOUT_HEADER - 1,
        columns=tuple(flat(column) for column in table.columns),
        rows=rows,
        lines=rows,
        encoding=encoding,
        notes=notes,
    )


def flat(column: Any) -> pyarrow.Array:
    """A chunked column in one piece."""
    import pyarrow as pa

    if not isinstance(column, pa.ChunkedArray):
        return column
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The header of a table: its texts, where it stands, how many rows are above it."""

    row: int
    line: int
    fields: tuple[str, ...]
    preamble: int = 0

    @property
    def notes(self) -> tuple[Note, ...]:
        """That rows above the header were left out."""
        return (Note(code="preamble", count=self.preamble),) if self.preamble else ()


LATEST_HEADER = 30  # records looked through for a header below a title


def find_header(
    found: Iterable[Record], options: ReadOptions, fits: Fits | None, name: str
) -> Header:
    """The header: given by the mapping, on the given row, or the first record that fits.

    Where no record fits, the first that is not blank.

    Raises:
        InputError: there is no record, or the given one is broken.
    """
    if options.header:
        return Header(row=0, line=0, fields=options.header)
    judge = None if options.header_row else fits
    first: Record | None = None
    filled = (record for record in found if record.fault or not record.blank)
    below = (record for record in filled if record.row >= (options.header_row or 1))
    for above, record in enumerate(islice(below, LATEST_HEADER)):
        first = first or record
        if judge is None or (record.fault is None and judge(record.fields)):
            return _header(record, above, name)
    if first is None:
        raise InputError("file_refused", [Problem(code="file_empty", file=name)])
    return _header(first, 0, name)


def _header(record: Record, above: int, name: str) -> Header:
    if record.fault:
        problem = Problem(code=record.fault, file=name, row=record.row, line=record.line)
        raise InputError("file_refused", [problem])
    return Header(row=record.row, line=record.line, fields=tuple(record.fields), preamble=above)
