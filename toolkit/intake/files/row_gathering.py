"""Rows of text gathered to columns one by one: what no faster way may read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from toolkit.errors import Problem
from toolkit.intake.files.decoding import undecoded
from toolkit.intake.files.grid import Grid, Header
from toolkit.intake.files.records import Record


@dataclass(slots=True, kw_only=True)
class Rows:
    """Rows as they come in: well-formed ones kept, broken ones counted with their problem.

    ``mixed`` texts may hold cells that did not decode.
    """

    file: str
    header: Header
    mixed: bool = False
    cells: list[list[str]] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    broken: int = 0

    @property
    def width(self) -> int:
        """Columns of the table."""
        return len(self.header.fields)

    def add_all(self, found: Iterable[Record]) -> None:
        """Take every record below the header."""
        for record in found:
            if record.row > self.header.row and not record.blank:
                self._add(record)

    def grid(self) -> Grid:
        """The gathered rows."""
        import numpy as np
        import pyarrow as pa

        columns = zip(*self.cells, strict=True) if self.cells else [()] * self.width
        return Grid(
            file=self.file,
            header=self.header.fields,
            header_row=self.header.row,
            columns=tuple(pa.array(column, pa.string()) for column in columns),
            rows=np.array(self.rows, dtype=np.int64),
            lines=np.array(self.lines, dtype=np.int64),
            broken=self.broken,
            problems=tuple(self.problems),
            notes=self.header.notes,
        )

    def _add(self, record: Record) -> None:
        fields = record.fields
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
