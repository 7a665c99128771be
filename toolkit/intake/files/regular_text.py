"""Regular delimited text to columns at once: one record a line, no bytes that need a look.

A file that is not regular in any respect is left to the reader of single rows, so that both
give the same rows, row numbers and problems; a test holds them together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.intake.files.decoding import decode, modern_japanese
from toolkit.intake.files.grid import Grid, Header
from toolkit.intake.values.side_by_side import at_once

if TYPE_CHECKING:
    import pyarrow

START_BYTES = 64 * 1024
LONGEST_START = 1024 * 1024
LONGEST_FIELD = 128 * 1024  # bytes; the reader of single rows judges a longer one
_BLOCK = 8 * 1024**2
_BOM = b"\xef\xbb\xbf"
_ASCII_SEPARATORS = (",", "\t", ";")
_ODD = (b"\0", b"\x1b")  # no text, or an encoding that changes within the text
_AT_ONCE = ("utf-8", "utf-8-sig", "cp932")


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """The beginning of a text, or all of it, whose encoding can be read column by column."""

    text: str
    encoding: str
    whole: bool


def plain_start(data: bytes, encoding: str | None, lines: int) -> Start | None:
    """The first lines of a file and its encoding; None where another reader must decide.

    Args:
        data: the whole file.
        encoding: the one a mapping names.
        lines: how many lines are wanted at least, in which the header is looked for.
    """
    head = _head(data, lines)
    if not head:
        return None
    try:
        decoded = decode(head, "", encoding)
    except InputError:
        return None
    known = "utf-8" if decoded.encoding == "ascii" else decoded.encoding
    if decoded.mixed or known not in _AT_ONCE:
        return None
    whole = len(head) == len(data)
    if known == "cp932" and not whole and encoding is None and _is_euc(head):
        return None
    return Start(text=decoded.text, encoding=known, whole=whole)


def _is_euc(head: bytes) -> bool:
    """Whether the beginning would be EUC as well: only the rest can tell."""
    try:
        head.decode("euc_jp")
    except UnicodeDecodeError:
        return False
    return True


def _head(data: bytes, lines: int) -> bytes:
    """Whole lines from the beginning; nothing where as many lines are too long for one."""
    if len(data) <= START_BYTES:
        return data
    blank = len(data[:START_BYTES]) - len(data[:START_BYTES].lstrip(b"\r\n"))
    end = _after_lines(data, lines + blank, LONGEST_START)
    if end is None:
        return data if len(data) <= LONGEST_START else b""
    return data[: max(end, data.rfind(b"\n", 0, START_BYTES) + 1)]


def _after_lines(data: bytes, lines: int, end: int | None = None) -> int | None:
    """Where the line after some lines begins; None where there are not as many."""
    at = 0
    for _ in range(lines):
        at = data.find(b"\n", at, end) + 1
        if not at:
            return None
    return at


def regular_columns(
    data: bytes, start: Start, separator: str, header: Header, name: str
) -> Grid | None:
    """The grid of a regular text, None for any other.

    Regular: one record a line, as many fields on each as in the header or none at all, quotes
    around whole fields only, one encoding throughout.
    """
    body = _body(data, header.line)
    if body is None or separator not in _ASCII_SEPARATORS or not _regular(data, body, separator):
        return None
    table = _parsed(memoryview(data)[body:], separator, len(header.fields))
    lines = data.count(b"\n", body) + (not data.endswith(b"\n"))
    if table is None or len(table) != lines:
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
    at = _after_lines(data, lines)
    return at if at is not None and at < len(data) else None


def _regular(data: bytes, body: int, separator: str) -> bool:
    """Whether lines end in one way, quotes stand around whole fields, and no byte is odd."""
    if any(odd in data for odd in _ODD) or data.startswith(_BOM, body):
        return False
    if b"\r" in data and data.count(b"\r") != data.count(b"\r\n"):
        return False
    return b'"' not in data or _plainly_quoted(data, body, separator)


def _plainly_quoted(data: bytes, body: int, separator: str) -> bool:
    """Whether every quote opens or closes a whole field, or is one of a pair inside a field.

    The quotes are taken in turn: an opening one stands at the beginning of a field, or right
    behind the one before it, which then closed nothing; a closing one at the end of a field, or
    right before the next.
    """
    import numpy as np

    letters = np.frombuffer(data, dtype=np.uint8)
    quote, ends = ord('"'), [ord('"'), ord(separator), ord("\n")]
    starts, stops = np.zeros(256, dtype=bool), np.zeros(256, dtype=bool)
    starts[ends], stops[[*ends, ord("\r")]] = True, True
    seen = 0
    for at in range(body, len(letters), _BLOCK):
        places = np.flatnonzero(letters[at : at + _BLOCK] == quote) + at
        opening, closing = places[seen % 2 :: 2], places[1 - seen % 2 :: 2]
        before = starts[letters[opening - 1]] | (opening == body)
        behind = stops[letters[np.minimum(closing + 1, len(letters) - 1)]]
        if not (before.all() and behind.all()):
            return False
        seen += len(places)
    return seen % 2 == 0


def _parsed(body: memoryview, separator: str, width: int) -> pyarrow.Table | None:
    """Every field as bytes; None where a line has another number of fields."""
    import pyarrow as pa
    from pyarrow import csv

    names = [str(number) for number in range(width)]
    try:
        return csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=csv.ReadOptions(
                column_names=names, block_size=_BLOCK, use_threads=len(body) > _BLOCK
            ),
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


def _decoded(table: pyarrow.Table, encoding: str) -> list[pyarrow.Array] | None:
    """The columns as strings; None where a field does not decode."""
    codec = "cp932" if encoding == "cp932" else "utf-8"
    columns = at_once(lambda chunked: _text(chunked, codec), table.columns, len(table))
    return None if any(column is None for column in columns) else columns


def _text(chunked: Any, codec: str) -> pyarrow.Array | None:
    """A column of bytes as strings: each distinct field with other than ASCII decoded once."""
    import pyarrow as pa
    import pyarrow.compute as pc

    if (pc.max(pc.binary_length(chunked)).as_py() or 0) > LONGEST_FIELD:
        return None
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
