"""Cost of goods against sales, by item and in total, this year and a year ago (原価率)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures import intervals
from toolkit.measures.compare import Compared, Stretch, against_past, both_ids
from toolkit.measures.costs import monthly_costs
from toolkit.measures.lines import (
    costed_orders,
    covered_orders,
    order_lines,
    span_of,
    twelve_months,
    well_known,
    why_uncosted,
    window,
)
from toolkit.measures.monthly import year_against_year
from toolkit.measures.months import MONTHS_A_YEAR, month_end, month_start, period
from toolkit.measures.orders import between
from toolkit.measures.plan import over_plan

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.measures.summaries import Summaries

SHARE, OVER = "products.cogs_share", "products.cogs_over_plan"
YEARS = both_ids(SHARE, "yoy")
NEEDS = ("costs", "products")
# Of a long list the items with the largest sales have a fact of their own.
MOST_ITEMS = 100


def goods_facts(s: Summaries) -> Iterator[Fact]:
    """Share of sales that goods cost: booked costs where there are any, else quantity × cost."""
    booked = _booked(s)
    total = _of_costs(booked) if len(booked) else _of_lines(s)
    yield total
    yield over_plan(s, OVER, {"cogs": total}, "costs")
    if len(booked):
        yield from year_against_year(SHARE, booked, "costs")
    else:
        yield from _lines_against_past(s)
    yield from _by_item(s)


def _booked(s: Summaries) -> pandas.DataFrame:
    """Cost of goods as booked (top), sales (bottom) and orders (n) of each full month."""
    import pandas as pd

    costs = monthly_costs(s)
    if costs is None or "cogs" not in costs.items.columns:
        return pd.DataFrame({"top": [], "bottom": [], "n": []})
    assert s.orders is not None
    n = s.orders["month_no"].value_counts()
    goods = costs.items["cogs"].dropna()
    return pd.DataFrame(
        {"top": goods, "bottom": costs.sales.reindex(goods.index), "n": n.reindex(goods.index)}
    )


def _of_costs(booked: pandas.DataFrame) -> Fact:
    recent = booked.tail(MONTHS_A_YEAR)
    over = period(month_start(int(recent.index[0])), month_end(int(recent.index[-1])))
    sales = float(recent["bottom"].sum())
    if sales <= 0:
        return unknown(SHARE, "zero_base", period=over, table="costs")
    value = float(recent["top"].sum()) / sales
    return Fact(id=SHARE, value=value, n=int(recent["n"].sum()), period=over, table="costs")


def _of_lines(s: Summaries) -> Fact:
    covered, lines, why = covered_orders(s), order_lines(s), why_uncosted(s)
    if why is not None or covered is None or lines is None:
        return unknown(SHARE, why or "no_rows", needs=NEEDS)
    over = twelve_months(covered)
    span = span_of(covered, over)
    recent = between(costed_orders(s), over.after, over.upto)
    known = recent[recent["goods_cost"].notna()]
    if recent["amount"].sum() <= 0:
        return unknown(SHARE, "zero_base", period=span)
    if not well_known(s, float(known["amount"].sum()), float(recent["amount"].sum())):
        return unknown(SHARE, "no_rows", needs=NEEDS, period=span)
    value = float(known["goods_cost"].sum() / known["amount"].sum())
    return Fact(id=SHARE, value=value, n=len(known), period=span)


def _lines_against_past(s: Summaries) -> Iterator[Fact]:
    """At one cost per item the year's change shows price, discount and mix, not dearer buying."""
    covered, lines, why = covered_orders(s), order_lines(s), why_uncosted(s)
    if why is not None or covered is None or lines is None:
        yield from (unknown(one, why or "no_rows", needs=NEEDS) for one in YEARS)
        return
    orders = costed_orders(s)
    what = Compared(fact_id=SHARE, covered=covered, table="orders")
    yield from against_past(what, "yoy", lambda after, upto: _stretch(s, orders, after, upto))


def _stretch(s: Summaries, orders: pandas.DataFrame, after: date, upto: date) -> Stretch | None:
    every = between(orders, after, upto)
    known = every[every["goods_cost"].notna()]
    if not well_known(s, float(known["amount"].sum()), float(every["amount"].sum())):
        return None
    buyer = known["customer_id"].where(known["customer_id"].notna(), "g" + known["order_id"])
    sums = known.groupby(buyer.to_numpy())[["goods_cost", "amount"]].sum()
    top, bottom = sums["goods_cost"].to_numpy(float), sums["amount"].to_numpy(float)
    value = float(top.sum() / bottom.sum())
    return Stretch(value=value, interval=intervals.ratio(top, bottom), n=len(known))


def _by_item(s: Summaries) -> Iterator[Fact]:
    covered, lines = covered_orders(s), order_lines(s)
    if covered is None or lines is None or why_uncosted(s) is not None:
        return
    over = twelve_months(covered)
    recent = window(s, lines, over)
    recent = recent[recent[["product", "amount", "quantity", "cost"]].notna().all(axis=1)]
    table = recent.assign(goods=recent["quantity"] * recent["cost"]).groupby("product")
    sums = table.agg(
        goods=("goods", "sum"), amount=("amount", "sum"), n=("order_id", "nunique")
    ).sort_values("amount", ascending=False, kind="stable")
    for name, row in sums[sums["amount"] > 0].head(MOST_ITEMS).iterrows():
        yield Fact(
            id=SHARE,
            value=float(row["goods"] / row["amount"]),
            n=int(row["n"]),
            by={"product": str(name)},
            period=span_of(covered, over),
            table="orders",
        )
