"""Selecting customers (顧客の選択): whom to court for their value over the years, and how."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.facts import Fact, Facts
from toolkit.frameworks.applicability import BUSINESS, CONSUMER, GOODS, MADE_TO_ORDER, MODELS
from toolkit.frameworks.framework import Row

SELECTED: Mapping[str, tuple[str, str]] = {
    "keep": ("customers.top_decile_sales_share", "share_of_sales"),
    "call": ("customers.top10_overdue_share", "share_of_group"),
    "second": ("customers.f2_conversion[window_days=180]", "rest_of_group"),
    "wake": ("customers.dormant_share_f2plus", "share_of_group"),
    "review": ("customers.unprofitable_share", "share_of_group"),
}
"""Group, the fact it is read from, and what that fact tells of it."""
APPLIES: Mapping[str, tuple[str, ...]] = {
    "keep": MODELS,
    "call": (*CONSUMER, MADE_TO_ORDER),
    "second": CONSUMER,
    "wake": CONSUMER,
    "review": (*GOODS, *BUSINESS),
}
"""Models for which a group means something: contracts are not ordered again."""
DECILE = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A group of customers: the figure it rests on, and about how many they are.

    ``share`` is the group's share of sales for the best decile, of the customers looked at for
    the others; ``customers`` is None where the number of those looked at is not known.
    """

    code: str
    share: float
    customers: float | None = None


def absent_groups(model: str | None) -> frozenset[str]:
    """Groups that mean nothing for a model.

    >>> sorted(absent_groups("saas"))
    ['call', 'second', 'wake']
    """
    if model not in MODELS:
        return frozenset()
    return frozenset(code for code, models in APPLIES.items() if model not in models)


def selection(facts: Facts, model: str | None = None) -> tuple[Chosen, ...]:
    """The groups the facts can tell, from those to keep close to those to look at again."""
    chosen = []
    for code, (key, meaning) in SELECTED.items():
        fact = None if code in absent_groups(model) else facts.get(key)
        if fact is not None and fact.number is not None:
            chosen.append(_group(code, meaning, fact))
    return tuple(chosen)


def selection_rows(chosen: tuple[Chosen, ...] | None) -> tuple[Row, ...]:
    """The share of each group, and how many customers it holds."""
    given = {one.code: one for one in chosen or ()}
    shares = tuple(
        Row(
            part="selection",
            item=code,
            value=given[code].share if code in given else None,
            unit="share",
            items="selection",
        )
        for code in SELECTED
    )
    counts = tuple(
        Row(part="selected", item=one.code, value=one.customers, unit="count", items="selected")
        for one in given.values()
        if one.customers is not None
    )
    return (*shares, *counts)


def _group(code: str, meaning: str, fact: Fact) -> Chosen:
    value, n = fact.number or 0.0, fact.n
    if meaning == "share_of_sales":
        return Chosen(
            code=code, share=value, customers=None if n is None else math.ceil(DECILE * n - 1e-9)
        )
    share = 1 - value if meaning == "rest_of_group" else value
    return Chosen(code=code, share=share, customers=None if n is None else round(share * n))
