"""Levers: which driver of the tree a failed rule calls for moving, and how far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.facts import Fact, Facts
from toolkit.impact.posterior import draws
from toolkit.impact.tree import CELL, Tree
from toolkit.method import Entry, Method
from toolkit.rules.finding import Finding
from toolkit.rules.thresholds import resolve

MARGIN = "costs.contribution_margin_rate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A lever set for one client: by driver what is added, as it stands and as it may be.

    ``drawn`` holds draws of what is added where that is uncertain.
    """

    code: str
    kind: str
    pool: str | None = None
    within: str | None = None
    deltas: Mapping[str, float] = field(default_factory=dict)
    drawn: Mapping[str, Any] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def ready(self) -> bool:
        """Whether there is anything to move."""
        return self.reason is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What levers are set on: facts, method, the client's thresholds and the tree."""

    facts: Facts
    method: Method
    tree: Tree
    thresholds: Mapping[str, float] = field(default_factory=dict)


def set_lever(finding: Finding, bench: Bench) -> Move | None:
    """The move a failed rule calls for; None where its rule has no lever."""
    entry = bench.method.section("levers").get(finding.id)
    if entry is None:
        return None
    plain = Move(
        code=finding.id,
        kind=str(entry["kind"]),
        pool=finding.pool,
        within=entry.get("within"),
    )
    deltas: dict[str, float] = {}
    drawn: dict[str, Any] = {}
    lacking: dict[str, None] = {}
    for driver in _drivers(entry, finding, bench.facts):
        found = _delta(entry, driver, bench)
        if isinstance(found, list):
            lacking |= dict.fromkeys(found)
        else:
            deltas[driver], drawn[driver] = found
    waits = [key for driver in deltas for key in bench.tree.waits_for(driver, entry["kind"])]
    missing = tuple(dict.fromkeys([*(lacking if not deltas else ()), *waits]))
    return _made(plain, deltas, drawn, missing, bench)


def _made(
    plain: Move,
    deltas: Mapping[str, float],
    drawn: Mapping[str, Any],
    missing: tuple[str, ...],
    bench: Bench,
) -> Move:
    if missing:
        reason = "no_margin" if MARGIN in missing else "no_input"
        needs = tuple(dict.fromkeys(n for key in missing for n in _needs(key, bench)))
        return replace(plain, reason=reason, missing=needs)
    if not any(deltas.values()):
        return replace(plain, reason="no_gain")
    sampled = {key: value for key, value in drawn.items() if value is not None}
    return replace(plain, deltas=dict(deltas), drawn=sampled)


def _drivers(entry: Entry, finding: Finding, facts: Facts) -> Iterator[str]:
    """The driver or drivers; of a breakdown the cells that the finding names."""
    stated = entry["driver"]
    named = {item.key for item in finding.evidence.items}
    for name in [stated] if isinstance(stated, str) else stated:
        if not name.endswith(CELL):
            yield str(name)
            continue
        for fact in facts.breakdown(name.removesuffix(CELL)):
            if fact.by and {str(value) for value in fact.by.values()} & named:
                yield fact.key


def _delta(entry: Entry, driver: str, bench: Bench) -> tuple[float, Any] | list[str]:
    """What closes the gap of a driver, the largest of the ways named; else what is missing."""
    now = bench.facts.get(driver)
    if now is None or not now.known:
        return [driver]
    up = entry.get("better", "up") == "up"
    lacking: list[str] = []
    best: tuple[float, Any] | None = None
    for way in entry["toward"]:
        found = _way(way, now, bench)
        if isinstance(found, str):
            lacking.append(found)
            continue
        gain = found[0] if up else -found[0]
        if gain > 0 and (best is None or gain > abs(best[0])):
            best = found
    if best is not None:
        return best
    return (0.0, None) if len(lacking) < len(entry["toward"]) else lacking


def _way(way: Mapping[str, Any], now: Fact, bench: Bench) -> tuple[float, Any] | str:
    """One way to a target: back by a difference, or to a number, a threshold or a fact."""
    value = now.number
    assert value is not None
    drawn = draws(now)
    if "back" in way:
        fact = bench.facts.find(*_cell(str(way["back"]), now))
        if fact.number is None:
            return fact.key
        sample = draws(fact)
        return -fact.number, None if sample is None else -sample
    if "fact" in way:
        fact = bench.facts.find(*_cell(str(way["fact"]), now))
        if fact.number is None:
            return fact.key
        other = draws(fact)
        target, spread = fact.number, fact.number if other is None else other
    elif "threshold" in way:
        threshold = resolve(str(way["threshold"]), bench.method, bench.facts, bench.thresholds)
        if threshold is None:
            return f"threshold.{way['threshold']}"
        target = spread = threshold.value
    else:
        target = spread = float(way["to"])
    exact = drawn is None and not hasattr(spread, "shape")
    return target - value, None if exact else spread - (value if drawn is None else drawn)


def _cell(name: str, now: Fact) -> tuple[str, Mapping[str, str | int]]:
    if name.endswith(CELL):
        return name.removesuffix(CELL), now.by
    fact_id, _, cell = name.partition("[")
    by = dict(part.split("=", 1) for part in cell.rstrip("]").split(",")) if cell else {}
    return fact_id, by


def _needs(key: str, bench: Bench) -> tuple[str, ...]:
    """What to ask for so that a fact becomes known."""
    if key.startswith("q."):
        return (key,)
    fact = bench.facts.get(key)
    if fact is not None and fact.needs:
        return fact.needs
    card = bench.method.section("measures").get(key.partition("[")[0])
    return tuple(card.get("needs", ())) if card is not None else ()
