"""Regular delimited text to columns at once: one record a line, no bytes that need a look.

A file that is not regular in any respect is left to the reader of single rows, so that both
give the same rows, row numbers and problems; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.intake.decoding import decode, modern_japanese
from toolkit.intake.grid import Grid, Header

if TYPE_CHECKING:
    import pyarrow

START_BYTES = 64 * 1024
LONGEST_FIELD = 128 * 1024  # bytes; the reader of single rows judges a longer one
_BLOCK = 8 * 1024**2
_BOM = b"\xef\xbb\xbf"
_ASCII_SEPARATORS = (",", "\t", ";")
_AT_ONCE = ("utf-8", "utf-8-sig", "cp932")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The beginning of a text whose encoding can be read column by column."""

    text: str
    encoding: str


def plain_start(data: bytes, encoding: str | None) -> Start | None:
    """The first lines of a file and its encoding; None where another reader must decide."""
    head = data if len(data) <= START_BYTES else data[: data.rfind(b"\n", 0, START_BYTES) + 1]
    if not head:
        return None
    try:
        decoded = decode(head, "", encoding)
    except InputError:
        return None
    known = "utf-8" if decoded.encoding == "ascii" else decoded.encoding
    if decoded.mixed or known not in _AT_ONCE:
        return None
    return Start(text=decoded.text, encoding=known)


def regular_columns(
    data: bytes, start: Start, separator: str, header: Header, name: str
) -> Grid | None:
    """The grid of a regular text, None for any other.

    Regular: one record a line, as many fields on each as in the header, no blank line but at
    the end, quotes around whole fields only, one encoding throughout.
    """
    data = data.removeprefix(_BOM) if start.encoding == "utf-8-sig" else data
    body = _body(data, header.line)
    if body is None or any("\n" in text for text in header.fields):
        return None
    if separator not in _ASCII_SEPARATORS or not _regular(data, body, separator):
        return None
    table = _parsed(data[body:], separator, len(header.fields))
    lines = data.count(b"\n", body) + (not data.endswith(b"\n"))
    if table is None or len(table) != lines or _has_blank_line(data, body, table):
        return None
    columns = _decoded(table, start.encoding)
    return None if columns is None else _without_blank(_grid(columns, header, start, name))


def _grid(columns: list[pyarrow.Array], header: Header, start: Start, name: str) -> Grid:
    import numpy as np

    below = np.arange(1, len(columns[0]) + 1, dtype=np.int64)
    return Grid(
        file=name,
        header=header.fields,
        header_row=header.row,
        columns=tuple(columns),
        rows=below + header.row,
        lines=below + header.line,
        encoding=start.encoding,
        notes=header.notes,
    )


def _body(data: bytes, lines: int) -> int | None:
    """Where the line after the header begins; None where there is none."""
    at = 0
    for _ in range(lines):
        at = data.find(b"\n", at) + 1
        if not at:
            return None
    return at if at < len(data) else None


def _regular(data: bytes, body: int, separator: str) -> bool:
    """Whether quotes stand around whole fields and nothing needs a closer look."""
    if b"\0" in data:
        return False
    return b'"' not in data or _plainly_quoted(data[body:], separator.encode())


def _plainly_quoted(body: bytes, separator: bytes) -> bool:
    quotes = body.count(b'"')
    opened = body.count(separator + b'"') + body.count(b'\n"') + body.startswith(b'"')
    closed = body.count(b'"' + separator) + body.count(b'"\n') + body.count(b'"\r\n')
    closed += body.endswith(b'"')
    return quotes == 2 * opened == 2 * closed


def _parsed(body: bytes, separator: str, width: int) -> pyarrow.Table | None:
    """Every field as bytes; None where a line has another number of fields."""
    import pyarrow as pa
    from pyarrow import csv

    names = [str(number) for number in range(width)]
    try:
        return csv.read_csv(
            pa.BufferReader(body),
            read_options=csv.ReadOptions(column_names=names, block_size=_BLOCK),
            parse_options=csv.ParseOptions(
                delimiter=separator, double_quote=True, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.binary()),
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None


def _has_blank_line(data: bytes, body: int, table: pyarrow.Table) -> bool:
    """Whether a line is empty; in a table of several columns it would not have been read."""
    ends = b"\n\n", b"\n\r\n"
    return table.num_columns == 1 and any(data.find(end, max(body - 1, 0)) >= 0 for end in ends)


def _decoded(table: pyarrow.Table, encoding: str) -> list[pyarrow.Array] | None:
    """The columns as strings; None where a field does not decode."""
    import pyarrow.compute as pc

    columns = []
    for chunked in table.columns:
        if (pc.max(pc.binary_length(chunked)).as_py() or 0) > LONGEST_FIELD:
            return None
        column = _text(chunked, "cp932" if encoding == "cp932" else "utf-8")
        if column is None:
            return None
        columns.append(column)
    return columns


def _text(chunked: Any, codec: str) -> pyarrow.Array | None:
    """A column of bytes as strings: each distinct field with other than ASCII decoded once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    try:
        if codec == "utf-8" or pc.all(pc.string_is_ascii(chunked.cast(pa.string()))).as_py():
            return _one(chunked.cast(pa.string()))
    except pa.ArrowInvalid:
        if codec == "utf-8":
            return None
    encoded = _one(chunked).dictionary_encode()
    texts = _each(encoded.dictionary.to_pylist(), codec)
    if texts is None:
        return None
    return pa.array(texts, pa.string()).take(encoded.indices)


def _one(chunked: Any) -> pyarrow.Array:
    return chunked.chunk(0) if chunked.num_chunks == 1 else chunked.combine_chunks()


def _each(fields: list[bytes], codec: str) -> list[str] | None:
    """Every field decoded; None where one does not decode, or is Japanese in UTF-8."""
    try:
        if any(not field.isascii() and modern_japanese(field) for field in fields):
            return None
        return [field.decode(codec) for field in fields]
    except UnicodeDecodeError:
        return None


def _without_blank(grid: Grid) -> Grid:
    """The grid without records in which nothing but white space stands."""
    import numpy as np

    blank = _blank(grid.columns[0])
    if not blank.any():
        return grid
    for column in grid.columns[1:]:
        blank &= _blank(column)
    return grid.taken(np.flatnonzero(~blank)) if blank.any() else grid


def _blank(column: pyarrow.Array) -> Any:
    import pyarrow.compute as pc

    trimmed = pc.utf8_trim_whitespace(column)
    return pc.equal(pc.binary_length(trimmed), 0).to_numpy(zero_copy_only=False)
