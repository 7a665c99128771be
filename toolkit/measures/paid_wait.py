"""Paid orders that wait for someone to send them on (入金後の出荷待ち)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import day_of, period
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

WAIT = "delivery.paid_wait_share"
RECENT_DAYS = 90
# An order promised for a later day than this after payment waits by agreement.
PROMISED_DAYS = 7


def paid_wait_facts(s: Summaries) -> Iterator[Fact]:
    """Orders shipped more than one working day after payment ÷ orders paid before shipping.

    The last 90 days up to the last shipment. Working days are Monday to Friday. Subscription
    deliveries and orders promised for more than a week after payment wait by agreement.
    """
    if not s.has("orders", "paid_at", "shipped_at"):
        return
    orders = _prepaid(s.tables["orders"])
    if orders.empty:
        return
    last = float(orders["shipped"].max())
    recent = orders[orders["shipped"] > last - RECENT_DAYS]
    hits, n = int((_working_days(recent) > 1).sum()), len(recent)
    over = period(day_of(last - RECENT_DAYS + 1), day_of(last))
    yield bounded(Fact(id=WAIT, value=hits / n, n=n, period=over), wilson(hits, n))


def _prepaid(frame: pandas.DataFrame) -> pandas.DataFrame:
    """A row per order paid before its first parcel left: both days, and the day promised."""
    import numpy as np
    import pandas as pd

    rows = frame[~frame["_cancelled"]]
    for name in ("subscription_no", "subscription_count"):
        if name in rows:
            rows = rows[rows[name].isna()]
    days = {"paid": "paid_at", "shipped": "shipped_at", "promised": "promised_at"}
    columns = {
        name: day_numbers(rows[column]) // 1 if column in rows else np.nan
        for name, column in days.items()
    }
    made = pd.DataFrame({"order_id": rows["order_id"], **columns}).groupby("order_id")
    orders = made.agg({"paid": "max", "shipped": "min", "promised": "min"})
    by_agreement = orders["promised"] - orders["paid"] > PROMISED_DAYS
    return orders[(orders["paid"] <= orders["shipped"]) & ~by_agreement]


def _working_days(orders: pandas.DataFrame) -> pandas.Series[int]:
    """Working days from payment to shipping."""
    import numpy as np
    import pandas as pd

    first, last = (orders[name].to_numpy("int64").view("M8[D]") for name in ("paid", "shipped"))
    return pd.Series(np.busday_count(first, last), orders.index)
