"""The three-step count (顧客分析): one row per customer, orders counted once, most orders first.

Counting rows is not counting orders: an order of three lines is three rows. Both counts stand
side by side, so that the reader sees how many customers would change class.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, Problem
from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.customers import customer_facts
from toolkit.measures.first_product import FirstProduct, first_products
from toolkit.measures.intervals import bounded
from toolkit.measures.months import EPOCH, day_number, month_end, month_label
from toolkit.measures.orders import order_period
from toolkit.measures.second_order import WINDOWS, second_order_facts

if TYPE_CHECKING:
    import pandas

    from toolkit.intake.case import Case
    from toolkit.measures.summaries import Summaries

__all__ = ["CountClass", "CustomerCount", "Delivered", "customer_count", "delivered"]

# Fewest orders of each class; the last is open.
CLASSES = (1, 2, 3, 4, 5, 6, 10)
UNITS = {
    "customers.count": "count",
    "customers.orders": "count",
    "customers.net_sales": "yen",
    "customers.repeat_rate": "share",
    "customers.top_decile_sales_share": "share",
    "customers.f2_conversion": "share",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What became of the rows handed over before anything was counted.

    total = accepted + quarantined + deduplicated + dropped; cancelled rows are accepted ones.
    """

    total: int
    quarantined: int
    deduplicated: int
    dropped: int
    cancelled: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClass:
    """Customers with ``low`` to ``high`` orders (None: or more), and what they bought.

    ``by_rows`` is how many customers the class would hold if rows were counted for orders.
    """

    low: int
    high: int | None
    customers: int
    orders: int
    amount: float
    by_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """New customers of a month, and how many ordered again within each window of days.

    A window that had not passed for the whole month on the day of the figures has no count.
    """

    month: int
    customers: int
    again: dict[int, int | None]

    @property
    def label(self) -> str:
        """The month as YYYY-MM."""
        return month_label(self.month)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerCount:
    """The count and the figures read from it; keys only, no personal data.

    ``customers`` has a row per key, most orders first: customer_id, orders, rows, amount, first,
    second, last (dates), median_interval (days), order_class and row_class (places in
    ``classes``). ``facts`` carry value, n and period; ``period`` is first order to ``as_of``.
    """

    as_of: date
    run_date: date
    period: tuple[str, str]
    customers: pandas.DataFrame
    classes: tuple[CountClass, ...]
    cohorts: tuple[Cohort, ...]
    first_products: tuple[FirstProduct, ...]
    facts: tuple[Fact, ...]

    @property
    def moved(self) -> int:
        """Customers who would stand in another class if rows were counted."""
        return int((self.customers["order_class"] != self.customers["row_class"]).sum())

    def fact(self, key: str) -> Fact:
        """A figure by its key; unknown where there is none."""
        found = {fact.key: fact for fact in self.facts}
        return found.get(key) or unknown(key, "not_stated")


def customer_count(s: Summaries) -> CustomerCount:
    """Count orders per customer and sort, most orders first.

    Raises:
        InputError: there is no order of a known customer.
    """
    if s.orders is None:
        raise InputError("count_refused", [Problem(code="count_no_orders")])
    if s.customers is None or s.customers.empty:
        raise InputError("count_refused", [Problem(code="count_no_customers")])
    customers = _customers(s, s.orders, s.customers)
    return CustomerCount(
        as_of=s.as_of,
        run_date=s.run_date,
        period=order_period(s),
        customers=customers,
        classes=tuple(_classes(customers)),
        cohorts=tuple(_cohorts(s.customers, s.as_of)),
        first_products=first_products(s),
        facts=tuple(_facts(s, customers)),
    )


def delivered(case: Case) -> Delivered:
    """What became of the rows of a client's orders."""
    report = case.tables["orders"].report
    return Delivered(
        total=report.rows_total or 0,
        quarantined=report.rows_quarantined or 0,
        deduplicated=report.rows_deduplicated or 0,
        dropped=report.rows_dropped or 0,
        cancelled=report.rows_cancelled or 0,
    )


