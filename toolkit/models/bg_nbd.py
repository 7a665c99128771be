"""BG/NBD: purchases at each customer's own rate, until one after which no more come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError
from toolkit.models.likelihood import maximise
from toolkit.models.patterns import Patterns, collapse, histories
from toolkit.models.purchases import expected_while_there, purchase_moments

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[numpy.float64]

STARTS = ((0.5, 0.5, 1.0, 2.0), (1.0, 1.0, 0.3, 1.0), (0.3, 0.1, 0.1, 3.0))


@dataclass(frozen=True, slots=True, kw_only=True)
class BgNbd:
    """Fader, Hardie and Lee (2005), fitted to the customers' repeat purchases.

    Rates of purchase vary as Gamma(``r``, ``alpha``), the chance to leave after each purchase as
    Beta(``a``, ``b``). Time is in the unit given to :meth:`fit` (the published figures: weeks).
    A customer who has not bought again counts as still there: the model lets people leave only
    after a repeat purchase, so say nothing of them by :meth:`alive`.
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    standard_errors: Mapping[str, float]
    n: float
    covariance: tuple[tuple[float, ...], ...]
    """Of the logarithms of r, alpha, a, b."""

    @classmethod
    def fit(
        cls, x: ArrayLike, t_x: ArrayLike, T: ArrayLike, weights: ArrayLike | None = None
    ) -> BgNbd:
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
    def of_patterns(cls, patterns: Patterns) -> BgNbd:
        """The same for patterns already made, collapsed or not."""
        import numpy as np

        if not (patterns.x * patterns.weight).sum() > 0:
            raise InputError("model_no_repeats")
        likelihood = _Likelihood.of(patterns)
        found = maximise(likelihood, patterns.customers, STARTS)
        r, alpha, a, b = found.parameters
        scale = likelihood.scale
        errors = dict(zip(("r", "alpha", "a", "b"), found.errors, strict=True))
        errors["alpha"] *= scale
        bought = float((patterns.x * patterns.weight).sum())
        return cls(
            r=r,
            alpha=alpha * scale,
            a=a,
            b=b,
            log_likelihood=found.log_likelihood - bought * float(np.log(scale)),
            standard_errors=errors,
            n=patterns.customers,
            covariance=found.covariance,
        )

    @property
    def parameters(self) -> Mapping[str, float]:
        """The four by name."""
        return {"r": self.r, "alpha": self.alpha, "a": self.a, "b": self.b}

    def moved(self, parameters: Mapping[str, float]) -> BgNbd:
        """The model at other parameters, for slopes."""
        return replace(self, **parameters)  # type: ignore[arg-type]

    def alive(self, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Chance that each customer has not left; 1 for those without a repeat."""
        import numpy as np
        from scipy.special import expit

        rows = histories(x, t_x, T)
        again = np.maximum(rows.x, 1.0)
        gone = np.log(self.a / (self.b + again - 1)) + (self.r + rows.x) * (
            np.log(self.alpha + rows.T) - np.log(self.alpha + rows.t_x)
        )
        return np.where(rows.x > 0, expit(-gone), 1.0)

    def expected_purchases(self, t: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike) -> Floats:
        """Purchases each customer is expected to make in the time ``t`` after ``T``."""
        rows = histories(x, t_x, T)
        mean = expected_while_there(
            t, rows.x, (self.r + rows.x, self.alpha + rows.T), (self.a, self.b)
        )
        made: Floats = self.alive(rows.x, rows.t_x, rows.T) * mean
        return made

    def purchases(
        self, t: float, x: ArrayLike, t_x: ArrayLike, T: ArrayLike
    ) -> tuple[Floats, Floats]:
        """Mean and variance of each customer's purchases in the time ``t`` after ``T``."""
        rows = histories(x, t_x, T)
        mean, square = purchase_moments(
            t, rows.x, (self.r + rows.x, self.alpha + rows.T), (self.a, self.b)
        )
        there = self.alive(rows.x, rows.t_x, rows.T)
        return there * mean, there * square - (there * mean) ** 2

    def expected_new(self, t: float) -> float:
        """Repeat purchases a new customer is expected to make within ``t`` of the first one."""
        import numpy as np

        none = np.zeros(1)
        rate = (none + self.r, none + self.alpha)
        return float(expected_while_there(t, none, rate, (self.a, self.b))[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likelihood:
    """Log-likelihood of histories whose time is divided by ``scale``, and its gradient.

    What depends on ``x`` alone is summed over the few different numbers of purchases.
    """

    x: Floats
    t_x: Floats
    T: Floats
    weight: Floats
    times: Floats
    people: Floats
    scale: float

    @classmethod
    def of(cls, patterns: Patterns) -> _Likelihood:
        import numpy as np

        scale = float((patterns.T * patterns.weight).sum()) / patterns.customers
        if scale <= 0:
            raise InputError("model_no_repeats")
        times, place = np.unique(patterns.x, return_inverse=True)
        return cls(
            x=patterns.x,
            t_x=patterns.t_x / scale,
            T=patterns.T / scale,
            weight=patterns.weight,
            times=times,
            people=np.bincount(place, weights=patterns.weight).astype(float),
            scale=scale,
        )

    def __call__(self, parameters: Floats) -> tuple[float, Floats]:
        import numpy as np

        r, alpha, a, b = parameters
        to_end, to_last = np.log(alpha + self.T), np.log(alpha + self.t_x)
        stays = -(r + self.x) * to_end
        again = np.maximum(b + self.x - 1, np.finfo(float).tiny)
        leaves = np.where(self.x > 0, np.log(a) - np.log(again) - (r + self.x) * to_last, -np.inf)
        either = np.logaddexp(stays, leaves)
        left = np.exp(leaves - either)
        gone, here = self.weight * left, self.weight * (1 - left)
        value, slope = self._of_counts(r, alpha, a, b)
        value += float((self.weight * either).sum())
        slope += [
            -(here * to_end + gone * to_last).sum(),
            -((r + self.x) * (here / (alpha + self.T) + gone / (alpha + self.t_x))).sum(),
            gone.sum() / a,
            -(gone / again).sum(),
        ]
        return value, slope

    def _of_counts(self, r: float, alpha: float, a: float, b: float) -> tuple[float, Any]:
        import numpy as np
        from scipy.special import digamma, gammaln

        x, n = self.times, self.people
        value = (
            gammaln(r + x)
            - gammaln(r)
            + r * np.log(alpha)
            + gammaln(a + b)
            + gammaln(b + x)
            - gammaln(b)
            - gammaln(a + b + x)
        )
        both = digamma(a + b) - digamma(a + b + x)
        slopes = (
            digamma(r + x) - digamma(r) + np.log(alpha),
            r / alpha,
            both,
            both + digamma(b + x) - digamma(b),
        )
        return float((n * value).sum()), np.array([(n * slope).sum() for slope in slopes])
