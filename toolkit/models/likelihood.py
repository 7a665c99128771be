"""Greatest likelihood of positive parameters, and how surely the data fix them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TYPE_CHECKING, Any, Protocol

from toolkit.errors import InputError

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Floats = NDArray[numpy.float64]
    Likelihood = Callable[[Floats], tuple[float, Floats]]

# The search is for logarithms, so that parameters stay positive. One that runs to these ends
# (five million times more or less than the data's own scale) has no value the data could tell.
FURTHEST = 15.0
# Nor has one whose logarithm is not known within this standard error (a factor of twenty).
LOOSEST = 3.0
STEEPEST = 1e-6
STEP, MOVED = 1e-5, 1e-4
MOST_ITERATIONS = 500
POLISHES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Parameters at the maximum, the log-likelihood there, covariance of their logarithms."""

    parameters: tuple[float, ...]
    log_likelihood: float
    covariance: tuple[tuple[float, ...], ...]

    @property
    def errors(self) -> tuple[float, ...]:
        """Standard error of each parameter by the delta method."""
        return tuple(
            value * self.covariance[i][i] ** 0.5 for i, value in enumerate(self.parameters)
        )


class Fitted(Protocol):
    """A model with positive parameters and the covariance of their logarithms."""

    @property
    def parameters(self) -> Mapping[str, float]:
        """Value by name, in the order of the covariance."""

    @property
    def covariance(self) -> tuple[tuple[float, ...], ...]:
        """Covariance of the logarithms."""

    def moved(self, parameters: Mapping[str, float]) -> Any:
        """The model at other parameters."""


def maximise(likelihood: Likelihood, n: float, starts: Sequence[Sequence[float]]) -> Estimate:
    """The best of the searches from each start.

    Args:
        likelihood: log-likelihood and its gradient, as a function of the parameters.
        n: number of customers, by which the likelihood is divided during the search.
        starts: parameters to begin at; the next is tried only where one leads nowhere.

    Raises:
        InputError: ``model_not_converged`` where no search ends at a maximum,
            ``model_not_determined`` where the maximum lies at infinity or is flat.
    """
    code = "model_not_converged"
    for start in starts:
        found = _search(likelihood, n, start)
        if found is None:
            continue
        estimate = _estimate(likelihood, n, found)
        if estimate is not None:
            return estimate
        code = "model_not_determined"
    raise InputError(code)


def _mean_of(likelihood: Likelihood, n: float) -> Likelihood:
    """Minus the mean log-likelihood per customer and its gradient, in logarithms.

    Beyond the furthest a logarithm counts as the furthest, so that no step of the search leaves
    what a float can hold.
    """
    import numpy as np

    def negative(logs: Floats) -> tuple[float, Floats]:
        parameters = np.exp(np.clip(logs, -FURTHEST, FURTHEST))
        value, slope = likelihood(parameters)
        return -value / n, -slope * parameters / n

    return negative


def _search(likelihood: Likelihood, n: float, start: Sequence[float]) -> Floats | None:
    import numpy as np
    from scipy.optimize import minimize

    negative = _mean_of(likelihood, n)
    found = minimize(
        negative,
        np.log(np.asarray(start, dtype=float)),
        jac=True,
        method="BFGS",
        options={"maxiter": MOST_ITERATIONS, "gtol": STEEPEST},
    )
    logs = np.asarray(found.x, dtype=float)
    if not np.isfinite(found.fun):
        return None
    if np.abs(logs).max() > FURTHEST - 1:
        return logs
    return _polished(negative, logs)


def _polished(negative: Likelihood, logs: Floats) -> Floats | None:
    """A few steps of Newton's from where the search stopped; None if that is no maximum."""
    import numpy as np

    for _ in range(POLISHES):
        slope = negative(logs)[1]
        if np.abs(slope).max() < STEEPEST / 100:
            break
        bend = _hessian(negative, logs)
        if np.linalg.eigvalsh(bend).min() <= 0:
            break
        step = np.linalg.solve(bend, slope)
        if np.abs(step).max() > 1:
            break
        logs = logs - step
    return logs if np.abs(negative(logs)[1]).max() < STEEPEST else None


def _hessian(negative: Likelihood, logs: Floats) -> Floats:
    """Second derivatives by central differences of the gradient."""
    import numpy as np

    rows = []
    for place in range(len(logs)):
        step = np.zeros(len(logs))
        step[place] = STEP
        rows.append((negative(logs + step)[1] - negative(logs - step)[1]) / (2 * STEP))
    made = np.array(rows)
    return (made + made.T) / 2


def _estimate(likelihood: Likelihood, n: float, logs: Floats) -> Estimate | None:
    import numpy as np

    if np.abs(logs).max() > FURTHEST - 1:
        return None
    bend = _hessian(_mean_of(likelihood, n), logs) * n
    if np.linalg.eigvalsh(bend).min() <= 0:
        return None
    covariance = np.linalg.inv(bend)
    if np.diag(covariance).max() > LOOSEST**2:
        return None
    parameters = np.exp(logs)
    return Estimate(
        parameters=tuple(parameters.tolist()),
        log_likelihood=likelihood(parameters)[0],
        covariance=tuple(tuple(row) for row in covariance.tolist()),
    )


def slopes(model: Fitted, statistic: Callable[[Any], Any]) -> Floats:
    """Slopes of a figure, or of an array of figures, by the logarithm of each parameter.

    Shape (parameters,) or (parameters, figures).
    """
    import numpy as np

    made = []
    for name, value in model.parameters.items():
        up, down = (
            statistic(model.moved({**model.parameters, name: value * exp(step)}))
            for step in (MOVED, -MOVED)
        )
        made.append((np.asarray(up) - np.asarray(down)) / (2 * MOVED))
    return np.array(made, dtype=float)


def delta_variance(model: Fitted, slope: Floats) -> float:
    """Variance of a figure that comes from the model's own uncertainty (the delta method).

    Args:
        model: what the figure is made of.
        slope: its slopes by the logarithm of each parameter.
    """
    import numpy as np

    return float(slope @ np.asarray(model.covariance) @ slope)
