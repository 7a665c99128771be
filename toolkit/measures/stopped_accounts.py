"""Accounts that stopped ordering: out of how many, and what each used to buy (離れた取引先)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, not_applicable, unknown
from toolkit.measures import intervals
from toolkit.measures.intervals import bounded
from toolkit.measures.items import largest_items
from toolkit.measures.months import months_before, period_after
from toolkit.measures.orders import between, order_coverage, reaches_back
from toolkit.measures.tob import CONSUMER_MODELS, last_year

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

BEFORE, STOPPED = "tob.accounts_before_count", "tob.stopped_account_sales_yen"


def stopped_account_facts(s: Summaries) -> Iterator[Fact]:
    """Accounts of the twelve months before the last, and mean sales of those not seen since.

    A year of sales is the 365 days up to the last order: in the twelve months themselves an
    account that left early had little time to buy.
    """
    if s.model in CONSUMER_MODELS:
        yield from (not_applicable(fact_id) for fact_id in (BEFORE, STOPPED))
        return
    covered = order_coverage(s)
    if s.orders is None or covered is None:
        return
    if not reaches_back(s, 24):
        yield from (unknown(fact_id, "immature") for fact_id in (BEFORE, STOPPED))
        return
    turn, first = (months_before(covered.last, months) for months in (12, 24))
    over = period_after(first, covered.last)
    before = between(s.orders, first, turn)
    last = before.groupby("customer_id", sort=True)["day_no"].max().rename("last_day")
    yield Fact(id=BEFORE, value=len(last), n=len(last), period=over)
    later = set(between(s.orders, turn, covered.last)["customer_id"].dropna())
    gone = last[~last.index.isin(later)].reset_index()
    if gone.empty:
        yield unknown(STOPPED, "no_rows", n=0, period=over)
        return
    sales = last_year(s.orders, gone).astype("float64")
    items = largest_items(sales)
    fact = Fact(id=STOPPED, value=float(sales.mean()), n=len(sales), period=over, items=items)
    yield bounded(fact, intervals.mean(sales.to_numpy(float)))
