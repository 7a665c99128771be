"""What channels and items that lose money lost in a year (売るほど赤字の金額)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.channels import RATE, channel_facts
from toolkit.measures.contribution import UNIT, contribution_facts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.measures.summaries import Summaries

LOSS = "costs.loss_makers_yen"


def loss_maker_facts(s: Summaries) -> Iterator[Fact]:
    """Facts of channels and of items, and the yen lost by those below zero.

    A losing item is sold through a channel, so the two losses are views of the same money: the
    larger one counts.
    """
    found = [*channel_facts(s), *contribution_facts(s)]
    yield from found
    judged = [fact for fact in found if fact.id in (RATE, UNIT) and not fact.by]
    if judged:
        yield _loss(judged)


def _loss(judged: Iterable[Fact]) -> Fact:
    known = [fact for fact in judged if fact.known]
    if not known:
        first = next(iter(judged))
        return unknown(LOSS, first.reason or "no_rows", needs=first.needs, period=first.period)
    sums = [(_lost(fact), fact) for fact in known]
    value, fact = max(sums, key=lambda pair: pair[0])
    return replace(fact, id=LOSS, value=value, n=len(fact.items), items=())


def _lost(fact: Fact) -> float:
    """Σ of what the items of a fact lost; 0 where none is below zero."""
    return -sum(float(item.value) for item in fact.items if isinstance(item.value, int | float))
