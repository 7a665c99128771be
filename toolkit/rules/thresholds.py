"""Thresholds by name: the client's target, then the firm's, then ours, the level recorded."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.facts import Facts
from toolkit.method import OWN, Entry, Method
from toolkit.rules.finding import Threshold

CAPS = {
    "own": "high",
    "arith": "high",
    "house": "medium",
    "article": "check",
    "law": "check",
}
GRADE_CAPS = {"A": "high", "B": "medium", "C": "note"}


def resolve(
    name: str, method: Method, facts: Facts, client: Mapping[str, float]
) -> Threshold | None:
    """The threshold that holds for a client; None where no level sets a value.

    Args:
        name: entry of ``content/thresholds.toml``.
        method: holds that content and a firm's overlay of it.
        facts: read for a target the client has answered, and for the band where one is named.
        client: overrides of client.yaml by name.
    """
    entry = method.section("thresholds")[name]
    if entry.get("currency", facts.value("profile.currency")) != facts.value("profile.currency"):
        return None  # an amount of yen says nothing of a client who counts in dollars
    if name in client:
        return _made(entry, client[name], "client", "own")
    question = entry.get("question")
    answered = facts.number(question) if question else None
    if answered is not None:
        return _made(entry, answered, "client", "own")
    value = _banded(entry, facts)
    if value is None:
        return None
    return _made(entry, value, entry.layers.get("value", OWN), entry.get("origin", "house"))


def _banded(entry: Entry, facts: Facts) -> float | None:
    bands = entry.get("bands")
    if not bands:
        value = entry.get("value")
        return float(value) if value is not None else None
    fact = facts.find(bands["fact"])
    for band in bands["cases"]:
        if fact.known and fact.value in band["one_of"]:
            return float(band["value"])
    default = entry.get("value")
    return float(default) if default is not None else None


def _made(entry: Entry, value: float, level: str, origin: str) -> Threshold:
    own = level == "client"
    return Threshold(
        name=entry.id,
        value=value,
        unit=entry.get("unit", ""),
        origin=origin,
        grade=None if own else entry.get("grade"),
        source=None if own else entry.get("source"),
        level=level,
    )


def severity_cap(threshold: Threshold | None) -> str:
    """The strongest severity a threshold of this origin and grade may cause."""
    if threshold is None:
        return "high"
    if threshold.origin == "source":
        return GRADE_CAPS.get(threshold.grade or "", "note")
    return CAPS[threshold.origin]


def triggers(threshold: Threshold) -> bool:
    """Whether a threshold may decide at all: a number of grade D never does."""
    return not (threshold.origin == "source" and threshold.grade in ("D", None))
