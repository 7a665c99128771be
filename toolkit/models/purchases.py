"""Purchases still to come of a customer who may leave after each of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from toolkit.models.quadrature import beta_rule

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

CHUNK = 1024
# Below this chance to leave the closed form of the second moment loses its digits.
NEVER = 1e-5


def expected_while_there(
    t: float, x: Floats, rate: tuple[Floats, Floats], leaving: tuple[float, float]
) -> Floats:
    """Mean purchases within ``t`` of customers who are still there; arguments as of the moments."""
    return _averaged(x, rate, leaving, lambda *given: (_mean(t, *given)[0],))[0]


def purchase_moments(
    t: float, x: Floats, rate: tuple[Floats, Floats], leaving: tuple[float, float]
) -> tuple[Floats, Floats]:
    """Mean and mean square of the purchases within ``t`` of customers who are still there.

    Purchases come at a rate of Gamma(shape, per time), ``rate``; after each the customer leaves
    with a chance of Beta(first, second + x), ``leaving``. The mean over that chance is taken by a
    Gauss rule instead of the hypergeometric function: every term is positive, and there is no
    pole where the first parameter of the Beta passes 1.
    """
    mean, square = _averaged(x, rate, leaving, lambda *given: _moments(t, *given))
    return mean, square


def _averaged(
    x: Floats,
    rate: tuple[Floats, Floats],
    leaving: tuple[float, float],
    given: Callable[[Floats, Floats, Floats], tuple[Floats, ...]],
) -> list[Floats]:
    """Means over the chance to leave of what is ``given`` shape, per time and that chance."""
    import numpy as np

    counts, place = np.unique(x, return_inverse=True)
    at, weight = beta_rule(leaving[0], leaving[1] + counts)
    parts = []
    for start in range(0, len(x), CHUNK):
        rows = slice(start, start + CHUNK)
        own = place[rows]
        made = given(rate[0][rows, None], rate[1][rows, None], at[own])
        parts.append([(weight[own] * one).sum(axis=1) for one in made])
    return [np.concatenate(column) for column in zip(*parts, strict=True)]


def _mean(t: float, shape: Floats, per: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Mean of min(purchases without leaving, purchases until leaving); log of 1 + pt ÷ per."""
    import numpy as np

    grown = np.log1p(p * (t / per))
    return -np.expm1(-shape * grown) / p, grown


def _moments(t: float, shape: Floats, per: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Mean and mean square of the same."""
    import numpy as np

    mean, grown = _mean(t, shape, per, p)
    plain = t * shape / per
    met = (1 - p) * plain * np.exp(-(shape + 1) * grown)
    square = 2 * (mean - met) / p - mean
    return mean, np.where(p > NEVER, square, plain + plain**2 * (shape + 1) / shape)
