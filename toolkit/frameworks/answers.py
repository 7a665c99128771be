"""Reading answers from facts: codes, numbers and maps, None where never asked."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.facts import Facts
from toolkit.frameworks.framework import UNKNOWN


def said(facts: Facts, question: str) -> str | None:
    """The code or text answered, ``unknown`` for 「わからない」, None where not asked."""
    fact = facts.find(question)
    if fact.known:
        return str(fact.value)
    return UNKNOWN if fact.reason == "answered_unknown" else None


def number(facts: Facts, question: str) -> float | None:
    """The number answered or measured, None where there is none."""
    return facts.find(question).number


def said_by_item(facts: Facts, question: str) -> Mapping[str, str] | None:
    """Answers by item, None where the question was not asked at all."""
    found = {
        str(fact.by["item"]): str(fact.value) if fact.known else UNKNOWN
        for fact in facts.breakdown(question)
        if "item" in fact.by and (fact.known or fact.reason == "answered_unknown")
    }
    return found or None


def numbers_by_item(facts: Facts, question: str) -> Mapping[str, float] | None:
    """Numbers by item, leaving out what is not known; None where there is none."""
    found = {
        str(fact.by["item"]): fact.number
        for fact in facts.breakdown(question)
        if "item" in fact.by and fact.number is not None
    }
    return found or None


def any_unknown(facts: Facts, question: str) -> bool:
    """Whether an item of the question was answered 「わからない」."""
    return any(fact.reason == "answered_unknown" for fact in facts.breakdown(question))
