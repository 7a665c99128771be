"""A file as header and rows of text, whatever reader made it: CSV here, Excel plugs in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.intake.decoding import Decoded, decode, undecoded
from toolkit.intake.notes import Note, Place
from toolkit.intake.opening import open_bytes
from toolkit.intake.records import Record, named_separator, records, sniff_separator


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
    header_row: int = 1
    header: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Header and well-formed rows of text; broken rows are counted and stand in ``problems``.

    ``cells[i]`` is the record on spreadsheet row ``rows[i]``, physical line ``lines[i]``.
    """

    file: str
    header: tuple[str, ...]
    header_row: int
    cells: list[list[str]]
    rows: list[int]
    lines: list[int]
    broken: int = 0
    problems: tuple[Problem, ...] = ()
    encoding: str = "utf-8"
    notes: tuple[Note, ...] = field(default=())

    def place(self, index: int, column: str | None = None) -> Place:
        """Where a cell of a row stands."""
        return Place(file=self.file, row=self.rows[index], line=self.lines[index], column=column)


def read_grid(path: Path, name: str, options: ReadOptions) -> Grid:
    """Read a delimited text file.

    Args:
        path: the file; gz and zip of one file are opened.
        name: how messages name it (path relative to the client's folder).
        options: what a mapping says.

    Raises:
        InputError: the file cannot be read at all, or a quote is never closed.
    """
    opened = open_bytes(path, name)
    decoded = decode(opened.data, name, options.encoding)
    separator = named_separator(
        options.separator or sniff_separator(decoded.text, options.header_row)
    )
    found = records(decoded.text, separator, name)
    header = _header(found, options, name)
    rows = _Rows(file=name, width=len(header.fields), mixed=decoded.mixed, header=header)
    for record in found:
        rows.add(record)
    return Grid(
        file=name,
        header=tuple(header.fields),
        header_row=header.row,
        cells=rows.cells,
        rows=rows.rows,
        lines=rows.lines,
        broken=rows.broken,
        problems=tuple(rows.problems),
        encoding=decoded.encoding,
        notes=_notes(decoded, opened.misnamed),
    )


def read_header(path: Path, name: str, options: ReadOptions) -> tuple[str, ...]:
    """The header of a file alone.

    Raises:
        InputError: the file cannot be read at all.
    """
    decoded = decode(open_bytes(path, name).data, name, options.encoding)
    separator = options.separator or sniff_separator(decoded.text, options.header_row)
    found = records(decoded.text, named_separator(separator), name)
    return tuple(_header(found, options, name).fields)


def _notes(decoded: Decoded, misnamed: bool) -> tuple[Note, ...]:
    notes = [Note(code="named_like_excel")] if misnamed else []
    if decoded.normalised:
        notes.append(Note(code="encoding", params={"encoding": decoded.encoding}))
    return tuple(notes)


def _header(found: Iterator[Record], options: ReadOptions, name: str) -> Record:
    """The header: given by the mapping, on the given row, or the first record not blank."""
    if options.header:
        return Record(row=0, line=0, fields=list(options.header))
    for record in islice(found, options.header_row - 1, None):
        if record.fault:
            problem = Problem(code=record.fault, file=name, row=record.row, line=record.line)
            raise InputError("file_refused", [problem])
        if not record.blank:
            return record
    raise InputError("file_refused", [Problem(code="file_empty", file=name)])


@dataclass(slots=True, kw_only=True)
class _Rows:
    """Rows as they come in: well-formed ones kept, broken ones counted with their problem."""

    file: str
    width: int
    mixed: bool
    header: Record
    cells: list[list[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: int = 0

    def add(self, record: Record) -> None:
        fields = record.fields
        if record.blank:
            return
        if len(fields) != self.width or record.fault or self.mixed:
            problem = self._fault(record)
            if problem is not None:
                self.broken += 1
                self.problems.append(problem)
                return
        self.cells.append(fields[: self.width])
        self.rows.append(record.row)
        self.lines.append(record.line)

    def _fault(self, record: Record) -> Problem | None:
        fields, width = record.fields, self.width
        if record.fault:
            return self._problem(record, record.fault)
        if len(fields) < width:
            return self._problem(record, "fields_too_few")
        if len(fields) > width and any(map(str.strip, fields[width:])):
            return self._problem(record, "fields_too_many")
        if self.mixed and (bad := [i for i, text in enumerate(fields) if undecoded(text)]):
            column = self.header.fields[bad[0]] if bad[0] < width else None
            return self._problem(record, "cell_undecodable", column)
        return None

    def _problem(self, record: Record, code: str, column: str | None = None) -> Problem:
        counts = {"found": str(len(record.fields)), "expected": str(self.width)}
        return Problem(
            code=code,
            file=self.file,
            row=record.row,
            line=record.line,
            column=column,
            params=counts,
        )
