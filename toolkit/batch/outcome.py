"""What became of one client in a batch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """``reason`` is a sentence in the batch's language; ``counts`` are findings by class."""

    client_id: str
    status: Literal["done", "failed", "refused", "not_run"]
    reason: str | None = None
    seconds: float = 0.0
    company_name: str = ""
    page: str | None = None
    coverage: float | None = None
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def findings(self) -> int | None:
        """Findings that failed, None where there is no report."""
        return self.counts.get("act", 0) + self.counts.get("check", 0) if self.counts else None
