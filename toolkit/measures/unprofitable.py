"""Customers whose year cost more than it brought (採算の合わないお客様・取引先)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.among import among
from toolkit.measures.costs import RATES
from toolkit.measures.intervals import bounded, wilson
from toolkit.measures.items import first_items
from toolkit.measures.lines import (
    Stretch12,
    costed_orders,
    covered_orders,
    order_lines,
    twelve_full_months,
    well_known,
    why_uncosted,
)
from toolkit.measures.months import DAYS_A_YEAR, day_number, period_after
from toolkit.measures.orders import between
from toolkit.measures.variable_costs import Basis, laid_on, variable_costs

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

SHARE = "customers.unprofitable_share"
LOSS = "customers.unprofitable_margin_yen"
LOSS_SHARE = "customers.unprofitable_loss_share"
FACTS = (SHARE, LOSS, LOSS_SHARE)
NEEDS = ("orders", "products", "costs", RATES)


def unprofitable_facts(s: Summaries) -> Iterator[Fact]:
    """Customers older than a year whose latest twelve full months left a loss, and its yen.

    Contribution = net sales − goods (quantity × unit cost) − logistics and packing (equal for
    every order) − payment and marketplace fees and points (by sales). Work for a customer
    (contacts, staff) and advertising are not in it: no export says whose they were.
    """
    covered = covered_orders(s)
    if covered is None or s.customers is None or s.customers.empty:
        return
    over = twelve_full_months(covered)
    first = s.customers.set_index("customer_id")["first_day"] // 1
    old = first[day_number(over.upto) - first >= DAYS_A_YEAR].index
    made = _contributions(s, over)
    reason = made if isinstance(made, str) else "immature"
    if isinstance(made, str) or not len(old):
        yield from (unknown(name, reason, needs=NEEDS) for name in FACTS)
        return
    by_customer = made.groupby("customer_id")["contribution"].sum()
    found = by_customer.reindex(old, fill_value=0.0)
    basis: Basis = made.attrs["basis"]
    for fact in _stated(found, float(made["contribution"].sum())):
        span = period_after(over.after, over.upto)
        yield replace(fact, period=span, needs=NEEDS, basis=basis)


def _stated(contribution: pandas.Series[float], total: float) -> Iterator[Fact]:
    losses = contribution[contribution < 0].sort_values(kind="stable")
    n, hits, loss = len(contribution), len(losses), float(losses.sum())
    items = first_items(losses)
    yield bounded(Fact(id=SHARE, value=hits / n, n=n, items=items), wilson(hits, n))
    yield Fact(id=LOSS, value=loss, n=hits)
    if total > 0 or hits:  # what eats all that is left, or more, is the whole of it
        value = min(1.0, abs(loss) / total) if total > 0 else 1.0
        yield Fact(id=LOSS_SHARE, value=value, n=hits)
    else:
        yield unknown(LOSS_SHARE, "zero_base", n=hits)


def _contributions(s: Summaries, over: Stretch12) -> pandas.DataFrame | str:
    """Orders of the twelve months with their ``contribution``, or why there is none.

    Where the price of a product is not known, its order's goods cost what those of the others
    do on average.
    """
    # Costs that are one share of all sales would tell no customer from another.
    lines, why = order_lines(s), why_uncosted(s) or (None if over.whole else "immature")
    if why is not None or lines is None or s.orders is None:
        return why or "no_rows"
    back = lines["amount"] < 0  # what is refunded comes back, whatever sign its quantity has
    lines["quantity"] = lines["quantity"].where(~back, -lines["quantity"].abs())
    recent = between(costed_orders(s, lines), over.after, over.upto)
    sales, known = float(recent["amount"].sum()), recent[recent["goods_cost"].notna()]
    costs = variable_costs(s, over, sales)
    if costs is None or not well_known(s, float(known["amount"].sum()), sales):
        return "no_margin"
    rate = float(known["goods_cost"].sum() / known["amount"].sum())
    goods = recent["goods_cost"].fillna(recent["amount"] * rate)
    left = (recent["amount"] - goods).where(~_returned(s, recent), 0.0)
    made = recent.assign(contribution=left - laid_on(s, recent, costs))
    made.attrs["basis"] = costs.basis
    return made


def _returned(s: Summaries, orders: pandas.DataFrame) -> pandas.Series[bool]:
    """Orders that came back whole; none where the file holds the refunds themselves.

    The sale and its goods are undone, what was spent on sending and payment stays.
    """
    rows = s.tables["orders"]
    rows = rows[~rows["_cancelled"]]
    if "returned_at" not in rows or bool((rows["amount"] < 0).any()):
        return orders["amount"].isna()
    back = rows["returned_at"].notna().groupby(rows["order_id"]).all()
    return among(orders["order_id"], back[back].index)
