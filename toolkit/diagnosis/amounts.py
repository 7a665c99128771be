"""Every yen of a diagnosis under an id of its own, as deliverables print and verify it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.impact.totals import Year

if TYPE_CHECKING:
    from toolkit.diagnosis.document import Diagnosis

PREFIX = "yen."
OF_FINDING = ("gap", "low", "high", "share", "closure", "effect", "hours")
OF_ACTION = ("net", "steady_net", "payback_months", "initial_yen", "monthly_yen")
OF_TOTAL = ("gap", "low", "high", "effect", "hours")
TOTALS = ("profit", "cash", "capacity")


def amounts(diagnosis: Diagnosis) -> dict[str, float]:
    """Amounts by id: ``yen.<CODE>.gap``, ``yen.profit.high``, ``yen.first.net``, ``yen.cap``.

    The first two parts of an id name the row of the report that explains it.
    """
    return dict(_amounts(diagnosis))


def moved_id(code: str, place: int, what: str) -> str:
    """Id of how far the driver at some place of a finding is moved (``move``) or to (``target``).

    >>> moved_id("AFT006", 0, "move")
    'yen.AFT006.move_1'
    """
    return f"{PREFIX}{code}.{what}_{place + 1}"


def _amounts(diagnosis: Diagnosis) -> Iterator[tuple[str, float]]:
    for finding in diagnosis.judged:
        if finding.yen is not None:
            yield from _of(finding.yen, f"{PREFIX}{finding.id}", OF_FINDING)
            for place, step in enumerate(finding.yen.steps):
                yield moved_id(finding.id, place, "move"), abs(step.target - step.now)
                yield moved_id(finding.id, place, "target"), step.target
    for action in diagnosis.actions:
        yield from _of(action, f"{PREFIX}{action.findings[0]}", OF_ACTION)
    totals = diagnosis.totals
    for kind in TOTALS:
        yield from _of(getattr(totals, kind), f"{PREFIX}{kind}", OF_TOTAL)
    yield from _of(totals, PREFIX[:-1], ("margin", "cap", "closure"))
    years = {"first": totals.first_year, "steady": totals.steady_year}
    for name, year in years.items():
        yield from _of(year, f"{PREFIX}{name}", tuple(Year.__dataclass_fields__))


def _of(what: object, prefix: str, names: tuple[str, ...]) -> Iterator[tuple[str, float]]:
    for name in names:
        value = getattr(what, name, None)
        if value is not None:
            yield f"{prefix}.{name}", float(value)
