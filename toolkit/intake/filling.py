"""Typed columns from the text of a grid; what cannot be read quarantines its row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.cells import parse_id
from toolkit.intake.choosing import holds
from toolkit.intake.columns import Column, word_form
from toolkit.intake.combining import ARITHMETIC, combine, constant, row_names, where, with_time
from toolkit.intake.converting import Converted, Reader, convert
from toolkit.intake.customer_key import customer_keys
from toolkit.intake.distinct import of_texts
from toolkit.intake.grid import as_text
from toolkit.intake.key_reader import key_reader
from toolkit.intake.mapping import Source
from toolkit.intake.notes import Note
from toolkit.intake.plain import plain_ids
from toolkit.intake.setting import Setting
from toolkit.intake.stating import stated_unit, told
from toolkit.intake.typed import typed_values
from toolkit.intake.working import Fate, Working

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


def fill(work: Working, setting: Setting) -> None:
    """Read every canonical column of a file, then check what must not be blank."""
    unread: dict[str, set[int]] = {}
    for name, source in work.sources.items():
        column = work.kind.columns[name]
        if any(work.is_personal(header, setting) for header in source.named):
            column = replace(column, hidden=True)
        work.columns[name], unread[name] = _values(work, column, source, setting)
    _mark_cancelled(work, setting)
    for name, source in work.sources.items():
        column, values = work.kind.columns[name], work.columns[name]
        if column.required:
            _refuse_blank(work, column, unread[name])
        if name == "customer_id" or _reveals_person(column, source, work, setting):
            work.columns[name] = customer_keys(values, setting.salt)


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


def _values(
    work: Working, column: Column, source: Source, setting: Setting
) -> tuple[pyarrow.Array, set[int]]:
    """Values of one canonical column, and the rows in which it could not be read."""
    if source.operation == "value":
        return constant(source.headers[0], len(work.grid)), set()
    operands = []
    bad: set[int] = set()
    for header, cells in _operands(work, source, setting):
        done = _read(work, column, source, (header, cells), setting)
        if done.normalised and column.type in NOTES:
            params = {"column": header.strip()}
            note = Note(code=NOTES[column.type], count=done.normalised, params=params)
            work.notes.append(note)
        for fault in done.bad:
            bad.add(fault.index)
            work.quarantine(fault.index, column, fault.code, fault.params, header)
        operands.append(done.values)
    if source.operation == "or_row":
        operands.append(row_names(work.grid.file, work.grid.rows))
    return combine(source.operation, operands), bad


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
) -> Converted:
    """The cells under one header, read for a column."""
    header, cells = operand
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
    work.notes += told(header, cells, unit, reader, setting)
    typed = typed_values(cells, reader, setting.zone) if unit.scale == 1 else None
    return convert(as_text(cells), reader) if typed is None else typed


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
