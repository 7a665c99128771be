"""Conditions in three-valued logic: true, false, or unknown with what could change it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from toolkit.facts import Fact, Facts
from toolkit.rules.beyond import beyond, holds
from toolkit.rules.finding import Threshold

BESIDE = ("floor", "sure")  # what may stand beside a comparison of numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """The truth of a condition and what decided it.

    ``firm`` tells that a sampled fact lies beyond at 95 % with n ≥ 100 (or that the fact is
    exact); ``unset`` that a branch has no threshold for this client and does not count.
    ``missing`` are facts that could change the result, ``deciding`` those that made it,
    ``also`` those of further true branches, which add single cases but no certainty.
    """

    value: bool | None
    firm: bool = True
    unset: bool = False
    reason: str | None = None
    missing: tuple[Fact, ...] = ()
    deciding: tuple[Fact, ...] = ()
    also: tuple[Fact, ...] = ()
    threshold: Threshold | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a condition may look at.

    ``threshold`` gives the threshold in force by name, ``target`` the answer that would set it.
    """

    facts: Facts
    threshold: Callable[[str], Threshold | None]
    target: Callable[[str], Fact | None]
    min_n: int = 30
    statuses: Mapping[str, str] | None = None


def truth(condition: Mapping[str, Any], scope: Scope) -> Truth:
    """Evaluate a condition.

    ``any`` is true on one true branch, ``all`` false on one false branch; otherwise an unknown
    branch makes the whole unknown, and only unknown branches are named as missing.
    """
    if "any" in condition:
        return _any([truth(branch, scope) for branch in condition["any"]])
    if "all" in condition:
        return _all([truth(branch, scope) for branch in condition["all"]])
    if "of" in condition:
        return _at_least(
            condition["at_least_k"], [truth(branch, scope) for branch in condition["of"]]
        )
    if "statuses" in condition:
        return _statuses(condition, scope)
    return _compare(condition, scope)


def _any(branches: list[Truth]) -> Truth:
    branches = [branch for branch in branches if not branch.unset] or branches[:1]
    true = [branch for branch in branches if branch.value]
    if true:
        strongest = min(true, key=lambda branch: (_said(branch), _rank(branch), not branch.firm))
        seen = {fact.key for fact in strongest.deciding}
        others = _facts(*(branch.deciding for branch in true))
        return replace(strongest, also=tuple(fact for fact in others if fact.key not in seen))
    return _open(branches) or _joined(False, branches)


def _all(branches: list[Truth]) -> Truth:
    false = [branch for branch in branches if branch.value is False]
    if false:
        return false[0]
    found = _open(branches)
    if found is not None:
        return found
    joined = _joined(True, branches)
    # A house floor beside a test against the client's own figures counts as the client's own.
    named = [branch.threshold for branch in branches if branch.threshold is not None]
    best = min(named, key=_origin_rank) if named else None
    return replace(joined, threshold=best, firm=all(branch.firm for branch in branches))


def _at_least(k: int, branches: list[Truth]) -> Truth:
    true = [branch for branch in branches if branch.value]
    if len(true) >= k:
        return _joined(True, true)
    possible = len(true) + sum(branch.value is None for branch in branches)
    return _joined(False, branches) if possible < k else _open(branches) or _joined(None, branches)


def _statuses(condition: Mapping[str, Any], scope: Scope) -> Truth:
    statuses = scope.statuses or {}
    named = [statuses.get(code, "not_applicable") for code in condition["statuses"]]
    fails, open_ = named.count("fail"), named.count("unknown")
    if fails >= condition["at_least_k"]:
        return Truth(value=True)
    if fails + open_ < condition["at_least_k"]:
        return Truth(value=False)
    return Truth(value=None, reason="needs_rules")


def _compare(condition: Mapping[str, Any], scope: Scope) -> Truth:
    fact = _fact(condition["fact"], scope.facts)
    operator = next(key for key in condition if key not in ("fact", *BESIDE))
    right = condition[operator]
    if operator == "blank":
        blank = fact.state == "unknown" and fact.reason == "not_asked"
        return Truth(value=blank == bool(right), deciding=(fact,))
    if operator in ("equals", "one_of"):
        codes = right if isinstance(right, list) else [right]
        if not fact.known:
            return _unknown_fact(fact)
        return Truth(value=fact.value in codes, deciding=(fact,))
    found = _beyond(fact, operator, condition, scope)
    if "floor" in condition and found.value:
        return _material(found, fact, operator, condition["floor"], scope)
    return found


