"""How long accounts stay: Kaplan and Meier's curve by month (継続期間)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, log
from statistics import NormalDist
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.contracts import lost_accounts
from toolkit.measures.intervals import Interval, both_levels, bounded

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

LONGEST_MONTHS = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class SurvivalMonth:
    """Share of accounts still there after a month, how many were observed, Greenwood's sum."""

    month: int
    share: float
    at_risk: int
    greenwood: float


def survival_facts(s: Summaries) -> Iterator[Fact]:
    """Share still there after each month that some account has been observed."""
    for step in survival_curve(s)[1:]:
        fact = Fact(
            id="contracts.survival",
            value=step.share,
            n=step.at_risk,
            by={"month": step.month},
        )
        yield bounded(fact, _interval(step))


def survival_curve(s: Summaries) -> tuple[SurvivalMonth, ...]:
    """The curve from month 0; empty without months of stay."""
    lost = lost_accounts(s)
    if lost is None:
        return ()
    return kaplan_meier(lost.dropna(subset=["months"]))


def kaplan_meier(lost: pandas.DataFrame) -> tuple[SurvivalMonth, ...]:
    """The curve of accounts with ``months`` stayed and whether ``lost``, up to ten years."""
    import numpy as np

    months = lost["months"].to_numpy(float)
    gone = months[lost["lost"].to_numpy(bool)]
    if not len(months):
        return ()
    share, spread, curve = 1.0, 0.0, []
    for month in range(min(int(months.max()), LONGEST_MONTHS) + 1):
        at_risk = int((months > month - 1).sum()) if month else len(months)
        left = int(np.count_nonzero(np.ceil(gone) == month))
        if left and at_risk:
            share *= 1 - left / at_risk
            spread += left / (at_risk * (at_risk - left)) if at_risk > left else 0.0
        curve.append(SurvivalMonth(month=month, share=share, at_risk=at_risk, greenwood=spread))
    return tuple(curve)


def _interval(step: SurvivalMonth) -> Interval | None:
    """Greenwood's variance on the log-log scale, which stays within 0 and 1."""
    if not 0 < step.share < 1:
        return None
    scale = step.greenwood**0.5 / abs(log(step.share))

    def bounds(level: float) -> tuple[float, float]:
        half = NormalDist().inv_cdf(0.5 + level / 2) * scale
        return step.share ** exp(half), step.share ** exp(-half)

    return both_levels(bounds)
