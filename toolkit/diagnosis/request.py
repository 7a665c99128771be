"""The request for material: what to ask a client for next, computed from what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.diagnosis.health import TOTALS, DataHealth, MissingColumn, data_health
from toolkit.diagnosis.request_item import (
    KINDS,
    RequestItem,
    file_item,
    request_card,
    table_item,
)
from toolkit.diagnosis.waiting import Waiting, readers, waiting, weight
from toolkit.errors import Problem
from toolkit.facts import Facts
from toolkit.method import Method
from toolkit.rules.applies import applies
from toolkit.rules.condition import Scope

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

FROM_THE_CLIENT = "data/"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestList:
    """What to ask one client for, most useful first; ``refused`` if nothing more was looked at.

    ``date`` is the ISO day on which it was made.
    """

    client: str
    date: str
    items: tuple[RequestItem, ...]
    refused: bool = False


def request_list(diagnosis: Diagnosis, method: Method | None = None) -> RequestList:
    """What is missing, bad, unrecognised or unsure in what a client handed over.

    Items are ranked by the number of rules that wait for them, then by the weight of these.
    """
    method = method or diagnosis.content
    health = data_health(diagnosis, method)
    items = [
        *_again(health, diagnosis, method),
        *_tables(health, diagnosis, method),
        *_columns(health, method),
        *_files(health, method),
        *_confirm(health, method),
    ]
    return RequestList(
        client=str(diagnosis.client["company_name"]),
        date=diagnosis.run_date,
        items=_ranked(items, method),
    )


def refused_list(
    problems: Iterable[Problem], client: str, date: str, method: Method
) -> RequestList:
    """The files to ask for again where a client was refused: nothing else is known then.

    Faults of client.yaml and of mappings are the consultant's and are not asked for.
    """
    faults: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.file is not None and problem.file.startswith(FROM_THE_CLIENT):
            faults.setdefault(problem.file, []).append(problem)
    items = tuple(
        replace(file_item("again", (name,), method), reason="refused", examples=_telling(found))
        for name, found in faults.items()
    )
    return RequestList(client=client, date=date, items=items, refused=True)


def _telling(faults: Iterable[Problem]) -> tuple[Problem, ...]:
    """The fault of the file as a whole, if there is one, and the first of its rows."""
    faults = list(faults)
    whole = [problem for problem in faults if problem.row is None][:1]
    rows = [problem for problem in faults if problem.row is not None][:1]
    return (*whole, *rows)


def _ranked(items: Iterable[RequestItem], method: Method) -> tuple[RequestItem, ...]:
    def order(item: RequestItem) -> tuple[int, int, int, int, str]:
        heavy = sum(weight(code, method) for code in item.rules)
        kind, name = KINDS.index(item.kind), item.table or "".join(item.files)
        return (-len(item.rules), -heavy, kind, -len(item.figures), name)

    return tuple(sorted(items, key=order))


def _again(
    health: tuple[DataHealth, ...], diagnosis: Diagnosis, method: Method
) -> Iterator[RequestItem]:
    """Tables of which too many rows could not be read, or that came without a row."""
    limit = _limit(method)
    for one in health:
        if not _to_repeat(one, limit):
            continue
        systems = (one.system,) if one.system else _systems(health)
        waits = readers(one.table, diagnosis, method)
        yield replace(
            table_item("again", one.table, waits, systems, method),
            columns=tuple(column.name for column in _wanted(one)),
            files=one.files,
            reason="bad_share" if one.rows["total"] else "no_rows",
            examples=_worst(one),
            counts={"total": one.rows["total"], "bad": one.bad_rows, "share": one.bad_share},
        )


def _limit(method: Method) -> float:
    return float(request_card("again", method)["bad_share"])


def _to_repeat(one: DataHealth, limit: float) -> bool:
    return one.recognised and (not one.rows["total"] or one.bad_share >= limit)


def _wanted(one: DataHealth) -> tuple[MissingColumn, ...]:
    return tuple(column for column in one.missing if column.waiting.facts)


def _worst(one: DataHealth) -> tuple[Problem, ...]:
    reasons = [reason.example for reason in one.set_aside if reason.example.code != TOTALS]
    return tuple(reasons[:1])


def _tables(
    health: tuple[DataHealth, ...], diagnosis: Diagnosis, method: Method
) -> Iterator[RequestItem]:
    """Tables that were not delivered and that rules or figures of this client wait for."""
    empty = {one.table for one in health if not one.rows["total"]}
    for need, waits in waiting(diagnosis, method).items():
        if "." in need or need in empty:
            continue
        if waits.rules or _concerns(need, diagnosis.facts, method):
            yield table_item("table", need, waits, _systems(health), method)


def _concerns(table: str, facts: Facts, method: Method) -> bool:
    """Whether figures of a table that no rule waits for say something of this business."""
    scope = Scope(facts=facts, threshold=lambda _: None, target=lambda _: None)
    where = request_card(f"table.{table}", method).get("applies", {})
    return applies(where, method, scope).value is not False


def _columns(health: tuple[DataHealth, ...], method: Method) -> Iterator[RequestItem]:
    """Delivered tables that lack columns something waits for: one item a table.

    A table asked for again is asked for with its columns there.
    """
    limit = _limit(method)
    for one in health:
        wanted = _wanted(one)
        if wanted and not _to_repeat(one, limit):
            waits = _together(column.waiting for column in wanted)
            systems = (one.system,) if one.system else ()
            yield replace(
                table_item("column", one.table, waits, systems, method),
                columns=tuple(column.name for column in wanted),
                files=one.files,
            )


def _together(waits: Iterable[Waiting]) -> Waiting:
    waits = tuple(waits)
    return Waiting(
        rules=tuple(dict.fromkeys(code for one in waits for code in one.rules)),
        facts=tuple(dict.fromkeys(fact for one in waits for fact in one.facts)),
    )


def _files(health: tuple[DataHealth, ...], method: Method) -> Iterator[RequestItem]:
    for one in health:
        if not one.recognised:
            yield file_item("file", one.files, method)


def _confirm(health: tuple[DataHealth, ...], method: Method) -> Iterator[RequestItem]:
    """Tables read by an adapter whose headers are known from memory only."""
    for one in health:
        if one.status == "memory" and one.rows["accepted"]:
            item = file_item("confirm", one.files, method)
            yield replace(item, table=one.table, system=one.system)


def _systems(health: Iterable[DataHealth]) -> tuple[str, ...]:
    """The systems the client uses, as far as files were recognised."""
    return tuple(dict.fromkeys(one.system for one in health if one.system))
