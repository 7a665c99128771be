"""Rows against each other: duplicates, orders whose total is repeated, records that disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any

from toolkit.intake.columns import Column
from toolkit.intake.notes import Note
from toolkit.intake.working import Fate, Working

Cell = tuple[Working, int]


def settle(works: Sequence[Working]) -> list[list[bool]]:
    """Give every row of a table its fate.

    Returns:
        For each file and row, whether it repeats an order whose total is already counted.
    """
    for work in works:
        _drop_zero(work)
    if works and works[0].kind.name == "orders":
        return _settle_orders(works)
    _settle_records(works)
    return [[False] * len(work.fates) for work in works]


def _drop_zero(work: Working) -> None:
    if work.rules.zero_amount != "drop" or "amount" not in work.columns:
        return
    zero = [index for index in work.live() if work.columns["amount"][index] == 0]
    for index in zero:
        work.fates[index] = Fate.DROPPED
    if zero:
        work.notes.append(Note(code="zero_dropped", count=len(zero)))


def _settle_orders(works: Sequence[Working]) -> list[list[bool]]:
    _drop_equal_rows(works)
    _settle_lines(works)
    return _settle_totals(works)


def _drop_equal_rows(works: Sequence[Working]) -> None:
    """Drop whole equal rows: always between files, within one where a row is a whole record."""
    earlier: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    for work in works:
        if work.rules.duplicates == "keep":
            continue
        before = earlier.setdefault(work.grid.header, {})
        seen = _drop_equal_to(work, before)
        for row, times in seen.items():
            if times > before.get(row, 0):
                before[row] = times


def _drop_equal_to(
    work: Working, before: Mapping[tuple[str, ...], int]
) -> dict[tuple[str, ...], int]:
    """Drop the rows of a file that occurred before; returns how often each occurs in it."""
    once = work.rules.duplicates == "drop" or not work.models_lines or "line_no" in work.columns
    seen: dict[tuple[str, ...], int] = {}
    equal = dropped = 0
    for index in work.live():
        row = tuple(work.grid.cells[index])
        times = seen[row] = seen.get(row, 0) + 1
        if times <= before.get(row, 0) or (once and times > 1):
            work.fates[index] = Fate.DEDUPLICATED
            dropped += 1
        elif times > 1:
            equal += 1
    _note(work, "duplicates", dropped)
    _note(work, "equal_lines", equal)
    return seen


def _note(work: Working, code: str, count: int) -> None:
    if count:
        work.notes.append(Note(code=code, count=count))


def _settle_lines(works: Sequence[Working]) -> None:
    """The same line of an order twice: dropped where the amount agrees, else quarantined."""
    groups: dict[Hashable, list[Cell]] = {}
    for work, index in _live(works):
        if "line_no" in work.columns and work.rules.duplicates != "keep":
            line = work.columns["line_no"][index]
            if line is not None:
                groups.setdefault((work.columns["order_id"][index], line), []).append((work, index))
    _keep_first(groups, "amount", "line_conflict")


def _keep_first(groups: dict[Hashable, list[Cell]], column: str, code: str) -> None:
    dropped: Counter[int] = Counter()
    works: dict[int, Working] = {}
    for cells in groups.values():
        if len(cells) == 1:
            continue
        if len({work.columns[column][index] for work, index in cells}) > 1:
            _conflict(cells, column, code)
            continue
        for work, index in cells[1:]:
            work.fates[index] = Fate.DEDUPLICATED
            works[id(work)] = work
            dropped[id(work)] += 1
    for key, count in dropped.items():
        _note(works[key], "duplicates", count)


def _conflict(cells: Sequence[Cell], column: str, code: str) -> None:
    """Quarantine every row of a group, naming the rows."""
    rows = ", ".join(str(work.grid.rows[index]) for work, index in cells[:10])
    for work, index in cells:
        where = work.kind.columns.get(column) or Column(name=column, type="text")
        work.quarantine(index, where, code, {"rows": rows}, work.header(column))


def _settle_totals(works: Sequence[Working]) -> list[list[bool]]:
    """Orders on several rows: equal totals count once, unequal ones quarantine all rows."""
    repeated = [[False] * len(work.fates) for work in works]
    place = {id(work): number for number, work in enumerate(works)}
    groups: dict[Any, list[Cell]] = {}
    for work, index in _live(works):
        if not work.models_lines:
            groups.setdefault(work.columns["order_id"][index], []).append((work, index))
    further: Counter[int] = Counter()
    for cells in groups.values():
        if len(cells) == 1:
            continue
        column = _disagreement(cells)
        if column is not None:
            _conflict(cells, column, f"order_{column}_conflict")
            continue
        for work, index in _further(cells):
            repeated[place[id(work)]][index] = True
            further[place[id(work)]] += 1
    for number, count in further.items():
        _note(works[number], "order_total_repeated", count)
    return repeated


def _disagreement(cells: Sequence[Cell]) -> str | None:
    for column in ("amount", "customer_id"):
        if len({work.columns[column][index] for work, index in cells}) > 1:
            return column
    return None


def _further(cells: Sequence[Cell]) -> list[Cell]:
    """All rows of an order but the one that counts: the first that is not cancelled."""
    counted = next((cell for cell in cells if not cell[0].cancelled[cell[1]]), cells[0])
    return [cell for cell in cells if cell is not counted]


def _settle_records(works: Sequence[Working]) -> None:
    """Records that share their key: equal rows are dropped, others quarantined."""
    groups: dict[Hashable, list[Cell]] = {}
    for work, index in _live(works):
        key = tuple(work.columns[name][index] for name in work.kind.key if name in work.columns)
        if key:
            groups.setdefault(key, []).append((work, index))
    for cells in groups.values():
        if len(cells) == 1:
            continue
        rows = {(work.grid.header, tuple(work.grid.cells[index])) for work, index in cells}
        if len(rows) > 1:
            _conflict(cells, cells[0][0].kind.key[0], "record_conflict")
            continue
        for work, index in cells[1:]:
            work.fates[index] = Fate.DEDUPLICATED
            _note(work, "duplicates", 1)


def _live(works: Sequence[Working]) -> Iterator[Cell]:
    for work in works:
        for index in work.live():
            yield work, index
