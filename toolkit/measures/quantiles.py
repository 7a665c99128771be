"""Quantiles of times and their intervals: the slowest tenth matters more than the middle."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.intervals import both_levels, ratio_error

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats, Interval


def quantile(
    values: Floats, share: float, clusters: NDArray[numpy.int64] | None = None
) -> tuple[float, Interval | None]:
    """A quantile (linear between values) and its order-statistics interval (Woodruff 1952).

    Args:
        values: at least one.
        share: which quantile, 0–1.
        clusters: whose value each is, for instance the day: values of one day hang together.

    Returns:
        The value, and its interval; None below two clusters.
    """
    import numpy as np

    value = float(np.quantile(values, share))
    error = _error(values, value, share, clusters)
    if error is None:
        return value, None

    def bounds(level: float) -> tuple[float, float]:
        from statistics import NormalDist

        half = NormalDist().inv_cdf(0.5 + level / 2) * error
        low, high = np.quantile(values, [max(0.0, share - half), min(1.0, share + half)])
        return float(low), float(high)

    return value, both_levels(bounds)


def _error(
    values: Floats, value: float, share: float, clusters: NDArray[numpy.int64] | None
) -> float | None:
    """Standard error of the share below: the largest of three readings.

    Where many values are equal the share at or below the quantile and the share below it lie
    far apart, and either may have no spread at all; a sample of that size has some.
    """
    import numpy as np

    groups = len(values) if clusters is None else len(np.unique(clusters))
    if groups < 2:
        return None
    found: list[float] = [(share * (1 - share) / len(values)) ** 0.5]
    for below in (values <= value, values < value):
        spread = _clustered(below.astype(float), clusters)
        if spread is not None:
            found.append(spread)
    return max(found)


def _clustered(below: Floats, clusters: NDArray[numpy.int64] | None) -> float | None:
    import numpy as np

    if clusters is None:
        return ratio_error(below, np.ones(len(below)))
    codes = np.unique(clusters, return_inverse=True)[1]
    sizes = np.bincount(codes).astype(float)
    return ratio_error(np.bincount(codes, weights=below).astype(float), sizes)
