"""Orders and sales to come of known customers: totals of the models, with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

from toolkit.errors import InputError
from toolkit.measures.intervals import Interval, both_levels
from toolkit.models import BgNbd, GammaGamma
from toolkit.models.likelihood import delta_variance, slopes

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Floats

HISTORY = ["x", "t_x", "T"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total of all customers and its variance; None where the variance has no end."""

    value: float
    variance: float | None

    def interval(self, scale: float = 1.0, most: float | None = None) -> Interval | None:
        """Normal bounds of ``scale`` times the total, from 0 on (and up to ``most``)."""
        if self.variance is None:
            return None
        spread = self.variance**0.5

        def bounds(level: float) -> tuple[float, float]:
            half = NormalDist().inv_cdf(0.5 + level / 2) * spread
            high = self.value + half if most is None else min(self.value + half, most)
            return max(0.0, self.value - half) * scale, high * scale

        return both_levels(bounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Repeat orders within some weeks: in all, by customer (an array), and their sales.

    ``sales`` is None where the data do not fix a model of values.
    """

    orders: Total
    each: Floats
    sales: Total | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """The models fitted to customers at a day, and those customers (see ``histories_at``).

    A total varies for two reasons, and both are in its interval: each customer's orders and
    values are drawn by chance (their exact variance under the model), and the parameters are
    estimates (delta method). That the model itself may be wrong is for a back-test to tell.
    """

    customers: pandas.DataFrame
    purchases: BgNbd
    values: GammaGamma | None

    def ahead(self, weeks: float) -> Ahead:
        """What the customers are expected to order within the weeks after the day."""
        import numpy as np

        found, place = np.unique(
            self.customers[HISTORY].to_numpy(float), axis=0, return_inverse=True
        )
        history = tuple(found.T)
        mean, variance = self.purchases.purchases(weeks, *history)
        slope = slopes(self.purchases, lambda model: model.expected_purchases(weeks, *history))
        count = np.bincount(place).astype(float)
        orders = Total(
            value=float((count * mean).sum()),
            variance=float((count * variance).sum())
            + delta_variance(self.purchases, slope @ count),
        )
        each = (mean[place], variance[place])
        return Ahead(orders=orders, each=each[0], sales=self._sales(*each, slope[:, place]))

    def _sales(self, mean: Floats, variance: Floats, slope: Floats) -> Total | None:
        """Sales of the orders; an order varies around the customer's own mean value.

        That mean value is itself known only by its distribution after what the customer spent.
        """
        import numpy as np

        model = self.values
        if model is None:
            return None
        spent = (self.customers["paid"], self.customers["mean_value"])
        value, square = model.expected_value(*spent), model.expected_square(*spent)
        by_chance = mean * square / model.p + (variance + mean**2) * square - (mean * value) ** 2
        by_value = slopes(model, lambda one: float((mean * one.expected_value(*spent)).sum()))
        whole = (
            float(by_chance.sum())
            + delta_variance(self.purchases, slope @ value)
            + delta_variance(model, by_value)
        )
        return Total(
            value=float((mean * value).sum()), variance=whole if np.isfinite(whole) else None
        )

    def still_there(self) -> Total | None:
        """Share of customers with a repeat who have not left; None where nobody has one."""
        rows = self.customers[self.customers["x"] > 0]
        if rows.empty:
            return None
        history = tuple(rows[HISTORY].to_numpy(float).T)
        chance = self.purchases.alive(*history)
        slope = slopes(self.purchases, lambda model: float(model.alive(*history).mean()))
        by_chance = float((chance * (1 - chance)).sum()) / len(rows) ** 2
        return Total(
            value=float(chance.mean()),
            variance=by_chance + delta_variance(self.purchases, slope),
        )


def forecast(customers: pandas.DataFrame) -> Forecast | None:
    """Both models fitted to customers (see ``histories_at``).

    None where the purchases do not fix their model; values are missing where they do not.
    """
    try:
        purchases = BgNbd.fit(customers["x"], customers["t_x"], customers["T"])
    except InputError:
        return None
    return Forecast(customers=customers, purchases=purchases, values=_values(customers))


def _values(customers: pandas.DataFrame) -> GammaGamma | None:
    try:
        found = GammaGamma.fit(customers["paid"], customers["mean_value"])
        found.expected_value([0.0], [0.0])  # a mean for all customers must exist
    except InputError:
        return None
    return found
