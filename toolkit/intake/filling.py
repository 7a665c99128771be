"""Typed columns from the text of a grid; what cannot be read quarantines its row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.cells import parse_id
from toolkit.intake.columns import Column, is_personal, word_form
from toolkit.intake.combining import ARITHMETIC, combine, constant, with_time
from toolkit.intake.converting import Converted, Reader, convert
from toolkit.intake.customer_key import customer_keys
from toolkit.intake.distinct import of_texts
from toolkit.intake.grid import as_text
from toolkit.intake.key_reader import key_reader
from toolkit.intake.mapping import Source
from toolkit.intake.money import money_words, parse_money
from toolkit.intake.notes import Note
from toolkit.intake.plain import plain_ids, plain_numbers
from toolkit.intake.setting import Setting
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
    for name, source in work.sources.items():
        column = work.kind.columns[name]
        if any(is_personal(header, setting.words) for header in source.named):
            column = replace(column, hidden=True)
        values, bad = _values(work, column, source, setting)
        work.columns[name] = values
        if column.required:
            _refuse_blank(work, column, values, bad)
        if name == "customer_id" or _reveals_person(column, source, work, setting):
            work.columns[name] = customer_keys(values, setting.salt)
    if work.rules.cancelled is None and "status" in work.columns:
        words = setting.words.cancelled
        status = work.columns["status"].fill_null("")
        work.cancelled = of_texts(status, lambda text: word_form(text) in words)


def _reveals_person(column: Column, source: Source, work: Working, setting: Setting) -> bool:
    """Whether a text is made of a person's data, or of the customer's id and more."""
    if column.type not in ("id", "label", "text") or column.staff:
        return False
    customer = work.sources.get("customer_id")
    secret = set(customer.headers) if customer and source.operation == "join" else set()
    return any(is_personal(header, setting.words) or header in secret for header in source.named)


def _values(
    work: Working, column: Column, source: Source, setting: Setting
) -> tuple[pyarrow.Array, set[int]]:
    """Values of one canonical column, and the rows in which it could not be read."""
    if source.operation == "value":
        return constant(source.headers[0], len(work.grid)), set()
    operands = []
    bad: set[int] = set()
    for header, cells in _operands(work, source):
        done = _read(work, column, source, (header, cells), setting)
        if done.normalised and column.type in NOTES:
            params = {"column": header.strip()}
            note = Note(code=NOTES[column.type], count=done.normalised, params=params)
            work.notes.append(note)
        for fault in done.bad:
            bad.add(fault.index)
            work.quarantine(fault.index, column, fault.code, fault.params, header)
        operands.append(done.values)
    return combine(source.operation, operands), bad


def _operands(work: Working, source: Source) -> list[tuple[str, pyarrow.Array]]:
    """The cells under each header; a date and its time of day are one text."""
    cells = [(header, work.cells(header)) for header in source.headers]
    if source.operation != "datetime":
        return cells
    days, times = (as_text(column) for _, column in cells[:2])
    return [(source.headers[0], with_time(days, times))]


def _read(
    work: Working,
    column: Column,
    source: Source,
    operand: tuple[str, pyarrow.Array],
    setting: Setting,
) -> Converted:
    """The cells under one header, read for a column."""
    header, cells = operand
    form = work.mapping.read.date_format if work.mapping else None
    if column.name == "customer_id" and source.operation != "join":
        reader = key_reader(header, setting)
    elif source.operation == "join":
        reader = Reader(type="id", parse=parse_id, plain=plain_ids)
    elif source.operation in ARITHMETIC:
        marks = money_words(setting.words, setting.currency)
        reader = Reader(
            type="money", parse=lambda text: parse_money(text, marks), plain=plain_numbers
        )
    else:
        reader = setting.reader(column, cells, form)
    typed = typed_values(cells, reader, setting.zone)
    return convert(as_text(cells), reader) if typed is None else typed


def _refuse_blank(work: Working, column: Column, values: pyarrow.Array, bad: set[int]) -> None:
    """Quarantine rows in which a required column is blank; guests as the mapping says."""
    import numpy as np

    if not values.null_count:
        return
    guests = work.rules.guests if column.name == "customer_id" else "quarantine"
    empty = np.flatnonzero(values.is_null().to_numpy(zero_copy_only=False)).tolist()
    blank = [index for index in empty if index not in bad]
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
