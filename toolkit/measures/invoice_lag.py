"""Days from shipping to the invoice, closing-date invoices apart (請求書の発行の遅れ)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.compare import Stretch, gap, within
from toolkit.measures.intervals import bounded, mean
from toolkit.measures.months import (
    coverage,
    day_of,
    month_end,
    month_number,
    months_before,
)
from toolkit.measures.months import period_after as after
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import numpy
    import pandas
    from numpy.typing import NDArray

    from toolkit.measures.intervals import Floats
    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

LAG, OVER_BEST = "receivables.invoice_lag_days", "receivables.invoice_lag_over_best_days"
A_DAY = "receivables.shipped_a_day_yen"
CLOSING_DAY = ("q.bil.terms", "closing_day")
HALF_YEAR = 6
LEAST_ORDERS = 30
LAST_DAY = 31  # the last day of a month, whichever it is
# A customer is invoiced on a closing day where two thirds of at least three invoice days fall on
# one day of the month.
LEAST_INVOICES, SAME_DAY_SHARE = 3, 2 / 3


def invoice_lag_facts(s: Summaries) -> Iterator[Fact]:
    """Mean days from shipping to the invoice in the last half-year, and beyond the best one."""
    if not s.has("orders", "invoiced_at", "shipped_at"):
        return
    orders = _invoiced(s.tables["orders"])
    others = orders[~_by_closing_day(s, orders)]
    if others.empty:
        return
    now, *earlier = _half_years(others, day_of(float(orders["shipped"].max())))
    over = after(now.start, now.upto)
    if not len(now.lags):
        yield from (unknown(one, "no_rows", period=over) for one in (LAG, OVER_BEST, A_DAY))
        return
    fact = Fact(id=LAG, value=float(now.lags.mean()), n=len(now.lags), period=over)
    yield bounded(fact, mean(now.lags))
    yield _a_day(s, now, coverage(orders["shipped"].to_numpy(float)))
    yield _over_best(now, [half for half in earlier if len(half.lags) >= LEAST_ORDERS])


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """The days later than ``start`` up to ``upto``, the orders shipped in them and their lags."""

    start: date
    upto: date
    lags: Floats
    orders: frozenset[str]


def _invoiced(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Orders with their last shipment and the first invoice after it; advance invoices apart."""
    import pandas as pd

    rows = frame[~frame["_cancelled"]]
    dated = pd.DataFrame(
        {
            "order_id": rows["order_id"],
            "customer_id": rows["customer_id"],
            "shipped": day_numbers(rows["shipped_at"]) // 1,
            "invoiced": day_numbers(rows["invoiced_at"]) // 1,
        }
    )
    made = dated.groupby("order_id").agg(
        customer_id=("customer_id", "first"),
        shipped=("shipped", "max"),
        invoiced=("invoiced", "max"),
    )
    found = made[made["invoiced"] >= made["shipped"]]
    return found.assign(lag=found["invoiced"] - found["shipped"])


def _by_closing_day(s: Summaries, orders: pandas.DataFrame) -> NDArray[numpy.bool_]:
    """Which orders were invoiced on a closing day (締日) rather than when they were shipped.

    Told by the agreed closing day; by an invoice day on which a customer's shipments of several
    days were gathered; or by the one day of the month on which a customer is mostly invoiced.
    """
    day = orders["invoiced"].map(_day_of_month)
    agreed = s.answers.get(CLOSING_DAY)
    closing = day == agreed if isinstance(agreed, int | float) else day.isna()
    bill = orders.groupby(["customer_id", "invoiced"])["shipped"]
    gathered = bill.transform("nunique") > 1
    usual = day == orders["customer_id"].map(_usual_days(orders, day))
    made: NDArray[numpy.bool_] = (closing | gathered | usual).to_numpy(dtype=bool)
    return made


def _usual_days(orders: pandas.DataFrame, day: pandas.Series[Any]) -> dict[str, int]:
    bills = orders.assign(day=day).drop_duplicates(["customer_id", "invoiced"])
    found: dict[str, int] = {}
    for customer, days in bills.groupby("customer_id")["day"]:
        counts = days.value_counts()
        if len(days) >= LEAST_INVOICES and counts.iloc[0] >= SAME_DAY_SHARE * len(days):
            found[str(customer)] = int(counts.index[0])
    return found


def _day_of_month(number: float) -> int:
    day = day_of(number)
    return LAST_DAY if day == month_end(month_number(day)) else day.day


def _half_years(orders: pandas.DataFrame, end: date) -> list[HalfYear]:
    """Half-years back from the last shipment; of the earlier ones those that are whole."""
    shipped, upto = orders["shipped"].to_numpy(float), end
    covered = coverage(shipped)
    assert covered is not None
    found: list[HalfYear] = []
    start = months_before(upto, HALF_YEAR)
    while not found or covered.holds(start + timedelta(days=1), upto):
        inside = orders.loc[within(shipped, start, upto), "lag"]
        names = frozenset(map(str, inside.index))
        lags = inside.to_numpy(float)
        found.append(HalfYear(start=start, upto=upto, lags=lags, orders=names))
        start, upto = months_before(start, HALF_YEAR), start
    return found


def _a_day(s: Summaries, now: HalfYear, covered: Coverage | None) -> Fact:
    """What is shipped a day of the orders whose lag was told."""
    over = after(now.start, now.upto)
    whole = covered is not None and covered.holds(now.start + timedelta(days=1), now.upto)
    if s.orders is None or not whole:
        return unknown(A_DAY, "immature", period=over)
    theirs = s.orders.loc[s.orders["order_id"].isin(now.orders), "amount"]
    value = float(theirs.sum()) / (now.upto - now.start).days
    return Fact(id=A_DAY, value=value, n=len(theirs), period=over)


def _over_best(now: HalfYear, earlier: list[HalfYear]) -> Fact:
    """The latest half-year less the best before it; all of them are looked at at once."""
    if not earlier:
        return unknown(OVER_BEST, "immature", period=after(now.start, now.upto))
    best = min(earlier, key=lambda half: (float(half.lags.mean()), half.start))
    latest, fastest = (
        Stretch(
            value=float(half.lags.mean()),
            interval=mean(half.lags, 1 + len(earlier)),
            n=len(half.lags),
        )
        for half in (now, best)
    )
    name = "/".join(after(best.start, best.upto))
    found = gap(OVER_BEST, latest, fastest, after(best.start, now.upto))
    return replace(found, items=(Item(key=name, label=name, value=fastest.value),))
