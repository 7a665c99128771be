"""One table of a client, typed and counted, from one file or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, Problem
from toolkit.intake.adapters.journal_grid import receivables_of
from toolkit.intake.files.grid import Grid, ReadOptions, grid_of_columns
from toolkit.intake.files.reading import read_grid
from toolkit.intake.mappings.columns import TableKind
from toolkit.intake.mappings.header_test import header_test
from toolkit.intake.mappings.joining import joined, joined_files
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.mappings.shaping import shaped
from toolkit.intake.notes import added
from toolkit.intake.persons.matching import match_customers
from toolkit.intake.report import ReadReport
from toolkit.intake.rows.choosing import filtered, without_totals
from toolkit.intake.rows.figures import figures, first_dates
from toolkit.intake.rows.filling import fill
from toolkit.intake.rows.settling import settle
from toolkit.intake.rows.standing_out import warnings_of
from toolkit.intake.rows.working import Fate, Working, start
from toolkit.intake.setting import Setting
from toolkit.intake.sources.address import parse_address
from toolkit.intake.sources.session import Session
from toolkit.intake.sources.source import query_table

if TYPE_CHECKING:
    import numpy
    from pandas import DataFrame

Marks = Sequence["numpy.ndarray[Any, Any]"]

LARGEST_BAD_SHARE = 0.20
SMALLEST_JUDGED_ROWS = 20
LONGEST_LISTED_ROWS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file to read into a table: where it is, how messages name it, its mapping and sheet.

    Where the mapping has a ``source``, the rows come from a database and ``path`` is the mapping.
    """

    path: Path
    name: str
    mapping: TableMapping | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The accepted rows of one table; ``timed`` tells whether its dates carry a time of day.

    ``frame`` has the canonical columns that were delivered, ``_file`` and ``_row``, and for
    orders ``_cancelled`` and ``_repeated`` (a further row of an order already counted).
    ``systems`` are those whose adapters read it, each with how sure its headers are.
    """

    kind: str
    frame: DataFrame
    report: ReadReport
    timed: bool
    files: tuple[FileCount, ...]
    completeness: dict[str, float]
    headers: dict[str, tuple[str, ...]]
    systems: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]
    personal: int
    joined: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FileCount:
    """A file that was read and its rows below the header."""

    name: str
    path: Path
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The files of a table with every column typed, before rows are judged by each other."""

    sources: tuple[SourceFile, ...]
    works: tuple[Working, ...]


def read_table(sources: Sequence[SourceFile], kind: TableKind, setting: Setting) -> Table:
    """Read every file of a table; rows that cannot be used are quarantined and counted.

    The report says ``refused`` where too many rows are bad or none is left.

    Raises:
        InputError: a file cannot be read at all; every such file is named.
    """
    typed = read_typed(sources, kind, setting)
    match_customers(typed.works, setting)
    return settled_table(typed, setting)


def read_typed(sources: Sequence[SourceFile], kind: TableKind, setting: Setting) -> Typed:
    """Read and type every file of a table.

    Raises:
        InputError: a file cannot be read at all; every such file is named.
    """
    grids: list[Grid] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            grids.append(_grid(source, kind, setting))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError("file_refused", problems)
    grids = receivables_of(grids, sources, kind, setting)
    return Typed(sources=tuple(sources), works=tuple(_works(sources, grids, kind, setting)))


def settled_table(typed: Typed, setting: Setting) -> Table:
    """The table of its typed files: every row has its fate, the accepted ones are a frame."""
    sources, works = typed.sources, typed.works
    kind = works[0].kind
    repeated = settle(works)
    frame = _frame(works, repeated)
    adapters = [source.mapping for source in sources if source.mapping and source.mapping.system]
    return Table(
        kind=kind.name,
        frame=frame,
        report=_report(works, repeated, setting),
        timed=_timed(works, kind),
        files=tuple(
            FileCount(name=source.name, path=source.path, rows=work.rows_total)
            for source, work in zip(sources, works, strict=True)
        ),
        completeness=_completeness(works),
        headers=_headers(works),
        systems=tuple(dict.fromkeys((one.system or "", one.status or "") for one in adapters)),
        unused=tuple(dict.fromkeys(header for work in works for header in work.unused)),
        personal=len({header for work in works for header in work.personal}),
        joined=_joined_files(sources, setting),
    )


def _headers(works: Sequence[Working]) -> dict[str, tuple[str, ...]]:
    """The headers each canonical column was read from, over all files."""
    found: dict[str, dict[str, None]] = {}
    for work in works:
        for name, source in work.sources.items():
            found.setdefault(name, {}).update(dict.fromkeys(h.strip() for h in source.named))
    return {name: tuple(headers) for name, headers in found.items()}


def _grid(source: SourceFile, kind: TableKind, setting: Setting) -> Grid:
    mapping = source.mapping
    options = mapping.read if mapping else ReadOptions()
    options = replace(options, sheet=source.sheet or options.sheet)
    if mapping and mapping.source:
        session = Session(zone=setting.zone)
        query = mapping.query or ""
        table = query_table(mapping.source, query, setting.folder, source.name, session)
        grid = grid_of_columns(table, source.name, encoding="database")
    else:
        grid = read_grid(source.path, source.name, options, header_test(kind, mapping, setting))
    return shaped(joined(grid, mapping.joins, setting), mapping) if mapping else grid


