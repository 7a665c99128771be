"""Actions: what the failed rules call for, in the order in which to take them up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from toolkit.rules.finding import SEVERITIES, Finding

EFFORTS = ("S", "M", "L")
CONFIDENCES = ("high", "mid", "low")
UNCOUNTED = ("note", "idea")
LEADING = 3  # the first page shows as many


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

    A rule decided by a house number is not among the first three while others can be.
    """
    failed = [f for f in findings if f.status == "fail" and f.suppressed is None and f.effort]
    ordered = sorted(failed, key=_priority)
    leading = [f for f in ordered if not _by_house(f) and f.severity not in UNCOUNTED][:LEADING]
    ordered = [*leading, *(f for f in ordered if f not in leading)]
    return tuple(
        Action(id=f"act.{f.id}", findings=(f.id,), rank=rank, effort=f.effort)
        for rank, f in enumerate(ordered, start=1)
    )


def _priority(finding: Finding) -> tuple[int, int, int, int, int]:
    return (
        SEVERITIES.index(finding.severity),
        int(_by_house(finding)),
        CONFIDENCES.index(finding.confidence or "low"),
        EFFORTS.index(finding.effort or "L"),
        -len(finding.leads_to),
    )


def _by_house(finding: Finding) -> bool:
    threshold = finding.evidence.threshold
    return threshold is not None and threshold.origin == "house"
