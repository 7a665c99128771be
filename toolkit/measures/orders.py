"""Orders of one client at a moment: windows of time, and what each customer had done by then."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.measures.kept import kept
from toolkit.measures.months import coverage, day_number, day_of, months_before, period

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

    Places = NDArray[numpy.intp]


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
    return orders[_within(orders["day_no"].to_numpy(), after, upto)]


def _within(days: Floats, after: date, upto: date) -> NDArray[numpy.bool_]:
    return (days >= day_number(after) + 1) & (days < day_number(upto) + 1)


def reaches_back(s: Summaries, months: int) -> bool:
    """Whether orders cover this many months up to the last of them."""
    found = order_coverage(s)
    if found is None:
        return False
    start = months_before(found.last, months) + timedelta(days=1)
    return found.holds(start, found.last)


def in_sequence(
    s: Summaries, *columns: str, within: tuple[date, date] | None = None
) -> pandas.DataFrame:
    """Orders of known customers in their order, with day and month of the customer's last one.

    Args:
        s: has orders.
        columns: of the orders to have beside customer_no (customers in the order of their ids),
            day_no, month_no, day_before and month_before.
        within: later than the first day and not later than the second, as if no other order
            were known.
    """
    import numpy as np

    assert s.orders is not None
    place, number = _sequence(s)
    if within is not None:
        kept = _within(s.orders["day_no"].to_numpy()[place], *within)
        place, number = place[kept], number[kept]
    names = dict.fromkeys((*columns, "day_no", "month_no"))
    made = s.orders[[*names]].take(place)
    first = np.diff(number, prepend=-1) != 0
    day, month = (_before(made[name].to_numpy(float), first) for name in ("day_no", "month_no"))
    return made.assign(customer_no=number, day_before=day, month_before=month)


def _before(values: Floats, first: NDArray[numpy.bool_]) -> Floats:
    """The value of the row before, NaN on a customer's first row."""
    import numpy as np

    return np.where(first, np.nan, np.append(np.nan, values[:-1])[: len(values)])


@kept
def _sequence(s: Summaries) -> tuple[Places, Places]:
    """Places of known customers' orders by customer, day and id, and the customers' numbers."""
    import numpy as np

    assert s.orders is not None
    known = np.flatnonzero(s.orders["customer_id"].notna())
    orders = s.orders[["customer_id", "day_no"]].take(known)
    number, day = orders["customer_id"].factorize(sort=True)[0], orders["day_no"].to_numpy()
    place = np.lexsort((day, number))
    alike = (np.diff(number[place]) == 0) & (np.diff(day[place]) == 0)
    if alike.any():
        tied = np.sort(place[np.append(alike, False) | np.append(False, alike)])
        ids = np.zeros(len(known), dtype=np.intp)
        ids[tied] = s.orders["order_id"].take(known[tied]).factorize(sort=True)[0]
        place = np.lexsort((ids, day, number))
    return known[place], number[place]


@kept
def buyers(s: Summaries, guest: str) -> Places:
    """A number for the buyer of each order, rising with their ids.

    A guest's order stands for itself, under its id after the text ``guest``.
    """
    import numpy as np

    assert s.orders is not None
    ids = s.orders["customer_id"]
    if ids.notna().all():
        place, number = _sequence(s)
        made = np.empty(len(ids), dtype=np.intp)
        made[place] = number
        return made
    named = ids.where(ids.notna(), guest + s.orders["order_id"])
    return named.factorize(sort=True)[0]


def by_customer(s: Summaries, after: date, upto: date) -> pandas.DataFrame:
    """Per customer by id: orders, amount, last day, own median interval (a whole day or finer).

    Of orders later than the day ``after`` and not later than ``upto``.
    """
    import numpy as np
    import pandas as pd

    sequence = in_sequence(s, "customer_id", "amount", within=(after, upto))
    number = sequence["customer_no"].to_numpy()
    made: pandas.DataFrame = (
        sequence.assign(gap=sequence["day_no"] - sequence["day_before"])
        .groupby("customer_no", sort=True)
        .agg(
            order_count=("day_no", "size"),
            amount=("amount", "sum"),
            last_day=("day_no", "max"),
            median_interval=("gap", "median"),
        )
    )
    first = np.flatnonzero(np.diff(number, prepend=-1))
    return made.set_axis(pd.Index(sequence["customer_id"].take(first)))


REGULAR_ORDERS = 3
"""Orders from which a customer has an interval of their own."""
SILENT_INTERVALS = 2
"""Silence of more of one's own intervals than this is dormancy."""


def overdue(customers: pandas.DataFrame, at: date) -> pandas.Series[bool]:
    """Whether the last order is longer ago than twice the customer's own median interval."""
    silent = day_number(at) - customers["last_day"] // 1
    return silent > SILENT_INTERVALS * customers["median_interval"]
