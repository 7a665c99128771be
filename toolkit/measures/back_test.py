"""What the models would have said of months that are over, against what came (予測の検証)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from toolkit.measures.forecast import Forecast, forecast
from toolkit.measures.house import size
from toolkit.measures.kept import kept
from toolkit.measures.months import (
    DAYS_A_WEEK,
    MONTHS_A_YEAR,
    day_number,
    day_of,
    months_before,
    months_between,
)
from toolkit.measures.orders import order_coverage
from toolkit.measures.purchase_days import histories_at, purchase_days, repeats_between

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

HELD_OUT = 4
"""One part in so many of the months is held out, the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackTest:
    """A forecast made from the months before ``cut``, and what came from then to ``last``.

    ``came`` and ``before`` (the stretch of equal length up to the cut, which a plain rule
    continues) hold repeat ``orders`` and ``sales`` of each customer of the forecast.
    """

    days: pandas.DataFrame
    first: date
    cut: date
    last: date
    months: int
    forecast: Forecast
    came: pandas.DataFrame
    before: pandas.DataFrame

    @property
    def weeks(self) -> float:
        """Length of the months held out."""
        return (self.last - self.cut).days / DAYS_A_WEEK


@kept
def back_test(s: Summaries) -> BackTest | str | None:
    """The back-test, the reason why there is none, or None without an order of a customer.

    Reasons: ``immature`` under a year of orders, ``small_n`` with too few customers or repeat
    customers in the months before, ``not_fitted`` where the data do not fix the model.
    """
    covered = order_coverage(s)
    if covered is None or s.customers is None or s.customers.empty:
        return None
    days = purchase_days(s)
    if days.empty:
        return None
    first, last = day_of(float(days["day"].min())), covered.last
    whole = months_between(first, last)
    if whole < size(s, "models_least_months"):
        return "immature"
    months = min(whole // HELD_OUT, MONTHS_A_YEAR)
    cut = months_before(last, months)
    customers = histories_at(days, day_number(cut))
    repeaters = int((customers["x"] > 0).sum())
    if len(customers) < size(s, "models_customers") or repeaters < size(s, "models_repeaters"):
        return "small_n"
    made = forecast(customers)
    if made is None:
        return "not_fitted"
    since, until = day_number(cut), day_number(last)
    start = day_number(months_before(cut, months))
    return BackTest(
        days=days,
        first=first,
        cut=cut,
        last=last,
        months=months,
        forecast=made,
        came=repeats_between(_within(days, since, until), customers["first"]),
        before=repeats_between(_within(days, start, since), customers["first"]),
    )


def _within(days: pandas.DataFrame, after: int, upto: int) -> pandas.DataFrame:
    return days[(days["day"] > after) & (days["day"] <= upto)]
