"""Intervals of sampled figures: 80 % for judging, 95 % for high severity; closed forms first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import sqrt
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.floating[Any]]

LEVEL, LEVEL_HIGH = 0.80, 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """Bounds at 80 % and 95 %."""

    low: float
    high: float
    low95: float
    high95: float


def bounded(fact: Fact, interval: Interval | None) -> Fact:
    """The fact with its interval; without one (a single case) it stays a bare value."""
    if interval is None:
        return fact
    return replace(
        fact,
        sampled=True,
        low=interval.low,
        high=interval.high,
        low95=interval.low95,
        high95=interval.high95,
    )


def both_levels(bounds: Callable[[float], tuple[float, float]], tests: int = 1) -> Interval:
    """An interval from a function of the confidence level; ``tests`` groups share its error.

    Where several steps or groups are looked at together, each gets 1 − (1 − level) ÷ tests
    (Bonferroni), so that the worst of them is no more often a false alarm than a single one.
    """
    low, high = bounds(1 - (1 - LEVEL) / tests)
    low95, high95 = bounds(1 - (1 - LEVEL_HIGH) / tests)
    return Interval(low=float(low), high=float(high), low95=float(low95), high95=float(high95))


def _z(level: float) -> float:
    from statistics import NormalDist

    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson(hits: float, n: float, tests: int = 1) -> Interval | None:
    """Score interval of a proportion (Wilson 1927); ``n`` may be an effective size.

    ``tests`` is the number of groups looked at together.

    >>> wilson(0, 0) is None
    True
    >>> round(wilson(8, 10).low95, 4), round(wilson(8, 10).high95, 4)
    (0.4902, 0.9433)
    """
    if n <= 0:
        return None

    def bounds(level: float) -> tuple[float, float]:
        z, p = _z(level), hits / n
        centre = p + z * z / (2 * n)
        half = z * (p * (1 - p) / n + z * z / (4 * n * n)) ** 0.5
        scale = 1 + z * z / n
        low = (centre - half) / scale if hits > 0 else 0.0  # exact at the ends, no rounding
        return low, (centre + half) / scale if hits < n else 1.0

    return both_levels(bounds, tests)


def difference(
    value: float, interval: Interval | None, other: float, other_interval: Interval | None
) -> Interval | None:
    """Interval of ``value − other`` for independent samples, from the interval of each.

    Method of variance estimates recovery; with Wilson intervals this is Newcombe's (1998)
    difference of proportions, with exact Poisson ones the difference of two rates.

    >>> d = difference(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    >>> round(d.low95, 4), round(d.high95, 4)
    (0.0524, 0.3339)
    """
    if interval is None or other_interval is None:
        return None
    a, b, gap = interval, other_interval, value - other

    def ends(low: float, high: float, other_low: float, other_high: float) -> tuple[float, float]:
        down = ((value - low) ** 2 + (other_high - other) ** 2) ** 0.5
        up = ((high - value) ** 2 + (other - other_low) ** 2) ** 0.5
        return gap - down, gap + up

    low, high = ends(a.low, a.high, b.low, b.high)
    low95, high95 = ends(a.low95, a.high95, b.low95, b.high95)
    return Interval(low=low, high=high, low95=low95, high95=high95)


def poisson_rate(events: int, exposure: float, tests: int = 1) -> Interval | None:
    """Exact interval of a rate of events (Garwood 1936); ``tests`` groups are looked at together.

    >>> rate = poisson_rate(10, 1.0)
    >>> round(rate.low95, 3), round(rate.high95, 3)
    (4.795, 18.39)
    """
    if exposure <= 0:
        return None
    from scipy.special import gammaincinv

    def bounds(level: float) -> tuple[float, float]:
        tail = (1 - level) / 2
        low = float(gammaincinv(events, tail)) if events else 0.0
        return low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure

    return both_levels(bounds, tests)


def mean(values: Floats, tests: int = 1) -> Interval | None:
    """Student's interval of a mean; None below two values. ``tests`` groups are looked at."""
    n = len(values)
    if n < 2:
        return None
    return _student(float(values.mean()), float(values.std(ddof=1)) / n**0.5, n, tests)


def _student(value: float, error: float, n: int, tests: int = 1) -> Interval:
    from scipy.special import stdtrit

    def bounds(level: float) -> tuple[float, float]:
        half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
        return value - half, value + half

    return both_levels(bounds, tests)


def ratio_error(top: Floats, bottom: Floats) -> float | None:
    """Standard error of Σ top ÷ Σ bottom by linearisation; one entry per independent cluster."""
    n, total = len(top), float(bottom.sum())
    if n < 2 or total == 0:
        return None
    residual = top - (top.sum() / total) * bottom
    spread = float(residual.std(ddof=1))
    return spread * sqrt(n) / abs(total)


def ratio(top: Floats, bottom: Floats) -> Interval | None:
    """Interval of Σ top ÷ Σ bottom where each entry is one customer: their orders hang together."""
    error = ratio_error(top, bottom)
    if error is None:
        return None
    return _student(float(top.sum() / bottom.sum()), error, len(top))


def share_of_sum(top: Floats, bottom: Floats) -> Interval | None:
    """Interval of a share of money, Wilson's at the size the unequal customers are worth.

    The effective size is p(1 − p) ÷ variance; where no entry differs from the others
    (variance 0) it is Kish's (Σw)² ÷ Σw².
    """
    error = ratio_error(top, bottom)
    if error is None:
        return None
    p = float(top.sum() / bottom.sum())
    if not 0 <= p <= 1:  # refunds can carry a share past its ends; no proportion then
        return _student(p, error, len(top))
    size = p * (1 - p) / error**2 if error > 0 and 0 < p < 1 else _kish(bottom)
    return wilson(p * size, size)


def _kish(weights: Floats) -> float:
    return float(weights.sum() ** 2 / (weights**2).sum())


def median(values: Floats, clusters: NDArray[numpy.int64] | None = None) -> Interval | None:
    """Order-statistics interval of a median; ``clusters`` names whose value each is.

    Woodruff (1952): the interval of the share below the median, read back on the values.
    Several gaps of one customer count as one cluster, not as independent draws.
    """
    import numpy as np

    below = (values <= np.median(values)).astype(float) if len(values) else values
    ones = np.ones(len(values))
    if clusters is not None:
        codes = np.unique(clusters, return_inverse=True)[1]
        below, ones = np.bincount(codes, weights=below), np.bincount(codes).astype(float)
    error = ratio_error(below, ones)
    if error is None:
        return None

    def bounds(level: float) -> tuple[float, float]:
        half = _z(level) * error
        low, high = np.quantile(values, [max(0.0, 0.5 - half), min(1.0, 0.5 + half)])
        return float(low), float(high)

    return both_levels(bounds)


def of_influence(value: float, influence: Floats) -> Interval | None:
    """Interval from a statistic's influence values, on the logit scale where 0 < value < 1."""
    n = len(influence)
    if n < 2:
        return None
    error = float(influence.std(ddof=1)) / n**0.5
    if not 0 < value < 1:
        return _student(value, error, n)
    from scipy.special import expit, logit, stdtrit

    def bounds(level: float) -> tuple[float, float]:
        half = float(stdtrit(n - 1, 0.5 + level / 2)) * error / (value * (1 - value))
        return float(expit(logit(value) - half)), float(expit(logit(value) + half))

    return both_levels(bounds)


def bootstrap(
    statistic: Callable[[Floats], float], values: Floats, draws: int = 1000
) -> Interval | None:
    """Percentile interval by resampling rows of ``values`` with a fixed seed."""
    import numpy as np

    n = len(values)
    if n < 2:
        return None
    random = np.random.default_rng(n)
    drawn = np.array([statistic(values[random.integers(0, n, n)]) for _ in range(draws)])
    drawn = drawn[np.isfinite(drawn)]
    if not len(drawn):
        return None

    def bounds(level: float) -> tuple[float, float]:
        low, high = np.quantile(drawn, [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)

    return both_levels(bounds)
