"""Lines of orders: which product, how many, at what cost, and what of the amount is theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from toolkit.measures.house import size
from toolkit.measures.kept import kept
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    Coverage,
    month_end,
    month_number,
    months_before,
    period_after,
)
from toolkit.measures.orders import between, order_coverage
from toolkit.measures.rows import day_numbers

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch12:
    """Twelve months of orders: later than the day ``after``, not later than ``upto``.

    ``whole`` tells whether the orders speak for all of them.
    """

    after: date
    upto: date
    whole: bool


def twelve_months(covered: Coverage, years_ago: int = 0) -> Stretch12:
    """The twelve months up to the last order, or those a year and more before them."""
    upto = months_before(covered.last, MONTHS_A_YEAR * years_ago)
    return _stretch(months_before(upto, MONTHS_A_YEAR), upto, covered)


def twelve_full_months(covered: Coverage) -> Stretch12:
    """The latest twelve calendar months that the orders hold in full, as costs are booked."""
    last = month_number(covered.last)
    if not covered.holds(covered.last, month_end(last)):
        last -= 1
    return _stretch(month_end(last - MONTHS_A_YEAR), month_end(last), covered)


def _stretch(after: date, upto: date, covered: Coverage) -> Stretch12:
    first = after + timedelta(days=1)
    return Stretch12(after=after, upto=upto, whole=covered.holds(first, upto))


@kept
def order_lines(s: Summaries) -> pandas.DataFrame | None:
    """Every line that counts, with the unit cost of its product; None without orders.

    Returns:
        Columns order_id, day_no, channel, product, quantity, cost (a unit, NaN where the
        product has none) and amount: what the row says where a file's rows are lines or whole
        orders, NaN where it repeats the order's total on several rows.
    """
    import pandas as pd

    if not s.has("orders"):
        return None
    frame = s.tables["orders"]
    frame = frame[~frame["_cancelled"]]
    repeating = set(frame.loc[frame["_repeated"], "_file"])
    amount = frame["amount"].where(~frame["_file"].isin(repeating))
    made = pd.DataFrame({"order_id": frame["order_id"], "amount": amount.astype(float)})
    made["day_no"] = day_numbers(frame["order_date"])
    for name in ("channel", "product"):
        made[name] = frame[name].astype("str") if name in frame else None
    made["quantity"] = number_column(frame, "quantity")
    costs = unit_costs(s)
    made["cost"] = float("nan") if costs is None else made["product"].map(costs).astype(float)
    return made


def number_column(frame: pandas.DataFrame, name: str) -> Any:
    """A column as floats, NaN where it was not delivered."""
    import pandas as pd

    return pd.to_numeric(frame[name]).astype(float) if name in frame else float("nan")


def unit_costs(s: Summaries) -> pandas.Series[float] | None:
    """Cost of one unit by product; None without the table."""
    if not s.has("products", "product", "cost"):
        return None
    frame = s.tables["products"].sort_values(["_file", "_row"], kind="stable")
    costs = frame.assign(cost=number_column(frame, "cost")).dropna(subset=["cost"])
    made: pandas.Series[float] = costs.groupby("product")["cost"].first()
    return made


def costed_orders(s: Summaries, lines: pandas.DataFrame | None = None) -> pandas.DataFrame:
    """Orders with the cost of their goods: NaN unless every product line has quantity and cost.

    A line without a product (shipping, wrapping) belongs to sales and costs no goods; an order
    without any product line has no known cost. ``lines`` stand in place of the client's own.
    """
    assert s.orders is not None
    return s.orders.assign(goods_cost=goods_costs(s) if lines is None else _goods_costs(s, lines))


@kept
def goods_costs(s: Summaries) -> pandas.Series[float]:
    """Cost of the goods of each order, in the order of the orders."""
    lines = order_lines(s)
    assert lines is not None
    return _goods_costs(s, lines)


def _goods_costs(s: Summaries, lines: pandas.DataFrame) -> pandas.Series[float]:
    assert s.orders is not None
    goods = lines[lines["product"].notna()]
    cost = (goods["quantity"] * goods["cost"]).groupby(goods["order_id"], sort=False)
    sums = cost.sum(min_count=1).where(cost.count() == cost.size())
    return s.orders["order_id"].map(sums).astype(float)


def why_uncosted(s: Summaries) -> str | None:
    """Why no line can have a cost: no list of products, or a column missing; else None."""
    if not s.has("orders") or not s.has("products"):
        return "no_table"
    if not s.has("orders", "product", "quantity") or not s.has("products", "cost"):
        return "no_column"
    return None


def well_known(s: Summaries, known: float, whole: float) -> bool:
    """Whether what is known is enough of the whole to speak for it (a size of content)."""
    return whole > 0 and known >= size(s, "known_share_floor") * whole


def window(s: Summaries, lines: pandas.DataFrame, over: Stretch12) -> pandas.DataFrame:
    """The lines of one stretch."""
    return between(lines, over.after, over.upto)


def span_of(covered: Coverage, over: Stretch12) -> tuple[str, str]:
    """The stretch as a fact carries it, or the shorter time since the first order."""
    return period_after(max(over.after, covered.first - timedelta(days=1)), over.upto)


def covered_orders(s: Summaries) -> Coverage | None:
    """The days that orders speak for; None without an order."""
    return None if s.orders is None or s.orders.empty else order_coverage(s)
