"""Rows behind the figures of items and stock: one per item of the list, one per item in store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.measures.assortment import abc_classes, sales_of_items
from toolkit.measures.contribution import item_contributions
from toolkit.measures.lines import covered_orders, order_lines, twelve_full_months, twelve_months
from toolkit.measures.rows import day_numbers
from toolkit.measures.stock import moment
from toolkit.measures.stock_levels import stock_coverage, stock_rows

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries


def assortment_evidence(s: Summaries) -> dict[str, pandas.DataFrame | None]:
    """Frames by table; None where the table was not delivered."""
    return {"products": _products(s), "stock": _stock(s)}


def _products(s: Summaries) -> pandas.DataFrame | None:
    """A row per item of the list: sales of twelve months, class, contribution, place."""
    covered, lines = covered_orders(s), order_lines(s)
    if not s.has("products", "product") or covered is None or lines is None:
        return None
    frame = s.tables["products"]
    names = [name for name in ("product", "category", "cost", "supplier") if name in frame]
    made = frame[names].assign(file=frame["_file"], row=frame["_row"])
    if s.has("orders", "product"):
        sales, _ = sales_of_items(s, lines, twelve_months(covered))
        if sales is not None:
            made["sales"] = made["product"].map(sales.to_dict())
            made["item_class"] = made["product"].map(abc_classes(s, sales).to_dict())
    table, _ = item_contributions(s, twelve_full_months(covered))
    if table is not None:
        for name in ("orders", "quantity", "contribution", "unit"):
            made[name] = made["product"].map(table[name].to_dict())
    return made.sort_values(["product", "row"], kind="stable").reset_index(drop=True)


def _stock(s: Summaries) -> pandas.DataFrame | None:
    """A row per item in store on the last day counted: value, class, days it lasts."""
    rows = stock_rows(s)
    found = None if rows is None else stock_coverage(rows)
    if rows is None or found is None:
        return None
    items = moment(s, rows, found.last).items
    if items is None:
        return None
    frame = s.tables["stock"]
    places = frame.assign(day=day_numbers(frame["date"]) // 1).sort_values("_row", kind="stable")
    first = places.groupby(["product", "day"])[["_file", "_row"]].first()
    first = first.rename(columns={"_file": "file", "_row": "row"}).reset_index()
    columns = ["product", "quantity", "value", "daily", "days", "item_class"]
    made = items.reset_index().merge(first, on=["product", "day"], how="left")
    # Nothing sold has no number of days: an infinite one does not fit a sheet.
    made["days"] = made["days"].where(made["daily"] > 0)
    return made[[*columns, "file", "row"]]