def _material(found: Truth, fact: Fact, operator: str, floor: Any, scope: Scope) -> Truth:
    """A change that is there, and whether it is large enough to matter (its own value tells)."""
    limit, threshold, others = _right(floor, scope)
    if limit is None:
        lacking = tuple(other for other in others if not other.known)
        reason = lacking[0].reason if lacking else "threshold_unset"
        return replace(found, value=None, reason=reason, missing=lacking)
    number, reach = fact.number, {"above": "at_least", "below": "at_most"}.get(operator, operator)
    if number is None or not holds(number, reach, limit):
        return replace(found, value=False, reason="below_floor")
    return replace(found, deciding=_facts(found.deciding, others), threshold=threshold)


def _beyond(fact: Fact, operator: str, condition: Mapping[str, Any], scope: Scope) -> Truth:
    right = condition[operator]
    limit, threshold, others = _right(right, scope)
    if limit is None:
        lacking = tuple(other for other in others if not other.known)
        if lacking:
            return Truth(value=None, reason=lacking[0].reason, missing=lacking)
        asked = scope.target(right) if isinstance(right, str) else None
        missing = (asked,) if asked is not None else ()
        return Truth(value=None, unset=True, reason="threshold_unset", missing=missing)
    if fact.number is None:
        return _unknown_fact(fact)
    sure = bool(condition.get("sure"))
    found = beyond(fact, operator, limit, min_n=scope.min_n, sure=sure)
    return Truth(
        value=found.value,
        firm=found.firm,
        reason=found.reason,
        missing=(fact,) if found.value is None else (),
        deciding=(fact, *others),
        threshold=threshold,
    )


def _right(right: Any, scope: Scope) -> tuple[float | None, Threshold | None, tuple[Fact, ...]]:
    if isinstance(right, str):
        threshold = scope.threshold(right)
        return (threshold.value if threshold else None), threshold, ()
    other = _fact(right["fact"], scope.facts)
    value = other.number
    named = [scope.threshold(right[key]) for key in ("times", "plus") if key in right]
    if value is None or None in named:
        return None, None, (other,)
    times, plus = (scope.threshold(right[k]) if k in right else None for k in ("times", "plus"))
    limit = value * (times.value if times else 1.0) + (plus.value if plus else 0.0)
    return limit, _against_fact(other, times or plus, limit), (other,)


def _against_fact(other: Fact, floor: Threshold | None, limit: float) -> Threshold:
    """A comparison with the client's own figure counts as own, its floor named."""
    return Threshold(
        name=floor.name if floor else other.key,
        value=limit,
        unit=other.unit,
        origin="own",
        level=floor.level if floor else "client",
    )


def _fact(key: str, facts: Facts) -> Fact:
    known = facts.get(key)
    if known is not None:
        return known
    cells = facts.breakdown(key)
    return cells[0] if len(cells) == 1 else facts.find(key)


def _unknown_fact(fact: Fact) -> Truth:
    if fact.state == "not_applicable":
        return Truth(value=False, reason="not_applicable", deciding=(fact,))
    return Truth(value=None, reason=fact.reason or "not_stated", missing=(fact,))


def _open(branches: list[Truth]) -> Truth | None:
    unknown = [branch for branch in branches if branch.value is None]
    if not unknown:
        return None
    return replace(
        unknown[0],
        unset=all(branch.unset for branch in unknown),
        missing=_facts(*(branch.missing for branch in unknown)),
        deciding=_facts(*(branch.deciding for branch in branches)),
    )


def _joined(value: bool | None, branches: list[Truth]) -> Truth:
    named = [branch.threshold for branch in branches if branch.threshold is not None]
    reasons = [branch.reason for branch in branches if branch.reason]
    return Truth(
        value=value,
        reason=reasons[0] if reasons else None,
        deciding=_facts(*(branch.deciding for branch in branches)),
        threshold=named[0] if named else None,
    )


def _facts(*groups: tuple[Fact, ...]) -> tuple[Fact, ...]:
    return tuple({fact.key: fact for group in groups for fact in group}.values())


_ORIGINS = ("own", "arith", "source", "house", "law", "article")


def _origin_rank(threshold: Threshold) -> int:
    return _ORIGINS.index(threshold.origin)


def _said(branch: Truth) -> bool:
    return any(fact.basis == "said" for fact in branch.deciding)


def _rank(branch: Truth) -> int:
    return _origin_rank(branch.threshold) if branch.threshold else len(_ORIGINS)
