"""Which rules read a fact: in their condition, in where they apply, or through a threshold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from toolkit.method import Entry, Method, once_a_method
from toolkit.rules.applies import INDUSTRY, MODEL, STAGE
from toolkit.rules.listing import reads

WHERE = {"model": MODEL, "stage": STAGE, "industry": INDUSTRY}
CURRENCY = "profile.currency"


@once_a_method
def readers(method: Method) -> dict[str, tuple[str, ...]]:
    """Codes of the rules that read a fact, by the fact's id; cells are not told apart."""
    found: dict[str, dict[str, None]] = {}
    for rule in method.section("rules").values():
        for fact_id in facts_read(rule, method):
            found.setdefault(fact_id, {})[rule.id] = None
    return {fact_id: tuple(codes) for fact_id, codes in found.items()}


def facts_read(rule: Entry, method: Method) -> frozenset[str]:
    """Ids of every fact that can change the finding of a rule."""
    found = {key.partition("[")[0] for key in reads(rule)}
    found |= {fact_id for name, fact_id in WHERE.items() if name in rule.get("applies", {})}
    for threshold in thresholds_named(rule, method):
        found |= set(_read_by_threshold(threshold))
    return frozenset(found)


def thresholds_named(condition: Mapping[str, Any], method: Method) -> tuple[Entry, ...]:
    """The thresholds a condition, or a whole rule, compares with; each once."""
    known = method.section("thresholds")
    named = dict.fromkeys(name for name in _texts(condition) if name in known)
    return tuple(known[name] for name in named)


def _read_by_threshold(threshold: Entry) -> Iterator[str]:
    if "question" in threshold:
        yield str(threshold["question"]).partition("[")[0]
    if "bands" in threshold:
        yield str(threshold["bands"]["fact"])
    if "currency" in threshold:
        yield CURRENCY


def _texts(condition: Any) -> Iterator[str]:
    """Every text inside a condition; those that are no names of thresholds do no harm."""
    if isinstance(condition, str):
        yield condition
    elif isinstance(condition, Mapping):
        for part in condition.values():
            yield from _texts(part)
    elif isinstance(condition, list | tuple):
        for part in condition:
            yield from _texts(part)
