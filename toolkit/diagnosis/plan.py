"""Actions: what the failed rules call for, in the order in which to take them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.rules.finding import SEVERITIES, Finding

EFFORTS = ("S", "M", "L")
CONFIDENCES = ("high", "mid", "low")


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do. Cost, effect, assignee and date are None until someone has stated them."""

    id: str
    findings: tuple[str, ...]
    rank: int
    effort: str | None
    initial_yen: float | None = None
    monthly_yen: float | None = None
    net: float | None = None
    payback_months: float | None = None
    assignee: str | None = None
    due: str | None = None
    yen: float | None = None


def plan(findings: Iterable[Finding]) -> tuple[Action, ...]:
    """One action a failed rule: severe before mild, measured before said, little effort first.

    A rule decided by a house number stands behind one decided by the client's own figures.
    """
    failed = [f for f in findings if f.status == "fail" and f.suppressed is None and f.effort]
    ordered = sorted(failed, key=_priority)
    return tuple(
        Action(id=f"act.{f.id}", findings=(f.id,), rank=rank, effort=f.effort)
        for rank, f in enumerate(ordered, start=1)
    )


def _priority(finding: Finding) -> tuple[int, int, int, int, int]:
    threshold = finding.evidence.threshold
    house = threshold is not None and threshold.origin == "house"
    return (
        SEVERITIES.index(finding.severity),
        int(house),
        CONFIDENCES.index(finding.confidence or "low"),
        EFFORTS.index(finding.effort or "L"),
        -len(finding.leads_to),
    )
