"""Composition of cost with sales = 100 %: planned shares, and whether they make the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping

from toolkit.facts import Fact, Item, unknown
from toolkit.frameworks.derive import absent
from toolkit.frameworks.framework import UNKNOWN, Row
from toolkit.frameworks.setting import setting

COST_ITEMS = (
    "cogs",
    "logistics",
    "packing",
    "payment_fee",
    "marketplace_fee",
    "points",
    "advertising",
    "system",
    "personnel",
    "other",
    "profit",
)
FACT = "planning.cost_plan_gap"
NEEDS = ("q.pla.cost_plan",)


def gap(plan: Mapping[str, float] | None) -> float | None:
    """How far the planned shares, profit included, are from 1."""
    if not plan:
        return None
    return round(abs(math.fsum(plan.values()) - 1), 12)


def balanced(distance: float | None) -> bool | None:
    """Whether a gap is within the tolerance of the method (0.5 points)."""
    return None if distance is None else distance <= setting("cost_plan_tolerance")


def cost_rows(
    plan: Mapping[str, float] | None, distance: float | None, state: str | None
) -> tuple[Row, ...]:
    """A row an item and the total; the bare answer where no share was given."""
    if not plan:
        return (Row(part="cost_plan", value=state, codes="have"),)
    whole = balanced(distance)
    total = Row(
        part="cost_total",
        value=None if whole is None else math.fsum(plan.values()),
        unit="share",
        note="" if whole is None else ("balanced" if whole else "unbalanced"),
        notes="balance",
    )
    shares = tuple(
        Row(part="cost_plan", item=item, value=share, unit="share", items="cost_item")
        for item, share in plan.items()
    )
    return (*shares, total)


def cost_fact(
    plan: Mapping[str, float] | None, distance: float | None, state: str | None, unsure: bool
) -> Fact:
    """planning.cost_plan_gap, its items the planned shares; n/a where there is no plan."""
    if distance is None and state == "no":
        return absent(FACT, unit="share", needs=NEEDS)
    if distance is None:
        reason = "answered_unknown" if unsure or state == UNKNOWN else "not_asked"
        return unknown(FACT, reason, unit="share", needs=NEEDS, basis="said")
    items = tuple(Item(key=k, label=k, value=v) for k, v in (plan or {}).items())
    return Fact(
        id=FACT, value=distance, unit="share", n=len(items), basis="said", needs=NEEDS, items=items
    )
