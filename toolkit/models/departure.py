"""Whether a customer of the Pareto/NBD left between the last purchase and the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.models.patterns import Patterns
from toolkit.models.quadrature import unit_rule

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]

CHUNK = 2048
# What has fallen by this power of e adds nothing that a float could hold.
FALLEN = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """Logarithms of both cases, and means over the moment of leaving; arrays, one per pattern.

    ``stays``: still there at T; ``leaves``: gone at some moment τ between t_x and T. The means
    are those of log(α + τ), 1/(α + τ), log(β + τ) and 1/(β + τ), weighted as τ is likely.
    """

    stays: Floats
    leaves: Floats
    log_alpha: Floats
    per_alpha: Floats
    log_beta: Floats
    per_beta: Floats


def departure(rows: Patterns, r: float, alpha: float, s: float, beta: float) -> Departure:
    """Both cases for each pattern, up to the factor Γ(r + x) α^r β^s / Γ(r) common to them.

    The second is s ∫ (α + τ)^−(r+x) (β + τ)^−(s+1) dτ from t_x to T. In print it is a difference
    of two hypergeometric functions, in two forms for α above and below β, which loses its digits
    where T is close to t_x and overflows for frequent buyers. Here it is integrated as it stands
    over log(min(α, β) + τ), in which it is smooth whichever of the two is smaller, and only as far
    as it matters; all terms are positive, and the gradient takes the same points.
    """
    import numpy as np

    parts = [
        _means(
            Patterns(x=rows.x[i], t_x=rows.t_x[i], T=rows.T[i], weight=rows.weight[i]),
            (r, alpha, s, beta),
        )
        for i in (slice(at, at + CHUNK) for at in range(0, len(rows.x), CHUNK))
    ]
    integral, *means = (np.concatenate(column) for column in zip(*parts, strict=True))
    log_near, per_near, log_far, per_far = means
    at_alpha, at_beta = (log_near, per_near), (log_far, per_far)
    if alpha > beta:
        at_alpha, at_beta = at_beta, at_alpha
    return Departure(
        stays=-(r + rows.x) * np.log(alpha + rows.T) - s * np.log(beta + rows.T),
        leaves=np.log(s) + integral,
        log_alpha=at_alpha[0],
        per_alpha=at_alpha[1],
        log_beta=at_beta[0],
        per_beta=at_beta[1],
    )


def _means(rows: Patterns, parameters: tuple[float, float, float, float]) -> tuple[Floats, ...]:
    """Log of the integral, then the means of the smaller and of the larger of α and β."""
    import numpy as np

    r, alpha, s, beta = parameters
    near, far = min(alpha, beta), max(alpha, beta)
    of_alpha, of_beta = r + rows.x, np.full(len(rows.x), s + 1)
    power, other = (of_alpha, of_beta) if alpha <= beta else (of_beta, of_alpha)
    at, weight = unit_rule()
    begin = near + rows.t_x
    length = np.log1p((_end(rows, power, r + rows.x + s, (near, far)) - rows.t_x) / begin)
    log_near = np.log(begin)[:, None] + length[:, None] * at
    from_near = np.exp(log_near)
    from_far = from_near + (far - near)
    log_far = np.log(from_far)
    height = (1 - power)[:, None] * log_near - other[:, None] * log_far
    top = height.max(axis=1)
    mass = weight * np.exp(height - top[:, None])
    total = mass.sum(axis=1)
    mass /= total[:, None]
    with np.errstate(divide="ignore"):  # nobody can have left where T is t_x: log 0
        integral = top + np.log(total) + np.log(length)
    points = (log_near, 1 / from_near, log_far, 1 / from_far)
    return integral, *((mass * one).sum(axis=1) for one in points)


def _end(rows: Patterns, power: Floats, both: Floats, ends: tuple[float, float]) -> Floats:
    """T, or sooner where what is integrated has fallen away before."""
    import numpy as np

    near, far = ends
    reach = np.minimum(FALLEN / both, 600.0)
    first = (far + rows.t_x) * np.exp(reach) - far
    reach = np.where(power > 1, FALLEN / np.maximum(power - 1, FALLEN / 600.0), 600.0)
    second = (near + rows.t_x) * np.exp(reach) - near
    return np.minimum(rows.T, np.maximum(np.minimum(first, second), rows.t_x))
