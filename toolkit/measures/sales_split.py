"""Sales and orders of the latest twelve months, new customers apart (新規客・既存客の売上)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.among import among
from toolkit.measures.lines import covered_orders, twelve_months
from toolkit.measures.months import period_after
from toolkit.measures.orders import between

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

NEW, EXISTING = "customers.new_sales_12m", "customers.existing_sales_12m"
ORDERS = "customers.orders_12m"


def sales_split_facts(s: Summaries) -> Iterator[Fact]:
    """Orders of twelve months; their sales to new customers and to existing ones.

    The two add up to all sales: an order without a customer code stands beside first orders, so
    that without a single code all sales do.
    """
    covered = covered_orders(s)
    if covered is None or s.orders is None:
        return
    over = twelve_months(covered)
    span = period_after(over.after, over.upto)
    if not over.whole:
        yield from (unknown(one, "immature", period=span) for one in (ORDERS, NEW, EXISTING))
        return
    columns = ["order_id", "customer_id", "day_no", "amount"]
    recent = between(s.orders[columns], over.after, over.upto)
    n = len(recent)
    yield Fact(id=ORDERS, value=n, n=n, period=span)
    known = recent["order_id"][:0] if s.customers is None else s.customers["first_order_id"]
    first = among(recent["order_id"], known)
    again = recent["customer_id"].notna() & ~first
    existing = float(recent.loc[again, "amount"].sum())
    total = float(recent["amount"].sum())
    yield Fact(id=NEW, value=total - existing, n=n - int(again.sum()), period=span)
    yield Fact(id=EXISTING, value=existing, n=int(again.sum()), period=span)