def _customers(
    s: Summaries, orders: pandas.DataFrame, customers: pandas.DataFrame
) -> pandas.DataFrame:
    import pandas as pd

    rows = orders.groupby("customer_id")["line_count"].sum()
    made = pd.DataFrame(
        {
            "customer_id": customers["customer_id"],
            "orders": customers["order_count"].astype("int64"),
            "rows": customers["customer_id"].map(rows).astype("int64"),
            "amount": customers["amount"],
            **{name: _dates(customers[f"{name}_day"]) for name in ("first", "second", "last")},
            "median_interval": customers["median_interval"],
        }
    )
    made = made.assign(order_class=_class_of(made["orders"]), row_class=_class_of(made["rows"]))
    by = ["orders", "amount", "customer_id"]
    made = made.sort_values(by, ascending=[False, False, True], kind="stable")
    return made.reset_index(drop=True)


def _dates(numbers: pandas.Series[float]) -> pandas.Series[Any]:
    """Day numbers as dates, the time of day cut off."""
    import pandas as pd

    return pd.to_datetime(numbers // 1, unit="D", origin=pd.Timestamp(EPOCH))


def _class_of(counts: pandas.Series[int]) -> Any:
    import numpy as np

    return np.searchsorted(np.array(CLASSES), counts.to_numpy(), side="right") - 1


def _classes(customers: pandas.DataFrame) -> Iterator[CountClass]:
    for place, low in enumerate(CLASSES):
        own = customers[customers["order_class"] == place]
        yield CountClass(
            low=low,
            high=CLASSES[place + 1] - 1 if place + 1 < len(CLASSES) else None,
            customers=len(own),
            orders=int(own["orders"].sum()),
            amount=float(own["amount"].sum()),
            by_rows=int((customers["row_class"] == place).sum()),
        )


def _cohorts(customers: pandas.DataFrame, as_of: date) -> Iterator[Cohort]:
    days = customers["second_day"] // 1 - customers["first_day"] // 1
    for month, own in days.groupby(customers["cohort_no"]):
        end = day_number(month_end(int(str(month))))
        yield Cohort(
            month=int(str(month)),
            customers=len(own),
            again={
                window: int((own <= window).sum()) if end + window <= day_number(as_of) else None
                for window in WINDOWS
            },
        )


def _facts(s: Summaries, customers: pandas.DataFrame) -> Iterator[Fact]:
    """Figures of the cards as they are, and those that only this count has."""
    assert s.orders is not None
    over = order_period(s)
    guests = int(s.orders["customer_id"].isna().sum())
    counted = len(s.orders)
    yield _count("count.rows", int(s.orders["line_count"].sum()), over, counted)
    for fact in (*customer_facts(s), *second_order_facts(s)):
        if fact.id in UNITS:
            yield replace(fact, unit=UNITS[fact.id], definition_id=fact.id, table="orders")
    yield _count("count.guest_orders", guests, over, counted)
    moved = int((customers["order_class"] != customers["row_class"]).sum())
    yield _count("count.moved_customers", moved, over, len(customers))
    yield _days_to_second(s, over)


def _count(fact_id: str, value: int, over: tuple[str, str], n: int) -> Fact:
    return Fact(id=fact_id, value=value, unit="count", n=n, period=over, definition_id=fact_id)


def _days_to_second(s: Summaries, over: tuple[str, str]) -> Fact:
    assert s.customers is not None
    gaps = (s.customers["second_day"] - s.customers["first_day"]).dropna().to_numpy(float)
    fields: dict[str, Any] = {"unit": "days", "period": over, "n": len(gaps)}
    fields["definition_id"] = "count.second_order_days_median"
    if not len(gaps):
        return unknown("count.second_order_days_median", "no_rows", **fields)
    import numpy as np

    made = Fact(id="count.second_order_days_median", value=float(np.median(gaps)), **fields)
    return bounded(made, intervals.median(gaps))
