"""Yen of all findings at once: each alone, and its share of the joint sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.facts import Facts
from toolkit.impact.joint import difference, drawn_together, shares, together
from toolkit.impact.lever import Bench, Move, set_lever
from toolkit.impact.overlap import Kinship, families
from toolkit.impact.posterior import draws
from toolkit.impact.totals import Total
from toolkit.impact.tree import Term, Tree, build_tree
from toolkit.method import Method
from toolkit.rules.finding import Finding
from toolkit.rules.thresholds import resolve
from toolkit.rules.yen import KINDS, Step, Yen

ENDS = (0.10, 0.90)
UNCOUNTED = ("note", "idea")
CLOSURE = "closure"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What is assumed of a client: own thresholds, and the closure of single findings by code."""

    thresholds: Mapping[str, float] = field(default_factory=dict)
    closures: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Yen by rule code, the joint sums by kind, and the tree they were read from."""

    yen: Mapping[str, Yen]
    totals: Mapping[str, Total]
    tree: Tree
    closure: float


def impact(
    findings: Iterable[Finding],
    facts: Facts,
    method: Method,
    assumed: Assumptions | None = None,
) -> Impact:
    """What the failed rules are worth.

    Notes and ideas get yen of their own but stay out of the sums, as do findings set aside.
    """
    assumed = assumed or Assumptions()
    tree = build_tree(facts, method, assumed.thresholds)
    bench = Bench(facts=facts, method=method, tree=tree, thresholds=assumed.thresholds)
    failed = [one for one in findings if one.status == "fail" and one.suppressed is None]
    made = {one.id: set_lever(one, bench) for one in failed}
    set_ = [move for move in made.values() if move is not None]
    counted = {one.id for one in failed if one.severity not in UNCOUNTED}
    closure = _closure(bench)
    yen = {move.code: _alone(move, bench) for move in set_}
    totals: dict[str, Total] = {}
    for kind in KINDS:
        ready = [m for m in set_ if m.kind == kind and (yen[m.code].gap or 0.0) > 0]
        joint = [m for m in ready if m.code in counted]
        yen |= _shared(joint, yen, bench, assumed, closure)
        total = _total(kind, joint, yen, bench)
        if total is not None:
            totals[kind] = total
    return Impact(yen=yen, totals=totals, tree=tree, closure=closure)


def _closure(bench: Bench) -> float:
    threshold = resolve(CLOSURE, bench.method, bench.facts, bench.thresholds)
    assert threshold is not None
    return threshold.value


def _alone(move: Move, bench: Bench) -> Yen:
    """The gap of one lever moved by itself, with its interval."""
    plain = Yen(kind=move.kind, pool=move.pool)
    if not move.ready:
        return replace(plain, reason=move.reason, missing=move.missing)
    gap = float(difference(bench.tree, move.kind, move.deltas))
    terms = [t for key in move.deltas for t in bench.tree.reached(key, move.kind)]
    inputs = dict.fromkeys(one for key in move.deltas for one in bench.tree.needed(key, move.kind))
    steps = tuple(
        Step(fact=key, now=bench.tree.base[key], target=bench.tree.base[key] + delta)
        for key, delta in move.deltas.items()
    )
    plain = replace(
        plain,
        formula=_formula(terms, move),
        steps=steps,
        inputs=tuple(key for key in inputs if key not in move.deltas),
        hours=_hours(move, bench),
    )
    if gap <= 0:
        return replace(plain, reason="no_gain")
    low, high = _interval(move.kind, [move], plain.inputs, bench)
    return replace(plain, gap=gap, low=low, high=high)


def _formula(terms: Iterable[Term], move: Move) -> str | None:
    """The term that the move itself wakes, before those it only scales."""
    terms = tuple(terms)
    awake = [term for term in terms if set(term.moved) & set(move.deltas)]
    return next((term.id for term in (*awake, *terms)), None)


def _hours(move: Move, bench: Bench) -> float | None:
    if move.kind != "capacity" or "hours" not in bench.tree.terms:
        return None
    return float(difference(bench.tree, "hours", move.deltas)) or None


def _interval(
    kind: str, moves: Iterable[Move], inputs: Iterable[str], bench: Bench
) -> tuple[float | None, float | None]:
    """80 % interval of the gain: drivers and inputs drawn together; None where all is exact."""
    import numpy as np

    moves = tuple(moves)
    deltas = drawn_together(moves)
    base: dict[str, Any] = {}
    for key in inputs:
        fact = bench.facts.get(key)
        sample = draws(fact) if fact is not None else None
        if sample is not None and key not in deltas:
            base[key] = sample
    gains = np.asarray(difference(bench.tree, kind, deltas, base))
    if gains.ndim == 0:
        return None, None
    low, high = np.quantile(gains, ENDS)
    return float(low), float(high)


def _shared(
    joint: list[Move],
    yen: Mapping[str, Yen],
    bench: Bench,
    assumed: Assumptions,
    closure: float,
) -> dict[str, Yen]:
    """The same yen with their shares of the joint sum and the effect assumed of each."""
    if not joint:
        return {}
    alone = {move.code: yen[move.code].gap or 0.0 for move in joint}
    kin = families(alone, _kinship(bench))
    moved = {code for family in kin for code in family.moved}
    kind = joint[0].kind
    parts = shares(bench.tree, kind, [move for move in joint if move.code in moved])
    made: dict[str, Yen] = {}
    for family in kin:
        sum_ = sum(parts[code] for code in family.moved)
        whole = sum(alone[code] for code in family.members)
        for code in family.members:
            share = sum_ * alone[code] / whole
            rate = assumed.closures.get(code, closure)
            made[code] = replace(
                yen[code],
                share=share,
                closure=rate,
                effect=share * rate,
                overlaps=tuple(one for one in family.members if one != code),
                counted=True,
                moved=code in family.moved,
            )
    return made


def _kinship(bench: Bench) -> Kinship:
    """What contains what; with ``within_if`` only while that fact is there and not zero."""
    levers = bench.method.section("levers")
    holds = {
        code: "within_if" not in entry or bool(bench.facts.number(entry["within_if"]))
        for code, entry in levers.items()
    }
    return Kinship(
        within={code: entry.get("within") for code, entry in levers.items() if holds[code]},
        caps={code for code, entry in levers.items() if entry.get("caps")},
    )


def _total(kind: str, joint: list[Move], yen: Mapping[str, Yen], bench: Bench) -> Total | None:
    """The joint sum of one kind; none of risk, whose exposures are no sum."""
    if not joint or kind == "risk":
        return None
    alone = {move.code: yen[move.code].gap or 0.0 for move in joint}
    kept = {code for one in families(alone, _kinship(bench)) for code in one.moved}
    moved = [move for move in joint if move.code in kept]
    inputs = dict.fromkeys(key for move in moved for key in yen[move.code].inputs)
    low, high = _interval(kind, moved, inputs, bench)
    hours = sum(yen[move.code].hours or 0.0 for move in moved)
    return Total(
        gap=float(difference(bench.tree, kind, together(moved))),
        low=low,
        high=high,
        effect=sum(yen[move.code].effect or 0.0 for move in joint),
        findings=tuple(move.code for move in joint),
        hours=hours or None,
    )
