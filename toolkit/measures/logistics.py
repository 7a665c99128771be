"""Logistics: its share of sales, cost of a parcel, and what customers pay of it (物流費)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.costs import PLAN, MonthlyCosts, answered_numbers, monthly_costs
from toolkit.measures.lines import number_column, well_known
from toolkit.measures.monthly import year_against_year
from toolkit.measures.months import MONTHS_A_YEAR, month_end, month_start, period
from toolkit.measures.plan import over_plan

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

SHARE, OVER = "delivery.cost_share", "delivery.cost_over_plan"
PARCEL, PAID = "delivery.yen_per_parcel", "delivery.customer_share_of_shipping"
CARRIAGE, PACKING = "logistics", "packing"
PARCELS, PLANNED = "delivery.parcels_12m", "delivery.planned_yen_per_parcel"
CARRIED = "delivery.carriage_yen_12m"
NEEDS = ("costs", "orders")


def logistics_facts(s: Summaries) -> Iterator[Fact]:
    """Logistics against sales, plan, parcels and the shipping charged to customers."""
    costs = _months_with_a_bill(s)
    if costs is None:
        why = "no_rows" if s.has("costs") and s.has("orders") else "no_table"
        yield from (unknown(one, why, needs=NEEDS) for one in (SHARE, PARCEL, PAID))
        yield over_plan(s, OVER, {CARRIAGE: unknown(SHARE, why)}, "costs")
        return
    yield _share(SHARE, costs, (CARRIAGE, PACKING))
    parts = {item: _share(SHARE, costs, (item,)) for item in (CARRIAGE, PACKING)}
    yield over_plan(s, OVER, {k: v for k, v in parts.items() if k in costs.items}, "costs")
    yield from _per_parcel(s, costs)
    yield from _paid_by_customers(s, costs)


def _months_with_a_bill(s: Summaries) -> MonthlyCosts | None:
    costs = monthly_costs(s)
    if costs is None or CARRIAGE not in costs.items.columns:
        return None
    booked = costs.items[CARRIAGE].notna()
    if not booked.any():
        return None
    return MonthlyCosts(items=costs.items[booked], sales=costs.sales[booked])


def _booked(costs: MonthlyCosts, items: tuple[str, ...]) -> pandas.Series[float]:
    there = [item for item in items if item in costs.items.columns]
    made: pandas.Series[float] = costs.items[there].sum(axis=1)
    return made


def _share(fact_id: str, costs: MonthlyCosts, items: tuple[str, ...]) -> Fact:
    recent = costs.recent(MONTHS_A_YEAR)
    sales = float(recent.sales.sum())
    if sales <= 0:
        return unknown(fact_id, "zero_base", period=recent.period)
    value = float(_booked(recent, items).sum()) / sales
    return Fact(id=fact_id, value=value, n=len(recent.sales), period=recent.period)


def _per_parcel(s: Summaries, costs: MonthlyCosts) -> Iterator[Fact]:
    """Carriage and packing ÷ parcels; an order without a number of parcels counts in neither."""
    if not s.has("orders", "parcels"):
        yield from (unknown(one, "no_column", needs=NEEDS) for one in _ids(PARCEL))
        return
    parcels = _by_order(s, "parcels")
    months = _by_month(s, parcels.where(parcels > 0), costs)
    if not well_known(s, float(months["told"].sum()), float(months["orders"].sum())):
        yield from (unknown(one, "no_rows", needs=NEEDS) for one in _ids(PARCEL))
        return
    table = months.assign(top=_booked(costs, (CARRIAGE, PACKING)), bottom=months["sum"])
    table["n"] = table["bottom"]
    yield _ratio(PARCEL, table)
    yield from year_against_year(PARCEL, table, "costs")
    sent = _whole_year(PARCELS, table, "bottom")
    yield sent
    yield _as_planned(s, costs, sent)


def _paid_by_customers(s: Summaries, costs: MonthlyCosts) -> Iterator[Fact]:
    """Shipping charged ÷ carriage paid; a blank fee is none where the file shows fees at all."""
    if not s.has("orders", "shipping_fee"):
        yield from (unknown(one, "no_column", needs=NEEDS) for one in _ids(PAID))
        return
    months = _by_month(s, _by_order(s, "shipping_fee", blank=0.0), costs)
    if not well_known(s, float(months["told"].sum()), float(months["orders"].sum())):
        yield from (unknown(one, "no_rows", needs=NEEDS) for one in _ids(PAID))
        return
    table = months.assign(top=months["sum"], bottom=_booked(costs, (CARRIAGE,)))
    table["n"] = table["orders"]
    yield _ratio(PAID, table)
    yield from year_against_year(PAID, table, "costs")
    yield _whole_year(CARRIED, table, "bottom")


def _whole_year(fact_id: str, table: pandas.DataFrame, column: str) -> Fact:
    """Sum of the latest twelve months with a bill; unknown where there are fewer."""
    recent = table.tail(MONTHS_A_YEAR)
    over = period(month_start(int(recent.index[0])), month_end(int(recent.index[-1])))
    if len(recent) < MONTHS_A_YEAR:
        return unknown(fact_id, "immature", needs=NEEDS, period=over)
    value = float(recent[column].sum())
    return Fact(id=fact_id, value=value, n=int(recent["n"].sum()), period=over, needs=NEEDS)


def _as_planned(s: Summaries, costs: MonthlyCosts, parcels: Fact) -> Fact:
    """What a parcel would cost if the planned items took their planned share of sales."""
    plan = answered_numbers(s, PLAN)
    planned = [item for item in (CARRIAGE, PACKING) if item in plan]
    booked = [item for item in (CARRIAGE, PACKING) if item in costs.items.columns]
    needs = (*NEEDS, PLAN)
    if not planned:
        return unknown(PLANNED, "no_rows" if plan else "not_asked", needs=(PLAN,))
    recent = costs.recent(MONTHS_A_YEAR)
    if not parcels.number:
        return unknown(PLANNED, parcels.reason or "zero_base", needs=needs, period=parcels.period)
    free = [item for item in booked if item not in planned]
    yen = sum(plan[item] for item in planned) * float(recent.sales.sum())
    yen += float(_booked(recent, tuple(free)).sum())
    return Fact(id=PLANNED, value=yen / parcels.number, n=parcels.n, period=parcels.period)


def _ids(fact_id: str) -> tuple[str, str, str]:
    return fact_id, f"{fact_id}_yoy", f"{fact_id}_yoy_change"


def _by_order(s: Summaries, column: str, blank: float | None = None) -> pandas.Series[float]:
    """A figure of the order: the value its rows repeat, else the sum of what they say.

    With ``blank`` an empty cell has that value in files that fill the column at all.
    """
    frame = s.tables["orders"]
    frame = frame[~frame["_cancelled"]]
    values = frame.assign(value=number_column(frame, column))[["order_id", "_file", "value"]]
    groups = values.groupby("order_id")["value"]
    rows, sums = groups.nunique(), groups.sum(min_count=1)
    made: pandas.Series[float] = sums.where(rows > 1, groups.max())
    if blank is not None:
        files = values.loc[values["value"].notna(), "_file"].unique()
        told = values["_file"].isin(files).groupby(values["order_id"]).any()
        made = made.where(made.notna() | ~told, blank)
    return made


def _by_month(
    s: Summaries, by_order: pandas.Series[float], costs: MonthlyCosts
) -> pandas.DataFrame:
    """Sum of an order's figure, orders that tell it, and all orders, for the months of costs."""
    assert s.orders is not None
    orders = s.orders[["order_id", "month_no"]]
    value = orders["order_id"].map(by_order)
    groups = value.groupby(orders["month_no"].to_numpy())
    import pandas as pd

    table = pd.DataFrame({"sum": groups.sum(), "told": groups.count(), "orders": groups.size()})
    return table.reindex(costs.months)


def _ratio(fact_id: str, table: pandas.DataFrame) -> Fact:
    recent = table.tail(MONTHS_A_YEAR)
    over = period(month_start(int(recent.index[0])), month_end(int(recent.index[-1])))
    base = float(recent["bottom"].sum())
    if base <= 0:
        return unknown(fact_id, "zero_base", needs=NEEDS, period=over)
    value = float(recent["top"].sum()) / base
    return Fact(id=fact_id, value=value, n=int(recent["n"].sum()), period=over)
