"""First-year margin of customers by where they began: first product, first coupon (入口別LTV)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.among import among
from toolkit.measures.compare import deciding
from toolkit.measures.costs import RATES, margin_fact, monthly_costs
from toolkit.measures.discounts import REDUCTIONS, reduced_orders
from toolkit.measures.intervals import Interval, both_levels, bounded
from toolkit.measures.months import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    day_number,
    day_of,
    months_before,
    period_after,
)
from toolkit.measures.orders import order_coverage

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.intervals import Floats
    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

GAP, NEW = "customers.entry_ltv_vs_rest", "customers.entry_new_customers_12m"
COUPON = "coupon"
MIN_N = 100
IN_USE_DAYS = 90
NEEDS = ("orders", "costs", RATES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A way in: its name, the yen of each mature customer, and of the others of the same time."""

    name: str
    own: Floats
    rest: Floats
    new_customers: int


def first_entry_facts(s: Summaries) -> Iterator[Fact]:
    """Margin of the first twelve months of each entry minus that of the rest, and the lowest.

    Looked at are customers whose first year has passed, without an order in the year before
    their first one as far as the export can tell; the rest are those first seen between the
    first and the last customer of the entry. Entries without a new customer in the last 90
    days, or with fewer than 100 mature customers on either side, are left out.
    """
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    if not s.has("orders", "product") and not any(s.has("orders", name) for name in REDUCTIONS):
        yield unknown(GAP, "no_column", needs=NEEDS)
        return
    margin, covered = margin_fact(s, monthly_costs(s)), order_coverage(s)
    if margin.number is None or covered is None:
        yield unknown(GAP, "no_margin", needs=NEEDS)
        return
    customers = _mature(s, covered, margin.number)
    if customers.empty:
        yield unknown(GAP, "immature", needs=NEEDS)
        return
    entries = list(_entries(s, customers, covered))
    if not entries:
        yield unknown(GAP, "small_n", n=len(customers), needs=NEEDS)
        return
    start = months_before(covered.last, MONTHS_A_YEAR)
    over = period_after(day_of(float(customers["first_day"].min()) - 1), covered.last)
    facts = [replace(one, period=over, basis=margin.basis) for one in _gaps(entries)]
    yield from facts
    yield from _lowest(facts, entries, period_after(start, covered.last))


