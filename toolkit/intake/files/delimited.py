"""Delimited text as a grid: whole columns at once where the file is regular, else row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import InputError
from toolkit.intake.files.decoding import Decoded, decode
from toolkit.intake.files.grid import LATEST_HEADER, Fits, Grid, Header, ReadOptions, find_header
from toolkit.intake.files.opening import Opened, open_bytes, open_start
from toolkit.intake.files.records import Record, named_separator, records, separators
from toolkit.intake.files.regular_text import plain_start, regular_columns
from toolkit.intake.files.row_gathering import Rows
from toolkit.intake.notes import Note

SAMPLE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How a text is laid out: its separator and its header."""

    separator: str
    header: Header


def read_delimited(opened: Opened, name: str, options: ReadOptions, fits: Fits | None) -> Grid:
    """Read delimited text.

    Args:
        opened: its bytes.
        name: how messages name it.
        options: what a mapping says.
        fits: whether a record is the header looked for; None takes the first that is not blank.

    Raises:
        InputError: it cannot be read at all, or a quote is never closed.
    """
    data = opened.data
    grid = at_once(data, name, options, fits)
    if grid is None:
        decoded = decode(data, name, options.encoding)
        if not decoded.mixed and decoded.encoding != "utf-8":
            modern = replace(options, encoding="utf-8")
            grid = at_once(decoded.text.encode("utf-8"), name, modern, fits)
        grid = row_by_row(decoded, name, options, fits) if grid is None else grid
        grid = replace(grid, encoding=decoded.encoding)
    notes = [Note(code="named_like_excel")] if opened.misnamed else []
    if grid.encoding != "utf-8":
        notes.append(Note(code="encoding", params={"encoding": grid.encoding}))
    return replace(grid, notes=(*notes, *grid.notes))


def read_delimited_header(
    path: Path, name: str, options: ReadOptions, fits: Fits | None
) -> tuple[str, ...]:
    """The header alone, from the beginning of the file where that is enough.

    Raises:
        InputError: it cannot be read at all.
    """
    try:
        text = decode(open_start(path, name, SAMPLE_BYTES), name, options.encoding).text
        return _layout(text, name, options, fits).header.fields
    except InputError:
        text = decode(open_bytes(path, name).data, name, options.encoding).text
    return _layout(text, name, options, fits).header.fields


def at_once(data: bytes, name: str, options: ReadOptions, fits: Fits | None) -> Grid | None:
    """The grid where the text is regular; None where it must be read row by row."""
    start = plain_start(data, options.encoding, max(options.header_row or 1, LATEST_HEADER) + 1)
    if start is None:
        return None
    try:
        layout = _layout(start.text, name, options, fits)
    except InputError:
        return None
    if fits and not start.whole and not fits(layout.header.fields):
        return None
    return regular_columns(data, start, layout.separator, layout.header, name)


def row_by_row(decoded: Decoded, name: str, options: ReadOptions, fits: Fits | None) -> Grid:
    """The grid of any text, one record after the other.

    Raises:
        InputError: it has no record, or a quote is never closed.
    """
    layout = _layout(decoded.text, name, options, fits)
    rows = Rows(file=name, header=layout.header, mixed=decoded.mixed)
    rows.add_all(records(decoded.text, layout.separator, name))
    return rows.grid()


def _layout(text: str, name: str, options: ReadOptions, fits: Fits | None) -> _Layout:
    """Separator and header; where the likeliest separator shows no header, the others are tried."""
    if options.separator or fits is None:
        likely = separators(text, options.header_row or 1)[0]
        separator = named_separator(options.separator or likely)
        return _laid_out(text, separator, name, options, fits)
    for separator in separators(text, options.header_row or 1):
        layout = _laid_out(text, separator, name, options, fits)
        if fits(layout.header.fields):
            return layout
    return _laid_out(text, separators(text, options.header_row or 1)[0], name, options, fits)


def _laid_out(
    text: str, separator: str, name: str, options: ReadOptions, fits: Fits | None
) -> _Layout:
    found: Iterator[Record] = records(text, separator, name)
    header = find_header(found, options, fits, name)
    return _Layout(separator=separator, header=replace(header, fields=_shown(header.fields)))


def _shown(fields: Iterable[str]) -> tuple[str, ...]:
    """Headers with a mark in place of what did not decode, so that they can be written again."""
    return tuple(field.encode("utf-8", "replace").decode("utf-8") for field in fields)
