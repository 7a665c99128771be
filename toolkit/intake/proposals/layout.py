"""Where the table of an unknown file begins: its sheet, its separator, the row of its header."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.intake.excel.workbook import is_workbook, read_sheet, workbook_sheets
from toolkit.intake.files.decoding import decode
from toolkit.intake.files.delimited import read_delimited
from toolkit.intake.files.grid import Grid, ReadOptions
from toolkit.intake.files.opening import Opened, open_bytes
from toolkit.intake.files.parquet import is_parquet
from toolkit.intake.files.reading import read_grid
from toolkit.intake.files.records import Record, records, separators
from toolkit.intake.mappings.columns import TableKind, is_personal
from toolkit.intake.proposals.likeness import Likeness
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import is_blank

SAMPLE_ROWS = 1000
_SAMPLE_BYTES = 1024 * 1024
_LATEST_HEADER = 30
_UNSAID = ("utf-8", "utf-8-sig", "ascii")
_CODECS = {"iso2022_jp": "iso2022_jp_ext"}  # the codec that reads half-width kana too
_LONGEST_HEADER = 60
_KNOWN = 0.6
_TEXT_WEIGHT = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a file is to be read, and the first rows of the table so read."""

    options: ReadOptions
    grid: Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A record that may be the header, and how much it looks like one."""

    score: float
    row: int
    sheet: str | None = None
    separator: str | None = None


def find_layout(path: Path, name: str, kind: TableKind, like: Likeness, setting: Setting) -> Layout:
    """Find the table in a file by the words of its header.

    Args:
        path: delimited text, a workbook or a Parquet file.
        name: how messages name it.
        kind: the table looked for.
        like: tells how much a header is like a column.
        setting: its vocabulary tells personal headers.

    Returns:
        What a mapping must say under ``[read]`` (only what is not found without it), and at most
        the first 1,000 rows.

    Raises:
        InputError: the file cannot be read at all.
    """
    if is_parquet(path):
        return _head(ReadOptions(), read_grid(path, name, ReadOptions()))

    @cache
    def known(text: str) -> float:
        if len(text) > _LONGEST_HEADER:
            return 0.0
        if is_personal(text, setting.words):
            return 1.0
        return max(like.of(text, column) for column in kind.columns.values())

    if is_workbook(path):
        return _of_workbook(path, name, known)
    return _of_text(path, name, known)


def _of_workbook(path: Path, name: str, known: Callable[[str], float]) -> Layout:
    sheets = workbook_sheets(path, name)
    found = [
        replace(best, sheet=sheet)
        for sheet in sheets
        if (best := _best(read_sheet(path, name, sheet).records(), known)) is not None
    ]
    if not found:
        raise InputError("file_refused", [Problem(code="file_empty", file=name)])
    best = max(found, key=lambda one: one.score)
    grid = read_grid(path, name, ReadOptions(sheet=best.sheet, header_row=best.row))
    sheet = best.sheet if len(sheets) > 1 else None
    return _head(ReadOptions(sheet=sheet, header_row=_below_first(best)), grid)


def _of_text(path: Path, name: str, known: Callable[[str], float]) -> Layout:
    data = open_bytes(path, name).data
    sample = data if len(data) <= _SAMPLE_BYTES else data[: data.rfind(b"\n", 0, _SAMPLE_BYTES) + 1]
    try:
        return _laid_out(sample or data, name, known)
    except InputError:
        if len(sample) == len(data):
            raise
    return _laid_out(data, name, known)


def _laid_out(data: bytes, name: str, known: Callable[[str], float]) -> Layout:
    decoded = decode(data, name)
    found = [
        replace(best, separator=separator)
        for separator in separators(decoded.text)
        if (best := _separated(decoded.text, separator, name, known)) is not None
    ]
    if not found:
        list(records(decoded.text, separators(decoded.text)[0], name))  # says which quote is open
        raise InputError("file_refused", [Problem(code="file_empty", file=name)])
    best = max(found, key=lambda one: one.score)
    options = ReadOptions(
        encoding=None
        if decoded.encoding in _UNSAID
        else _CODECS.get(decoded.encoding, decoded.encoding),
        separator=None if best.separator == "," else best.separator,
        header_row=_below_first(best),
    )
    exact = replace(options, separator=best.separator, header_row=best.row)
    return _head(options, read_delimited(Opened(data=data), name, exact, None))


def _separated(
    text: str, separator: str, name: str, known: Callable[[str], float]
) -> _Found | None:
    """The likeliest header under a separator; None where its quotes then make no sense."""
    try:
        return _best(records(text, separator, name), known)
    except InputError:
        return None


def _below_first(found: _Found) -> int | None:
    return found.row if found.row > 1 else None


def _head(options: ReadOptions, grid: Grid) -> Layout:
    import numpy as np

    first = np.arange(min(len(grid), SAMPLE_ROWS))
    return Layout(options=options, grid=grid if len(grid) == len(first) else grid.taken(first))


def _best(found: Iterator[Record], known: Callable[[str], float]) -> _Found | None:
    """The record among the first that looks most like a header; the upper one of equals."""
    filled = [
        record
        for record in islice(found, 2 * _LATEST_HEADER)
        if record.fault is None and not record.blank
    ]
    if not filled:
        return None
    width = max(sum(not is_blank(text) for text in record.fields) for record in filled)
    scored = [
        _Found(score=_score(record.fields, width, known), row=record.row)
        for record in filled[:_LATEST_HEADER]
    ]
    return max(scored, key=lambda one: (one.score, -one.row))


def _score(fields: Sequence[str], width: int, known: Callable[[str], float]) -> float:
    """Headers that are known words, and a little for a full row of different words."""
    texts = [text for text in fields if not is_blank(text)]
    words = [text for text in texts if not any(letter.isdigit() for letter in text)]
    recognised = sum(one for text in texts if (one := known(text)) >= _KNOWN)
    full = len(set(words)) / max(width, 1)
    return recognised + _TEXT_WEIGHT * full * (len(texts) >= 2)
