"""Margin a new customer brings in the first twelve months (年間LTV・粗利ベース)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.costs import RATES, margin_fact, monthly_costs
from toolkit.measures.intervals import bounded
from toolkit.measures.months import DAYS_A_YEAR, day_number
from toolkit.measures.orders import order_period

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries


def lifetime_value_facts(s: Summaries) -> Iterator[Fact]:
    """Sales in the 365 days from the first order × margin rate, per customer that old."""
    fact_id, needs = "customers.ltv_12m_margin", ("costs", RATES)
    if s.orders is None or s.customers is None or s.customers.empty:
        return
    margin = margin_fact(s, monthly_costs(s))
    rate = margin.number
    if rate is None:
        yield unknown(fact_id, margin.reason or "no_table", needs=needs)
        return
    first = s.customers.set_index("customer_id")["first_day"] // 1
    old = first[day_number(s.as_of) - first >= DAYS_A_YEAR]
    if not len(old):
        yield unknown(fact_id, "immature")
        return
    start = s.orders["customer_id"].map(old)
    within = s.orders[s.orders["day_no"] // 1 - start < DAYS_A_YEAR]
    sums = within.groupby("customer_id")["amount"].sum().reindex(old.index, fill_value=0.0)
    values = sums.to_numpy(float) * rate
    fact = Fact(
        id=fact_id,
        value=float(values.mean()),
        n=len(values),
        period=order_period(s),
        basis=margin.basis,
        needs=needs,
    )
    yield bounded(fact, intervals.mean(values))
