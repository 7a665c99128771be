"""Rows against each other: duplicates, orders whose total is repeated, records that disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toolkit.intake.mappings.columns import Column
from toolkit.intake.notes import Note
from toolkit.intake.rows.overlapping import settle_exports
from toolkit.intake.rows.sharing import Cell, any_shared, equal_rows, records_at, shared
from toolkit.intake.rows.working import Fate, Working

if TYPE_CHECKING:
    import numpy


def settle(works: Sequence[Working]) -> list[numpy.ndarray[Any, Any]]:
    """Give every row of a table its fate.

    Returns:
        For each file and row, whether it repeats an order whose total is already counted.
    """
    for work in works:
        _drop_zero(work)
    if works and works[0].kind.name == "orders":
        settle_exports(works)
        return _settle_orders(works)
    _settle_records(works)
    return _none(works)


def _none(works: Sequence[Working]) -> list[numpy.ndarray[Any, Any]]:
    import numpy as np

    return [np.zeros(len(work.fates), dtype=bool) for work in works]


def _drop_zero(work: Working) -> None:
    import numpy as np
    import pyarrow.compute as pc

    if work.rules.zero_amount != "drop" or "amount" not in work.columns:
        return
    zero = pc.fill_null(pc.equal(work.columns["amount"], 0), False).to_numpy(zero_copy_only=False)
    gone = np.flatnonzero(zero & (work.fates == Fate.ACCEPTED))
    work.fates[gone] = Fate.DROPPED
    if len(gone):
        work.notes.append(Note(code="zero_dropped", count=len(gone)))


def _settle_orders(works: Sequence[Working]) -> list[numpy.ndarray[Any, Any]]:
    if not any_shared(works, "order_id"):
        return _none(works)
    _drop_equal_rows(works)
    _settle_lines(works)
    return _settle_totals(works)


def _drop_equal_rows(works: Sequence[Working]) -> None:
    """Drop whole equal rows: always between files, within one where a row is a whole record."""
    earlier: dict[tuple[str, ...], dict[tuple[str, ...], int]] = {}
    alike: dict[int, list[int]] = {}
    for work, index in equal_rows(works):
        alike.setdefault(id(work), []).append(index)
    for work in works:
        if work.rules.duplicates == "keep":
            continue
        before = earlier.setdefault(work.grid.header, {})
        seen = _drop_equal_to(work, before, alike.get(id(work), []))
        for row, times in seen.items():
            if times > before.get(row, 0):
                before[row] = times


def _drop_equal_to(
    work: Working, before: Mapping[tuple[str, ...], int], alike: Sequence[int]
) -> dict[tuple[str, ...], int]:
    """Drop the rows of a file that occurred before; returns how often each occurs in it."""
    once = work.rules.duplicates == "drop" or not work.models_lines or "line_no" in work.columns
    seen: dict[tuple[str, ...], int] = {}
    equal = dropped = 0
    for index, row in zip(alike, records_at(work, alike), strict=True):
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
    numbered = [w for w in works if "line_no" in w.columns and w.rules.duplicates != "keep"]
    groups = shared(numbered, ("order_id", "line_no"))
    named = [cells for cells in groups if _value(cells[0], "line_no") is not None]
    _keep_first(named, "amount", "line_conflict")


def _keep_first(groups: Iterable[Sequence[Cell]], column: str, code: str) -> None:
    dropped: Counter[int] = Counter()
    works: dict[int, Working] = {}
    for cells in groups:
        if len({_value(cell, column) for cell in cells}) > 1:
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


def _settle_totals(works: Sequence[Working]) -> list[numpy.ndarray[Any, Any]]:
    """Orders on several rows: equal totals count once, unequal ones quarantine all rows."""
    repeated = _none(works)
    place = {id(work): number for number, work in enumerate(works)}
    further: Counter[int] = Counter()
    totals = [work for work in works if not work.models_lines]
    for cells in shared(totals, ("order_id",)):
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
        if len({_value(cell, column) for cell in cells}) > 1:
            return column
    return None


def _value(cell: Cell, column: str) -> Any:
    work, index = cell
    return work.columns[column][index].as_py()


def _further(cells: Sequence[Cell]) -> list[Cell]:
    """All rows of an order but the one that counts: the first that is not cancelled."""
    counted = next((cell for cell in cells if not cell[0].cancelled[cell[1]]), cells[0])
    return [cell for cell in cells if cell is not counted]


def _settle_records(works: Sequence[Working]) -> None:
    """Records that share their key: equal rows are dropped, others quarantined."""
    if not works or not works[0].kind.key:
        return
    for cells in shared(works, works[0].kind.key):
        rows = {(work.grid.header, work.grid.record(index)) for work, index in cells}
        if len(rows) > 1 and not _of_one_person(cells):
            _conflict(cells, cells[0][0].kind.key[0], "record_conflict")
            continue
        for work, index in cells[1:]:
            work.fates[index] = Fate.DEDUPLICATED
            _note(work, "duplicates", 1)


def _of_one_person(cells: Sequence[Cell]) -> bool:
    """Whether records share their key only because their customers were taken for one person."""
    keys = [None if work.own_keys is None else work.own_keys[at].as_py() for work, at in cells]
    return None not in keys and len(set(keys)) == len(keys)
