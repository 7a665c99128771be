"""What a judged rule leaves: status, severity, and the evidence it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from toolkit.facts import Item
from toolkit.rules.yen import Yen

Status = Literal["pass", "fail", "unknown", "not_applicable"]
SEVERITIES = ("high", "medium", "check", "note", "idea")
WEIGHTS = {"high": 3, "medium": 2, "check": 1, "note": 0, "idea": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A threshold as used for one client: the value, and which level it came from.

    ``level`` is client, firm (a method's name) or toolkit; ``origin`` own, arith, law, source,
    article or house; ``grade`` A to D for a source.
    """

    name: str
    value: float
    unit: str
    origin: str
    grade: str | None = None
    source: str | None = None
    level: str = "toolkit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a status rests on: fact keys, the deciding threshold, the single rows or steps."""

    facts: tuple[str, ...] = ()
    threshold: Threshold | None = None
    items: tuple[Item, ...] = ()
    table: str | None = None
    rows_total: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of one rule for one client; ``id`` is the rule's code."""

    id: str
    module: str
    status: Status
    severity: str
    confidence: str | None = None
    reason: str | None = None
    evidence: Evidence = field(default_factory=Evidence)
    missing: tuple[str, ...] = ()
    leads_to: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    action_id: str | None = None
    effort: str | None = None
    pool: str | None = None
    yen: Yen | None = None
    suppressed: str | None = None

    @property
    def red(self) -> bool:
        """Whether the report calls it a matter for action (優先対応)."""
        return (
            self.status == "fail"
            and self.severity in ("high", "medium")
            and self.suppressed is None
        )
