"""A To-B lifecycle as far as answers, measured facts and series tell it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.facts import Facts
from toolkit.frameworks import tob_metric
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.applicability import CONSUMER, MODELS, SAAS
from toolkit.frameworks.framework import UNKNOWN

TOLD_BY: Mapping[str, str] = {
    "demand_analysis": "q.tob.demand_process",
    "testing": "q.tob.ops_tests",
    "precise_reach": "q.sal.reach_route",
    "cases": "q.tob.cases",
}
"""Activities behind the values that a question of their own already asks about."""
MAPS: Mapping[str, str] = {
    "operations": "q.tob.operations",
    "assignees": "q.tob.lifecycle_assignee",
    "survey": "q.tob.survey_method",
    "feedback": "q.tob.feedback",
    "usage_targets": "q.tob.usage_targets",
    "knowledge": "q.tob.knowledge",
    "documents": "q.tob.docs",
    "with_customer": "q.tob.with_customer",
    "telling": "q.tob.telling",
}
SINGLE: Mapping[str, str] = {
    "portrait_state": "q.tob.portrait",
    "demand_process": "q.tob.demand_process",
    "operations_tests": "q.tob.ops_tests",
    "referral": "q.tob.referral",
    "business_review": "q.tob.business_review",
    "cases_state": "q.tob.cases",
    "stakeholders_known": "q.tob.stakeholders",
    "end_customer": "q.tob.end_customer",
}


def read(facts: Facts, series: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a ``ToBLifecycle``.

    A firm that sells to consumers has no growth stage in business customers: only what was
    answered about them is read.
    """
    model = said(facts, "q.pla.model")
    answers = {
        "model": model if model in MODELS else None,
        **{name: said_by_item(facts, question) for name, question in MAPS.items()},
        **{name: said(facts, question) for name, question in SINGLE.items()},
        "values": _values(facts),
        "reach_order": _reach_order(facts),
    }
    if model in CONSUMER:
        return answers
    curve = series.get("survival")
    return {
        **answers,
        "customers": number(facts, "customers.count"),
        "usage": tob_metric.numbers(facts, tob_metric.USAGE_FACTS),
        "goals": tob_metric.numbers(facts, tob_metric.GOAL_FACTS),
        "business": tob_metric.numbers(facts, tob_metric.BUSINESS_FACTS),
        "requests_scored_share": number(facts, "requests.scored_share"),
        "accounts": tob_metric.numbers(facts, _account_facts(model)),
        "survival": curve.rows if curve is not None and curve.rows else None,
    }


def _account_facts(model: str | None) -> dict[str, str]:
    """What a model's accounts are looked at by: under contract, dependence on the first alone."""
    ids = dict(tob_metric.ACCOUNT_FACTS)
    return {"top1_share": ids["top1_share"]} if model == SAAS else ids


def _values(facts: Facts) -> dict[str, str] | None:
    """Activities as asked, and those their own questions tell; research is told by its plan."""
    found = {name: said(facts, question) for name, question in TOLD_BY.items()}
    asked = said_by_item(facts, "q.tob.survey_method")
    if asked and UNKNOWN not in asked.values():
        found["user_research"] = "no" if set(asked.values()) == {"not_asked"} else "yes"
    found["telling"] = _whole(said_by_item(facts, "q.tob.telling"))
    told = {name: state for name, state in found.items() if state is not None}
    return {**told, **(said_by_item(facts, "q.tob.values") or {})} or None


def _whole(answers: Mapping[str, str] | None) -> str | None:
    """Yes where all four are told, no where none is, partly between; None where one is open."""
    states = set((answers or {}).values())
    if not states or UNKNOWN in states:
        return None
    return states.pop() if len(states) == 1 else "partly"


def _reach_order(facts: Facts) -> dict[str, str] | None:
    given = dict(said_by_item(facts, "q.tob.reach_order") or {})
    route = said(facts, "q.sal.reach_route")
    return given | ({"reach": route} if route is not None else {}) or None
