"""Margin of new customers within the allowed months against what they cost (広告費の回収)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.ad_groups import AD_SPEND, Allowed, Group, ad_groups, allowed, margins
from toolkit.measures.costs import RATES, margin_fact, monthly_costs
from toolkit.measures.intervals import Interval, bounded, mean
from toolkit.measures.months import day_of, period

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

PAYBACK = "q.sal.payback_months"
LTV, GAP = "acquisition.ltv_margin", "acquisition.ltv_minus_cpo"
SHORTFALL = "acquisition.payback_shortfall_yen"
WON = "acquisition.ad_group_new_customers"
NEEDS = ("orders", "costs", RATES, PAYBACK)
TRACED = (AD_SPEND, "customers")
MIN_N = 30


def ad_payback_facts(s: Summaries) -> Iterator[Fact]:
    """Margin per new customer in the allowed months, and by channel what it leaves after CPO."""
    lacking = _lacking(s)
    if lacking is not None:
        yield from _none((LTV, GAP, SHORTFALL), *lacking)
        return
    window = allowed(s)
    if window is None:  # the orders are all of one moment that cannot be placed
        yield from _none((LTV, GAP, SHORTFALL), "no_rows", NEEDS)
        return
    left = margins(s, window)
    if left.empty:
        yield from _none((LTV, GAP, SHORTFALL), "immature", NEEDS)
        return
    values = left["margin"].to_numpy(float)
    over = period(day_of(float(left["day"].min())), window.mature)
    fact = Fact(id=LTV, value=float(values.mean()), n=len(values), period=over, needs=NEEDS)
    yield bounded(replace(fact, basis=window.margin.basis), mean(values))
    yield from _by_group(s, window, ad_groups(s, window, left))


def _none(ids: tuple[str, ...], reason: str, needs: tuple[str, ...]) -> Iterator[Fact]:
    yield from (unknown(fact_id, reason, needs=needs) for fact_id in ids)


def _lacking(s: Summaries) -> tuple[str, tuple[str, ...]] | None:
    """What is lacking before anything can be reckoned, in the order in which to ask."""
    if s.orders is None:
        return "no_table", ("orders",)
    if s.customers is None or s.customers.empty:
        return "no_rows", ("orders",)
    months = s.answers.get((PAYBACK, None))
    if not isinstance(months, int | float):
        return ("answered_unknown" if months == "unknown" else "not_asked"), (PAYBACK,)
    if not margin_fact(s, monthly_costs(s)).known:
        return "no_margin", ("costs", RATES)
    return None


def _by_group(s: Summaries, window: Allowed, known: tuple[Group, ...]) -> Iterator[Fact]:
    if not s.has(AD_SPEND):
        yield from _none((GAP, SHORTFALL), "no_table", (AD_SPEND,))
        return
    large = [group for group in known if len(group.margins) >= MIN_N]
    for group in large:
        yield _ltv(group, window)
        by = {"channel": group.channel}
        yield Fact(id=WON, value=group.won, n=round(group.won), by=by, period=group.period)
    cells = [_gap(group, window, len(large)) for group in large]
    yield from cells
    if not cells:
        yield from _none((GAP, SHORTFALL), "small_n" if known else "immature", TRACED)
        return
    yield _deciding(cells)
    yield _shortfall(cells, large)


def _ltv(group: Group, window: Allowed) -> Fact:
    fact = Fact(
        id=LTV,
        value=float(group.margins.mean()),
        n=len(group.margins),
        by={"channel": group.channel},
        period=group.period,
        basis=window.margin.basis,
    )
    return bounded(fact, mean(group.margins))


def _gap(group: Group, window: Allowed, tests: int) -> Fact:
    """LTV − CPO: what was spent is known, what the customers leave is a sample."""
    spread = mean(group.margins, tests)
    fact = Fact(
        id=GAP,
        value=float(group.margins.mean()) - group.cpo,
        n=len(group.margins),
        by={"channel": group.channel},
        period=group.period,
        table=AD_SPEND,
        basis=window.margin.basis,
    )
    return bounded(fact, None if spread is None else _shifted(spread, group.cpo))


def _shifted(interval: Interval, by: float) -> Interval:
    return Interval(
        low=interval.low - by,
        high=interval.high - by,
        low95=interval.low95 - by,
        high95=interval.high95 - by,
    )


def unpaid(cells: list[Fact]) -> list[Fact]:
    """Channels whose whole 80 % interval lies below zero, the worst first."""
    lost = [cell for cell in cells if cell.high is not None and cell.high < 0]
    return sorted(lost, key=_badness)


def _badness(cell: Fact) -> tuple[float, str]:
    """Upper end of the interval: how far below zero a channel is at the least."""
    end = cell.high if cell.high is not None else cell.number
    return (end if end is not None else 0.0), str(cell.by["channel"])


def _deciding(cells: list[Fact]) -> Fact:
    """The channel farthest below zero at the least; its items are all that do not pay back."""
    items = tuple(
        Item(key=name, label=name, value=cell.value)
        for cell in unpaid(cells)
        for name in [str(cell.by["channel"])]
    )
    return replace(min(cells, key=_badness), id=GAP, by={}, items=items, needs=TRACED)


def _shortfall(cells: list[Fact], large: list[Group]) -> Fact:
    """Yen by which the channels that do not pay back fell short, over the months counted."""
    won = {group.channel: group.won for group in large}
    lost = unpaid(cells)
    value = sum(-(cell.number or 0.0) * won[str(cell.by["channel"])] for cell in lost)
    fact = replace(cells[0], id=SHORTFALL, by={}, value=value + 0.0, n=len(lost), sampled=False)
    return replace(fact, low=None, high=None, low95=None, high95=None, needs=TRACED)
