"""Sums over all findings: profit, cash, capacity and risk apart, profit and cash never added."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The joint sum of one kind: the whole gap with its 80 % interval, and the assumed effect.

    ``low`` and ``high`` are None where all inputs are exact. ``hours`` a month stand beside
    capacity. ``findings`` are the codes that share the sum.
    """

    gap: float
    low: float | None
    high: float | None
    effect: float
    findings: tuple[str, ...]
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Effect, costs and net of the plan in one year; net is None while a cost is not stated."""

    effect: float
    initial_yen: float | None
    monthly_yen: float | None
    net: float | None
    uncosted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """Sums of one diagnosis.

    ``margin`` is the yearly contribution margin, ``cap`` the part of it (``cap_share``) above
    which the profit effect is ``held`` back for checking. ``before`` are the roots of the tree
    as they stand. ``capacity_counts`` tells whether hours freed were said to lower pay: then
    they stand in profit.
    """

    profit: Total | None = None
    cash: Total | None = None
    capacity: Total | None = None
    first_year: Year | None = None
    steady_year: Year | None = None
    margin: float | None = None
    cap: float | None = None
    held: bool = False
    closure: float
    capacity_counts: bool = False


def totals_from(record: Mapping[str, Any]) -> Totals:
    """Totals from their record in diagnosis.json."""

    def total(name: str) -> Total | None:
        one = record[name]
        return Total(**{**one, "findings": tuple(one["findings"])}) if one else None

    def year(name: str) -> Year | None:
        return Year(**record[name]) if record[name] else None

    sums = {name: total(name) for name in ("profit", "cash", "capacity")}
    years = {name: year(name) for name in ("first_year", "steady_year")}
    return Totals(**{**record, **sums, **years})
