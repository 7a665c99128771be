"""Stock as it stood on a day: from stocktakes, or from a list of changes (在庫の時点)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.measures.lines import number_column, unit_costs
from toolkit.measures.months import coverage, day_number
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.months import Coverage
    from toolkit.measures.summaries import Summaries

# A stocktake lists most items on its days; a list of changes only those that moved.
LISTED_ON_A_STOCKTAKE = 0.5
LONGEST_BACK = timedelta(days=31)


def stock_rows(s: Summaries) -> pandas.DataFrame | None:
    """One row per item and day: quantity (several places of store added) and its value.

    Value is quantity × cost of the item, else the value the table gives, NaN where neither.
    None without a stock table.
    """
    if not s.has("stock", "product", "date", "quantity"):
        return None
    import pandas as pd

    frame = s.tables["stock"]
    made = pd.DataFrame({"product": frame["product"].astype("str")})
    made["day"] = day_numbers(frame["date"]) // 1
    made["quantity"] = number_column(frame, "quantity")
    costs = unit_costs(s)
    cost = float("nan") if costs is None else made["product"].map(costs).astype(float)
    given = pd.Series(number_column(frame, "value"), index=made.index, dtype=float)
    made["value"] = (made["quantity"] * cost).astype(float).fillna(given)
    sums = made.groupby(["product", "day"], sort=True)[["quantity", "value"]]
    table: pandas.DataFrame = sums.sum(min_count=1).reset_index()
    return table


def stock_coverage(rows: pandas.DataFrame) -> Coverage | None:
    """The days that the stock table speaks for."""
    return coverage(rows["day"].to_numpy(float))


def lists_changes(rows: pandas.DataFrame) -> bool:
    """Whether a typical day lists fewer than half of the items: rows are changes, not counts."""
    per_day = rows.groupby("day")["product"].nunique()
    return bool(per_day.median() < LISTED_ON_A_STOCKTAKE * rows["product"].nunique())


def stock_on(rows: pandas.DataFrame, day: date) -> pandas.DataFrame | None:
    """Quantity and value by item as of a day; None without a count in the month before it.

    Of stocktakes the last on or before the day; of a list of changes each item's last row.
    """
    until = rows[rows["day"] <= day_number(day)]
    if until.empty or until["day"].max() < day_number(day - LONGEST_BACK):
        return None
    if not lists_changes(rows):
        until = until[until["day"] == until["day"].max()]
    latest = until.sort_values("day", kind="stable").groupby("product").tail(1)
    return latest.set_index("product").sort_index()


def item_days(rows: pandas.DataFrame) -> pandas.DataFrame:
    """Item, day and quantity of every day on which the stock of the item is known.

    A count speaks for its day alone; a change holds until the item's next one, and to the last
    day of the table.
    """
    if not lists_changes(rows):
        return rows[["product", "day", "quantity"]]
    last = rows["day"].max()
    ordered = rows.sort_values(["product", "day"], kind="stable")
    following = ordered.groupby("product")["day"].shift(-1).fillna(last + 1)
    times = (following - ordered["day"]).astype(int)
    spread = ordered.loc[ordered.index.repeat(times), ["product", "day", "quantity"]]
    shift = spread.groupby(["product", "day"]).cumcount()
    return spread.assign(day=spread["day"] + shift)
