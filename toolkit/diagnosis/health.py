"""Data health: how each table was delivered, and what its gaps keep from being judged."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.waiting import Waiting, waiting
from toolkit.errors import Problem
from toolkit.intake.case import UNRECOGNISED
from toolkit.method import Method

if TYPE_CHECKING:
    from pandas import DataFrame

    from toolkit.diagnosis.document import Diagnosis
    from toolkit.intake.case import Case

MOST_REASONS = 5
TOTALS = "total_row"


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """One reason for which rows were set aside: how many rows, and where it is to be seen."""

    example: Problem
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnHealth:
    """A delivered column: its canonical name, the headers it came from, the share filled."""

    name: str
    headers: tuple[str, ...] = ()
    filled: float


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingColumn:
    """A canonical column that was not delivered, and what waits for it (perhaps nothing)."""

    name: str
    waiting: Waiting = field(default_factory=Waiting)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataHealth:
    """The health of one table.

    ``rows`` counts by fate: total, accepted, quarantined, deduplicated, dropped, cancelled.
    ``system`` and ``status`` are of the adapter that recognised it (verified, partly, memory),
    None where none did. ``match_rates`` are records of file, other, keys, keys_found and key_share:
    how many customer codes of one file are in another.
    """

    table: str
    files: tuple[str, ...]
    rows: Mapping[str, int]
    encoding: str | None = None
    system: str | None = None
    status: str | None = None
    columns: tuple[ColumnHealth, ...] = ()
    missing: tuple[MissingColumn, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    notes: tuple[Mapping[str, Any], ...] = ()
    warnings: tuple[Mapping[str, Any], ...] = ()
    match_rates: tuple[Mapping[str, Any], ...] = ()

    @property
    def recognised(self) -> bool:
        """Whether the files are a table we know."""
        return self.table != UNRECOGNISED

    @property
    def bad_rows(self) -> int:
        """Rows that could not be used, totals rows apart."""
        totals = sum(one.count for one in self.set_aside if one.example.code == TOTALS)
        return max(0, self.rows["quarantined"] - totals)

    @property
    def bad_share(self) -> float:
        """Bad rows of those that were to be used; 0 where there is none."""
        judged = self.bad_rows + self.rows["accepted"]
        return self.bad_rows / judged if judged else 0.0


FATES = ("total", "accepted", "quarantined", "deduplicated", "dropped", "cancelled")


def health_records(case: Case) -> tuple[dict[str, Any], ...]:
    """The health of a case as diagnosis.json has it, with the reasons for rows set aside."""
    from toolkit.diagnosis.saving import plain

    reasons = set_aside(case.quarantined)
    return tuple(
        {**plain(one), "set_aside": plain(reasons.get(one.kind, ()))} for one in case.health
    )


def set_aside(quarantined: DataFrame, most: int = MOST_REASONS) -> dict[str, tuple[SetAside, ...]]:
    """The most frequent reasons by table, each with its first place; a row counts once a reason.

    ``quarantined`` has a row per fault, as in ``Case.quarantined``; faults of a whole file, which
    have no row, are left out.
    """
    found: dict[str, list[SetAside]] = {}
    faults = quarantined[quarantined["row"].notna()]
    for (table, _), group in faults.groupby(["table", "code"], sort=True):
        count = len(group[["file", "row"]].drop_duplicates())
        first = group.sort_values(["file", "row"], kind="stable").iloc[0].to_dict()
        found.setdefault(str(table), []).append(SetAside(example=_example(first), count=count))
    return {table: _most(reasons, most) for table, reasons in found.items()}


def _most(reasons: Iterable[SetAside], most: int) -> tuple[SetAside, ...]:
    """The most frequent reasons; totals rows, which are no fault, stand after them."""
    ordered = sorted(reasons, key=lambda one: (-one.count, one.example.code))
    faults = [one for one in ordered if one.example.code != TOTALS]
    return (*faults[:most], *(one for one in ordered if one.example.code == TOTALS))


def _example(fault: Mapping[Any, Any]) -> Problem:
    def text(name: str) -> str | None:
        value = fault[name]
        return value if isinstance(value, str) else None

    return Problem(
        code=str(fault["code"]),
        file=text("file"),
        row=int(fault["row"]),
        column=text("column"),
        value=text("value"),
        params=json.loads(text("params") or "{}"),
    )


def data_health(diagnosis: Diagnosis, method: Method | None = None) -> tuple[DataHealth, ...]:
    """Every table of a diagnosis as it was delivered, with what its gaps keep back."""
    method = method or diagnosis.content
    waits = waiting(diagnosis, method)
    return tuple(_health(one, waits, method) for one in diagnosis.health)


def _health(one: Mapping[str, Any], waits: Mapping[str, Waiting], method: Method) -> DataHealth:
    table, filled = str(one["kind"]), dict(one["completeness"])
    headers = one.get("headers") or {}
    return DataHealth(
        table=table,
        files=tuple(str(name) for name in one["files"]),
        rows={name: int(one[f"rows_{name}"]) for name in FATES},
        encoding=one.get("encoding"),
        system=one.get("system"),
        status=one.get("status"),
        columns=tuple(
            ColumnHealth(name=name, headers=_listed(headers.get(name)), filled=float(share))
            for name, share in filled.items()
        ),
        missing=tuple(_missing(table, filled, waits, method)) if one["rows_accepted"] else (),
        set_aside=tuple(
            SetAside(example=Problem(**reason["example"]), count=int(reason["count"]))
            for reason in one.get("set_aside", ())
        ),
        notes=tuple(one.get("notes", ())),
        warnings=tuple(one.get("warnings", ())),
        match_rates=tuple(one.get("match_rates", ())),
    )


def _listed(headers: str | Iterable[str] | None) -> tuple[str, ...]:
    if headers is None:
        return ()
    return (headers,) if isinstance(headers, str) else tuple(headers)


def _missing(
    table: str, filled: Mapping[str, float], waits: Mapping[str, Waiting], method: Method
) -> Iterator[MissingColumn]:
    """Columns of the table that are not there; those that something waits for come first."""
    from toolkit.intake.mappings.columns import table_kinds

    columns = table_kinds(method)[table].columns
    absent = [
        MissingColumn(name=name, waiting=waits.get(f"{table}.{name}", Waiting()))
        for name in columns
        if name not in filled
    ]
    yield from sorted(absent, key=lambda one: (-len(one.waiting.rules), -len(one.waiting.facts)))
