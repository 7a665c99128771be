"""How each order was paid and sent: paid, shipped, promised, delivered, returned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import END
from toolkit.synth.orders import CANCELLED, CARD, COD, DEFERRED, REFUSED, STORE

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

LAST_PICK_HOUR = 14
PROMISED_WORKING_DAYS = 3
COLLECTOR_DAYS = 150
"""What a customer does not pay is bought by a collector some five months later."""
DAY = "timedelta64[D]"


def delivered(rates: Rates, made: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Orders with their dates; what lies after the last day of the world is blank."""
    paying, sending, back_again = random.spawn(3)
    made = made.copy()
    made["paid_at"] = _paid_before(made, paying)
    made = _sent(rates, made, sending)
    made = _paid_after(rates, made, paying)
    made = _returned(rates, made, back_again)
    return _seen(made)


def _paid_before(made: pd.DataFrame, random: np.random.Generator) -> pd.Series[pd.Timestamp]:
    """Cards pay at once, prepayments within three days; the others pay later."""
    import pandas as pd

    wait = pd.to_timedelta(random.integers(2, 70, len(made)), unit="h")
    method = made["payment_method"]
    at = made["order_date"].where(method == CARD)
    return at.mask(method == STORE, made["order_date"] + wait)


def _sent(rates: Rates, made: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    n, back = len(made), made["back"].to_numpy()
    start = made["paid_at"].fillna(made["order_date"])
    prepaid = made["paid_at"].notna().to_numpy()
    wait = np.where(start.dt.hour >= LAST_PICK_HOUR, 1, 0)
    wait = wait + 3 * (random.random(n) < rates.at("ship_slow", back))
    wait = wait + 2 * (prepaid & (random.random(n) < rates.at("release_wait", back)))
    sent = _working_days_later(start, wait)
    at = pd.to_timedelta(random.integers(15 * 60, 18 * 60, n), unit="min")
    made["shipped_at"] = pd.DatetimeIndex(sent) + at
    promised = _working_days_later(start, np.full(n, PROMISED_WORKING_DAYS))
    made["promised_at"] = pd.DatetimeIndex(promised) + pd.Timedelta(days=2)
    late = random.random(n) < rates.at("late_share", back)
    took = random.choice((1, 2), n, p=(0.6, 0.4)) + np.where(late, random.integers(4, 8, n), 0)
    made["delivered_at"] = pd.DatetimeIndex(sent + took.astype(DAY))
    unread = random.random(n) < 0.01  # the carrier's message that never came
    made["delivered_at"] = made["delivered_at"].mask(unread)
    return made


def _working_days_later(
    start: pd.Series[pd.Timestamp], days: NDArray[np.int64]
) -> NDArray[np.datetime64]:
    import numpy as np

    dates = start.to_numpy().astype("datetime64[D]")
    return np.asarray(np.busday_offset(dates, days, roll="forward"))


def _paid_after(rates: Rates, made: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Cash on delivery at the door, deferred bills within a month or through a collector."""
    import pandas as pd

    n = len(made)
    method, arrived = (
        made["payment_method"],
        made["shipped_at"].dt.normalize() + pd.Timedelta(2, "D"),
    )
    late = random.random(n) < rates.at("deferred_late", made["back"].to_numpy())
    within = pd.to_timedelta(random.integers(3, 30, n), unit="D")
    collected = pd.to_timedelta(COLLECTOR_DAYS + random.integers(0, 30, n), unit="D")
    later = (arrived + within).mask(late, arrived + collected)
    made["paid_at"] = made["paid_at"].mask(method == COD, arrived).mask(method == DEFERRED, later)
    made["due_at"] = (arrived + pd.Timedelta(days=30)).where(method == DEFERRED)
    return made


def _returned(rates: Rates, made: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    import numpy as np
    import pandas as pd

    n, back = len(made), made["back"].to_numpy()
    # A share of customers send back most of what they order, for years.
    habit = random.random(int(made["who"].max()) + 1)[made["who"]] < rates.at(
        "returner_share", back
    )
    chance = np.where(habit, 0.75, rates.at("return_share", back))
    after = pd.to_timedelta(random.integers(2, 12, n), unit="D")
    returned = (random.random(n) < chance) & made["delivered_at"].notna()
    made["returned_at"] = (made["delivered_at"] + after).where(returned)
    made["wrong_item"] = random.random(n) < rates.at("wrong_share", back)
    return made


def _seen(made: pd.DataFrame) -> pd.DataFrame:
    """What an export of the last day knows: no day to come, and nothing of what was cancelled."""
    import pandas as pd

    end = pd.Timestamp(END) + pd.Timedelta(days=1)
    gone = made["status"] == CANCELLED
    for name in ("paid_at", "shipped_at", "delivered_at", "returned_at"):
        made[name] = made[name].where((made[name] < end) & ~gone)
    refused = made["status"] == REFUSED
    for name in ("paid_at", "delivered_at", "returned_at"):
        made[name] = made[name].mask(refused)
    return made