def _works(
    sources: Sequence[SourceFile], grids: Sequence[Grid], kind: TableKind, setting: Setting
) -> list[Working]:
    """Every grid typed; what is missing in any of them is told together."""
    works: list[Working] = []
    problems: list[Problem] = []
    for source, grid in zip(sources, grids, strict=True):
        try:
            works.append(_work(source, grid, kind, setting))
        except InputError as error:
            problems += error.problems
    if problems:
        raise InputError("file_refused", problems)
    return works


def _work(source: SourceFile, grid: Grid, kind: TableKind, setting: Setting) -> Working:
    mapping = source.mapping
    zone = mapping.read.zone if mapping else None
    setting = replace(setting, written_zone=zone)
    work = start(grid, kind, mapping, setting)
    work = filtered(without_totals(work, setting), setting)
    fill(work, setting)
    return work


def _joined_files(sources: Sequence[SourceFile], setting: Setting) -> tuple[Path, ...]:
    """Files that rows came from besides the tables' own: joined ones and databases."""
    mappings = [source.mapping for source in sources if source.mapping]
    paths = [
        path
        for mapping in mappings
        for join in mapping.joins
        for path in joined_files(join, setting.folder)
    ]
    places = [parse_address(mapping.source).path for mapping in mappings if mapping.source]
    paths += [setting.folder / place for place in places if place]
    return tuple(dict.fromkeys(paths))


def _report(works: Sequence[Working], repeated: Marks, setting: Setting) -> ReadReport:
    total = sum(work.rows_total for work in works)
    refusals = _refusals(works, total)
    by_row = lambda item: (item.row or 0, item.file or "")  # noqa: E731 — one key, two uses
    problems = [*sorted((item for work in works for item in work.problems), key=by_row), *refusals]
    kind = works[0].kind.name
    return ReadReport(
        kind=kind,
        refused=bool(refusals),
        rows_total=total,
        rows_accepted=sum(work.count(Fate.ACCEPTED) for work in works),
        rows_quarantined=sum(work.count(Fate.QUARANTINED) for work in works),
        rows_deduplicated=sum(work.count(Fate.DEDUPLICATED) for work in works),
        rows_dropped=sum(work.count(Fate.DROPPED) for work in works),
        rows_cancelled=sum(int(work.cancelled[work.live()].sum()) for work in works),
        figures=figures(works, repeated),
        dates=first_dates(works) if total < LONGEST_LISTED_ROWS else None,
        encoding=", ".join(dict.fromkeys(work.grid.encoding for work in works)),
        mapping=_mapping(works),
        notes=added(note for work in works for note in work.notes),
        warnings=warnings_of(works, repeated, setting),
        problems=tuple(problems),
    )


def _refusals(works: Sequence[Working], total: int) -> list[Problem]:
    """Why nothing can be made of the table: no row, no row left, or too many bad ones."""
    if not total:
        return [
            Problem(code="no_rows", file=work.grid.file, row=work.grid.header_row or None)
            for work in works
        ]
    if not any(work.count(Fate.ACCEPTED) for work in works):
        return [Problem(code="no_row_left", file=work.grid.file) for work in works]
    return [problem for work in works if (problem := _too_many_bad(work)) is not None]


def _too_many_bad(work: Working) -> Problem | None:
    bad = work.count(Fate.QUARANTINED) - work.totals
    away = work.count(Fate.DEDUPLICATED) + work.count(Fate.DROPPED) + work.totals
    judged = work.rows_total - away
    if work.rows_total < SMALLEST_JUDGED_ROWS or bad <= LARGEST_BAD_SHARE * judged:
        return None
    params = {"bad": f"{bad:,}", "judged": f"{judged:,}", "share": f"{bad / judged:.0%}"}
    return Problem(code="too_many_bad_rows", file=work.grid.file, params=params)


def _mapping(works: Sequence[Working]) -> dict[str, Any]:
    names = {work.mapping.name for work in works if work.mapping}
    columns = {
        name: list(source.headers) for work in works for name, source in work.sources.items()
    }
    return {
        "file": ", ".join(sorted(names)) or None,
        "columns": {
            name: heads[0] if len(heads) == 1 else heads for name, heads in columns.items()
        },
    }


def _timed(works: Sequence[Working], kind: TableKind) -> bool:
    """Whether any date of the table's own date column has a time of day."""
    import pyarrow.compute as pc

    if kind.date is None or kind.columns[kind.date].type != "date":
        return False
    columns = [work.columns[kind.date] for work in works if kind.date in work.columns]
    return any(
        pc.any(pc.not_equal(values, pc.floor_temporal(values, unit="day"))).as_py()
        for values in columns
    )


def _completeness(works: Sequence[Working]) -> dict[str, float]:
    """Share of accepted rows in which each delivered column is filled."""
    rows = sum(len(work.live()) for work in works)
    filled: dict[str, int] = {}
    for work in works:
        for name in work.columns:
            values = work.values(name)
            filled[name] = filled.get(name, 0) + len(values) - values.null_count
    return {name: count / rows if rows else 0.0 for name, count in filled.items()}


def _frame(works: Sequence[Working], repeated: Marks) -> DataFrame:
    from toolkit.intake.rows.framing import frame_of

    return frame_of(works, repeated)
