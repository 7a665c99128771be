"""Sales that A-items missed while they were out of stock (欠品による売り逃し)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.intervals import both_levels, bounded
from toolkit.measures.lines import Stretch12, covered_orders, order_lines
from toolkit.measures.months import MONTHS_A_YEAR, months_before, period
from toolkit.measures.stock_levels import item_days, stock_coverage, stock_rows
from toolkit.measures.stockouts import LEAST_DAYS, days_of_a_items

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

LOST = "stock.lost_sales_yen"


def lost_sales_facts(s: Summaries) -> Iterator[Fact]:
    """Days out of stock × usual daily sales of the item, less what was sold on those days.

    Usual is the mean of the days on which the item was in stock, in the same twelve months. No
    record says who bought something else or came back later: the interval begins at nothing
    lost.
    """
    rows, covered = stock_rows(s), covered_orders(s)
    found = None if rows is None else stock_coverage(rows)
    if rows is None or found is None or covered is None or not s.has("orders", "product"):
        return
    after = max(months_before(found.last, MONTHS_A_YEAR), found.first - timedelta(days=1))
    span = period(after + timedelta(days=1), found.last)
    over = Stretch12(after=after, upto=found.last, whole=True)
    days, why = days_of_a_items(s, item_days(rows), over, covered)
    if days is None or days["day"].nunique() < LEAST_DAYS:
        yield unknown(LOST, why or "small_n", period=span)
        return
    yield _stated(_by_item(s, days), span)


def _by_item(s: Summaries, days: pandas.DataFrame) -> pandas.DataFrame:
    """A row per item: days out and in stock, sales on each, variance of a day in stock."""
    import pandas as pd

    lines = order_lines(s)
    assert lines is not None  # an A-item has sales
    day = (lines["day_no"] // 1).rename("day")
    sold = lines["amount"].groupby([lines["product"], day]).sum().rename("sales")
    each = days.merge(sold.reset_index(), on=["product", "day"], how="left")
    each["sales"] = each["sales"].fillna(0.0)
    out = each["quantity"] <= 0
    missed, usual = (each[flag].groupby("product")["sales"] for flag in (out, ~out))
    return pd.DataFrame(
        {
            "out": missed.size(),
            "sold": missed.sum(),
            "there": usual.size(),
            "mean": usual.mean(),
            "var": usual.var(),
        }
    ).dropna(subset=["out", "mean"])


def _stated(table: pandas.DataFrame, span: tuple[str, str]) -> Fact:
    lost = (table["out"] * table["mean"] - table["sold"]).clip(lower=0.0)
    value, n = float(lost.sum()), int(table["out"].sum())
    spread = (table["out"] ** 2 * table["var"].fillna(0.0) / table["there"])[lost > 0]
    error = float(spread.sum()) ** 0.5

    def bounds(level: float) -> tuple[float, float]:
        from scipy.special import ndtri

        return 0.0, value + float(ndtri(0.5 + level / 2)) * error

    fact = Fact(id=LOST, value=value, n=n, period=span)
    return bounded(fact, both_levels(bounds)) if value > 0 else fact
