"""Pareto/NBD: purchases at each customer's own rate, until an unseen moment of leaving."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.models.departure import Departure, departure
from toolkit.models.likelihood import maximise
from toolkit.models.patterns import Patterns, collapse, histories

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[numpy.float64]

STARTS = ((0.5, 0.5, 0.5, 0.5), (1.0, 1.0, 1.0, 1.0), (0.3, 0.1, 0.5, 2.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ParetoNbd:
    """Schmittlein, Morrison and Colombo (1987), fitted to the customers' repeat purchases.

    Rates of purchase vary as Gamma(``r``, ``alpha``), rates of leaving as Gamma(``s``,
    ``beta``). Time is in the unit given to :meth:`fit` (the published figures: weeks).
    """

    r: float
    alpha: float
    s: float
    beta: float
    log_likelihood: float
    standard_errors: Mapping[str, float]
    n: float
    covariance: tuple[tuple[float, ...], ...]
    """Of the logarithms of r, alpha, s, beta."""

    @classmethod
    def fit(
        cls, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None
    ) -> ParetoNbd:
        """Greatest likelihood over customers; equal histories are counted once.

        Args:
            x: repeat purchases (those after the first).
            t_x: time from the first purchase to the last, 0 without a repeat.
            T: time from the first purchase to the end of observation.
            weights: how many customers each entry stands for.

        Raises:
            UsageError: arrays that are no histories.
            InputError: nobody bought again, or the data do not fix the parameters.
        """
        return cls.of_patterns(collapse(histories(x, t_x, T, weights)))

    @classmethod
    def of_patterns(cls, patterns: Patterns) -> ParetoNbd:
        """The same for patterns already made, collapsed or not."""
        import numpy as np

        bought = float((patterns.x * patterns.weight).sum())
        scale = float((patterns.T * patterns.weight).sum()) / max(patterns.customers, 1.0)
        if not (bought > 0 and scale > 0):
            raise InputError("model_no_repeats")
        likelihood = _Likelihood(
            rows=replace(patterns, t_x=patterns.t_x / scale, T=patterns.T / scale)
        )
        found = maximise(likelihood, patterns.customers, STARTS)
        r, alpha, s, beta = found.parameters
        errors = dict(zip(("r", "alpha", "s", "beta"), found.errors, strict=True))
        return cls(
            r=r,
            alpha=alpha * scale,
            s=s,
            beta=beta * scale,
            log_likelihood=found.log_likelihood - bought * float(np.log(scale)),
            standard_errors={
                **errors,
                "alpha": errors["alpha"] * scale,
                "beta": errors["beta"] * scale,
            },
            n=patterns.customers,
            covariance=found.covariance,
        )

    @property
    def parameters(self) -> Mapping[str, float]:
        """The four by name."""
        return {"r": self.r, "alpha": self.alpha, "s": self.s, "beta": self.beta}

    def moved(self, parameters: Mapping[str, float]) -> ParetoNbd:
        """The model at other parameters, for slopes."""
        return replace(self, **parameters)  # type: ignore[arg-type]

    def alive(self, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Chance that each customer has not left by ``T``."""
        from scipy.special import expit

        rows = histories(x, t_x, T)
        made = departure(rows, self.r, self.alpha, self.s, self.beta)
        return expit(made.stays - made.leaves)  # type: ignore[no-any-return]

    def expected_purchases(self, t: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Purchases each customer is expected to make in the time ``t`` after ``T``."""
        rows = histories(x, t_x, T)
        rate = (self.r + rows.x) / (self.alpha + rows.T)
        there = self.alive(rows.x, rows.t_x, rows.T)
        made: Floats = there * rate * _time_there(t, self.s, self.beta + rows.T)
        return made

    def expected_new(self, t: float) -> float:
        """Repeat purchases a new customer is expected to make within ``t`` of the first one."""
        import numpy as np

        return self.r / self.alpha * float(_time_there(t, self.s, np.array(self.beta)))


def _time_there(t: float, s: float, per: Floats) -> Floats:
    """Mean time within ``t`` before a customer leaves, whose rate of leaving is Gamma(s, per).

    Written so that nothing is divided by s − 1, which may be 0.
    """
    import numpy as np
    from scipy.special import exprel

    grown = np.log1p(t / per)
    made: Floats = per * grown * exprel(-(s - 1) * grown)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likelihood:
    """Log-likelihood of the patterns and its gradient."""

    rows: Patterns

    def __call__(self, parameters: Floats) -> tuple[float, Floats]:
        import numpy as np
        from scipy.special import digamma, gammaln

        r, alpha, s, beta = parameters
        x, T, weight = self.rows.x, self.rows.T, self.rows.weight
        made: Departure = departure(self.rows, r, alpha, s, beta)
        either = np.logaddexp(made.stays, made.leaves)
        left = np.exp(made.leaves - either)
        here = 1 - left
        value = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + either
        slopes = (
            digamma(r + x)
            - digamma(r)
            + np.log(alpha)
            - here * np.log(alpha + T)
            - left * made.log_alpha,
            r / alpha - (r + x) * (here / (alpha + T) + left * made.per_alpha),
            np.log(beta) - here * np.log(beta + T) + left * (1 / s - made.log_beta),
            s / beta - here * s / (beta + T) - left * (s + 1) * made.per_beta,
        )
        return float((weight * value).sum()), np.array([(weight * one).sum() for one in slopes])
