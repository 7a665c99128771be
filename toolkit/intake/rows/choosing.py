"""Rows that leave before they are read: totals, and what a mapping keeps out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from toolkit.intake.mappings.columns import Column, word_form
from toolkit.intake.mappings.joining import position
from toolkit.intake.mappings.mapping import Condition
from toolkit.intake.notes import Note, cell_problem
from toolkit.intake.rows.working import Working, kept
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import Unreadable, is_blank
from toolkit.intake.values.distinct import of_texts
from toolkit.intake.values.money import money_words, parse_money

if TYPE_CHECKING:
    import numpy

LONGEST_LABEL = 20
MEASURED = ("money", "number", "minutes")
_DIGIT = re.compile(r"\d")


def without_totals(work: Working, setting: Setting) -> Working:
    """Quarantine rows of totals: a word for a total in the first cell, an id or a date."""
    import numpy as np

    places = _label_places(work)
    labels = {at: marks for at in places if (marks := _total_marks(work, at, setting)).any()}
    everything = np.arange(len(work.grid))
    if not labels:
        return kept(work, everything)
    blank = {at: _blank_or_total(work, at, setting) for at in _record_places(work)}
    total = np.zeros(len(work.grid), dtype=bool)
    first: dict[int, int] = {}
    for at in places:
        if at not in labels:
            continue
        others = [marks for place, marks in blank.items() if place != at]
        found = labels[at] & (np.logical_or.reduce(others) if others else False) & ~total
        first |= dict.fromkeys(np.flatnonzero(found).tolist(), at)
        total |= found
    for index in sorted(first):
        _refuse_total(work, index, first[index])
    work.totals = len(first)
    return kept(work, everything[~total])


def _refuse_total(work: Working, index: int, at: int) -> None:
    header = work.grid.header[at]
    column = Column(name=header, type="text")
    place, text = work.grid.place(index, header), work.grid.record(index)[at]
    work.problems.append(cell_problem("total_row", place, column, text, {}))


def _blank_or_total(work: Working, at: int, setting: Setting) -> numpy.ndarray[Any, Any]:
    blank = of_texts(work.grid.text(at), is_blank)
    blank |= _total_marks(work, at, setting)
    return blank


def _total_marks(work: Working, at: int, setting: Setting) -> numpy.ndarray[Any, Any]:
    """Where a column says a word for a total, in any spelling."""

    def is_total(text: str) -> bool:
        if len(text) > LONGEST_LABEL or _DIGIT.search(text):
            return False
        return word_form(text).rstrip(":") in setting.words.totals

    first = {word[0] for word in setting.words.totals if word[0].isascii()}
    starts = "".join(sorted(first | {letter.upper() for letter in first}))
    return of_texts(work.grid.text(at), is_total, ascii_starts=starts)


def _record_places(work: Working) -> set[int]:
    """Columns that every record fills, amounts aside: a row of totals leaves some blank."""
    headers = {
        header
        for name, source in work.sources.items()
        for header in source.named
        if work.kind.columns[name].required and work.kind.columns[name].type not in MEASURED
    }
    return {index for index, text in enumerate(work.grid.header) if text in headers}


def _label_places(work: Working) -> list[int]:
    """Where a total is labelled: the first column, and those of ids, dates and months."""
    typed = ("id", "date", "month")
    headers = {
        header
        for name, source in work.sources.items()
        if work.kind.columns[name].type in typed
        for header in source.named
    }
    first = [] if _first_is_text(work) else [0]
    return sorted({*first, *(i for i, text in enumerate(work.grid.header) if text in headers)})


def _first_is_text(work: Working) -> bool:
    """Whether the first column is free text or a word to group by, where a total may be a name."""
    for name, source in work.sources.items():
        if source.named[:1] == work.grid.header[:1]:
            return work.kind.columns[name].type == "choice"
    return False


def filtered(work: Working, setting: Setting) -> Working:
    """Drop the rows a mapping keeps out, mark those it calls cancelled, else by status."""
    import numpy as np

    rules = work.rules
    live = np.ones(len(work.grid), dtype=bool)
    for test in rules.keep:
        live &= holds(work, test, setting)
    for test in rules.drop:
        live &= ~holds(work, test, setting)
    _drop(work, "filtered", ~live)
    tests = live & _tests(work, setting)
    _drop(work, "test_orders", tests)
    work = kept(work, np.flatnonzero(live & ~tests))
    for test in rules.cancelled:
        work.cancelled |= holds(work, test, setting)
    return work


def _drop(work: Working, code: str, rows: numpy.ndarray[Any, Any]) -> None:
    count = int(rows.sum())
    work.dropped += count
    if count:
        work.notes.append(Note(code=code, count=count))


def _tests(work: Working, setting: Setting) -> numpy.ndarray[Any, Any]:
    """Orders made to try the shop: by the mapping's test, else by a status that says so."""
    import numpy as np

    if work.rules.test is not None:
        return holds(work, work.rules.test, setting)
    source = work.sources.get("status")
    if work.kind.name != "orders" or source is None or source.operation != "column":
        return np.zeros(len(work.grid), dtype=bool)
    words = setting.words.test_words
    status = work.grid.text(position(work.grid, source.named[0]))
    return of_texts(status, lambda text: word_form(text) in words)


def holds(work: Working, test: Condition, setting: Setting) -> numpy.ndarray[Any, Any]:
    """In which rows a test of a mapping holds."""
    at = position(work.grid, test.column)
    return of_texts(work.grid.text(at), _operator(test, setting))


def _operator(test: Condition, setting: Setting) -> Callable[[str], bool]:
    if test.operator == "blank":
        return lambda text: is_blank(text) is test.operand
    if test.operator in ("at_most", "at_least"):
        return _comparison(test, setting)
    if test.operator == "one_of" and isinstance(test.operand, tuple):
        words = {word_form(word) for word in test.operand}
        return lambda text: word_form(text) in words
    word = word_form(str(test.operand))
    if test.operator == "starts_with":
        return lambda text: word_form(text).startswith(word)
    if test.operator == "contains":
        return lambda text: word in word_form(text)
    return lambda text: word_form(text) == word


def _comparison(test: Condition, setting: Setting) -> Callable[[str], bool]:
    """A comparison of numbers; a cell that is no number fails it."""
    marks = money_words(setting.words, setting.currency)
    bound = float(str(test.operand))

    def holds(text: str) -> bool:
        try:
            value = float(parse_money(text, marks)[0])
        except Unreadable:
            return False
        return value <= bound if test.operator == "at_most" else value >= bound

    return holds
