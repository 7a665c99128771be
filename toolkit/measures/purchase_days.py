"""What each customer had bought by a day, as models of free purchase take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.months import DAYS_A_WEEK

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries


def purchase_days(s: Summaries) -> pandas.DataFrame:
    """Customer, day and amount, a row per customer and day, sorted by both.

    Guests are left out, and so are orders that a subscription makes by itself. Orders of one day
    count once: a basket split in two is no second decision to buy.
    """
    assert s.orders is not None
    orders = s.orders[s.orders["customer_id"].notna()]
    if s.has("orders", "subscription_count"):
        rows = s.tables["orders"]
        subscribed = rows.loc[rows["subscription_count"] >= 1, "order_id"]
        orders = orders[~orders["order_id"].isin(subscribed)]
    days = orders.assign(day=orders["day_no"] // 1)
    made: pandas.DataFrame = (
        days.groupby(["customer_id", "day"], sort=True)["amount"].sum().reset_index()
    )
    return made


def histories_at(days: pandas.DataFrame, end: float) -> pandas.DataFrame:
    """A row per customer seen by the day number ``end``, in the order of their codes.

    ``x`` repeat days, ``t_x`` and ``T`` weeks from the first day to the last and to ``end``;
    ``paid`` repeat days with an amount above 0 and ``mean_value`` their mean (0 without any).
    """
    known = days[days["day"] <= end]
    groups = known.groupby("customer_id", sort=True)["day"]
    first, last = groups.min(), groups.max()
    again = known[(known["day"] > known["customer_id"].map(first)) & (known["amount"] > 0)]
    values = again.groupby("customer_id")["amount"]
    made = first.to_frame("first").assign(
        x=groups.size() - 1,
        t_x=(last - first) / DAYS_A_WEEK,
        T=(end - first) / DAYS_A_WEEK,
        paid=values.size(),
        mean_value=values.mean(),
    )
    return made.fillna({"paid": 0.0, "mean_value": 0.0})


def repeats_between(days: pandas.DataFrame, first: pandas.Series[float]) -> pandas.DataFrame:
    """Repeat ``orders`` and ``sales`` in ``days`` of each customer of ``first`` (days by code)."""
    again = days[days["day"] > days["customer_id"].map(first)]
    groups = again.groupby("customer_id")["amount"]
    made = groups.size().to_frame("orders").assign(sales=groups.sum())
    return made.reindex(first.index, fill_value=0)
