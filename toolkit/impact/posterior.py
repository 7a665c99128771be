"""Draws of a sampled fact: Beta for shares, Gamma for rates, split normal for the rest."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from toolkit.facts import Fact

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

DRAWS = 4000
Z80 = 1.2815515655446004  # half-width of an 80 % interval in standard errors
RATES = ("ratio", "count")


def draws(fact: Fact, size: int = DRAWS) -> Floats | None:
    """Draws from what is known of a fact; None where it is exact, or has no interval.

    The Beta and the Gamma have the fact's value as mean and the width of its 80 % interval as
    spread. The seed is the fact's key: one fact is drawn alike wherever it is read.
    """
    import numpy as np

    value, low, high = fact.number, fact.low, fact.high
    if not fact.sampled or value is None or low is None or high is None or high <= low:
        return None
    random = np.random.default_rng(zlib.crc32(fact.key.encode()))
    error = (high - low) / (2 * Z80)
    if fact.unit == "share" and 0 < value < 1:
        size_of = value * (1 - value) / error**2
        return random.beta(value * size_of, (1 - value) * size_of, size)
    if fact.unit in RATES and value > 0 and low >= 0:
        return random.gamma((value / error) ** 2, error**2 / value, size)
    up, down = (high - value) / Z80, (value - low) / Z80
    normal = random.standard_normal(size)
    drawn = value + np.where(normal > 0, normal * max(up, 0.0), normal * max(down, 0.0))
    return np.maximum(drawn, 0.0) if low >= 0 else drawn  # what cannot be negative stays so
