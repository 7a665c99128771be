"""Accounts of a maker to order: when they come, how often they order, when they leave (取引先)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.synth.tob_time import DAYS, DAYS_A_MONTH, DAYS_A_YEAR, arrivals, every_day
from toolkit.synth.tob_work import busy_days

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

    Floats = NDArray[np.float64]

TRIES_AGAIN = 0.3
"""Share of those who come once that order a second time."""
TOP = 0.1
"""Part of the accounts that counts as the largest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Accounts:
    """One entry an account: its name, first and last place in the days, pace, size and draws.

    ``come`` and ``leave`` are places in ``every_day`` (``leave`` beyond it: still there),
    ``pace`` orders a year, ``size`` yen of a usual order, ``most`` the most orders it makes;
    ``draw`` decides once whether an account is one of those to which something happens.
    """

    names: NDArray[np.object_]
    come: NDArray[np.int64]
    leave: NDArray[np.int64]
    pace: Floats
    size: Floats
    most: NDArray[np.int64]
    draw: Floats

    @property
    def first(self) -> int:
        """The account that buys most, of those from before the first day."""
        import numpy as np

        return int(np.where(self.come < 0, self.worth, 0.0).argmax())

    @property
    def worth(self) -> Floats:
        """Yen a year that each would buy in its own way; nothing for those that come once."""
        import numpy as np

        return np.where(self.most >= DAYS, self.pace * self.size, 0.0)

    @property
    def top(self) -> NDArray[np.bool_]:
        """The tenth that buys most."""
        import numpy as np

        made: NDArray[np.bool_] = self.worth >= np.quantile(self.worth, 1 - TOP)
        return made


def accounts(rates: Rates, random: np.random.Generator) -> Accounts:
    """Accounts from before the first day, those won since, and those that come for one order."""
    import numpy as np

    old, new, once = random.spawn(3)
    days = every_day()
    groups = [
        (old, np.full(round(rates.base("accounts_at_start")), float(DAYS))),
        (new, arrivals(new, rates.at("new_accounts_a_month", days) / DAYS_A_MONTH)),
        (once, arrivals(once, rates.at("one_off_accounts_a_month", days) / DAYS_A_MONTH)),
    ]
    parts = [_group(rates, chance, back, chance is once) for chance, back in groups]
    joined = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    names = np.array([f"A{at:04d}" for at in range(1, len(joined["come"]) + 1)], dtype=object)
    made = Accounts(names=names, **joined)
    made.leave[made.first] = DAYS  # the largest account stays: firms hold on to it
    return made


def _group(
    rates: Rates, random: np.random.Generator, back: Floats, once: bool
) -> dict[str, NDArray[np.generic]]:
    import numpy as np

    n = len(back)
    come = np.maximum(-1, DAYS - 1 - back).astype(np.int64)
    pace = random.lognormal(np.log(rates.base("orders_a_year")), rates.base("pace_spread"), n)
    patience = random.exponential(1.0, n)
    hazard = np.cumsum(rates.at("leave_rate", every_day())) / DAYS_A_YEAR
    begun = np.where(come >= 0, hazard[np.maximum(come, 0)], 0.0)
    leave = np.searchsorted(hazard, begun + patience)
    again = 1 + (random.random(n) < TRIES_AGAIN)
    return {
        "come": come,
        "leave": np.full(n, DAYS) if once else leave,
        "pace": np.minimum(pace, rates.base("orders_a_year_most")),
        "size": random.lognormal(np.log(rates.base("order_yen")), rates.base("size_spread"), n),
        "most": again if once else np.full(n, DAYS),
        "draw": random.random(n),
    }


def order_days(
    rates: Rates, random: np.random.Generator, who: Accounts
) -> tuple[NDArray[np.int64], Floats]:
    """Account (its place) and day counted back of every order, the oldest first.

    Intervals of an account are regular to a degree (gamma); its clock runs faster in busy
    months, and slower where all accounts order less.
    """
    import numpy as np

    days = every_day()
    clock = np.cumsum(busy_days(days) * rates.at("order_rate", days)) / DAYS_A_YEAR
    shape, n = rates.base("interval_shape"), len(who.names)
    count = int(np.ceil(who.pace.max() * (DAYS / DAYS_A_YEAR) * 1.5)) + 20
    gaps = random.gamma(shape, 1 / shape, (n, count)) / who.pace[:, None]
    # Old accounts are met amid an interval, new ones with their first order.
    gaps[:, 0] *= np.where(who.come < 0, random.random(n), 0.0)
    begun = np.where(who.come > 0, clock[np.maximum(who.come - 1, 0)], 0.0)
    moments = begun[:, None] + np.cumsum(gaps, axis=1)
    place = np.searchsorted(clock, moments)
    kept = (place < np.minimum(who.leave, DAYS)[:, None]) & (
        np.arange(count)[None, :] < who.most[:, None]
    )
    account, _ = np.nonzero(kept)
    back = DAYS - 1 - place[kept].astype(float)
    quiet = who.top[account] & (who.draw[account] < rates.at("top_pause_share", back))
    account, back = account[~quiet], back[~quiet]
    order = np.lexsort((account, -back))
    return account[order], back[order]
