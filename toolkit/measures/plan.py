"""A share of sales against the client's own plan of costs (費用の構成計画)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures.costs import PLAN, answered_numbers

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries


def over_plan(s: Summaries, fact_id: str, actual: Mapping[str, Fact], table: str) -> Fact:
    """Σ actual shares − Σ planned shares of the items that the plan names.

    Args:
        s: for the answers.
        fact_id: the fact made.
        actual: share of sales by item, known or not.
        table: the table asked for where shares are missing.

    Returns:
        Unknown with ``not_asked`` or ``answered_unknown`` without an answer, not applicable
        where there is no plan or it names none of the items.
    """
    plan = answered_numbers(s, PLAN)
    planned = [item for item in actual if item in plan]
    if not plan:
        return _no_plan(s, fact_id)
    if not planned:
        return not_applicable(fact_id, needs=(PLAN,))
    facts = [actual[item] for item in planned]
    gap, needs = 0.0, (table, PLAN)
    for item, fact in zip(planned, facts, strict=True):
        if fact.number is None:
            return unknown(fact_id, fact.reason or "no_rows", needs=needs, period=fact.period)
        gap += fact.number - plan[item]
    return replace(facts[0], id=fact_id, value=gap, items=(), needs=needs, by={})


def _no_plan(s: Summaries, fact_id: str) -> Fact:
    said = {value for (question, _), value in s.answers.items() if question == PLAN}
    said -= {None}
    if "no" in said:
        return not_applicable(fact_id, needs=(PLAN,))
    return unknown(fact_id, "answered_unknown" if "unknown" in said else "not_asked", needs=(PLAN,))
