"""What became of one client in a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Status = Literal["done", "unchanged", "failed", "refused", "not_run"]
WELL: tuple[Status, ...] = ("done", "unchanged")
ORDER: tuple[Status, ...] = ("failed", "refused", "not_run", "done", "unchanged")
"""As the index lists them: what needs somebody first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One fault that kept a report from being made: where, what, and what to do."""

    message: str
    fix: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``reason`` is a sentence in the batch's language; ``counts`` are findings by class.

    ``yen_base`` is what the first year may bring, ``held`` whether it is held back, ``health`` the
    share of rows accepted, ``change`` how many findings are worse and better than in the kept
    month. ``failing`` are ids of the findings that failed. ``consent`` says that the client lets
    ``figures`` (value and unit by key) be compared with those of firms of its ``model``.
    """

    client_id: str
    status: Status
    reason: str | None = None
    code: str | None = None
    troubles: tuple[Trouble, ...] = ()
    seconds: float = 0.0
    company_name: str = ""
    page: str | None = None
    coverage: float | None = None
    counts: dict[str, int] = field(default_factory=dict)
    yen_base: float | None = None
    held: bool = False
    currency: str = "JPY"
    health: float | None = None
    change: Mapping[str, int] | None = None
    model: str | None = None
    consent: bool = False
    failing: tuple[str, ...] = ()
    figures: Mapping[str, Any] = field(default_factory=dict)

    @property
    def well(self) -> bool:
        """Whether a whole report stands."""
        return self.status in WELL

    @property
    def findings(self) -> int | None:
        """Findings that failed, None where there is no report."""
        return self.counts.get("act", 0) + self.counts.get("check", 0) if self.counts else None
