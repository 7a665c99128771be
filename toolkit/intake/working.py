"""A file under reading: its live rows, their typed columns, and the fate of every row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import Any

from toolkit.errors import InputError, Problem
from toolkit.intake.columns import Column, TableKind
from toolkit.intake.grid import Grid
from toolkit.intake.headers import column_problems, match_headers
from toolkit.intake.joining import position
from toolkit.intake.mapping import RowRules, Source, TableMapping
from toolkit.intake.notes import Note, cell_problem
from toolkit.intake.setting import Setting


class Fate(IntEnum):
    """What became of a row; it has one fate only."""

    ACCEPTED = 0
    QUARANTINED = 1
    DEDUPLICATED = 2
    DROPPED = 3


@dataclass(slots=True, kw_only=True)
class Working:
    """A file while it is read.

    ``columns``, ``fates`` and ``cancelled`` run along ``grid.cells``; rows that left before the
    columns were typed (broken records, totals, filtered rows) are only counted.
    """

    grid: Grid
    kind: TableKind
    mapping: TableMapping | None
    sources: dict[str, Source]
    rows_total: int
    columns: dict[str, list[Any]] = field(default_factory=dict)
    fates: list[Fate] = field(default_factory=list)
    cancelled: list[bool] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    broken: int = 0
    totals: int = 0
    dropped: int = 0
    personal: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def rules(self) -> RowRules:
        """The row rules of the mapping, or the defaults."""
        return self.mapping.rows if self.mapping else RowRules()

    @property
    def models_lines(self) -> bool:
        """Whether a row is a line of an order: as mapped, else by the presence of line_no."""
        model = self.rules.model or ("lines" if "line_no" in self.sources else "orders")
        return model == "lines"

    def live(self) -> list[int]:
        """Indexes of the rows still accepted."""
        return [index for index, fate in enumerate(self.fates) if fate is Fate.ACCEPTED]

    def count(self, fate: Fate) -> int:
        """Rows of a fate, those that left early included."""
        early = {Fate.QUARANTINED: self.broken + self.totals, Fate.DROPPED: self.dropped}
        return self.fates.count(fate) + early.get(fate, 0)

    def cells(self, header: str) -> list[str]:
        """The column under a header of the file, as text."""
        at = position(self.grid, header)
        return [row[at] for row in self.grid.cells]

    def header(self, column: str) -> str:
        """The header a canonical column is read from, or its own name."""
        source = self.sources.get(column)
        return source.headers[0] if source else column

    def quarantine(
        self, index: int, column: Column, code: str, params: Mapping[str, str], header: str
    ) -> None:
        """Quarantine a row for what stands under a header."""
        self.fates[index] = Fate.QUARANTINED
        at = position(self.grid, header) if header in self.grid.header else None
        value = self.grid.cells[index][at] if at is not None else ""
        place = self.grid.place(index, header)
        self.problems.append(cell_problem(code, place, column, value, params))


def start(grid: Grid, kind: TableKind, mapping: TableMapping | None, setting: Setting) -> Working:
    """Find which column of a grid is which canonical one.

    Raises:
        InputError: a required or mapped column is missing, or stands twice.
    """
    sources = dict(mapping.columns) if mapping else {}
    taken = {position(grid, header) for source in sources.values() for header in source.headers}
    matched = match_headers(grid.header, kind, setting.words, taken, sources)
    for name, index in matched.index.items():
        sources[name] = Source(operation="column", headers=(grid.header[index],))
    _refuse(grid, kind, matched.twice, sources)
    return Working(
        grid=grid,
        kind=kind,
        mapping=mapping,
        sources={name: sources[name] for name in kind.columns if name in sources},
        rows_total=len(grid.cells) + grid.broken,
        broken=grid.broken,
        problems=list(grid.problems),
        notes=[*grid.notes, *_header_notes(grid, sources, matched.personal)],
        personal=tuple(grid.header[index] for index in matched.personal),
        unused=matched.unused,
    )


def _refuse(
    grid: Grid, kind: TableKind, twice: tuple[str, ...], sources: Mapping[str, Source]
) -> None:
    """Refuse a file in which a required column is missing or cannot be told."""
    row = max(grid.header_row, 1)
    unclear = [name for name in twice if kind.columns[name].required]
    present = [*sources, *unclear]
    problems = column_problems(grid.header, kind, present, (grid.file, row, row)) + [
        Problem(code="column_twice", file=grid.file, row=row, line=row, column=name)
        for name in unclear
    ]
    if problems:
        raise InputError("file_refused", problems)


def _header_notes(
    grid: Grid, sources: Mapping[str, Source], personal: tuple[int, ...]
) -> list[Note]:
    renamed = [
        f"{' + '.join(header.strip() for header in source.headers)} → {name}"
        for name, source in sources.items()
        if source.operation != "column" or source.headers[0] != name
    ]
    notes = []
    if renamed:
        notes.append(Note(code="headers", count=len(renamed), params={"list": ", ".join(renamed)}))
    if personal:
        listed = ", ".join(grid.header[index].strip() for index in personal)
        notes.append(Note(code="personal_dropped", count=len(personal), params={"list": listed}))
    return notes


def kept(work: Working, indexes: list[int]) -> Working:
    """The same file with only some of its rows still on the table, none typed yet."""
    grid = work.grid
    if len(indexes) != len(grid.cells):
        grid = replace(
            grid,
            cells=[grid.cells[i] for i in indexes],
            rows=[grid.rows[i] for i in indexes],
            lines=[grid.lines[i] for i in indexes],
        )
    work.grid = grid
    work.fates = [Fate.ACCEPTED] * len(indexes)
    work.cancelled = [False] * len(indexes)
    return work
