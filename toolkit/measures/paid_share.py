"""Share of new customers who came by advertising (広告経由の新規割合)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.advertising import AD_SPEND, read_spend
from toolkit.measures.compare import Compared, Stretch, against_past, within
from toolkit.measures.customer_sources import named, new_customers
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.labels import folded
from toolkit.measures.months import Coverage, coverage, day_number, month_end, month_start, period
from toolkit.measures.orders import order_coverage
from toolkit.measures.rates import Counts
from toolkit.measures.rows import day_numbers
from toolkit.measures.traffic import TRAFFIC

if TYPE_CHECKING:
    from datetime import date

    from toolkit.measures.summaries import Summaries

PAID, YEAR = "acquisition.paid_share", "acquisition.paid_share_yoy"
UPPER = "acquisition.paid_share_change_upper"
ALL = (PAID, YEAR, f"{YEAR}_change", UPPER)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Source:
    """One way to tell who came by advertising: the table, its days, the share over a stretch."""

    table: str
    covered: Coverage
    over: Callable[[date, date], Stretch | None]


def paid_share_facts(s: Summaries) -> Iterator[Fact]:
    """The share, a year earlier, and the most by which it can have changed.

    The client's own list of customers comes first; then what the advertising reports claim of
    all new customers; last the orders of paid visits, old customers among them.
    """
    source = _by_list(s) or _by_reports(s) or _by_visits(s)
    if source is None:
        yield from (_nothing(s, fact_id) for fact_id in ALL)
        return
    first, last = source.covered.first, source.covered.last
    whole = source.over(day_before(first), last)
    if whole is None:
        yield from (unknown(fact_id, "beyond_whole", table=source.table) for fact_id in ALL)
        return
    over, needs = period(first, last), (source.table,)
    fact = Fact(id=PAID, value=whole.value, n=whole.n, period=over, table=source.table, needs=needs)
    yield bounded(fact, whole.interval)
    what = Compared(fact_id=PAID, covered=source.covered, table=source.table)
    found = list(against_past(what, "yoy", source.over))
    yield from (replace(one, needs=needs) for one in found)
    yield _upper(found[0], needs)


def day_before(day: date) -> date:
    """The day after which a stretch begins."""
    from datetime import timedelta

    return day - timedelta(days=1)


def _upper(change: Fact, needs: tuple[str, ...]) -> Fact:
    """The end of the 95 % interval: below zero the share has fallen for certain."""
    if change.high95 is None:
        reason = change.reason or "small_n"
        return unknown(UPPER, reason, table=change.table, period=change.period, needs=needs)
    return Fact(
        id=UPPER,
        value=change.high95,
        n=change.n,
        period=change.period,
        table=change.table,
        needs=needs,
    )


def _nothing(s: Summaries, fact_id: str) -> Fact:
    if AD_SPEND not in s.tables and TRAFFIC not in s.tables:
        return unknown(fact_id, "no_table", needs=(AD_SPEND,))
    if AD_SPEND not in s.tables:
        return unknown(fact_id, "no_column", table=TRAFFIC, needs=(AD_SPEND,))
    lacking = "no_rows" if s.customers is not None else "no_table"
    return unknown(fact_id, lacking, table=AD_SPEND, needs=("orders",))


def _by_list(s: Summaries) -> _Source | None:
    """Customers whose source is one that money is spent on, of those with a source."""
    spend, customers = read_spend(s), new_customers(s)
    if spend is None or customers is None:
        return None
    bringing = spend.groupby("channel")["new_customers"].sum()
    if not len(bringing[bringing > 0]) or not named(customers, bringing[bringing > 0].index):
        return None
    known = customers.dropna(subset=["source"])
    paid = known["source"].isin({folded(str(name)) for name in bringing.index}).to_numpy()
    days = known["day"].to_numpy(float)
    covered = order_coverage(s) or coverage(days)
    assert covered is not None  # every source that brings customers is in the list

    def over(after: date, upto: date) -> Stretch | None:
        chosen = paid[within(days, after, upto)]
        return _stretch(int(chosen.sum()), len(chosen))

    listed = "customers" if s.has("customers", "channel") else "orders"
    return _Source(table=listed, covered=covered, over=over)


def _by_reports(s: Summaries) -> _Source | None:
    """New customers the advertising reports claim, of all who ordered first in those months."""
    spend, orders = read_spend(s), order_coverage(s)
    if spend is None or orders is None or s.customers is None:
        return None
    claimed = spend.groupby("month_no")["new_customers"].sum()
    full = [m for m in claimed.index if orders.holds(month_start(m), month_end(m))]
    full = [m for m in full if month_end(m) <= s.run_date]
    if not full:
        return None
    import numpy as np

    all_new = s.customers["cohort_no"].value_counts()
    days = np.array([float(day_number(month_start(m))) for m in full])
    hits = np.array([float(claimed[m]) for m in full])
    counts = np.array([float(all_new.get(m, 0)) for m in full])

    def over(after: date, upto: date) -> Stretch | None:
        here = within(days, after, upto)
        return _stretch(round(hits[here].sum()), round(counts[here].sum()))

    found = Coverage(first=month_start(min(full)), last=month_end(max(full)), silence=0)
    return _Source(table=AD_SPEND, covered=found, over=over)


def _by_visits(s: Summaries) -> _Source | None:
    """Orders of paid visits, of the orders whose visits are marked paid or not."""
    if not s.has(TRAFFIC, "paid", "orders"):
        return None
    rows = s.tables[TRAFFIC].dropna(subset=["paid", "orders"])
    orders = rows["orders"].to_numpy(float)
    paid = rows["paid"].astype(bool).to_numpy()
    counts = Counts(days=day_numbers(rows["date"]), units=orders, events=orders * paid)
    covered = counts.covered
    if covered is None or not orders.sum():
        return None
    return _Source(table=TRAFFIC, covered=covered, over=lambda a, u: counts.between(a, u).stretch())


def _stretch(hits: int, n: int) -> Stretch | None:
    if not n or hits > n:
        return None
    return Stretch(value=hits / n, interval=wilson(hits, n), n=n)
