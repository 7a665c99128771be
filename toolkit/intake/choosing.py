"""Rows that leave before they are read: totals, and what a mapping keeps out."""

from __future__ import annotations

import re
from collections.abc import Callable

from toolkit.intake.cells import Unreadable, is_blank
from toolkit.intake.columns import Column, word_form
from toolkit.intake.mapping import Condition
from toolkit.intake.money import money_words, parse_money
from toolkit.intake.notes import Note, cell_problem
from toolkit.intake.setting import Setting
from toolkit.intake.working import Working, kept

LONGEST_LABEL = 20
MEASURED = ("money", "number", "minutes")
_DIGIT = re.compile(r"\d")


def without_totals(work: Working, setting: Setting) -> Working:
    """Quarantine rows of totals: a word for a total in the first cell, an id or a date."""
    places = _label_places(work)
    is_total = _total_words(work, places, setting)
    if not is_total:
        return kept(work, list(range(len(work.grid.cells))))
    others = _record_places(work)
    live = []
    for index, row in enumerate(work.grid.cells):
        at = next((at for at in places if row[at] in is_total), None)
        if at is None or not any(is_blank(row[i]) or row[i] in is_total for i in others - {at}):
            live.append(index)
            continue
        header = work.grid.header[at]
        column = Column(name=header, type="text")
        problem = cell_problem("total_row", work.grid.place(index, header), column, row[at], {})
        work.problems.append(problem)
    work.totals = len(work.grid.cells) - len(live)
    return kept(work, live)


def _total_words(work: Working, places: list[int], setting: Setting) -> set[str]:
    """The texts in these columns that are words for a total, in any spelling."""
    texts = {row[at] for at in places for row in work.grid.cells}
    return {
        text
        for text in texts
        if len(text) <= LONGEST_LABEL
        and not _DIGIT.search(text)
        and word_form(text).rstrip(":") in setting.words.totals
    }


def _record_places(work: Working) -> set[int]:
    """Columns that every record fills, amounts aside: a row of totals leaves some blank."""
    headers = {
        header
        for name, source in work.sources.items()
        for header in source.headers
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
        for header in source.headers
    }
    first = [] if _first_is_text(work) else [0]
    return sorted({*first, *(i for i, text in enumerate(work.grid.header) if text in headers)})


def _first_is_text(work: Working) -> bool:
    """Whether the first column is free text or a word to group by, where a total may be a name."""
    for name, source in work.sources.items():
        if source.headers[0] == work.grid.header[0]:
            return work.kind.columns[name].type == "choice"
    return False


def filtered(work: Working, setting: Setting) -> Working:
    """Drop the rows a mapping keeps out, mark those it calls cancelled, else by status."""
    rules = work.rules
    tests = [(_test(work, test, setting), True) for test in rules.keep]
    drops = [_test(work, test, setting) for test in rules.drop]
    live = [
        index
        for index, row in enumerate(work.grid.cells)
        if all(test(row) for test, _ in tests) and not any(test(row) for test in drops)
    ]
    work.dropped = len(work.grid.cells) - len(live)
    if work.dropped:
        work.notes.append(Note(code="filtered", count=work.dropped))
    work = kept(work, live)
    if rules.cancelled is not None:
        test = _test(work, rules.cancelled, setting)
        work.cancelled = [test(row) for row in work.grid.cells]
    return work


def _test(work: Working, test: Condition, setting: Setting) -> Callable[[list[str]], bool]:
    from toolkit.intake.joining import position

    at = position(work.grid, test.column)
    holds = _operator(test, setting)
    known: dict[str, bool] = {}

    def on_row(row: list[str]) -> bool:
        text = row[at]
        if text not in known:
            known[text] = holds(text)
        return known[text]

    return on_row


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
