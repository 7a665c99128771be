"""Moving to a dedicated database (専用データベースへの移行): about a year, the start dated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.measures.months import months_before

PHASES: Mapping[str, str] = {
    "requirements": "migration_requirements_months",
    "build": "migration_build_months",
    "parallel": "migration_parallel_months",
    "switch": "migration_switch_months",
}
"""Phase and the threshold that holds its length; the split of the year is ours (3 + 5 + 3 + 1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase of the move, first to last day as ISO dates."""

    code: str
    months: int
    start: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """When yearly sales meet the line, and by when the move has to begin.

    ``lengths`` are the months of the phases in their order.

    >>> move = Migration(as_of="2026-03-31", months_to_line=20.4,
    ...     lengths={"requirements": 3, "build": 5, "parallel": 3, "switch": 1})
    >>> move.line_date, move.latest_start, move.months_left
    ('2027-11-30', '2026-11-30', 8)
    """

    as_of: str
    months_to_line: float
    lengths: Mapping[str, float]

    @property
    def total_months(self) -> int:
        """Months the whole move takes."""
        return int(sum(self.lengths.values()))

    @property
    def line_date(self) -> str:
        """The day yearly sales meet the line, counted in whole months from ``as_of``."""
        return _later(self.as_of, self._months)

    @property
    def latest_start(self) -> str:
        """The last day on which the move can begin and still be over by ``line_date``."""
        return _later(self.as_of, self.months_left)

    @property
    def months_left(self) -> int:
        """Months from ``as_of`` to the latest start; below nought where it has passed."""
        return self._months - self.total_months

    @property
    def overdue(self) -> bool:
        """Whether the latest start has passed: the line comes before the move can be over."""
        return self.months_left < 0

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases from the latest start, or from ``as_of`` where that has passed."""
        made, at = [], max(self.months_left, 0)
        for code, months in self.lengths.items():
            after = at + int(months)
            end = date.fromisoformat(_later(self.as_of, after)) - timedelta(days=1)
            start = _later(self.as_of, at)
            made.append(Phase(code=code, months=int(months), start=start, end=end.isoformat()))
            at = after
        return tuple(made)

    @property
    def _months(self) -> int:
        return int(self.months_to_line)


def _later(day: str, months: int) -> str:
    return months_before(date.fromisoformat(day[:10]), -months).isoformat()
