"""How much of the sales comes with a coupon or a discount (値引き・クーポンへの依存)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import Compared, Stretch, against_past
from toolkit.measures.intervals import bounded
from toolkit.measures.kept import kept
from toolkit.measures.months import MONTHS_A_YEAR, coverage, day_of, months_before, period_after
from toolkit.measures.named_tests import year_on_year
from toolkit.measures.orders import between, order_coverage

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

SHARE, EXTRA = "promotions.coupon_sales_share", "promotions.extra_discount_yen"
CHANGE = f"{SHARE}_yoy"
REDUCTIONS = ("coupon", "discount")


def discount_facts(s: Summaries) -> Iterator[Fact]:
    """Share of sales with a coupon or discount, against last year, and the yen given away more."""
    if s.orders is None or s.orders.empty:
        return
    covered = order_coverage(s)
    assert covered is not None
    if not any(s.has("orders", name) for name in REDUCTIONS):
        for fact_id in (SHARE, CHANGE, EXTRA):
            yield unknown(fact_id, "no_column")
        return
    orders = reduced_orders(s)
    yield _share(orders, covered.last)
    told = _told(orders, covered)
    if told is None:  # a column without a single entry
        yield from (unknown(fact_id, "no_rows") for fact_id in (CHANGE, EXTRA))
        return
    what = Compared(fact_id=SHARE, covered=told)
    compared = list(against_past(what, "yoy", lambda after, upto: _stretch(orders, after, upto)))
    yield compared[0]
    yield _extra(told, orders)


def _told(orders: pandas.DataFrame, covered: Coverage) -> Coverage | None:
    """The days for which coupons and discounts were written down, up to the last order.

    A column that is blank until some day was not kept before: those are no orders without
    a coupon.
    """
    told = coverage(orders.loc[orders["told"], "day_no"].to_numpy())
    return None if told is None else replace(told, last=covered.last)


@kept
def reduced_orders(s: Summaries) -> pandas.DataFrame:
    """Orders with ``reduction``, the yen of coupon and discount, and whether they were ``told``.

    An amount equal on every row of an order is the order's, repeated; unequal ones are those of
    its lines and add up. The sign does not matter: some exports write a discount as −500.
    """
    assert s.orders is not None
    rows = s.tables["orders"]
    rows = rows[~rows["_cancelled"]]
    names = [name for name in REDUCTIONS if name in rows]
    by_order = rows[names].abs().groupby(rows["order_id"])
    sums, low, high, count = by_order.sum(), by_order.min(), by_order.max(), by_order.count()
    rows_of = by_order.size()
    repeated = (low == high) & count.eq(rows_of, axis=0)
    reduction = sums.where(~repeated, high).sum(axis=1)
    told = (count > 0).any(axis=1)
    found = s.orders["order_id"]
    return s.orders.assign(reduction=found.map(reduction), told=found.map(told))


def _stretch(orders: pandas.DataFrame, after: date, upto: date) -> Stretch | None:
    """The share over some days, by buyer; None without sales."""
    chosen = between(orders, after, upto)
    buyer = chosen["customer_id"].where(chosen["customer_id"].notna(), "g" + chosen["order_id"])
    reduced = chosen["amount"].where(chosen["reduction"] > 0, 0.0)
    sums = chosen.assign(reduced=reduced).groupby(buyer.to_numpy())[["reduced", "amount"]].sum()
    top, bottom = sums["reduced"].to_numpy(float), sums["amount"].to_numpy(float)
    if bottom.sum() <= 0:
        return None
    found = intervals.share_of_sum(top, bottom)
    return Stretch(value=float(top.sum() / bottom.sum()), interval=found, n=len(sums))


def _share(orders: pandas.DataFrame, last: date) -> Fact:
    start = max(months_before(last, MONTHS_A_YEAR), day_of(float(orders["day_no"].min()) - 1))
    over = period_after(start, last)
    found = _stretch(orders, start, last)
    if found is None or not orders["told"].any():
        return unknown(SHARE, "no_rows", period=over)
    fact = Fact(id=SHARE, value=found.value, n=found.n, period=over)
    return bounded(fact, found.interval)


def _extra(told: Coverage, orders: pandas.DataFrame) -> Fact:
    """Yen of coupons and discounts in the last twelve months less those of the twelve before."""
    sides = year_on_year(told.last)
    over = period_after(sides.before_after, sides.now_upto)
    if not told.holds(sides.before_after + timedelta(days=1), sides.now_upto):
        return unknown(EXTRA, "immature", period=over)
    now = between(orders, sides.now_after, sides.now_upto)
    before = between(orders, sides.before_after, sides.before_upto)
    value = float(now["reduction"].sum() - before["reduction"].sum())
    return Fact(id=EXTRA, value=value, n=len(now), period=over)
