"""Typed columns from the text of a grid; what cannot be read quarantines its row."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.intake.files.grid import as_text
from toolkit.intake.mappings.columns import Column, word_form
from toolkit.intake.mappings.mapping import Source
from toolkit.intake.mappings.stating import stated_unit, told
from toolkit.intake.notes import Note
from toolkit.intake.persons.customer_key import customer_keys
from toolkit.intake.persons.key_reader import key_reader
from toolkit.intake.rows.choosing import holds
from toolkit.intake.rows.working import Fate, Working
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import parse_id
from toolkit.intake.values.combining import (
    ARITHMETIC,
    combine,
    constant,
    row_names,
    where,
    with_time,
)
from toolkit.intake.values.converting import Bad, Converted, Reader, convert
from toolkit.intake.values.distinct import of_texts
from toolkit.intake.values.plain import plain_ids
from toolkit.intake.values.side_by_side import at_once
from toolkit.intake.values.typed import typed_values

if TYPE_CHECKING:
    import pyarrow

NOTES = {
    "id": "ids",
    "label": "labels",
    "money": "amounts",
    "number": "numbers",
    "date": "dates",
    "month": "months",
    "year": "years",
    "minutes": "minutes",
    "choice": "choices",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """A canonical column read: its values, what was noted, and its faults by header."""

    column: Column
    values: pyarrow.Array
    notes: tuple[Note, ...] = ()
    faults: tuple[tuple[Bad, str], ...] = ()


def fill(work: Working, setting: Setting) -> None:
    """Read every canonical column of a file, then check what must not be blank."""
    filled = at_once(lambda name: _filled(work, name, setting), work.sources, len(work.grid))
    for one in filled:
        work.columns[one.column.name] = one.values
        work.notes += one.notes
        for fault, header in one.faults:
            work.quarantine(fault.index, one.column, fault.code, fault.params, header)
    _mark_cancelled(work, setting)
    for one in filled:
        if one.column.required:
            _refuse_blank(work, one.column, {fault.index for fault, _ in one.faults})
    for name, source in work.sources.items():
        column = work.kind.columns[name]
        if name == "customer_id" or _reveals_person(column, source, work, setting):
            work.columns[name] = customer_keys(work.columns[name], setting.salt)


def _mark_cancelled(work: Working, setting: Setting) -> None:
    if not work.rules.cancelled and "status" in work.columns:
        words = setting.words.cancelled
        status = work.columns["status"].fill_null("")
        work.cancelled = of_texts(status, lambda text: word_form(text) in words)


def _reveals_person(column: Column, source: Source, work: Working, setting: Setting) -> bool:
    """Whether a text is made of a person's data, or of the customer's id and more."""
    if column.type not in ("id", "label", "text") or column.staff:
        return False
    customer = work.sources.get("customer_id")
    secret = set(customer.named) if customer and source.operation == "join" else set()
    return any(work.is_personal(header, setting) or header in secret for header in source.named)


def _filled(work: Working, name: str, setting: Setting) -> _Filled:
    """Read one canonical column; nothing of the file's state is changed."""
    source, column = work.sources[name], work.kind.columns[name]
    if any(work.is_personal(header, setting) for header in source.named):
        column = replace(column, hidden=True)
    if source.operation == "value":
        return _Filled(column=column, values=constant(source.headers[0], len(work.grid)))
    operands: list[pyarrow.Array] = []
    notes: list[Note] = []
    faults: list[tuple[Bad, str]] = []
    for header, cells in _operands(work, source, setting):
        done, said = _read(work, column, source, (header, cells), setting)
        if done.normalised and column.type in NOTES:
            params = {"column": header.strip()}
            notes.append(Note(code=NOTES[column.type], count=done.normalised, params=params))
        notes += said
        faults += [(fault, header) for fault in done.bad]
        operands.append(done.values)
    if source.operation == "or_row":
        operands.append(row_names(work.grid.file, work.grid.rows))
    values = combine(source.operation, operands)
    return _Filled(column=column, values=values, notes=tuple(notes), faults=tuple(faults))


def _operands(work: Working, source: Source, setting: Setting) -> list[tuple[str, pyarrow.Array]]:
    """The cells under each header; a date and its time of day are one text."""
    cells = [(header, work.cells(header)) for header in source.headers]
    if source.operation == "datetime":
        days, times = (as_text(column) for _, column in cells[:2])
        return [(source.headers[0], with_time(days, times))]
    if source.operation == "when" and source.test is not None:
        taken = where(holds(work, source.test, setting), as_text(cells[0][1]))
        return [(source.headers[0], taken)]
    return cells


def _read(
    work: Working,
    column: Column,
    source: Source,
    operand: tuple[str, pyarrow.Array],
    setting: Setting,
) -> tuple[Converted, list[Note]]:
    """The cells under one header, read for a column, and what the column states besides."""
    import pyarrow as pa

    header, cells = operand
    cells = as_text(cells) if pa.types.is_string(cells.type) else cells
    unit = stated_unit(header, column, source, setting)
    form = work.mapping.read.date_format if work.mapping else None
    if column.name == "customer_id" and source.operation != "join":
        reader = key_reader(header, work, setting)
    elif source.operation == "join":
        reader = Reader(type="id", parse=parse_id, plain=plain_ids)
    elif source.operation in ARITHMETIC:
        reader = setting.money_reader(unit.scale)
    else:
        reader = setting.reader(column, cells, form, unit.scale)
    typed = typed_values(cells, reader, setting.zone) if unit.scale == 1 else None
    done = convert(as_text(cells), reader) if typed is None else typed
    return done, told(header, cells, unit, reader, setting)


def _refuse_blank(work: Working, column: Column, bad: set[int]) -> None:
    """Quarantine rows in which a required column is blank; guests as the mapping says.

    A cancelled order may lack its amount: nothing is counted of it.
    """
    import numpy as np

    empty = work.columns[column.name].is_null().to_numpy(zero_copy_only=False)
    if column.type == "money":
        empty = empty & ~work.cancelled
    guests = work.rules.guests if column.name == "customer_id" else "quarantine"
    blank = [index for index in np.flatnonzero(empty).tolist() if index not in bad]
    if guests == "keep":
        if blank:
            work.notes.append(Note(code="guests_kept", count=len(blank)))
        return
    for index in blank:
        if guests == "drop":
            if work.fates[index] == Fate.ACCEPTED:
                work.fates[index] = Fate.DROPPED
            continue
        work.quarantine(index, column, "value_missing", {}, work.header(column.name))
    if guests == "drop" and blank:
        work.notes.append(Note(code="guests_dropped", count=len(blank)))
