"""Making facts of answers: counts that name their offenders, shares that count only answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from toolkit.facts import Fact, Item, not_applicable, unknown
from toolkit.frameworks.framework import UNKNOWN


def stated(fact_id: str, value: float | None, *, unit: str, needs: tuple[str, ...]) -> Fact:
    """A fact that is an answer; without a value it names the questions to ask."""
    if value is None:
        return unknown(fact_id, "not_asked", unit=unit, needs=needs, basis="said")
    return Fact(id=fact_id, value=value, unit=unit, needs=needs, basis="said")


def absent(fact_id: str, *, unit: str, needs: tuple[str, ...]) -> Fact:
    """A fact that cannot be: what it measures was answered as not being there."""
    return not_applicable(fact_id, unit=unit, needs=needs, basis="said")


def count_of(
    fact_id: str,
    answers: Mapping[str, str] | None,
    bad: Collection[str],
    *,
    expected: Iterable[str],
    needs: tuple[str, ...],
) -> Fact:
    """How many items were answered with a bad code, each named.

    What is found among the answers stands even if others are missing; none found is an
    all-clear only when every expected item was answered, else unknown.
    """
    given = dict(answers or {})
    found = [(item, value) for item, value in given.items() if value in bad]
    open_items = [item for item in expected if item not in given]
    unsure = [item for item, value in given.items() if value == UNKNOWN]
    if not found and (open_items or unsure):
        reason = "answered_unknown" if unsure else "not_asked"
        return unknown(fact_id, reason, unit="count", needs=needs, basis="said")
    return Fact(
        id=fact_id,
        value=len(found),
        unit="count",
        n=len(given) - len(unsure),
        basis="said",
        needs=needs,
        items=tuple(Item(key=item, label=item, value=value) for item, value in found),
    )


def share_of(
    fact_id: str,
    answers: Mapping[str, str] | None,
    hit: Collection[str],
    *,
    needs: tuple[str, ...],
    named: Collection[str],
) -> Fact:
    """Share of the answered items with a code; unknown items count on neither side.

    Args:
        fact_id: id of the fact.
        answers: code by item.
        hit: codes counted above the line.
        needs: questions to ask.
        named: codes whose items the fact names.
    """
    given = {item: value for item, value in (answers or {}).items() if value != UNKNOWN}
    if not given:
        reason = "answered_unknown" if answers else "not_asked"
        return unknown(fact_id, reason, unit="share", needs=needs, basis="said")
    return Fact(
        id=fact_id,
        value=sum(value in hit for value in given.values()) / len(given),
        unit="share",
        n=len(given),
        basis="said",
        needs=needs,
        items=tuple(
            Item(key=item, label=item, value=value)
            for item, value in given.items()
            if value in named
        ),
    )
