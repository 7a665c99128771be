"""The assortment by sales: which items carry the shop (ABC分析)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.house import size
from toolkit.measures.lines import (
    Stretch12,
    covered_orders,
    order_lines,
    span_of,
    twelve_months,
    well_known,
    window,
)

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

TOP, A_ITEMS = "products.top1_sales_share", "products.a_items_count"
SOLE = "products.sole_supplier_a_count"
SOLE_SALES = "products.sole_supplier_sales_yen"
CLASSES = ("A", "B", "C")
# What stands between two suppliers written in one cell; the comma of "Co., Ltd." does not.
BETWEEN_NAMES = r"(?i)[、，;；/／|｜\n]|,(?!\s*(?:ltd|inc|llc|co)\b)"
TINY = 1e-9


def assortment_facts(s: Summaries) -> Iterator[Fact]:
    """Dependence on the first item, number of A-items, and those with a single supplier."""
    covered, lines = covered_orders(s), order_lines(s)
    if covered is None or lines is None or not s.has("orders", "product"):
        return
    over = twelve_months(covered)
    sales, why = sales_of_items(s, lines, over)
    span = span_of(covered, over)
    if sales is None:
        ids = (TOP, A_ITEMS, SOLE, SOLE_SALES)
        yield from (unknown(fact_id, why, period=span) for fact_id in ids)
        return
    total = float(window(s, lines, over)["amount"].sum())
    n = int(window(s, lines, over)["order_id"].nunique())
    largest = float(sales.iloc[0])
    yield Fact(id=TOP, value=largest / total, n=n, period=span, items=_listed(sales.head(1)))
    classes = abc_classes(s, sales)
    yield Fact(
        id=A_ITEMS,
        value=int((classes == "A").sum()),
        n=len(sales),
        period=span,
        items=_listed(sales[classes == "A"]),
    )
    sole = _sole_suppliers(s, sales[classes == "A"], span)
    yield sole
    yield _sales_of(sole, whole=over.whole)


def _listed(sales: pandas.Series[float]) -> tuple[Item, ...]:
    return tuple(Item(key=str(k), label=str(k), value=float(v)) for k, v in sales.items())


def sales_of_items(
    s: Summaries, lines: pandas.DataFrame, over: Stretch12
) -> tuple[pandas.Series[float] | None, str]:
    """Sales by item, the largest first (ties by name); None and the reason where not known.

    Known where the rows carry amounts of their own and named items make up most of the sales.
    """
    recent = window(s, lines, over)
    if recent["amount"].isna().any():
        return None, "no_column"
    total = float(recent["amount"].sum())
    if total <= 0:
        return None, "zero_base" if len(recent) else "no_rows"
    named = recent[recent["product"].notna()]
    if not well_known(s, float(named["amount"].sum()), total):
        return None, "no_rows"
    sums = named.groupby("product")["amount"].sum().sort_index()
    sums = sums.sort_values(ascending=False, kind="stable")
    return (sums, "") if float(sums.iloc[0]) > 0 else (None, "zero_base")


def abc_classes(s: Summaries, sales: pandas.Series[float]) -> pandas.Series[str]:
    """Class of each item by the cumulated share of sales, the largest item always in A.

    A up to and including 80 %, B up to 95 %, C the rest (the cuts are content). Items whose
    returns outweigh their sales are C.
    """
    import numpy as np
    import pandas as pd

    share = sales.clip(lower=0).cumsum() / sales.clip(lower=0).sum() - TINY
    in_a = (share <= size(s, "abc_a_cut")) | (np.arange(len(sales)) == 0)
    names = np.where(in_a, "A", np.where(share <= size(s, "abc_b_cut"), "B", "C"))
    names = np.where(sales > 0, names, "C")
    made: pandas.Series[str] = pd.Series(names.tolist(), index=sales.index, dtype="str")
    return made


def _sole_suppliers(s: Summaries, sales: pandas.Series[float], span: tuple[str, str]) -> Fact:
    """A-items with one supplier named; none found counts only where every one has a name."""
    if not s.has("products", "product"):
        return unknown(SOLE, "no_table", needs=("products",), period=span)
    if not s.has("products", "supplier"):
        return unknown(SOLE, "no_column", needs=("products",), period=span)
    frame = s.tables["products"].dropna(subset=["supplier"])
    cells = frame.assign(
        supplier=frame["supplier"].astype(str).str.split(BETWEEN_NAMES, regex=True)
    )
    each = cells.explode("supplier")
    each = each.assign(supplier=each["supplier"].str.strip().str.casefold())
    counts = each[each["supplier"] != ""].groupby("product")["supplier"].nunique()
    known = sales[sales.index.isin(counts.index)]
    sole = known[counts.reindex(known.index) == 1]
    if known.empty or (sole.empty and len(known) < len(sales)):
        return unknown(SOLE, "no_rows", needs=("products",), period=span)
    return Fact(
        id=SOLE,
        value=len(sole),
        n=len(known),
        period=span,
        items=_listed(sole),
        table="products",
    )


def _sales_of(sole: Fact, *, whole: bool) -> Fact:
    """A year's sales of the items with one supplier; a shorter time is no year."""
    if not sole.known or not whole:
        return replace(unknown(SOLE_SALES, sole.reason or "immature"), needs=sole.needs)
    value = sum(float(item.value or 0.0) for item in sole.items)
    return replace(sole, id=SOLE_SALES, value=value)
