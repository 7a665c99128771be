"""What one unit of an item leaves after all variable costs (1個あたり限界利益)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.costs import RATES
from toolkit.measures.kept import kept
from toolkit.measures.lines import (
    Stretch12,
    covered_orders,
    order_lines,
    twelve_full_months,
    well_known,
    why_uncosted,
    window,
)
from toolkit.measures.marketplaces import plain
from toolkit.measures.months import period_after
from toolkit.measures.orders import between
from toolkit.measures.variable_costs import Basis, VariableCosts, laid_on, variable_costs

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

UNIT, LURE = "products.unit_contribution_yen", "q.pro.lure"
NEEDS = ("orders", "products", "costs", RATES)
LEAST_ORDERS = 30
MOST_ITEMS = 100
NAME_LENGTH = 3  # a shorter name is looked for as a whole only


def contribution_facts(s: Summaries) -> Iterator[Fact]:
    """Contribution of one unit by item over twelve full months, and of the worst item."""
    covered = covered_orders(s)
    if covered is None:
        return
    over = twelve_full_months(covered)
    span = period_after(over.after, over.upto)
    table, why = item_contributions(s, over)
    if table is None:
        yield unknown(UNIT, why if over.whole else "immature", needs=NEEDS, period=span)
        return
    basis: Basis = table.attrs["basis"]
    for name, row in table.dropna(subset=["unit"]).head(MOST_ITEMS).iterrows():
        fact = Fact(id=UNIT, value=float(row["unit"]), n=int(row["orders"]), period=span)
        yield replace(fact, by={"product": str(name)}, basis=basis)
    worst = _worst(s, table, span)
    yield replace(worst, basis=basis)


@kept
def item_contributions(s: Summaries, over: Stretch12) -> tuple[pandas.DataFrame | None, str]:
    """A row per item, the largest sales first: orders, quantity, amount, contribution, unit.

    Contribution and unit are NaN where the item has no cost or a line of it no quantity.
    """
    lines = order_lines(s)
    why = why_uncosted(s) or (None if over.whole else "immature")
    if why is not None or lines is None or s.orders is None:
        return None, why or "no_rows"
    recent = window(s, lines, over)
    if recent["amount"].isna().any():
        return None, "no_column"  # totals repeated on rows: no amount of the line's own
    orders = between(s.orders, over.after, over.upto)
    costs = variable_costs(s, over, float(orders["amount"].sum()))
    if costs is None:
        return None, "no_margin"
    return _by_item(s, recent, orders, costs), ""


def _by_item(
    s: Summaries, lines: pandas.DataFrame, orders: pandas.DataFrame, costs: VariableCosts
) -> pandas.DataFrame:
    """An order's costs fall on its lines by their amounts."""
    carried = laid_on(s, orders, costs)
    carried.index = orders["order_id"]
    weight = lines["amount"].clip(lower=0)
    whole = weight.groupby(lines["order_id"]).transform("sum")
    share = (weight / whole).where(whole > 0, 0.0)
    made = lines.assign(
        left=lines["amount"]
        - lines["quantity"] * lines["cost"]
        - share * lines["order_id"].map(carried)
    ).dropna(subset=["product"])
    groups = made.groupby("product")
    table = groups.agg(
        orders=("order_id", "nunique"), quantity=("quantity", "sum"), amount=("amount", "sum")
    )
    left = groups["left"]
    table["contribution"] = left.sum(min_count=1).where(left.count() == left.size())
    table["unit"] = (table["contribution"] / table["quantity"]).where(table["quantity"] > 0)
    table = table.sort_values("amount", ascending=False, kind="stable")
    table.attrs["basis"] = costs.basis
    return table


def _worst(s: Summaries, table: pandas.DataFrame, span: tuple[str, str]) -> Fact:
    """The lowest unit contribution of the items judged: 30 orders or more, no lure.

    Its items are all that lose money, with what they lost in the twelve months. Without a
    loss the figure stands only where items of known cost make up most of the sales judged.
    """
    lures = set(lures_of(s, [str(name) for name in table.index]))
    judged = table[(table["orders"] >= LEAST_ORDERS) & ~table.index.isin(lures)]
    known = judged.dropna(subset=["unit"]).sort_values("unit", kind="stable")
    if judged.empty:
        return unknown(UNIT, "small_n", needs=NEEDS, period=span)
    enough = well_known(s, float(known["amount"].sum()), float(judged["amount"].sum()))
    if known.empty or (not enough and float(known["unit"].iloc[0]) >= 0):
        return unknown(UNIT, "no_margin", needs=NEEDS, period=span)
    losing = known[known["unit"] < 0].sort_values("contribution", kind="stable")
    items = tuple(
        Item(key=str(name), label=str(name), value=float(value))
        for name, value in losing["contribution"].items()
    )
    first = known.iloc[0]
    return Fact(
        id=UNIT, value=float(first["unit"]), n=int(first["orders"]), period=span, items=items
    )


def lures_of(s: Summaries, names: list[str]) -> list[str]:
    """Items answered to be sold at a loss on purpose: named as a whole, or within a sentence."""
    said = s.answers.get((LURE, None))
    if not isinstance(said, str):
        return []
    text = plain(said)
    parts = {
        plain(part) for part in re.split(r"[、,，;；/／\n]", unicodedata.normalize("NFKC", said))
    }
    return [
        name
        for name in names
        if plain(name) in parts or (len(plain(name)) >= NAME_LENGTH and plain(name) in text)
    ]
