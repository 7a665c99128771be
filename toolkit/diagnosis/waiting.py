"""What waits for which material: the rules and figures that a missing table or column would open.

Nothing is listed by hand: rules say which facts they read, cards which tables and columns a
figure needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact
from toolkit.method import Method
from toolkit.rules.finding import WEIGHTS
from toolkit.rules.listing import reads

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

TIME_ALONE = (
    "small_n",
    "near_threshold",
    "immature",
    "not_paid_back",
    "not_split",
    "not_fitted",
    "model_missed",
)
"""Reasons that no further material would remove."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Codes of the rules, and ids of the figures, that wait for one table or column."""

    rules: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


def delivered(health: Iterable[Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """The columns of every table of which a row was accepted."""
    return {str(one["kind"]): tuple(one["completeness"]) for one in health if one["rows_accepted"]}


def waiting(diagnosis: Diagnosis, method: Method) -> dict[str, Waiting]:
    """What waits for each table (``costs``) and column (``orders.shipped_at``) not delivered.

    Rules come first by severity, figures in the order in which they are measured.
    """
    facts = _facts_waiting(diagnosis, method)
    rules: dict[str, dict[str, None]] = {need: {} for need in facts}
    for code, read, tables in _open_rules(diagnosis, method):
        for need, open_facts in facts.items():
            if need.partition(".")[0] in tables and not read.isdisjoint(open_facts):
                rules[need][code] = None
    return {
        need: Waiting(
            rules=tuple(sorted(rules[need], key=lambda code: (-weight(code, method), code))),
            facts=tuple(found),
        )
        for need, found in facts.items()
    }


def weight(code: str, method: Method) -> int:
    """How much a rule counts when material is ranked; 0 for one that is no longer there."""
    rule = method.section("rules").get(code)
    return 0 if rule is None else 1 + WEIGHTS[str(rule["severity"])]


def readers(table: str, diagnosis: Diagnosis, method: Method) -> Waiting:
    """The rules that apply to this client, and their figures, that are made of one table."""
    made_of: dict[str, None] = {}
    rules = []
    for code in _applicable(diagnosis):
        keys = [key for key in read_by(code, method) if table in _tables_of(key, diagnosis, method)]
        if keys:
            rules.append(code)
            made_of |= dict.fromkeys(key.partition("[")[0] for key in keys)
    ranked = tuple(sorted(rules, key=lambda code: (-weight(code, method), code)))
    return Waiting(rules=ranked, facts=tuple(made_of))


def read_by(code: str, method: Method) -> tuple[str, ...]:
    """Keys of the facts one rule reads, in its condition or in where it applies."""
    rule = method.section("rules").get(code)
    return () if rule is None else tuple(dict.fromkeys(reads(rule)))


def _applicable(diagnosis: Diagnosis) -> list[str]:
    kept = (one for one in diagnosis.judged if one.suppressed is None)
    return [one.id for one in kept if one.status != "not_applicable"]


def _open_rules(
    diagnosis: Diagnosis, method: Method
) -> Iterator[tuple[str, frozenset[str], tuple[str, ...]]]:
    """Rules that wait for material: code, ids of the facts they read, what they miss."""
    for finding in diagnosis.judged:
        if finding.status == "unknown" and finding.suppressed is None:
            keys = read_by(finding.id, method)
            ids = frozenset(key.partition("[")[0] for key in keys)
            yield finding.id, ids, finding.missing


def _facts_waiting(diagnosis: Diagnosis, method: Method) -> dict[str, dict[str, None]]:
    """Ids of the open figures by the table or column they lack; tables in order of content."""
    there = delivered(diagnosis.health)
    kinds = [entry.id for entry in method.section("columns").values()]
    found: dict[str, dict[str, None]] = {}
    for fact in diagnosis.facts.values():
        for need in _lacking(fact, there, kinds, method):
            found.setdefault(need, {})[fact.id] = None
    order = {kind: index for index, kind in enumerate(kinds)}
    return {need: found[need] for need in sorted(found, key=lambda n: order[n.partition(".")[0]])}


def _lacking(
    fact: Fact, there: Mapping[str, tuple[str, ...]], kinds: Iterable[str], method: Method
) -> Iterator[str]:
    if fact.known or fact.state == "not_applicable" or fact.reason in TIME_ALONE:
        return
    for table in _needs(fact, method):
        if table in kinds and table not in there:
            yield table
    for column in _card(fact.id, method).get("columns", ()):
        table, _, name = column.partition(".")
        if table in there and name not in there[table]:
            yield column


def _needs(fact: Fact, method: Method) -> tuple[str, ...]:
    listed = _card(fact.id, method).get("needs", ())
    return (*fact.needs, *(need for need in listed if need not in fact.needs))


def _card(fact_id: str, method: Method) -> Mapping[str, Any]:
    card = method.section("measures").get(fact_id)
    return {} if card is None else card


def _tables_of(key: str, diagnosis: Diagnosis, method: Method) -> tuple[str, ...]:
    fact = diagnosis.facts.get(key) or diagnosis.facts.find(key.partition("[")[0])
    return _needs(fact, method)
