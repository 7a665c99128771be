"""What each business account leaves after the cost of its goods (取引先別の粗利率)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures import intervals
from toolkit.measures.account_margin_change import LOSS, NEEDS, RATE, RATE_YOY, change_facts
from toolkit.measures.intervals import bounded
from toolkit.measures.lines import (
    costed_orders,
    covered_orders,
    order_lines,
    span_of,
    twelve_months,
    well_known,
    why_uncosted,
)
from toolkit.measures.orders import between
from toolkit.measures.tob import CONSUMER_MODELS

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

MOST_ACCOUNTS = 20


def account_margin_facts(s: Summaries) -> Iterator[Fact]:
    """Margin rate of accounts over twelve months, and its fall where prices did not move."""
    if s.model in CONSUMER_MODELS:
        yield from (not_applicable(fact_id) for fact_id in (RATE, RATE_YOY, LOSS))
        return
    covered, lines = covered_orders(s), order_lines(s)
    if covered is None or lines is None or why_uncosted(s) is not None:
        return
    orders = costed_orders(s)
    yield from _rates(s, orders, covered)
    yield from change_facts(s, orders, lines, covered)


def _rates(s: Summaries, orders: pandas.DataFrame, covered: Coverage) -> Iterator[Fact]:
    """In all, each account one draw, and of the largest twenty."""
    over = twelve_months(covered)
    span = span_of(covered, over)
    every = between(orders, over.after, over.upto)
    known = every[every["customer_id"].notna() & every["goods_cost"].notna()]
    sales = float(known["amount"].sum())
    if sales <= 0 or not well_known(s, sales, float(every["amount"].sum())):
        yield unknown(RATE, "no_margin", needs=NEEDS, period=span)
        return
    sums = known.groupby("customer_id").agg(
        amount=("amount", "sum"), cost=("goods_cost", "sum"), orders=("order_id", "size")
    )
    left = (sums["amount"] - sums["cost"]).to_numpy(float)
    fact = Fact(id=RATE, value=float(left.sum()) / sales, n=len(sums), period=span)
    yield bounded(fact, intervals.ratio(left, sums["amount"].to_numpy(float)))
    largest = sums[sums["amount"] > 0].sort_values("amount", ascending=False, kind="stable")
    for account, amount, cost, orders_made in largest.head(MOST_ACCOUNTS).itertuples():
        yield Fact(
            id=RATE,
            value=1 - float(cost) / float(amount),
            n=int(orders_made),
            by={"account": str(account)},
            period=span,
        )
