"""What to ask for where a figure cannot be made: of its needs, those not handed over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.diagnosis.health import health_records
from toolkit.diagnosis.waiting import delivered
from toolkit.facts import Fact, restated
from toolkit.method import Method

if TYPE_CHECKING:
    from toolkit.intake.case import Case

MARGIN, RATES = "costs.contribution_margin_rate", "q.pla.cost_rates"


def asking(
    facts: Iterable[Fact], said: Iterable[Fact], case: Case, method: Method
) -> Iterator[Fact]:
    """Facts, those that lack a table or a column with what is open of their needs.

    Rates of cost are asked only while the margin is not known from costs.
    """
    facts = tuple(facts)
    there = {*case.tables, *(fact.id for fact in said if fact.known)}
    there |= {RATES for fact in facts if fact.id == MARGIN and fact.known}
    columns, cards = delivered(health_records(case)), method.section("measures")
    for fact in facts:
        if fact.known or fact.reason not in ("no_table", "no_column") or fact.id not in cards:
            yield fact
            continue
        card = cards[fact.id]
        needs = fact.needs or tuple(card.get("needs", ()))
        if fact.reason == "no_table":
            open_ = tuple(need for need in needs if need not in there)
        else:
            open_ = tuple(_without_column(needs, card, columns, there)) or needs
        yield restated(fact, needs=open_)


def _without_column(
    needs: Iterable[str], card: Mapping[str, Any], columns: Mapping[str, Any], there: set[str]
) -> Iterator[str]:
    """Of the needs, delivered tables that lack a column of the card, and questions not answered."""
    named = (column.partition(".") for column in card.get("columns", ()))
    lacking = {table for table, _, name in named if name not in columns.get(table, (name,))}
    if lacking:
        for need in needs:
            if need in lacking or (need.startswith("q.") and need not in there):
                yield need
