"""Who buys when: arrivals by day, then a chance of each next order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.synth.calendar import HISTORY_DAYS, growth, season, weekday

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

BURN_IN_DAYS = 1096
"""Years before the history that only bring the custom to its steady state."""
MOST_ORDERS = 60
FUNNEL = ("cart_rate", "checkout_rate", "complete_rate")


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    """Arrivals, the oldest first: the day, how they began, how they differ; equal lengths."""

    back: NDArray[np.float64]
    trial: NDArray[np.bool_]
    coupon: NDArray[np.bool_]
    loyalty: NDArray[np.float64]
    pace: NDArray[np.float64]


def buying(rates: Rates, random: np.random.Generator) -> pd.DataFrame:
    """Orders of the history: who, back (days to the end), times (1 = first), trial, coupon.

    The first order is on the day of arrival. After it a customer orders again with a chance that
    holds on the day of the last order; the gaps are gamma, each customer at an own pace.
    """
    import numpy as np
    import pandas as pd

    arriving, kinds, chances, gaps = random.spawn(4)
    people = _people(rates, _arrivals(rates, arriving), kinds)
    n = len(people.back)
    draws = chances.random((n, MOST_ORDERS))
    shape = rates.base("gap_shape")
    waits = gaps.gamma(shape, 1 / shape, (n, MOST_ORDERS))
    who, back, parts = np.arange(n), people.back, []
    for times in range(1, MOST_ORDERS + 1):
        parts.append(pd.DataFrame({"who": who, "back": back, "times": times}))
        again = draws[who, times - 1] < _chance(rates, people, who, (times, back))
        wait = 1 + waits[who, times - 1] * rates.at("gap_days", back) * people.pace[who]
        back = np.round(back - wait)
        keep = again & (back >= 0)
        who, back = who[keep], back[keep]
    made = pd.concat(parts, ignore_index=True)
    made["trial"] = people.trial[made["who"]] & (made["times"] == 1)
    made["began_by_trial"] = people.trial[made["who"]]
    made["began_by_coupon"] = people.coupon[made["who"]]
    made = made[made["back"] < HISTORY_DAYS]
    return made.sort_values(["back", "who"], ascending=[False, True], ignore_index=True)


def _arrivals(rates: Rates, random: np.random.Generator) -> NDArray[np.float64]:
    """Days of the first orders; visits that no longer end in an order bring no customer."""
    import numpy as np
    from scipy.stats import poisson

    days = np.arange(HISTORY_DAYS + BURN_IN_DAYS - 1, -1.0, -1.0)
    level = rates.at("new_a_day", days) * growth(days, rates.base("growth_year"))
    level = level * season(days, rates.base("season")) * weekday(days, rates.base("weekend_lift"))
    for step in FUNNEL:
        level = level * rates.at(step, days) / rates.base(step)
    counts = poisson.ppf(random.random(len(days)), level).astype(int)
    return np.repeat(days, counts)


def _people(rates: Rates, back: NDArray[np.float64], random: np.random.Generator) -> _People:
    first, second, third, fourth = random.spawn(4)
    n, spread, paces = len(back), rates.base("customer_spread"), rates.base("pace_spread")
    return _People(
        back=back,
        trial=first.random(n) < rates.at("trial_share", back),
        coupon=second.random(n) < rates.at("coupon_share", back),
        loyalty=third.gamma(1 / spread, spread, n),
        pace=fourth.gamma(1 / paces, paces, n).clip(0.3),
    )


def _chance(
    rates: Rates, people: _People, who: NDArray[np.int64], at: tuple[int, NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Chance of another order: step-up after a trial, then second, third, and every later one."""
    import numpy as np

    times, back = at
    begun = times - people.trial[who]
    second = rates.at("second_chance", back)
    weak = np.where(people.coupon[who], rates.at("coupon_entry_loyalty", back), 1.0)
    later = rates.at("later_chance", back) ** people.loyalty[who]
    of_order = [rates.at("stepup_chance", back), second * weak, rates.at("third_chance", back)]
    return np.select([begun == 0, begun == 1, begun == 2], of_order, later)