def _mature(s: Summaries, covered: Coverage, rate: float) -> pandas.DataFrame:
    """Customers a year old on the last day, with ``yen``, the margin of their first year.

    Those first seen in the first year of the export are left out: among them are old regulars,
    whose later products would look like the better entries.
    """
    assert s.orders is not None
    assert s.customers is not None
    first = s.customers.set_index("customer_id")["first_day"] // 1
    since = day_number(covered.first) + DAYS_A_YEAR
    first = first[(first >= since) & (day_number(covered.last) - first >= DAYS_A_YEAR)]
    within = s.orders[s.orders["day_no"] // 1 - s.orders["customer_id"].map(first) < DAYS_A_YEAR]
    sums = within.groupby("customer_id")["amount"].sum()
    chosen = s.customers[among(s.customers["customer_id"], first.index)]
    return chosen.assign(yen=chosen["customer_id"].map(sums).astype(float) * rate)


def _entries(s: Summaries, customers: pandas.DataFrame, covered: Coverage) -> Iterator[Entry]:
    """Entries in use with enough customers on both sides, by name."""
    assert s.customers is not None
    held = _held(s)
    known = s.customers[["first_order_id", "first_day"]]
    seen = held.merge(known, left_on="order_id", right_on="first_order_id")
    last = day_number(covered.last)
    recent = set(seen.loc[seen["first_day"] >= last - IN_USE_DAYS + 1, "entry"])
    year = day_number(months_before(covered.last, MONTHS_A_YEAR)) + 1
    new = seen.loc[seen["first_day"] >= year, "entry"].value_counts()
    mature = among(held["order_id"], customers["first_order_id"])
    entered = held[mature & held["entry"].isin(recent)]
    for name, orders in entered.groupby("entry", sort=True)["order_id"]:
        if len(orders) < MIN_N:
            continue
        mine = among(customers["first_order_id"], orders)
        own = customers[mine]
        alike = customers["first_day"].between(own["first_day"].min(), own["first_day"].max())
        rest = customers[~mine & alike]
        if len(rest) >= MIN_N:
            yield Entry(
                name=str(name),
                own=own["yen"].to_numpy(float),
                rest=rest["yen"].to_numpy(float),
                new_customers=int(new.get(name, 0)),
            )


def _held(s: Summaries) -> pandas.DataFrame:
    """The entries an order belongs to: each product in it, and a coupon or discount."""
    import pandas as pd

    rows, parts = s.tables["orders"], []
    kept = rows[~rows["_cancelled"]]
    if "product" in kept:
        named = kept[["order_id", "product"]].dropna().drop_duplicates()
        parts.append(named.rename(columns={"product": "entry"}))
    if any(name in kept for name in REDUCTIONS):
        orders = reduced_orders(s)
        reduced = orders.loc[orders["reduction"] > 0, ["order_id"]]
        parts.append(reduced.assign(entry=COUPON))
    return pd.concat(parts, ignore_index=True)


def _gaps(entries: list[Entry]) -> Iterator[Fact]:
    for entry in entries:
        gap = float(entry.own.mean() - entry.rest.mean())
        n = min(len(entry.own), len(entry.rest))
        fact = Fact(id=GAP, value=gap, n=n, by={"item": entry.name}, needs=NEEDS)
        yield bounded(fact, welch(entry.own, entry.rest, tests=len(entries)))


def welch(values: Floats, others: Floats, tests: int = 1) -> Interval | None:
    """Interval of the difference of two means, variances unequal (Welch 1947).

    Each side's variance is taken to be at least that of all values together. Yen of customers
    are skewed: a sample that missed the few large ones has a low mean and a low spread at once,
    and of eight equal groups one would look poor in a fifth of all shops.

    ``tests`` is the number of groups looked at together. None below two values on a side, or
    where nothing varies.

    >>> import numpy as np
    >>> found = welch(np.array([4.0, 6.0]), np.array([4.0, 6.0]))
    >>> round(found.low95, 3), round(found.high95, 3)
    (-6.085, 6.085)
    """
    import numpy as np
    from scipy.special import stdtrit

    sizes = len(values), len(others)
    if min(sizes) < 2:
        return None
    least = float(np.concatenate([values, others]).var(ddof=1))
    a, b = (max(float(x.var(ddof=1)), least) / len(x) for x in (values, others))
    if least <= 0:
        return None
    freedom = (a + b) ** 2 / (a**2 / (sizes[0] - 1) + b**2 / (sizes[1] - 1))
    gap = float(values.mean() - others.mean())

    def bounds(level: float) -> tuple[float, float]:
        half = float(stdtrit(freedom, 0.5 + level / 2)) * (a + b) ** 0.5
        return gap - half, gap + half

    return both_levels(bounds, tests)


def _lowest(facts: list[Fact], entries: list[Entry], year: tuple[str, str]) -> Iterator[Fact]:
    """The entry farthest below the rest, and its new customers of the last twelve months."""
    found = deciding(GAP, facts, bad="down", min_n=MIN_N)
    if found is None:
        yield unknown(GAP, "small_n", needs=NEEDS)
        return
    yield found
    numbers = [
        Fact(id=NEW, value=one.new_customers, n=one.new_customers, by={"item": one.name})
        for one in entries
    ]
    yield from (replace(number, period=year) for number in numbers)
    place = next(
        at for at, fact in enumerate(facts) if replace(found, by=fact.by, items=()) == fact
    )
    yield replace(numbers[place], by={}, period=year)
