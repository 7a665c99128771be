"""Means over a distribution as weighted sums at a few points (Gauss's rules)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

# Points of a rule: exact for polynomials of almost twice that degree.
PLAIN_POINTS, BETA_POINTS = 32, 24
SMALLEST = 1e-14


@cache
def unit_rule() -> tuple[Floats, Floats]:
    """Points and weights of the plain mean over 0 to 1, each of shape (points,)."""
    import numpy as np

    at, weight = np.polynomial.legendre.leggauss(PLAIN_POINTS)
    return (at + 1) / 2, weight / 2


def beta_rule(first: float, second: Floats) -> tuple[Floats, Floats]:
    """Points and weights of the mean over Beta(first, second), one row per ``second``.

    Golub and Welsch (1969): points are the eigenvalues of the Jacobi matrix of the weight, the
    weights are the squared first entries of its eigenvectors. No gamma function is needed, so
    large parameters do no harm.

    >>> import numpy as np
    >>> at, weight = beta_rule(2.0, np.array([3.0]))
    >>> round(float((at * weight).sum()), 12)
    0.4
    """
    import numpy as np

    upper, lower = np.asarray(second, float)[:, None] - 1, first - 1
    k = np.arange(1, BETA_POINTS)[None, :]
    total = upper + lower
    middle = (lower**2 - upper**2) / ((2 * k + total) * (2 * k + total + 2))
    head = (lower - upper) / (total + 2)
    step = 4 * (1 + upper) * (1 + lower) / ((2 + total) ** 2 * (3 + total))
    k = k[:, 1:]
    steps = 4 * k * (k + upper) * (k + lower) * (k + total)
    steps = steps / ((2 * k + total) ** 2 * (2 * k + total + 1) * (2 * k + total - 1))
    matrix = np.zeros((len(upper), BETA_POINTS, BETA_POINTS))
    here = np.arange(BETA_POINTS)
    matrix[:, here, here] = np.hstack([head, middle])
    # eigh reads the lower triangle alone
    matrix[:, here[1:], here[:-1]] = np.sqrt(np.hstack([step, steps]))
    at, vectors = np.linalg.eigh(matrix)
    return np.clip((1 + at) / 2, SMALLEST, 1.0), vectors[:, 0, :] ** 2
