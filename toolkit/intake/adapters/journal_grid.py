"""Journals among the files of a table turned to receivables, all years of a client together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.intake.adapters.journal import Receivables, journal_receivables
from toolkit.intake.adapters.journal_entries import journal_layout
from toolkit.intake.adapters.journal_postings import JournalReaders
from toolkit.intake.files.grid import Grid
from toolkit.intake.mappings.columns import Column, TableKind, header_form
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.notes import cell_problem
from toolkit.intake.setting import Setting
from toolkit.intake.values.dates import DateRules, date_parser
from toolkit.intake.values.money import money_words, parse_money

if TYPE_CHECKING:
    import numpy

TRANSFORM = "journal_receivables"


class Mapped(Protocol):
    """Anything that was mapped."""

    @property
    def mapping(self) -> TableMapping | None:
        """How its columns become canonical ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """Where the rows of several journals put together come from: file and row in it."""

    file: numpy.ndarray[Any, Any]
    row: numpy.ndarray[Any, Any]


def receivables_of(
    grids: Sequence[Grid], sources: Sequence[Mapped], kind: TableKind, setting: Setting
) -> list[Grid]:
    """The grids with each journal replaced by the invoices that it raised.

    Every row of a journal keeps its fate: an invoice, absorbed by one, repeated, left out, or
    broken with its problem.
    """
    made = list(grids)
    journals = [
        at
        for at, source in enumerate(sources)
        if source.mapping is not None and source.mapping.transform == TRANSFORM
    ]
    if not journals:
        return made
    layout = next(m.journal for at in journals if (m := sources[at].mapping) is not None)
    together = [grids[at] for at in journals]
    result = journal_receivables(
        _columns(together), journal_layout(layout or {}), _readers(setting)
    )
    for at, grid in zip(journals, _split(together, result, kind), strict=True):
        made[at] = grid
    return made


def _readers(setting: Setting) -> JournalReaders:
    money = money_words(setting.words, setting.currency, zeros=setting.words.zeros)
    return JournalReaders(
        money=lambda text: parse_money(text, money),
        date=date_parser(DateRules(zone=setting.zone, latest=setting.run_date)),
    )


def _columns(grids: Sequence[Grid]) -> dict[str, list[str]]:
    """The columns of all journals, by the headers of the first; one a journal lacks is blank."""
    columns: dict[str, list[str]] = {}
    for header in dict.fromkeys(grids[0].header):
        cells: list[str] = []
        for grid in grids:
            forms = [header_form(text) for text in grid.header]
            form = header_form(header)
            blank = [""] * len(grid)
            cells += grid.text(forms.index(form)).to_pylist() if form in forms else blank
        columns[header] = cells
    return columns


def _split(grids: Sequence[Grid], result: Receivables, kind: TableKind) -> list[Grid]:
    """The invoices by the journal that raised them, with the fates of its other rows."""
    import numpy as np

    counts = [len(grid) for grid in grids]
    rows = _Rows(
        file=np.repeat(np.arange(len(grids)), counts),
        row=np.concatenate([np.arange(count) for count in counts]),
    )
    left = {
        "absorbed": result.used - len(result.cells),
        "repeated": result.repeated,
        "dropped": result.dropped,
    }
    made: list[Grid] = []
    for number, grid in enumerate(grids):
        one = _invoices(grid, number, result, rows, kind)
        rest = len(grid) - len(one) - (one.broken - grid.broken)
        absorbed = min(left["absorbed"], rest)
        repeated = min(left["repeated"], rest - absorbed)
        dropped = min(left["dropped"], rest - absorbed - repeated)
        for name, share in zip(left, (absorbed, repeated, dropped), strict=True):
            left[name] -= share
        one = replace(one, absorbed=absorbed, repeated=repeated, dropped=dropped)
        made.append(replace(one, notes=(*one.notes, *(() if made else result.notes))))
    return made


def _invoices(grid: Grid, number: int, result: Receivables, rows: _Rows, kind: TableKind) -> Grid:
    import numpy as np
    import pyarrow as pa

    mine = [at for at, origin in enumerate(result.origins) if rows.file[origin] == number]
    places = np.array([rows.row[result.origins[at]] for at in mine], dtype=np.int64)
    cells = [result.cells[at] for at in mine]
    columns = zip(*cells, strict=True) if cells else [()] * len(result.header)
    faults = [fault for fault in result.faults if rows.file[fault.index] == number]
    problems = []
    for fault in faults:
        at = int(rows.row[fault.index])
        there = fault.header in grid.header
        text = grid.record(at)[grid.header.index(fault.header)] if there else ""
        column = kind.columns.get(fault.field) or Column(name=fault.field, type="text")
        place = grid.place(at, fault.header)
        problems.append(cell_problem(fault.code, place, column, text, fault.params))
    return replace(
        grid,
        header=result.header,
        columns=tuple(pa.array(column, pa.string()) for column in columns),
        rows=grid.rows[places],
        lines=grid.lines[places],
        broken=grid.broken + len(faults),
        problems=(*grid.problems, *problems),
    )
