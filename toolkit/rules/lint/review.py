"""Dated content past its day of review: law, statistics, thresholds that rest on them."""

from __future__ import annotations

from datetime import date

from toolkit.errors import Problem
from toolkit.method import Method
from toolkit.rules.lint.entries import at

DATED = ("legal", "benchmarks", "thresholds")


def review_due(method: Method, day: date) -> tuple[Problem, ...]:
    """Entries whose ``review_by`` lies before a day, each with how many days it is past.

    They are used as they stand: a warning asks to look at the source again.
    """
    due = []
    for section in DATED:
        for entry in method.section(section).values():
            by = entry.get("review_by")
            past = (day - date.fromisoformat(str(by))).days if by else 0
            if past > 0:
                due.append(at(entry, "lint_review_due", date=str(by), days=str(past)))
    return tuple(due)
