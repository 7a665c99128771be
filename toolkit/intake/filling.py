"""Typed columns from the text of a grid; what cannot be read quarantines its row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from toolkit.intake.cells import Parser, convert, parse_id
from toolkit.intake.columns import Column, is_personal, word_form
from toolkit.intake.customer_key import customer_keys
from toolkit.intake.mapping import Source
from toolkit.intake.money import money_words, parse_money
from toolkit.intake.notes import Note
from toolkit.intake.setting import Setting
from toolkit.intake.working import Fate, Working

UNIT_SEPARATOR = "\x1f"
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
        if any(is_personal(header, setting.words) for header in source.headers):
            column = replace(column, hidden=True)
        values, bad = _values(work, column, source, setting)
        work.columns[name] = values
        if column.required:
            _refuse_blank(work, column, values, bad)
        if name == "customer_id" or _reveals_person(column, source, work, setting):
            work.columns[name] = customer_keys(values, setting.salt)
    if work.rules.cancelled is None and "status" in work.columns:
        words = setting.words.cancelled
        work.cancelled = _equal_any(work.columns["status"], lambda text: word_form(text) in words)


def _reveals_person(column: Column, source: Source, work: Working, setting: Setting) -> bool:
    """Whether a text is made of a person's data, or of the customer's id and more."""
    if column.type not in ("id", "label", "text") or column.staff:
        return False
    customer = work.sources.get("customer_id")
    secret = set(customer.headers) if customer and source.operation == "join" else set()
    return any(is_personal(header, setting.words) or header in secret for header in source.headers)


def _equal_any(values: Sequence[str | None], test: Callable[[str], bool]) -> list[bool]:
    known = {text: text is not None and test(text) for text in set(values)}
    return [known[text] for text in values]


def _values(
    work: Working, column: Column, source: Source, setting: Setting
) -> tuple[list[Any], set[int]]:
    """Values of one canonical column, and the rows in which it could not be read."""
    operands = []
    bad: set[int] = set()
    for header in source.headers:
        cells = work.cells(header)
        done = convert(cells, _parser(work, column, source, setting, cells))
        if done.normalised and column.type in NOTES:
            note = Note(
                code=NOTES[column.type], count=done.normalised, params={"column": header.strip()}
            )
            work.notes.append(note)
        for fault in done.bad:
            bad.add(fault.index)
            work.quarantine(fault.index, column, fault.code, fault.params, header)
        operands.append(done.values)
    if source.operation == "column":
        return operands[0], bad
    combine = COMBINATIONS[source.operation]
    return [combine(row) for row in zip(*operands, strict=True)], bad


def _parser(
    work: Working, column: Column, source: Source, setting: Setting, cells: list[str]
) -> Parser:
    if source.operation == "join":
        return parse_id
    if source.operation != "column":
        marks = money_words(setting.words, setting.currency)
        return lambda text: parse_money(text, marks)
    date_format = work.mapping.read.date_format if work.mapping else None
    return setting.parser(column, cells, date_format)


def _join(parts: Sequence[Any]) -> str | None:
    return None if None in parts else UNIT_SEPARATOR.join(parts)


def _multiply(parts: Sequence[Any]) -> float | None:
    product = 1.0
    for part in parts:
        if part is None:
            return None
        product *= part
    return product


def _sum(parts: Sequence[Any]) -> float | None:
    known = [part for part in parts if part is not None]
    return sum(known) if known else None


def _minus(parts: Sequence[Any]) -> float | None:
    first, *rest = parts
    return None if first is None else first - sum(part for part in rest if part is not None)


COMBINATIONS: dict[str, Callable[[Sequence[Any]], Any]] = {
    "join": _join,
    "multiply": _multiply,
    "sum": _sum,
    "minus": _minus,
}


def _refuse_blank(work: Working, column: Column, values: list[Any], bad: set[int]) -> None:
    """Quarantine rows in which a required column is blank; guests as the mapping says."""
    guests = work.rules.guests if column.name == "customer_id" else "quarantine"
    blank = [i for i, value in enumerate(values) if value is None and i not in bad]
    if guests == "keep":
        if blank:
            work.notes.append(Note(code="guests_kept", count=len(blank)))
        return
    for index in blank:
        if guests == "drop":
            if work.fates[index] is Fate.ACCEPTED:
                work.fates[index] = Fate.DROPPED
            continue
        work.quarantine(index, column, "value_missing", {}, work.header(column.name))
    if guests == "drop" and blank:
        work.notes.append(Note(code="guests_dropped", count=len(blank)))
