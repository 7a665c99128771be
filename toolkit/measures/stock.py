"""Stock: what it ties up, how long it lasts, what lies still and what runs out (在庫の指標)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.assortment import CLASSES, abc_classes, sales_of_items
from toolkit.measures.house import size
from toolkit.measures.items import largest_items
from toolkit.measures.lines import (
    Stretch12,
    covered_orders,
    order_lines,
    well_known,
    window,
)
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    Coverage,
    day_number,
    months_before,
    period,
)
from toolkit.measures.rows import day_numbers
from toolkit.measures.stock_levels import stock_coverage, stock_on, stock_rows

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

VALUE, DAYS = "stock.value_yen", "stock.days_on_hand"
SLOW, SLOW_YOY = "stock.slow_c_share", "stock.slow_c_share_yoy"
ALL = (VALUE, DAYS, SLOW, SLOW_YOY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Stock on one day beside the twelve months of sales before it.

    ``items``: a row per item in stock with quantity, value, a day's sales in units, class and
    the days it lasts (infinite where nothing was sold); ``why`` tells what is missing.
    """

    day: date
    items: pandas.DataFrame | None
    why: str = ""


def stock_facts(s: Summaries) -> Iterator[Fact]:
    """Value, days on hand, and the share of value that C-items hold for too long."""
    rows = stock_rows(s)
    found = None if rows is None else stock_coverage(rows)
    if rows is None or found is None:
        return
    stock = stock_on(rows, found.last)
    assert stock is not None  # there is a row on the last day itself
    yield _value(s, stock, found.last)
    now = moment(s, rows, found.last)
    yield from _days(now)
    slow = _slow(s, now)
    yield slow
    before = _slow(s, moment(s, rows, months_before(found.last, MONTHS_A_YEAR)))
    yield _against_last_year(slow, before, found)


def _value(s: Summaries, stock: pandas.DataFrame, day: date) -> Fact:
    on = period(day, day)
    held = stock[stock["quantity"] > 0]
    priced = held[held["value"].notna()]
    if held.empty:
        return Fact(id=VALUE, value=0.0, n=len(stock), period=on)
    if not well_known(s, float(priced["quantity"].sum()), float(held["quantity"].sum())):
        return unknown(VALUE, _no_value(s), needs=("stock", "products"), period=on)
    return Fact(id=VALUE, value=float(priced["value"].sum()), n=len(priced), period=on)


def _no_value(s: Summaries) -> str:
    return "no_rows" if s.has("products", "cost") or s.has("stock", "value") else "no_column"


def moment(s: Summaries, rows: pandas.DataFrame, day: date) -> Moment:
    """The stock of a day with what each item sold in the twelve months before."""
    covered, lines, stock = covered_orders(s), order_lines(s), stock_on(rows, day)
    if covered is None or lines is None:
        return Moment(day=day, items=None, why="no_table" if lines is None else "no_rows")
    if not s.has("orders", "product", "quantity"):
        return Moment(day=day, items=None, why="no_column")
    over = _year_to(covered, min(day, covered.last))
    if stock is None or not over.whole:
        return Moment(day=day, items=None, why="immature")
    sales, why = sales_of_items(s, lines, over)
    if sales is None:
        return Moment(day=day, items=None, why=why)
    return Moment(day=day, items=_joined(s, stock, window(s, lines, over), sales, over))


def _year_to(covered: Coverage, day: date) -> Stretch12:
    after = months_before(day, MONTHS_A_YEAR)
    return Stretch12(after=after, upto=day, whole=covered.holds(after + timedelta(days=1), day))


def _joined(
    s: Summaries,
    stock: pandas.DataFrame,
    lines: pandas.DataFrame,
    sales: pandas.Series[float],
    over: Stretch12,
) -> pandas.DataFrame:
    held = stock[stock["quantity"] > 0]
    groups = lines.groupby("product")
    sold, first = groups["quantity"].sum(), groups["day_no"].min() // 1
    age = day_number(over.upto) + 1 - first.reindex(held.index)
    made = held.assign(
        daily=(sold.reindex(held.index) / age).fillna(0.0).clip(lower=0),
        age=age,
        item_class=abc_classes(s, sales).reindex(held.index).fillna("C"),  # not sold for a year
    )
    made["days"] = made["quantity"] / made["daily"].where(made["daily"] > 0)
    made["days"] = made["days"].fillna(float("inf"))
    return made


def _days(now: Moment) -> Iterator[Fact]:
    """Units in stock ÷ units sold a day, by class and of all items together."""
    on = period(now.day, now.day)
    for name in (*CLASSES, None):
        by: dict[str, str | int] = {} if name is None else {"class": name}
        if now.items is None:
            yield unknown(DAYS, now.why, by=by, period=on)
            continue
        items = now.items if name is None else now.items[now.items["item_class"] == name]
        daily = float(items["daily"].sum())
        if daily <= 0:
            yield unknown(DAYS, "zero_base" if len(items) else "no_rows", by=by, period=on)
            continue
        value = float(items["quantity"].sum()) / daily
        yield Fact(id=DAYS, value=value, n=len(items), by=by, period=on)


def _slow(s: Summaries, at: Moment) -> Fact:
    """Value of C-items that last too long ÷ value of all stock; new items are not slow yet."""
    on = period(at.day, at.day)
    if at.items is None:
        return unknown(SLOW, at.why, period=on)
    if at.items.empty:
        return unknown(SLOW, "zero_base", period=on)
    priced = at.items[at.items["value"].notna()]
    whole = float(priced["value"].sum())
    if not well_known(s, float(priced["quantity"].sum()), float(at.items["quantity"].sum())):
        return unknown(SLOW, _no_value(s), needs=("stock", "products"), period=on)
    if whole <= 0:
        return unknown(SLOW, "zero_base", period=on)
    new = (priced["age"] < size(s, "new_item_days")) | _just_launched(s, priced, at.day)
    lasting = priced["days"] > size(s, "slow_stock_days")
    slow = priced[(priced["item_class"] == "C") & lasting & ~new]["value"]
    value = float(slow.sum()) / whole
    return Fact(id=SLOW, value=value, n=len(priced), period=on, items=largest_items(slow))


def _just_launched(s: Summaries, items: pandas.DataFrame, day: date) -> pandas.Series[bool]:
    """Items launched shortly before the day, where the table of products tells."""
    import pandas as pd

    if not s.has("products", "launched_at"):
        return pd.Series(False, index=items.index)
    frame = s.tables["products"]
    launched = pd.Series(day_numbers(frame["launched_at"]), index=frame["product"])
    days = launched.groupby(level=0).max().reindex(items.index)
    return days > day_number(day) - size(s, "new_item_days")


def _against_last_year(now: Fact, before: Fact, covered: Coverage) -> Fact:
    over = period(months_before(covered.last, MONTHS_A_YEAR), covered.last)
    if now.number is None or before.number is None:
        reason = "immature" if now.known else str(now.reason)
        return unknown(SLOW_YOY, reason, period=over)
    return Fact(id=SLOW_YOY, value=now.number - before.number, n=now.n, period=over)
