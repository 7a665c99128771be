"""Customers of each advertising channel who have had the whole time to pay back (広告グループ)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.measures.advertising import AD_SPEND, months_spanned, read_spend
from toolkit.measures.costs import margin_fact, monthly_costs
from toolkit.measures.customer_sources import new_customers
from toolkit.measures.house import size
from toolkit.measures.labels import folded
from toolkit.measures.months import (
    DAYS_A_YEAR,
    MONTHS_A_YEAR,
    day_number,
    day_of,
    month_end,
    month_start,
    months_before,
)
from toolkit.measures.orders import order_coverage

if TYPE_CHECKING:
    from datetime import date

    import pandas

    from toolkit.facts import Fact
    from toolkit.measures.intervals import Floats
    from toolkit.measures.summaries import Summaries

__all__ = ["AD_SPEND", "Allowed", "Group", "ad_groups", "allowed", "margins"]

PAYBACK, YOUNG = "q.sal.payback_months", "ad_group_months"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """The window in which advertising has to come back: days, margin rate, last day of orders."""

    days: int
    margin: Fact
    last: date

    @property
    def mature(self) -> date:
        """The last day of a first order whose whole window has passed."""
        return day_of(float(day_number(self.last) - self.days))


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One advertising channel over months whose customers have all had their whole window.

    ``margins`` has an entry per customer traced to it, in the client's currency; ``won`` are
    the new customers its report claims, ``cpo`` its spending divided by these.
    """

    channel: str
    margins: Floats
    cpo: float
    won: float
    period: tuple[str, str]


def allowed(s: Summaries) -> Allowed | None:
    """The allowed window where the client has named it and a margin is known."""
    months, covered = s.answers.get((PAYBACK, None)), order_coverage(s)
    if not isinstance(months, int | float) or covered is None:
        return None
    margin = margin_fact(s, monthly_costs(s))
    if not margin.known:
        return None
    days = round(months * DAYS_A_YEAR / MONTHS_A_YEAR)
    return Allowed(days=days, margin=margin, last=covered.last)


def margins(s: Summaries, window: Allowed) -> pandas.DataFrame:
    """Per customer old enough: day of the first order, source, margin within the window."""
    customers = new_customers(s)
    assert s.orders is not None  # a window rests on orders
    assert customers is not None
    first = customers["day"] // 1
    old = customers.assign(day=first)[first <= day_number(window.mature)]
    start = s.orders["customer_id"].map(old["day"])
    inside = s.orders[s.orders["day_no"] // 1 - start < window.days]
    sums = inside.groupby("customer_id")["amount"].sum().reindex(old.index, fill_value=0.0)
    return old.assign(margin=sums * (window.margin.number or 0.0))


def ad_groups(s: Summaries, window: Allowed, left: pandas.DataFrame) -> tuple[Group, ...]:
    """Channels that have run long enough to be judged, by name.

    Months counted are the latest twelve whose customers have all had their whole window.
    """
    spend = read_spend(s)
    if spend is None:
        return ()
    youngest = months_before(s.as_of, round(size(s, YOUNG)))
    made = (
        _group(part, left, window)
        for _, part in spend.groupby("channel")
        if month_start(int(part["month_no"].min())) <= youngest
    )
    return tuple(group for group in made if group is not None)


def _group(spend: pandas.DataFrame, left: pandas.DataFrame, window: Allowed) -> Group | None:
    old = spend[[month_end(int(month)) <= window.mature for month in spend["month_no"]]]
    old = old[old["month_no"] > old["month_no"].max() - MONTHS_A_YEAR]
    won = float(old["new_customers"].sum())
    if won <= 0:
        return None
    channel = str(spend["channel"].iloc[0])
    start, end = month_start(int(old["month_no"].min())), month_end(int(old["month_no"].max()))
    here = left["day"].between(day_number(start), day_number(end))
    mine = left.loc[here & (left["source"] == folded(channel)), "margin"]
    return Group(
        channel=channel,
        margins=mine.to_numpy(float),
        cpo=float(old["amount"].sum()) / won,
        won=won,
        period=months_spanned(old["month_no"]),
    )
