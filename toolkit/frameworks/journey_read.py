"""Steps of a client's flow from the series of the measures: what fits no code stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from toolkit.frameworks.journey_step import MODES, SIDES, Step


def numbered(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Steps with a number each; one without follows the one before it."""
    made = []
    last = 0
    for step in steps:
        last = step.no if step.no is not None else last + 1
        made.append(step if step.no is not None else replace(step, no=last))
    return tuple(made)


def steps_of(found: Any) -> tuple[Step, ...] | None:
    """Steps of the series ``journey_steps``; None where there is no row."""
    if found is None or not found.rows:
        return None
    return tuple(_step(dict(zip(found.columns, row, strict=True))) for row in found.rows)


def _step(cells: Mapping[str, Any]) -> Step:
    def text(name: str) -> str | None:
        value = cells.get(name)
        return str(value).strip() or None if value is not None else None

    def figure(name: str) -> float | None:
        value = cells.get(name)
        return float(value) if value is not None and value >= 0 else None

    def one_of(name: str, codes: tuple[str, ...]) -> str | None:
        found = text(name)
        return found if found in codes else None

    return Step(
        text("step") or "",
        no=int(cells["step_no"]) if cells.get("step_no") is not None else None,
        side=one_of("side", SIDES),
        actor=text("actor"),
        tool=text("tool"),
        mode=one_of("mode", MODES),
        minutes=figure("minutes"),
        per_day=figure("per_day"),
        data_in=text("data_in"),
        data_out=text("data_out"),
        seam=_by_hand(cells.get("seam")),
    )


def _by_hand(seam: Any) -> bool | None:
    """A joint recorded as made by hand or not; None where nothing is recorded."""
    if seam is None or seam == "" or seam != seam:
        return None
    return seam == "manual" if isinstance(seam, str) else bool(seam)
