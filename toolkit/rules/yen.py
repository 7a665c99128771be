"""What a finding is worth: the gap it closes, its share of the joint sum, and on what it rests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

KINDS = ("profit", "cash", "capacity", "risk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One driver of the tree as a lever moves it: the fact's key, its value, and its target."""

    fact: str
    now: float
    target: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Yen:
    """Yen of one finding; amounts are yearly for profit and capacity, once for cash and risk.

    ``gap`` is what closing the whole gap alone is worth, ``low`` and ``high`` its 80 % interval,
    None where all inputs are exact. ``share`` is its part of the joint sum, in which overlapping
    findings are counted once; ``effect`` is ``closure`` × share. ``hours`` a month stand beside
    capacity. ``counted`` tells whether it enters the totals, ``moved`` whether its drivers do (of
    overlapping findings the whole or its parts). Where the gap is None, ``reason`` (no_margin,
    no_input, no_gain) and ``missing`` tell why. ``formula`` is the term of the tree, ``inputs``
    the facts it reads besides its drivers.
    """

    kind: str
    pool: str | None = None
    gap: float | None = None
    low: float | None = None
    high: float | None = None
    share: float | None = None
    closure: float | None = None
    effect: float | None = None
    hours: float | None = None
    formula: str | None = None
    steps: tuple[Step, ...] = ()
    inputs: tuple[str, ...] = ()
    overlaps: tuple[str, ...] = ()
    counted: bool = False
    moved: bool = False
    reason: str | None = None
    missing: tuple[str, ...] = ()


def yen_from(record: Mapping[str, Any] | None) -> Yen | None:
    """Yen from its record in diagnosis.json."""
    if record is None:
        return None
    lists = {name: tuple(record[name]) for name in ("inputs", "overlaps", "missing")}
    return Yen(**{**record, **lists, "steps": tuple(Step(**one) for one in record["steps"])})
