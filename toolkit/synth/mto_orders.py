"""Orders of a maker to order: what is ordered at which price, and when it is sent and billed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.synth.calendar import back_of
from toolkit.synth.mto_accounts import Accounts, order_days
from toolkit.synth.texts import rows, word
from toolkit.synth.tob_time import added, known, month_end, working_day

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from toolkit.synth.rates import Rates

    Floats = NDArray[np.float64]

ITEMS = rows("parts", "items")
FIRST, WEAK = 0, 3
"""The item most bought, and the one whose price may be wrong."""
SHARE_BILLED_MONTHLY = 0.3
CANCEL_SHARE = 0.015
CHANNEL = word("orders", "channels", "direct")
CANCELLED, DELIVERED, IN_WORK = (
    word("orders", "status", name) for name in ("cancelled", "delivered", "in_work")
)


def unit_costs() -> Floats:
    """Standard cost of a unit of each item, yen."""
    import numpy as np

    return np.array([item["cost"] for item in ITEMS], dtype=float)


def orders(rates: Rates, random: np.random.Generator, who: Accounts) -> pd.DataFrame:
    """One row an order, by day; the columns of the orders table, and ``item`` (its place).

    Orders of the last weeks are not sent or billed yet: those days are blank.
    """
    import numpy as np
    import pandas as pd

    when, what, ways = random.spawn(3)
    account, back = order_days(rates, when, who)
    n = len(account)
    made = pd.DataFrame({"order_id": [f"M{at:06d}" for at in range(1, n + 1)]})
    made["customer_id"] = who.names[account]
    made["order_date"] = np.minimum(working_day(back), working_day(np.full(n, 0.0)))
    made["channel"] = CHANNEL
    made = made.assign(**_goods(rates, what, who, (account, back)))
    cancelled = ways.random(n) < CANCEL_SHARE
    days = _days(rates, ways, made, account)
    for name, dates in days.items():
        made[name] = dates.where(~cancelled)
    made["promised_at"] = days["promised_at"]
    sent = made["delivered_at"].notna()
    made["status"] = np.where(cancelled, CANCELLED, np.where(sent, DELIVERED, IN_WORK))
    return made


def _goods(
    rates: Rates,
    random: np.random.Generator,
    who: Accounts,
    placed: tuple[NDArray[np.int64], Floats],
) -> dict[str, Any]:
    """Item, quantity, amount: quantities by a usual price, amounts by the account's own."""
    import numpy as np

    account, back = placed
    n = len(account)
    weights = np.array([one["share"] for one in ITEMS])
    item = random.choice(len(ITEMS), n, p=weights / weights.sum())
    item = np.where(random.random(n) < rates.at("first_item_share", back), FIRST, item)
    usual = np.round(unit_costs() / rates.base("cogs_share"), -1)[item]
    value = who.size[account] * random.lognormal(0.0, rates.base("order_spread"), n)
    value = value * _first_account(rates, who, account, back)
    quantity = np.maximum(1, np.rint(value / usual)).astype(np.int64)
    own = 1 + 0.03 * (2 * who.draw[account] - 1)
    cheap = who.draw[account] < rates.at("cheap_account_share", back)
    price = usual * own * rates.at("price_level", back)
    price = price * np.where(cheap, rates.base("cheap_price"), 1.0)
    price = price * np.where(item == WEAK, rates.at("weak_item_price", back), 1.0)
    amount = (quantity * np.rint(price)).astype(np.int64)
    names = np.array([one["product"] for one in ITEMS], dtype=object)
    return {"item": item, "product": names[item], "quantity": quantity, "amount": amount}


def _first_account(rates: Rates, who: Accounts, account: NDArray[np.int64], back: Floats) -> Floats:
    """How much larger the first account's orders are than its own, to hold a share of sales."""
    import numpy as np

    own = account == who.first
    worth = who.size[account]
    natural = float(worth[own].sum() / worth.sum())
    share = np.maximum(rates.at("first_account_share", back), natural)
    times = share / (1 - share) * (1 - natural) / natural
    return np.where(own, times, 1.0)


def _days(
    rates: Rates, random: np.random.Generator, made: pd.DataFrame, account: NDArray[np.int64]
) -> dict[str, pd.Series]:
    """Promised, shipped, delivered, invoiced, due and returned, as far as it has happened."""
    import numpy as np
    import pandas as pd

    n, ordered = len(made), pd.DatetimeIndex(made["order_date"])
    back = back_of(ordered)
    took = random.lognormal(0.0, 0.35, n) * rates.at("lead_days", back)
    promised = working_day(back_of(added(ordered, np.maximum(3, took))))
    late = random.random(n) < rates.at("late_share", back)
    apart = np.where(late, 1 + random.geometric(0.2, n), -random.integers(0, 2, n))
    delivered = working_day(back_of(added(promised, apart)))
    shipped = added(delivered, np.full(n, -1.0))
    shipped = working_day(back_of(shipped) + np.where(shipped.day_of_week >= 5, 2, 0))
    lag = np.floor(random.gamma(2.0, 0.5, n) * rates.at("invoice_lag_days", back_of(shipped)))
    monthly = (account * 7 % 10) < 10 * SHARE_BILLED_MONTHLY
    invoiced = pd.DatetimeIndex(np.where(monthly, month_end(shipped), added(shipped, lag)))
    back_again = random.random(n) < rates.at("return_share", back_of(shipped))
    returned = known(added(delivered, random.integers(3, 20, n)))
    billed = known(invoiced)
    return {
        "promised_at": pd.Series(promised),
        "shipped_at": known(shipped),
        "delivered_at": known(delivered),
        "invoiced_at": billed,
        "due_at": pd.Series(month_end(invoiced, 1)).where(billed.notna()),
        "returned_at": returned.where(back_again),
    }
