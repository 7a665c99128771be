"""Days on which the items that carry the shop were out of stock (主力品の欠品)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.assortment import abc_classes, sales_of_items
from toolkit.measures.compare import both_ids
from toolkit.measures.lines import Stretch12, covered_orders, order_lines
from toolkit.measures.monthly import year_against_year
from toolkit.measures.months import (
    MONTHS_A_YEAR,
    Coverage,
    day_number,
    day_of,
    month_end,
    month_number,
    months_before,
    period,
)
from toolkit.measures.stock_levels import item_days, stock_coverage, stock_rows

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

OUT = "stock.out_days_share_a"
YEARS = both_ids(OUT, "yoy")
LEAST_DAYS = 90


def stockout_facts(s: Summaries) -> Iterator[Fact]:
    """Item-days of A-items at zero ÷ item-days known, twelve months and against a year ago."""
    rows = stock_rows(s)
    found = None if rows is None else stock_coverage(rows)
    covered = covered_orders(s)
    if rows is None or found is None or covered is None:
        return
    if not s.has("orders", "product"):
        yield from (unknown(fact_id, "no_column") for fact_id in (OUT, *YEARS))
        return
    days = item_days(rows)
    yield _level(s, days, found, covered)
    yield from _year_on_year(s, days, found, covered)


def _level(s: Summaries, days: pandas.DataFrame, found: Coverage, covered: Coverage) -> Fact:
    after = max(months_before(found.last, MONTHS_A_YEAR), found.first - timedelta(days=1))
    span = period(after + timedelta(days=1), found.last)
    if (found.last - after).days < LEAST_DAYS:
        return unknown(OUT, "immature", period=span)
    theirs, why = days_of_a_items(
        s, days, Stretch12(after=after, upto=found.last, whole=True), covered
    )
    if theirs is None:
        return unknown(OUT, why, period=span)
    if theirs["day"].nunique() < LEAST_DAYS:  # counted once a month: no days to speak of
        return unknown(OUT, "small_n", n=int(theirs["day"].nunique()), period=span)
    empty = theirs[theirs["quantity"] <= 0].groupby("product").size()
    ordered = empty.sort_index().sort_values(ascending=False, kind="stable")
    items = tuple(Item(key=str(k), label=str(k), value=int(v)) for k, v in ordered.items())
    value = float(ordered.sum()) / len(theirs)
    return Fact(id=OUT, value=value, n=len(theirs), period=span, items=items)


def days_of_a_items(
    s: Summaries, days: pandas.DataFrame, over: Stretch12, covered: Coverage
) -> tuple[pandas.DataFrame | None, str]:
    """Days of the items that are A by the sales of the twelve months to the stretch's end."""
    lines = order_lines(s)
    assert lines is not None
    upto = min(over.upto, covered.last)
    year = Stretch12(after=months_before(upto, MONTHS_A_YEAR), upto=upto, whole=True)
    if not covered.holds(over.after + timedelta(days=1), upto):
        return None, "immature"
    sales, why = sales_of_items(s, lines, year)
    if sales is None:
        return None, why
    classes = abc_classes(s, sales)
    inside = (days["day"] > day_number(over.after)) & (days["day"] <= day_number(over.upto))
    theirs = days[inside & days["product"].isin(classes.index[classes == "A"])]
    theirs = theirs[theirs["quantity"].notna()]
    return (theirs, "") if len(theirs) else (None, "no_rows")


def _year_on_year(
    s: Summaries, days: pandas.DataFrame, found: Coverage, covered: Coverage
) -> Iterator[Fact]:
    """Full months of the stock table against the same months a year ago, each year its A-items."""
    import pandas as pd

    last = month_number(found.last)
    if not found.holds(found.last, month_end(last)):
        last -= 1
    ends = [month_end(last - months) for months in (0, 12, 24)]
    if not found.holds(ends[2] + timedelta(days=1), ends[0]):
        yield from (unknown(fact_id, "immature") for fact_id in YEARS)
        return
    parts: list[pandas.DataFrame] = []
    for upto, after in pairwise(ends):
        theirs, why = days_of_a_items(
            s, days, Stretch12(after=after, upto=upto, whole=True), covered
        )
        if theirs is None:
            yield from (unknown(fact_id, why) for fact_id in YEARS)
            return
        parts.append(theirs)
    every = pd.concat(parts)
    months = every["day"].map(lambda day: month_number(day_of(day)))
    empty = (every["quantity"] <= 0).astype(float)
    table = pd.DataFrame(
        {"top": empty.groupby(months).sum(), "bottom": months.value_counts().astype(float)}
    )
    yield from year_against_year(OUT, table.assign(n=table["bottom"]), "stock")
