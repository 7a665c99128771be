"""A client's orders as the lesson on aftercare counts them: a row an order, then a row a customer.

Orders without a customer are left out; days are counted from date to date, without the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.cohorts import newest_mature
from toolkit.measures.months import day_of, month_label, month_number
from toolkit.measures.named_tests import LATEST_COHORTS
from toolkit.measures.orders import in_sequence
from toolkit.measures.second_order import WINDOWS
from toolkit.measures.summaries import summarise

if TYPE_CHECKING:
    import pandas as pd

SHORT, LONG = WINDOWS[:2]  # 90 and 180 days
LATEST = LATEST_COHORTS
FIELDS: Final = ("order_id", "customer_id", "order_date", "amount")


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Orders of known customers in their order, and what each customer had done by ``as_of``.

    ``orders``: order_id, customer_id, order_date (with its time where known), amount, line_count,
    gap (days since the customer's order before).
    ``people``: by customer_id: first, second, last (dates), orders, age (days since the first),
    wait (days from first to second), silent (days since the last), rhythm (own median gap).
    """

    as_of: date
    first_day: date
    last_day: date
    orders: pd.DataFrame
    people: pd.DataFrame

    def mature(self, window: int) -> pd.DataFrame:
        """Customers whose first order is at least some days ago."""
        found: pd.DataFrame = self.people[self.people["age"] >= window]
        return found

    def months(self) -> pd.Series[str]:
        """Month of the first order of each customer, as YYYY-MM."""
        made: pd.Series[str] = self.people["first"].dt.strftime("%Y-%m")
        return made

    def newest(self, window: int) -> int:
        """Number of the newest month whose window had passed for all of its days."""
        return newest_mature(self.last_day, window)

    def of_months(self, last: int, count: int) -> pd.DataFrame | None:
        """Customers whose first order fell in some months up to one; None for fewer than two."""
        wanted = [month_label(last - back) for back in range(count)]
        if min(wanted) < month_label(month_number(self.first_day)):
            return None
        found: pd.DataFrame = self.people[self.months().isin(wanted)]
        return found if len(found) > 1 else None


def again(people: pd.DataFrame, window: int) -> pd.Series[bool]:
    """Whether the second order came within the window."""
    made: pd.Series[bool] = people["wait"] <= window
    return made


def rate(people: pd.DataFrame, window: int) -> float:
    """Share of some customers whose second order came within the window."""
    return float(again(people, window).mean())


@lru_cache(maxsize=4)
def history(firm: ClientFirm) -> History | None:
    """The orders of a client; None where there is none of a known customer."""
    import pandas as pd

    if firm.case is None:
        return None
    found = summarise(firm.case)
    if found.orders is None or not found.orders["customer_id"].notna().any():
        return None
    orders = in_sequence(found, "order_id", "customer_id", "amount", "line_count")
    dates = pd.to_datetime(orders["day_no"].mul(86_400).round(), unit="s")
    orders = orders.assign(order_date=dates, gap=orders["day_no"] - orders["day_before"])
    shown = orders[[*FIELDS, "line_count", "gap"]].reset_index(drop=True)
    return History(
        as_of=found.as_of,
        first_day=day_of(float(found.orders["day_no"].min())),
        last_day=day_of(float(found.orders["day_no"].max())),
        orders=shown,
        people=_people(shown, found.as_of),
    )


def _people(orders: pd.DataFrame, as_of: date) -> pd.DataFrame:
    import pandas as pd

    days = orders.assign(day=orders["order_date"].dt.normalize())
    by = days.groupby("customer_id", sort=True)
    people = by.agg(
        first=("day", "first"),
        last=("day", "last"),
        orders=("order_id", "size"),
        lines=("line_count", "sum"),
        first_lines=("line_count", "first"),
        amount=("amount", "sum"),
        rhythm=("gap", "median"),
        mean_gap=("gap", "mean"),
    )
    second = days[by.cumcount() == 1].set_index("customer_id")["day"].reindex(people.index)
    today = pd.Timestamp(as_of)
    return people.assign(
        second=second,
        wait=(second - people["first"]).dt.days,
        age=(today - people["first"]).dt.days,
        silent=(today - people["last"]).dt.days,
    )


def orders_frame(firm: ClientFirm, book: object) -> pd.DataFrame | None:
    """A row per order: order_id, customer_id, order_date, amount."""
    found = history(firm)
    return None if found is None else found.orders[list(FIELDS)].copy()
