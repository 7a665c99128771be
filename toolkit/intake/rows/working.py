"""A file under reading: its live rows, their typed columns, and the fate of every row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, Problem
from toolkit.intake.files.grid import Grid
from toolkit.intake.mappings.columns import Column, TableKind, is_personal
from toolkit.intake.mappings.headers import by_own_names, column_problems, match_headers
from toolkit.intake.mappings.joining import position
from toolkit.intake.mappings.mapping import RowRules, Source, TableMapping
from toolkit.intake.notes import Note, cell_problem
from toolkit.intake.persons.personal_roles import Roles, personal_roles
from toolkit.intake.rows.private import is_private, private_texts
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import fault_of

if TYPE_CHECKING:
    import numpy
    import pyarrow


class Fate(IntEnum):
    """What became of a row; it has one fate only."""

    ACCEPTED = 0
    QUARANTINED = 1
    DEDUPLICATED = 2
    DROPPED = 3


@dataclass(slots=True, kw_only=True)
class Working:
    """A file while it is read.

    ``columns`` (Arrow arrays of values), ``fates`` and ``cancelled`` run along the rows of
    ``grid``; rows that left before the columns were typed (broken records, totals, filtered
    rows) are only counted. ``own_keys`` are the customers' keys before persons were joined.
    """

    grid: Grid
    kind: TableKind
    mapping: TableMapping | None
    sources: dict[str, Source]
    rows_total: int
    fates: numpy.ndarray[Any, Any]
    cancelled: numpy.ndarray[Any, Any]
    columns: dict[str, pyarrow.Array] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    broken: int = 0
    totals: int = 0
    dropped: int = 0
    roles: Roles
    personal: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    own_keys: pyarrow.Array | None = None
    private: frozenset[str] | None = None

    @property
    def rules(self) -> RowRules:
        """The row rules of the mapping, or the defaults."""
        return self.mapping.rows if self.mapping else RowRules()

    def is_personal(self, header: str, setting: Setting) -> bool:
        """Whether a header stands over a person's data; an adapter knows what its headers are."""
        if position(self.grid, header) in self.roles.private:
            return True
        known = self.mapping is not None and self.mapping.system is not None
        return not known and is_personal(header, setting.words)

    @property
    def models_lines(self) -> bool:
        """Whether a row is a line of an order: as mapped, else by the presence of line_no."""
        model = self.rules.model or ("lines" if "line_no" in self.sources else "orders")
        return model == "lines"

    def live(self) -> numpy.ndarray[Any, Any]:
        """Indexes of the rows still accepted."""
        import numpy as np

        return np.flatnonzero(self.fates == Fate.ACCEPTED)

    def values(self, column: str) -> pyarrow.Array:
        """The values of a column in the rows still accepted."""
        import pyarrow as pa

        whole = self.columns[column]
        return whole if not self.fates.any() else whole.take(pa.array(self.live()))

    def count(self, fate: Fate) -> int:
        """Rows of a fate, those that left early included."""
        early = {
            Fate.ACCEPTED: self.grid.absorbed,
            Fate.QUARANTINED: self.broken + self.totals,
            Fate.DEDUPLICATED: self.grid.repeated,
            Fate.DROPPED: self.dropped,
        }
        return int((self.fates == fate).sum()) + early[fate]

    def position(self, header: str) -> int:
        """Where a header stands in the file."""
        return position(self.grid, header)

    def cells(self, header: str) -> pyarrow.Array:
        """The column under a header of the file."""
        return self.grid.columns[position(self.grid, header)]

    def header(self, column: str) -> str:
        """The header a canonical column is read from, or its own name."""
        source = self.sources.get(column)
        return source.named[0] if source and source.named else column

    def quarantine(
        self, index: int, column: Column, code: str, params: Mapping[str, str], header: str
    ) -> None:
        """Quarantine a row for what stands under a header; a person's data are not quoted."""
        self.fates[index] = Fate.QUARANTINED
        at = position(self.grid, header) if header in self.grid.header else None
        value = self.grid.record(index)[at] if at is not None else ""
        fault = fault_of(value)
        value = fault[1] if fault else value
        may_be_id = column.type == "id"
        if value and is_private(str(value), self._private(), may_be_id=may_be_id):
            column = replace(column, hidden=True)
        place = self.grid.place(index, header)
        self.problems.append(cell_problem(code, place, column, value, params))

    def _private(self) -> frozenset[str]:
        """What stands in the columns of persons, read when it is first asked for."""
        if self.private is None:
            places = {position(self.grid, header) for header in self.personal}
            self.private = private_texts(
                self.grid.columns[at] for at in places | self.roles.private
            )
        return self.private


def start(grid: Grid, kind: TableKind, mapping: TableMapping | None, setting: Setting) -> Working:
    """Find which column of a grid is which canonical one.

    Raises:
        InputError: a required or mapped column is missing, or stands twice.
    """
    import numpy as np

    sources = dict(mapping.columns) if mapping else {}
    taken = {position(grid, header) for source in sources.values() for header in source.named}
    looked_for = by_own_names(kind) if sources else kind
    matched = match_headers(grid.header, looked_for, setting.words, taken, sources)
    for name, index in matched.index.items():
        sources[name] = Source(operation="column", headers=(grid.header[index],))
    _refuse(grid, kind, matched.twice, sources)
    roles = personal_roles(grid.header, setting.method)
    used = taken | set(matched.index.values())
    personal = sorted({*matched.personal, *(roles.private - used)})
    return Working(
        grid=grid,
        kind=kind,
        mapping=mapping,
        sources={name: sources[name] for name in kind.columns if name in sources},
        rows_total=grid.total,
        fates=np.zeros(len(grid), dtype=np.int8),
        cancelled=np.zeros(len(grid), dtype=bool),
        broken=grid.broken,
        dropped=grid.dropped,
        problems=list(grid.problems),
        notes=[*grid.notes, *_header_notes(grid, sources, personal)],
        roles=roles,
        personal=tuple(grid.header[index] for index in personal),
        unused=tuple(text for text in matched.unused if grid.header.index(text) not in personal),
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


def _header_notes(grid: Grid, sources: Mapping[str, Source], personal: Sequence[int]) -> list[Note]:
    renamed = [
        f"{' + '.join(text.strip() for text in source.headers)} → {name}"
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


def kept(work: Working, indexes: numpy.ndarray[Any, Any]) -> Working:
    """The same file with only some of its rows still on the table, none typed yet."""
    import numpy as np

    if len(indexes) != len(work.grid):
        work.grid = work.grid.taken(indexes)
    work.fates = np.zeros(len(indexes), dtype=np.int8)
    work.cancelled = np.zeros(len(indexes), dtype=bool)
    return work
