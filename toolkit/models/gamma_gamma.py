"""Gamma-Gamma: what one order of a customer is worth, drawn towards that of all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.errors import InputError, UsageError
from toolkit.models.likelihood import maximise

if TYPE_CHECKING:
    import numpy
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[numpy.float64]

STARTS = ((3.0, 3.0, 1.0), (1.0, 2.0, 1.0), (10.0, 5.0, 0.5))
HEADS = 1.0
VARIES = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class GammaGamma:
    """Fader and Hardie (2013), fitted to the mean order value of customers with repeats.

    An order of one customer varies as Gamma(``p``, ν), and ν between customers as
    Gamma(``q``, ``gamma``). It assumes that how much is spent does not hang on how often.
    """

    p: float
    q: float
    gamma: float
    log_likelihood: float
    standard_errors: Mapping[str, float]
    n: float
    covariance: tuple[tuple[float, ...], ...]
    """Of the logarithms of p, q, gamma."""

    @classmethod
    def fit(
        cls, x: ArrayLike, mean_value: ArrayLike, weights: ArrayLike | None = None
    ) -> GammaGamma:
        """Greatest likelihood over the customers with repeats; others are left out.

        Args:
            x: orders behind each mean (in the published figures: repeat purchases).
            mean_value: mean money of those orders, above 0.
            weights: how many customers each entry stands for.

        Raises:
            UsageError: lengths differ, or a mean is missing or not above 0.
            InputError: nobody has a repeat, or the data do not fix the parameters.
        """
        import numpy as np

        times, means, weight = _columns(x, mean_value, weights)
        order = np.lexsort((weight, means, times))  # sums do not hang on the order of rows
        kept = order[(times[order] > 0) & (weight[order] > 0)]
        if not len(kept):
            raise InputError("model_no_repeats")
        times, means, weight = times[kept], means[kept], weight[kept]
        scale = float((means * weight).sum() / weight.sum())
        likelihood = _Likelihood(x=times, z=means / scale, weight=weight)
        found = maximise(likelihood, float(weight.sum()), STARTS)
        p, q, gamma = found.parameters
        errors = dict(zip(("p", "q", "gamma"), found.errors, strict=True))
        return cls(
            p=p,
            q=q,
            gamma=gamma * scale,
            log_likelihood=found.log_likelihood - float(weight.sum() * np.log(scale)),
            standard_errors={**errors, "gamma": errors["gamma"] * scale},
            n=float(weight.sum()),
            covariance=found.covariance,
        )

    @property
    def parameters(self) -> Mapping[str, float]:
        """The three by name."""
        return {"p": self.p, "q": self.q, "gamma": self.gamma}

    def moved(self, parameters: Mapping[str, float]) -> GammaGamma:
        """The model at other parameters, for slopes."""
        return replace(self, **parameters)  # type: ignore[arg-type]

    def expected_value(self, x: ArrayLike, mean_value: ArrayLike) -> Floats:
        """Mean value of each customer's orders to come; without a repeat that of all customers.

        Raises:
            InputError: ``model_no_mean`` where values spread so wide that no mean exists.
        """
        shape, rate = self._posterior(x, mean_value)
        if shape.min(initial=self.q) <= HEADS:
            raise InputError("model_no_mean")
        made: Floats = self.p * rate / (shape - 1)
        return made

    def expected_square(self, x: ArrayLike, mean_value: ArrayLike) -> Floats:
        """Mean square of each customer's own mean value, infinite where it has none."""
        import numpy as np

        shape, rate = self._posterior(x, mean_value)
        with np.errstate(divide="ignore"):
            square = (self.p * rate) ** 2 / ((shape - 1) * np.maximum(shape - VARIES, 0.0))
        made: Floats = square
        return made

    def _posterior(self, x: ArrayLike, mean_value: ArrayLike) -> tuple[Floats, Floats]:
        """Shape and rate of ν given what a customer has spent."""
        import numpy as np

        times, means, _ = _columns(x, mean_value, None)
        spent = np.where(times > 0, times * np.where(times > 0, means, 0.0), 0.0)
        return self.p * times + self.q, self.gamma + spent


def _columns(
    x: ArrayLike, mean_value: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    import numpy as np

    given = [x, mean_value, np.ones(np.shape(x)) if weights is None else weights]
    times, means, weight = (np.atleast_1d(np.asarray(one, dtype=float)) for one in given)
    if times.ndim != 1 or times.shape != means.shape or times.shape != weight.shape:
        raise UsageError("model_lengths")
    rules = (
        ("x ≥ 0", ~(np.isfinite(times) & (times >= 0))),
        ("mean_value > 0", (times > 0) & ~(np.isfinite(means) & (means > 0))),
        ("weights ≥ 0", ~(np.isfinite(weight) & (weight >= 0))),
    )
    for rule, wrong in rules:
        if wrong.any():
            row = str(int(np.argmax(wrong)))
            raise UsageError("model_history", params={"rule": rule, "row": row})
    return times, means, weight


@dataclass(frozen=True, slots=True, kw_only=True)
class _Likelihood:
    """Log-likelihood of mean values divided by their own mean, and its gradient."""

    x: Floats
    z: Floats
    weight: Floats

    def __call__(self, parameters: Floats) -> tuple[float, Floats]:
        import numpy as np
        from scipy.special import digamma, gammaln

        p, q, gamma = parameters
        shape, all_of = p * self.x, p * self.x + q
        spent = self.x * self.z
        log_all, log_spent = np.log(gamma + spent), np.log(spent)
        value = (
            gammaln(all_of)
            - gammaln(shape)
            - gammaln(q)
            + q * np.log(gamma)
            + shape * log_spent
            - np.log(self.z)
            - all_of * log_all
        )
        slopes = (
            self.x * (digamma(all_of) - digamma(shape) + log_spent - log_all),
            digamma(all_of) - digamma(q) + np.log(gamma) - log_all,
            q / gamma - all_of / (gamma + spent),
        )
        weight = self.weight
        return float((weight * value).sum()), np.array([(weight * one).sum() for one in slopes])
