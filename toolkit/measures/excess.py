"""Cost items above the client's plan by more than the margin, and contracts that could go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.costs import (
    PLAN,
    PROFIT,
    RECENT_MONTHS,
    answered_numbers,
    item_shares,
    monthly_costs,
)
from toolkit.measures.house import size

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

EXCESS, CONTRACTS = "costs.excess_over_plan", "costs.cancellable_contracts_yen"
ASKED, NONE = "q.pay.contracts", "none"


def excess_facts(s: Summaries) -> Iterator[Fact]:
    """Points above plan of the items beyond the margin, their sum; contracts that could go."""
    yield from _excess(s)
    yield _contracts(s)


def _excess(s: Summaries) -> Iterator[Fact]:
    plan, costs = answered_numbers(s, PLAN), monthly_costs(s)
    if not plan or costs is None:
        yield unknown(EXCESS, "no_table" if plan else "not_asked", needs=("costs", PLAN))
        return
    recent = costs.recent(RECENT_MONTHS)
    if len(recent.sales) < RECENT_MONTHS or recent.sales.sum() <= 0:
        reason = "immature" if len(recent.sales) < RECENT_MONTHS else "zero_base"
        yield unknown(EXCESS, reason, period=recent.period, needs=("costs", PLAN))
        return
    actual = item_shares(recent)
    over = {item: actual[item] - plan[item] for item in plan if item in actual and item != PROFIT}
    beyond = {item: over[item] for item in sorted(over) if over[item] > size(s, "plan_margin")}
    fact = Fact(id=EXCESS, value=sum(beyond.values()) + 0.0, n=RECENT_MONTHS, period=recent.period)
    yield replace(fact, needs=("costs", PLAN))
    for item, value in beyond.items():
        yield replace(fact, value=value, by={"item": item}, needs=("costs", PLAN))


def _contracts(s: Summaries) -> Fact:
    """Yearly yen of the contracts that the client said could be cancelled or merged."""
    yen = answered_numbers(s, ASKED)
    if yen:
        total = sum(yen.values())
        return Fact(id=CONTRACTS, value=total, n=len(yen), basis="said", needs=(ASKED,))
    whole = s.answers.get((ASKED, None))
    if whole == NONE:
        return Fact(id=CONTRACTS, value=0.0, n=0, basis="said", needs=(ASKED,))
    reason = "answered_unknown" if whole == "unknown" else "not_asked"
    return unknown(CONTRACTS, reason, needs=(ASKED,))
