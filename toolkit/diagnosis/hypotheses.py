"""Hypotheses for the first meeting: what orders alone let one suppose, and what to ask about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.facts import Fact, Facts
from toolkit.method import Entry, Method
from toolkit.rules.applies import applies
from toolkit.rules.condition import Scope, truth
from toolkit.rules.judge import MIN_N
from toolkit.rules.listing import reads
from toolkit.rules.thresholds import resolve

MOST = 3
TABLES = frozenset({"orders", "customers"})
"""What a client hands over before the first meeting; nothing else may carry a hypothesis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """Something the orders suggest, to be tested by asking.

    ``facts`` are keys of the figures it rests on, ``questions`` those that confirm or refute it.
    """

    id: str
    facts: tuple[str, ...]
    questions: tuple[str, ...]


def hypotheses(facts: Facts, method: Method) -> tuple[Hypothesis, ...]:
    """Up to three hypotheses, the weightiest of each subject; fewer where little shows.

    A figure must stand on its own: measured from orders, and for a sample wholly beyond the line.
    """
    entries = method.section("hypotheses").values()
    found = [entry for entry in entries if _shows(entry, facts, method)]
    found.sort(key=lambda entry: -float(entry["weight"]))
    subjects: dict[str, Entry] = {}
    for entry in found:
        subjects.setdefault(str(entry["about"]), entry)
    return tuple(
        Hypothesis(
            id=entry.id,
            facts=tuple(entry["shows"]),
            questions=tuple(_asked(entry["questions"], facts, method)),
        )
        for entry in list(subjects.values())[:MOST]
    )


def _shows(entry: Entry, facts: Facts, method: Method) -> bool:
    used = {*reads(entry["when"]), *entry["shows"]}
    if not all(_from_orders(facts.get(key), method) for key in used):
        return False
    scope = _scope(facts, method)
    if applies(entry.get("applies", {}), method, scope).value is False:
        return False
    return truth(entry["when"], scope).value is True


def _scope(facts: Facts, method: Method) -> Scope:
    return Scope(
        facts=facts,
        threshold=lambda name: resolve(name, method, facts, {}),
        target=lambda _: None,
        min_n=MIN_N,
    )


def _from_orders(fact: Fact | None, method: Method) -> bool:
    if fact is None or not fact.known or fact.basis != "measured" or fact.table not in TABLES:
        return False
    card = method.section("measures").get(fact.id)
    needs = fact.needs or (() if card is None else tuple(card["needs"]))
    return set(needs) <= TABLES


def _asked(questions: Iterable[str], facts: Facts, method: Method) -> Iterator[str]:
    """Those that concern the client; one of other models or stages is never asked."""
    scope = _scope(facts, method)
    known = method.section("questions")
    for key in questions:
        if (
            key in known
            and applies(known[key].get("applies", {}), method, scope).value is not False
        ):
            yield key
