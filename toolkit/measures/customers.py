"""Who buys, how often, how much, and how unevenly (顧客の指標)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.concentration import gini, top_share
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    month_label,
    month_number,
    months_before,
    period_after,
)
from toolkit.measures.orders import (
    REGULAR_ORDERS,
    between,
    buyers,
    in_sequence,
    order_coverage,
    order_period,
    overdue,
    reaches_back,
)

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

TOP_SHARES = {"top_decile_sales_share": 0.1, "top_quintile_sales_share": 0.2}


def customer_facts(s: Summaries) -> Iterator[Fact]:
    """Facts of orders and customers; none without an order that counts."""
    if s.orders is None or s.orders.empty:
        return
    yield from _sales(s, s.orders)
    yield sales_12m(s) or unknown("customers.sales_12m", "immature")
    if s.customers is None or s.customers.empty:
        return
    yield from _counts(s, s.customers)
    yield from _concentration(s, s.customers)
    yield from _rhythm(s, s.customers)
    yield from _cohorts(s)


def _sales(s: Summaries, orders: pandas.DataFrame) -> Iterator[Fact]:
    n, total, over = len(orders), float(orders["amount"].sum()), order_period(s)
    yield Fact(id="customers.orders", value=n, n=n, period=over)
    yield Fact(id="customers.net_sales", value=total, n=n, period=over)
    clusters = orders.groupby(buyers(s, ""))["amount"].agg(["sum", "size"])
    aov = Fact(id="customers.aov", value=total / n, n=n, period=over)
    yield bounded(
        aov, intervals.ratio(clusters["sum"].to_numpy(), clusters["size"].to_numpy(float))
    )


def sales_12m(s: Summaries) -> Fact | None:
    """Sales of the twelve months up to the last order; None where orders do not reach back."""
    found = order_coverage(s)
    if found is None or s.orders is None or not reaches_back(s, MONTHS_A_YEAR):
        return None
    start = months_before(found.last, MONTHS_A_YEAR)
    recent = between(s.orders[["day_no", "amount"]], start, found.last)
    return Fact(
        id="customers.sales_12m",
        value=float(recent["amount"].sum()),
        n=len(recent),
        period=period_after(start, found.last),
    )


def _counts(s: Summaries, customers: pandas.DataFrame) -> Iterator[Fact]:
    n, over, times = len(customers), order_period(s), customers["order_count"]
    yield Fact(id="customers.count", value=n, n=n, period=over)
    per_customer = Fact(
        id="customers.orders_per_customer", value=float(times.mean()), n=n, period=over
    )
    yield bounded(per_customer, intervals.mean(times.to_numpy(float)))
    repeaters = int((times >= 2).sum())
    repeat = Fact(id="customers.repeat_rate", value=repeaters / n, n=n, period=over)
    yield bounded(repeat, wilson(repeaters, n))


def _concentration(s: Summaries, customers: pandas.DataFrame) -> Iterator[Fact]:
    amounts = customers["amount"].to_numpy(float)
    n, over = len(amounts), order_period(s)
    names = [*TOP_SHARES, "sales_gini"]
    if amounts.sum() <= 0:  # refunds as large as sales: no whole to take a share of
        yield from (unknown(f"customers.{name}", "zero_base", n=n, period=over) for name in names)
        return
    for name in names:
        share = TOP_SHARES.get(name)
        value, interval = gini(amounts) if share is None else top_share(amounts, share)
        yield bounded(Fact(id=f"customers.{name}", value=value, n=n, period=over), interval)


def _rhythm(s: Summaries, customers: pandas.DataFrame) -> Iterator[Fact]:
    over = order_period(s)
    sequence = in_sequence(s)
    pairs = sequence[sequence["day_before"].notna()]
    gaps = (pairs["day_no"] - pairs["day_before"]).to_numpy(float)
    if len(gaps):
        codes = pairs["customer_no"].factorize()[0]
        median = Fact(
            id="customers.purchase_interval_median_days",
            value=float(_middle(gaps)),
            n=len(gaps),
            period=over,
        )
        yield bounded(median, intervals.median(gaps, codes))
    regular = customers[customers["order_count"] >= REGULAR_ORDERS]
    if len(regular):
        n, late = len(regular), int(overdue(regular, s.as_of).sum())
        rate = Fact(id="customers.dormant_rate", value=late / n, n=n, period=over)
        yield bounded(rate, wilson(late, n))


def _middle(values: intervals.Floats) -> float:
    import numpy as np

    return float(np.median(values))


def _cohorts(s: Summaries) -> Iterator[Fact]:
    """Active customers of each cohort in each month since; a month without any is a true 0."""
    assert s.cohorts is not None
    last = month_number(s.as_of)
    active = {
        (int(c), int(m)): int(a)
        for c, m, a in s.cohorts[["cohort_no", "month", "active"]].itertuples(index=False)
    }
    for cohort in sorted({cohort for cohort, _ in active}):
        for month in range(last - cohort + 1):
            yield Fact(
                id="customers.cohort_active",
                value=active.get((cohort, month), 0),
                n=active[(cohort, 0)],
                by={"cohort": month_label(cohort), "month": month},
            )
