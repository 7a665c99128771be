"""What a new customer costs in advertising, and in advertising and people (CPO・CAC)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.costs import monthly_costs
from toolkit.measures.months import month_end, month_of_label, month_start, period

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.costs import MonthlyCosts
    from toolkit.measures.summaries import Summaries

AD_SPEND = "ad_spend"
CPO, CAC = "acquisition.cpo", "acquisition.cac"
ADVERTISING, PERSONNEL = "advertising", "personnel"
SELLING = "q.tob.sales_people_share"


def advertising_facts(s: Summaries) -> Iterator[Fact]:
    """Advertising ÷ new customers in all and by channel, and the cost with people in it."""
    spend = read_spend(s)
    if spend is not None:
        yield _cost(spend, {})
        for channel, part in spend.groupby("channel"):
            yield _cost(part, {"channel": str(channel)})
    yield _with_people(s, spend)


def read_spend(s: Summaries) -> pandas.DataFrame | None:
    """Rows of advertising with month number, channel, amount and new customers."""
    if not s.has(AD_SPEND):
        return None
    names = ["month", "channel", "amount", "new_customers"]
    rows = s.tables[AD_SPEND].dropna(subset=names)
    if rows.empty:
        return None
    return rows.assign(month_no=rows["month"].map(month_of_label))


def _cost(spend: pandas.DataFrame, by: dict[str, str | int]) -> Fact:
    won, amount = float(spend["new_customers"].sum()), float(spend["amount"].sum())
    over = months_spanned(spend["month_no"])
    if won <= 0:
        return unknown(CPO, "zero_base", by=by, period=over)
    return Fact(id=CPO, value=amount / won, n=round(won), by=by, period=over)


def months_spanned(numbers: pandas.Series[int]) -> tuple[str, str]:
    """First day of the first month to the last of the last."""
    return period(month_start(int(numbers.min())), month_end(int(numbers.max())))


def _with_people(s: Summaries, spend: pandas.DataFrame | None) -> Fact:
    """Advertising and people ÷ new customers, over the full months of costs and orders.

    Costs do not tell those who sell from others: with their share answered it is taken, else
    all personnel stands and the figure is at most. The items say what is in it.
    """
    costs, needs = monthly_costs(s), ("costs", "orders")
    if costs is None or s.customers is None:
        lacking = "no_rows" if s.has("costs") and s.has("orders") else "no_table"
        return unknown(CAC, lacking, needs=needs)
    if PERSONNEL not in costs.items.columns:
        return unknown(CAC, "no_rows", period=costs.period, needs=needs)
    bought = _advertising(costs, spend)
    if bought is None:
        return unknown(CAC, "no_rows", period=costs.period, needs=("costs", AD_SPEND))
    new = int(s.customers["cohort_no"].isin(costs.months).sum())
    if not new:
        return unknown(CAC, "zero_base", period=costs.period, needs=needs)
    selling = s.answers.get((SELLING, None))
    told = isinstance(selling, int | float)
    people = float(costs.items[PERSONNEL].sum()) * (float(selling or 0) if told else 1.0)
    parts = {ADVERTISING: bought, PERSONNEL: people}
    items = tuple(Item(key=key, label=key, value=value) for key, value in parts.items())
    value = sum(parts.values()) / new
    made = Fact(id=CAC, value=value, n=new, period=costs.period, items=items, table="costs")
    return replace(made, basis="said") if told else made


def _advertising(costs: MonthlyCosts, spend: pandas.DataFrame | None) -> float | None:
    """Advertising of those months: as booked, else as the advertising reports have it."""
    if ADVERTISING in costs.items.columns:
        return float(costs.items[ADVERTISING].sum())
    if spend is None or not set(costs.months) <= set(spend["month_no"]):
        return None
    return float(spend.loc[spend["month_no"].isin(costs.months), "amount"].sum())
