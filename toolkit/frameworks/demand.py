"""Demand from customers: six steps from collecting to scheduling, and what comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from toolkit.frameworks.check import code, within
from toolkit.frameworks.setting import setting

PIPELINE = ("summarise", "analyse", "common_needs", "intensity", "output_value", "schedule")
CRITERIA = ("importance", "urgency", "value")
KINDS = ("bugs", "experience", "improvements", "requests")
"""The four kinds of feedback (S2-13)."""
HORIZONS = ("short", "long")
SCALE = (1, 5)


@dataclass(frozen=True, slots=True)
class Demand:
    """A request: importance, urgency and value return 1–5, effort in person-days.

    ``kind`` is one of the four kinds of feedback, ``customers`` how many ask for it.

    >>> Demand("csv export", importance=4, urgency=3, value=5, effort=2).ratio
    6.0
    """

    name: str
    _: KW_ONLY
    importance: float | None = None
    urgency: float | None = None
    value: float | None = None
    effort: float | None = None
    horizon: str = "short"
    kind: str | None = None
    customers: float | None = None
    scheduled: bool = False

    def __post_init__(self) -> None:
        code("horizon", self.horizon, HORIZONS)
        code("kind", self.kind, KINDS)
        within("customers", self.customers, 0)
        for name in CRITERIA:
            within(name, getattr(self, name), *SCALE)
        within("effort", self.effort, 0)

    @property
    def output(self) -> float | None:
        """Importance + urgency + value; None until all three are scored."""
        scores = [getattr(self, name) for name in CRITERIA]
        return None if None in scores else sum(score or 0.0 for score in scores)

    @property
    def ratio(self) -> float | None:
        """Output ÷ input, the order of priority (S2-31)."""
        output = self.output
        return None if output is None or not self.effort else output / self.effort


def pipeline(demands: Sequence[Demand]) -> dict[str, float]:
    """Share of the demands that have come through each of the six steps; {} without one.

    A demand on the list is summarised; it is analysed once its kind is told, common once it is
    counted how many ask, of known intensity with importance and urgency, of clear output with
    value and effort, and scheduled when it is.

    >>> pipeline([Demand("csv export", kind="requests"), Demand("crash")])["analyse"]
    0.5
    """
    if not demands:
        return {}
    passed = Counter(step for demand in demands for step in _passed(demand))
    return {step: passed[step] / len(demands) for step in PIPELINE}


def by_kind(demands: Sequence[Demand]) -> dict[str, int]:
    """Demands by kind of feedback, those without a kind left out."""
    found = Counter(demand.kind for demand in demands if demand.kind)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def long_share(demands: Sequence[Demand]) -> float | None:
    """Effort of long-term work ÷ effort of all; None where no effort is estimated."""
    total = sum(demand.effort or 0.0 for demand in demands)
    kept = sum(demand.effort or 0.0 for demand in demands if demand.horizon == "long")
    return kept / total if total else None


def schedule(
    demands: Sequence[Demand], capacity: float, long_term_share: float | None = None
) -> tuple[Demand, ...]:
    """The demands that fit the capacity, by output ÷ input, with a share kept for long work.

    Args:
        demands: unscored ones are never scheduled.
        capacity: effort available, person-days.
        long_term_share: part of it only long-horizon work may use; by default the method's.

    >>> quick = Demand("quick", importance=5, urgency=5, value=5, effort=8)
    >>> base = Demand("base", importance=3, urgency=1, value=5, effort=2, horizon="long")
    >>> [d.name for d in schedule([quick, base], 10, long_term_share=0.2)]
    ['base', 'quick']
    """
    share = setting("long_term_share") if long_term_share is None else long_term_share
    ranked = sorted(
        (demand for demand in demands if demand.ratio is not None),
        key=lambda demand: -(demand.ratio or 0.0),
    )
    reserve, chosen = capacity * share, []
    left = {"long": reserve, "short": capacity - reserve}
    for demand in ranked:
        effort = demand.effort or 0.0
        pot = _pot(demand, effort, left)
        if pot is not None:
            left[pot] -= effort
            chosen.append(demand)
    return tuple(chosen)


def _pot(demand: Demand, effort: float, left: dict[str, float]) -> str | None:
    """Which part of the capacity a demand is taken from; long work may also use the rest."""
    pots = ("long", "short") if demand.horizon == "long" else ("short",)
    return next((pot for pot in pots if left[pot] >= effort), None)


def _passed(demand: Demand) -> tuple[str, ...]:
    done = (
        True,
        demand.kind is not None,
        demand.customers is not None,
        demand.importance is not None and demand.urgency is not None,
        demand.value is not None and bool(demand.effort),
        demand.scheduled,
    )
    return tuple(step for step, passed in zip(PIPELINE, done, strict=True) if passed)
