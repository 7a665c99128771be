"""What became of one client in a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Status = Literal["done", "unchanged", "failed", "refused", "not_run"]
WELL: tuple[Status, ...] = ("done", "unchanged")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``reason`` is a sentence in the batch's language; ``counts`` are findings by class.

    ``yen_base`` is what the first year may bring, ``health`` the share of rows accepted,
    ``change`` how many findings are worse and better than in the kept month.
    """

    client_id: str
    status: Status
    reason: str | None = None
    seconds: float = 0.0
    company_name: str = ""
    page: str | None = None
    coverage: float | None = None
    counts: dict[str, int] = field(default_factory=dict)
    yen_base: float | None = None
    currency: str = "JPY"
    health: float | None = None
    change: Mapping[str, int] | None = None

    @property
    def well(self) -> bool:
        """Whether a whole report stands."""
        return self.status in WELL

    @property
    def findings(self) -> int | None:
        """Findings that failed, None where there is no report."""
        return self.counts.get("act", 0) + self.counts.get("check", 0) if self.counts else None
