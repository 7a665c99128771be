"""The two axes of payment and system (S4-07): strategy is efficiency, the role is convenience."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.frameworks.framework import UNKNOWN, Row

AXES = ("efficiency", "convenience")
CHECKS: Mapping[str, tuple[str, ...]] = {
    "efficiency": ("share_in_guide", "linked", "reviewed", "nothing_to_cancel"),
    "convenience": ("methods_met", "no_retyping", "few_screens"),
}
"""The axes are the source's; the checks by which they are scored are ours."""
WEIGHTS = {"yes": 1.0, "partly": 0.5, "no": 0.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """One axis: the checks that apply, the state of each that is known, and their mean.

    >>> Axis(name="convenience", states={"methods_met": "yes", "no_retyping": "no"}).score
    0.5
    """

    name: str
    states: Mapping[str, str]
    checks: Sequence[str] = ()

    @property
    def score(self) -> float | None:
        """Mean of the known checks, 0–1: met 1, partly ½, not met 0; None where none is known."""
        known = [WEIGHTS[state] for state in self.states.values() if state in WEIGHTS]
        return sum(known) / len(known) if known else None

    @property
    def n(self) -> int:
        """How many of the checks are known."""
        return sum(state in WEIGHTS for state in self.states.values())


def as_state(value: bool | None) -> str | None:
    """A check as a state: yes, no, or None where it is not known."""
    return None if value is None else ("yes" if value else "no")


def methods_met(methods: Mapping[str, str] | None) -> str | None:
    """Whether no method of payment is wanted and not offered; an unsure answer leaves it open."""
    states = set((methods or {}).values())
    if "wanted" in states:
        return "no"
    return "yes" if states and UNKNOWN not in states else None


def axes_of(states: Mapping[str, str | None]) -> dict[str, Axis]:
    """The two axes from the states of all checks; a check that is not named does not apply."""
    return {
        name: Axis(
            name=name,
            states={c: state for c in checks if (state := states.get(c)) is not None},
            checks=tuple(check for check in checks if check in states),
        )
        for name, checks in CHECKS.items()
    }


def axis_rows(axes: Mapping[str, Axis]) -> tuple[Row, ...]:
    """The score of each axis with the number of checks behind it, then every check."""
    scores = tuple(
        Row(
            part="axes",
            item=axis.name,
            value=axis.score,
            unit="share",
            items="axis",
            note=f"{axis.n}/{len(axis.checks)}" if axis.n else "",
            notes="checks",
        )
        for axis in axes.values()
    )
    return scores + tuple(
        Row(
            part="checks",
            item=check,
            value=axis.states.get(check),
            items="axis_check",
            codes="check_state",
            note=axis.name,
            notes="axis_short",
        )
        for axis in axes.values()
        for check in axis.checks
    )
