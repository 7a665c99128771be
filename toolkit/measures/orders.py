"""Orders of one client at a moment: windows of time, and what each customer had done by then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.measures.kept import kept
from toolkit.measures.months import coverage, day_number, day_of, months_before, period

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries


def order_period(s: Summaries) -> tuple[str, str]:
    """From the first order to the day the figures are of."""
    assert s.orders is not None
    return period(day_of(float(s.orders["day_no"].min())), s.as_of)


@kept
def order_coverage(s: Summaries) -> Coverage | None:
    """Which days the orders speak for."""
    return None if s.orders is None else coverage(s.orders["day_no"].to_numpy())


def between(orders: pandas.DataFrame, after: date, upto: date) -> pandas.DataFrame:
    """Orders later than the day ``after`` and not later than ``upto``."""
    day = orders["day_no"]
    return orders[(day >= day_number(after) + 1) & (day < day_number(upto) + 1)]


def reaches_back(s: Summaries, months: int) -> bool:
    """Whether orders cover this many months up to the last of them."""
    found = order_coverage(s)
    if found is None:
        return False
    start = months_before(found.last, months) + timedelta(days=1)
    return found.holds(start, found.last)


def in_sequence(orders: pandas.DataFrame) -> pandas.DataFrame:
    """Orders of known customers in their order, with day and month of the customer's last one."""
    known = orders[orders["customer_id"].notna()]
    known = known.sort_values(["customer_id", "day_no", "order_id"], kind="stable")
    before = known.groupby("customer_id", sort=False)[["day_no", "month_no"]].shift(1)
    return known.assign(day_before=before["day_no"], month_before=before["month_no"])


def by_customer(sequence: pandas.DataFrame) -> pandas.DataFrame:
    """Per customer: orders, amount, last day, own median interval (a whole day or finer)."""
    gaps = sequence["day_no"] - sequence["day_before"]
    made: pandas.DataFrame = (
        sequence.assign(gap=gaps)
        .groupby("customer_id", sort=True)
        .agg(
            order_count=("order_id", "size"),
            amount=("amount", "sum"),
            last_day=("day_no", "max"),
            median_interval=("gap", "median"),
        )
    )
    return made


REGULAR_ORDERS = 3
"""Orders from which a customer has an interval of their own."""
SILENT_INTERVALS = 2
"""Silence of more of one's own intervals than this is dormancy."""


def overdue(customers: pandas.DataFrame, at: date) -> pandas.Series[bool]:
    """Whether the last order is longer ago than twice the customer's own median interval."""
    silent = day_number(at) - customers["last_day"] // 1
    return silent > SILENT_INTERVALS * customers["median_interval"]
