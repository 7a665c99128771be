"""Strengths: what the figures show to be working and worth protecting."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.method import Method
from toolkit.rules.finding import SEVERITIES, Finding

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """A rule passed on measured figures, with the facts that show it."""

    rule: str
    facts: tuple[str, ...]


def strengths(findings: Iterable[Finding], method: Method) -> tuple[Strength, ...]:
    """Up to three passes of rules marked as worth protecting, the weightiest first.

    What was only said, and a mere absence of a difference, is no strength.
    """
    rules = method.section("rules")
    passed = [
        finding
        for finding in findings
        if finding.status == "pass"
        and rules[finding.id].get("strength")
        and finding.confidence in ("high", "mid")
        and finding.reason is None
    ]
    passed.sort(key=lambda f: (SEVERITIES.index(f.severity), f.confidence != "high"))
    return tuple(
        Strength(rule=finding.id, facts=finding.evidence.facts) for finding in passed[:MOST]
    )
