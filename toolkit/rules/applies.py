"""Whether a rule or question concerns a client: model, stage, industry, further facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.facts import Facts
from toolkit.method import Method
from toolkit.rules.condition import Scope, Truth, truth

MODEL, STAGE, INDUSTRY = "q.pla.model", "q.pla.stage", "profile.industry"


def applies(where: Mapping[str, Any], method: Method, scope: Scope) -> Truth:
    """True, false, or unknown where the model or stage that decides was not given.

    ``facts`` are conditions that must hold, ``unless`` those of which none may be known to hold.
    """
    verdicts = [
        _named(MODEL, tokens(where.get("model", ()), method), "models", method, scope.facts),
        _named(STAGE, tokens(where.get("stage", ()), method), "stages", method, scope.facts),
        _industry(where.get("industry", ()), scope.facts),
        *(truth(condition, scope) for condition in where.get("facts", ())),
        *(_unless(truth(condition, scope)) for condition in where.get("unless", ())),
    ]
    for verdict in verdicts:
        if verdict.value is False:
            return verdict
    open_ = [verdict for verdict in verdicts if verdict.value is None]
    if not open_:
        return Truth(value=True)
    missing = {fact.key: fact for verdict in open_ for fact in verdict.missing}
    return Truth(value=None, reason=open_[0].reason, missing=tuple(missing.values()))


def _unless(found: Truth) -> Truth:
    """Out of the question only where the condition is known to hold; not known is no obstacle."""
    return Truth(value=found.value is not True, deciding=found.deciding)


def tokens(named: Iterable[str], method: Method) -> frozenset[str]:
    """Model and stage tokens with groups (GOODS, TOB …) opened; ALL or nothing means any."""
    groups = method.section("applies")["groups"]
    found: set[str] = set()
    for token in named:
        found.update(groups.get(token, (token,)))
    return frozenset(found)


def _named(fact_id: str, wanted: frozenset[str], table: str, method: Method, facts: Facts) -> Truth:
    codes = method.section("applies")[table]
    if not wanted or wanted >= set(codes.values()):
        return Truth(value=True)
    fact = facts.find(fact_id)
    if not fact.known:
        return Truth(value=None, reason=fact.reason, missing=(fact,))
    return Truth(value=codes.get(str(fact.value)) in wanted, deciding=(fact,))


def _industry(wanted: Iterable[str], facts: Facts) -> Truth:
    wanted = tuple(wanted)
    if not wanted:
        return Truth(value=True)
    fact = facts.find(INDUSTRY)
    if not fact.known:
        return Truth(value=None, reason=fact.reason, missing=(fact,))
    return Truth(value=fact.value in wanted)
