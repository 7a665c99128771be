"""What came of reading one table: counts of fates, notes, warnings, problems, figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from toolkit.errors import Problem
from toolkit.intake.notes import Note, problem_dict
from toolkit.words import Words

ERROR = "error-with-location"
QUARANTINED = "quarantined"
NORMALISED = "accepted-after-normalisation"
ACCEPTED = "accepted"
FIGURES = (
    "amount_sum",
    "orders",
    "distinct_customers",
    "minutes_sum",
    "first_date",
    "last_date",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """The outcome of reading one table, as ``read --json`` prints it.

    ``refused`` means that nothing is made of the input; ``mapping`` is the canonical columns
    with the headers they were read from.
    """

    kind: str
    refused: bool = False
    rows_total: int | None = 0
    rows_accepted: int | None = 0
    rows_quarantined: int | None = 0
    rows_deduplicated: int | None = 0
    rows_dropped: int | None = 0
    rows_cancelled: int | None = 0
    figures: Mapping[str, Any] = field(default_factory=dict)
    dates: tuple[str, ...] | None = None
    values: Mapping[str, Any] | None = None
    encoding: str | None = None
    mapping: Mapping[str, Any] | None = None
    notes: tuple[Note, ...] = ()
    warnings: tuple[Note, ...] = ()
    problems: tuple[Problem, ...] = ()
    accepted_rows: tuple[int, ...] | None = None

    @property
    def outcome(self) -> str:
        """Error over quarantined over accepted after normalisation over accepted."""
        if self.refused:
            return ERROR
        if self.rows_quarantined:
            return QUARANTINED
        return NORMALISED if self.notes else ACCEPTED

    def to_dict(self, book: Words) -> dict[str, Any]:
        """The document of ``read --json``, messages in the language of ``book``."""
        document: dict[str, Any] = {
            "outcome": self.outcome,
            "kind": self.kind,
            "rows_total": self.rows_total,
            "rows_accepted": self.rows_accepted,
            "rows_quarantined": self.rows_quarantined,
            "rows_deduplicated": self.rows_deduplicated,
            "rows_dropped": self.rows_dropped,
            "rows_cancelled": self.rows_cancelled,
            "figures": {name: self.figures.get(name) for name in FIGURES},
            "dates": None if self.dates is None else list(self.dates),
            "values": None if self.values is None else dict(self.values),
            "encoding": self.encoding,
            "mapping": None if self.mapping is None else dict(self.mapping),
            "notes": [note.to_dict(book) for note in self.notes],
            "warnings": [note.to_dict(book) for note in self.warnings],
            "problems": [problem_dict(problem, book) for problem in self.problems],
        }
        if self.accepted_rows is not None:
            document["accepted_rows"] = list(self.accepted_rows)
        return document


def refused(kind: str, problems: tuple[Problem, ...]) -> ReadReport:
    """The report of a file of which nothing is made."""
    return ReadReport(kind=kind, refused=True, problems=problems)
