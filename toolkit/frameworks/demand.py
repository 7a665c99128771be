"""Demand from customers: six steps from collecting to scheduling, and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from toolkit.frameworks.check import code, within
from toolkit.frameworks.setting import setting

PIPELINE = ("summarise", "analyse", "common_needs", "intensity", "output_value", "schedule")
CRITERIA = ("importance", "urgency", "value")
HORIZONS = ("short", "long")
SCALE = (1, 5)


@dataclass(frozen=True, slots=True)
class Demand:
    """A request: importance, urgency and value return 1–5, effort in person-days.

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

    def __post_init__(self) -> None:
        code("horizon", self.horizon, HORIZONS)
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
