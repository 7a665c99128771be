"""Measure a client: every card gets its fact, unknown with its reason where it must be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, unknown
from toolkit.measures.contacts import contact_facts
from toolkit.measures.contracts import contract_facts
from toolkit.measures.costs import cost_facts
from toolkit.measures.crm import crm_facts
from toolkit.measures.customers import customer_facts
from toolkit.measures.delivery import delivery_facts
from toolkit.measures.dormancy import dormancy_facts
from toolkit.measures.evidence import evidence
from toolkit.measures.existing import existing_facts
from toolkit.measures.lifetime_value import lifetime_value_facts
from toolkit.measures.record import Measured, Series
from toolkit.measures.second_order import second_order_facts
from toolkit.measures.series import order_series
from toolkit.measures.series_of_business import business_series
from toolkit.measures.summaries import Summaries, summarise
from toolkit.measures.survival import survival_facts
from toolkit.measures.tob import tob_facts
from toolkit.measures.work import work_facts

if TYPE_CHECKING:
    from toolkit.intake.case import Case
    from toolkit.method import Method

__all__ = ["Measured", "Series", "measure"]

MEASURES = (
    customer_facts,
    second_order_facts,
    existing_facts,
    dormancy_facts,
    delivery_facts,
    lifetime_value_facts,
    contract_facts,
    survival_facts,
    cost_facts,
    work_facts,
    contact_facts,
    crm_facts,
    tob_facts,
)
MADE_ELSEWHERE = ("answer", "derived")


def measure(case: Case, method: Method) -> Measured:
    """Facts of all cards in the order of the cards, series, and the rows behind them.

    Pure: equal tables give equal facts, whatever the order of their rows.
    """
    summaries = summarise(case)
    stated: dict[str, list[Fact]] = {}
    for facts_of in MEASURES:
        for fact in facts_of(summaries):
            stated.setdefault(fact.id, []).append(fact)
    cards = {
        name: card
        for name, card in method.section("measures").items()
        if "made_by" not in card and card.get("kind") not in MADE_ELSEWHERE
    }
    return Measured(
        facts=tuple(_complete(cards, stated, summaries)),
        series=(*order_series(summaries), *business_series(summaries)),
        evidence=evidence(summaries),
    )


def _complete(
    cards: Mapping[str, Mapping[str, Any]],
    stated: Mapping[str, Iterable[Fact]],
    s: Summaries,
) -> Iterator[Fact]:
    for name, card in cards.items():
        found = list(stated.get(name, ()))
        yield from (_dressed(fact, card, s) for fact in found)
        keys = {fact.key for fact in found}
        for missing in _expected(name, card, found, s):
            if missing.key not in keys:
                yield _dressed(missing, card, s)


def _expected(
    name: str, card: Mapping[str, Any], found: list[Fact], s: Summaries
) -> Iterator[Fact]:
    """Facts that stand even where nothing could be measured: fixed cells, or the fact itself."""
    reason = _reason(card, s)
    cells = card.get("cells", {})
    for dimension, values in cells.items():
        for value in values:
            yield unknown(name, reason, by={dimension: value})
    if not found and not cells:
        yield unknown(name, reason)


def _reason(card: Mapping[str, Any], s: Summaries) -> str:
    """Why there is no figure: not made in this version, no table, no column, or no row."""
    if not card.get("part", 1):
        return "not_yet"
    if any(table not in s.tables for table in card.get("needs", ())):
        return "no_table"
    for column in card.get("columns", ()):
        table, _, name = column.partition(".")
        if not s.has(table, name):
            return "no_column"
    return "no_rows"


def _dressed(fact: Fact, card: Mapping[str, Any], s: Summaries) -> Fact:
    """The fact with unit, table and counts from its card; never NaN or infinite."""
    fact = _finite(fact)
    needs = tuple(card.get("needs", ()))
    table = fact.table or (needs[0] if needs and fact.basis == "measured" else None)
    frame = s.tables.get(table) if table else None
    return replace(
        fact,
        unit=card["unit"],
        definition_id=fact.id,
        table=table,
        rows_total=None if frame is None else len(frame),
        needs=fact.needs or needs,
        sampled=fact.sampled or bool(card.get("sampled")),
    )


def _finite(fact: Fact) -> Fact:
    if isinstance(fact.value, float) and not isfinite(fact.value):
        return unknown(fact.id, "zero_base", by=fact.by, n=fact.n, period=fact.period)
    bounds = (fact.low, fact.high, fact.low95, fact.high95)
    if all(bound is None or isfinite(bound) for bound in bounds):
        return fact
    return replace(fact, low=None, high=None, low95=None, high95=None)
