"""How unevenly a sum is spread over those who make it: share of the top, Gini, Lorenz curve."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from toolkit.measures.intervals import Interval, of_influence

if TYPE_CHECKING:
    from toolkit.measures.intervals import Floats


def top_count(share: float, n: int) -> int:
    """How many make the top share of n; the small step keeps 0.1 × 30 at 3.

    >>> top_count(0.1, 30), top_count(0.1, 31)
    (3, 4)
    """
    return ceil(share * n - 1e-9)


def top_share(amounts: Floats, share: float) -> tuple[float, Interval | None]:
    """Share of the sum held by the largest ``share`` of the entries, with its interval."""
    import numpy as np

    n, total = len(amounts), float(amounts.sum())
    ordered = np.sort(amounts)[::-1]
    count = top_count(share, n)
    value = float(ordered[:count].sum()) / total
    edge, mean = float(ordered[count - 1]), total / n
    held = np.where(ordered >= edge, ordered - edge, 0.0) + edge * count / n
    return value, of_influence(value, (held - value * ordered) / mean)


def gini(amounts: Floats) -> tuple[float, Interval | None]:
    """Gini coefficient Σ(2i − n − 1)x ÷ (nΣx), x ascending, with its interval.

    >>> import numpy as np
    >>> gini(np.array([1.0, 1.0, 1.0]))[0], gini(np.array([0.0, 0.0, 0.0, 4.0]))[0]
    (0.0, 0.75)
    """
    import numpy as np

    x = np.sort(amounts)
    n, total = len(x), float(x.sum())
    rank = np.arange(1, n + 1)
    value = float(((2 * rank - n - 1) * x).sum()) / (n * total)
    mean, below = total / n, (np.cumsum(x) - x) / n
    influence = 2 * ((rank - 0.5) / n * x - below) / mean + 1 - (value + 1) * x / mean
    return value, of_influence(value, influence - influence.mean())


def lorenz(amounts: Floats, points: int = 101) -> list[tuple[float, float]]:
    """Points (share of entries, share of the sum), smallest first, from (0, 0) to (1, 1)."""
    import numpy as np

    held = np.concatenate([[0.0], np.cumsum(np.sort(amounts))]) / amounts.sum()
    n = len(amounts)
    at = np.unique(np.linspace(0, n, min(points, n + 1)).round().astype(int))
    return [(float(i / n), float(held[i])) for i in at]
