"""Costs against sales of the same months, and the margin that all yen rest on (費用の指標)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.kept import kept
from toolkit.measures.labels import payment_item
from toolkit.measures.months import MONTHS_A_YEAR, month_end, month_of_label, month_start, period
from toolkit.measures.orders import order_coverage

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

MARGIN_ITEMS = ("cogs", "logistics", "packing", "payment_fee", "marketplace_fee", "points")
RATIOS = {
    "costs.system_cost_ratio": "system",
    "costs.payment_fee_ratio": "payment_fee",
    "costs.advertising_ratio": "advertising",
}
# What decides today: the same ratios of the latest twelve months, or of those there are.
RECENT_RATIOS = {
    "costs.system_cost_ratio_12m": "system",
    "costs.payment_fee_ratio_12m": "payment_fee",
}
RECENT_MONTHS = 6
RATES, PLAN, SYSTEM = "q.pla.cost_rates", "q.pla.cost_plan", "q.pay.system_cost"
PROFIT = "profit"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthlyCosts:
    """Costs and sales of the full months that both tables have.

    ``items``: a row per month number, a column per item; ``sales``: net sales by month.
    """

    items: pandas.DataFrame
    sales: pandas.Series[float]

    @property
    def months(self) -> list[int]:
        """Month numbers, the oldest first."""
        return [int(number) for number in self.sales.index]

    @property
    def period(self) -> tuple[str, str]:
        """First day of the first month to last day of the last."""
        return period(month_start(self.months[0]), month_end(self.months[-1]))

    def recent(self, months: int) -> MonthlyCosts:
        """The last months alone."""
        return MonthlyCosts(items=self.items.tail(months), sales=self.sales.tail(months))


def cost_facts(s: Summaries) -> Iterator[Fact]:
    """Margin, ratios, composition, and the item furthest over the client's plan."""
    costs = monthly_costs(s)
    yield margin_fact(s, costs)
    yield from _ratios(s, costs)
    yield from _composition(costs)
    yield _over_plan(s, costs)
    yield _contract_fees(s)


@kept
def monthly_costs(s: Summaries) -> MonthlyCosts | None:
    """Costs and sales by month; None without a full month in both tables.

    A month counts as full where the orders speak for all its days (a silence no longer than
    the longest one before) and it was over on the day of the run.
    """
    found = order_coverage(s)
    if found is None or s.orders is None or not s.has("costs"):
        return None
    frame = s.tables["costs"]
    numbers = frame["month"].map(month_of_label)
    items = frame.groupby([numbers, "item"])["amount"].sum().unstack("item")
    sales = s.orders.groupby("month_no")["amount"].sum()
    common = [
        month
        for month in items.index.intersection(sales.index)
        if found.holds(month_start(month), month_end(month)) and month_end(month) <= s.run_date
    ]
    if not common:
        return None
    return MonthlyCosts(items=items.loc[common], sales=sales.loc[common])


def margin_fact(s: Summaries, costs: MonthlyCosts | None) -> Fact:
    """Contribution margin rate from costs, else from the rates that were answered."""
    fact_id = "costs.contribution_margin_rate"
    if costs is None:
        return _margin_said(s, fact_id)
    if "cogs" not in costs.items.columns:  # without cost of goods the rate would be flattering
        said = _margin_said(s, fact_id)
        return said if said.known else unknown(fact_id, "no_rows", period=costs.period)
    if costs.sales.sum() <= 0:
        return unknown(fact_id, "zero_base", period=costs.period)
    used = [item for item in MARGIN_ITEMS if item in costs.items.columns]
    share = float(costs.items[used].sum().sum() / costs.sales.sum())
    return Fact(id=fact_id, value=1 - share, n=len(costs.sales), period=costs.period)


def _margin_said(s: Summaries, fact_id: str) -> Fact:
    rates = {item: s.answers.get((RATES, item)) for item in MARGIN_ITEMS}
    if any(value == "unknown" for value in [*rates.values(), s.answers.get((RATES, None))]):
        return unknown(fact_id, "answered_unknown", needs=("costs", RATES))
    numbers = {item: float(v) for item, v in rates.items() if isinstance(v, int | float)}
    if "cogs" not in numbers:
        return unknown(fact_id, _why_no_costs(s), needs=("costs", RATES))
    return Fact(id=fact_id, value=1 - sum(numbers.values()), basis="said", needs=(RATES,))


def _why_no_costs(s: Summaries) -> str:
    return "no_rows" if s.has("costs") and s.has("orders") else "no_table"


def _ratios(s: Summaries, costs: MonthlyCosts | None) -> Iterator[Fact]:
    for fact_id, item in RATIOS.items():
        if costs is not None and item in costs.items.columns:
            yield _ratio(fact_id, costs, item)
        elif item == "system" and (said := _system_said(s)) is not None:
            yield said
            yield replace(said, id=f"{fact_id}_12m")
    for fact_id, item in RECENT_RATIOS.items():
        if costs is not None and item in costs.items.columns:
            yield _ratio(fact_id, costs.recent(MONTHS_A_YEAR), item)


def _ratio(fact_id: str, costs: MonthlyCosts, item: str) -> Fact:
    sales = float(costs.sales.sum())
    if sales <= 0:
        return unknown(fact_id, "zero_base", period=costs.period)
    value = float(costs.items[item].sum()) / sales
    return Fact(id=fact_id, value=value, n=len(costs.sales), period=costs.period)


def _system_said(s: Summaries) -> Fact | None:
    """The answered yearly system cost over a year's sales, fees known not to be in it."""
    from toolkit.measures.customers import sales_12m

    cost = s.answers.get((SYSTEM, None))
    sales = sales_12m(s)
    if not isinstance(cost, int | float) or s.answers.get((f"{SYSTEM}_fees", None)) != "excluded":
        return None
    if sales is None or not sales.number or sales.number <= 0:
        return None
    return Fact(
        id="costs.system_cost_ratio",
        value=cost / sales.number,
        period=sales.period,
        basis="said",
        needs=("costs", SYSTEM),
    )


def _composition(costs: MonthlyCosts | None) -> Iterator[Fact]:
    fact_id = "costs.cost_share_actual"
    if costs is None:
        return
    recent = costs.recent(RECENT_MONTHS)
    if recent.sales.sum() <= 0:
        yield unknown(fact_id, "zero_base", period=recent.period)
        return
    for item, share in item_shares(recent).items():
        yield Fact(
            id=fact_id,
            value=share,
            n=len(recent.sales),
            by={"item": item},
            period=recent.period,
        )


def item_shares(costs: MonthlyCosts) -> dict[str, float]:
    """Each item's cost ÷ sales, by name."""
    sums = costs.items.sum() / costs.sales.sum()
    return {str(item): float(share) for item, share in sums.sort_index().items()}


def _over_plan(s: Summaries, costs: MonthlyCosts | None) -> Fact:
    fact_id, needs = "planning.cost_over_plan_max", ("costs", "orders", PLAN)
    plan = answered_numbers(s, PLAN)
    if not plan:
        said_no = any(q == PLAN and v is not None for (q, _), v in s.answers.items())
        return unknown(fact_id, "no_rows" if said_no else "not_asked", needs=(PLAN,))
    if costs is None:
        return unknown(fact_id, _why_no_costs(s), needs=needs)
    recent = costs.recent(RECENT_MONTHS)
    if len(recent.sales) < RECENT_MONTHS:
        return unknown(fact_id, "immature", period=recent.period, needs=needs)
    if recent.sales.sum() <= 0:
        return unknown(fact_id, "zero_base", period=recent.period, needs=needs)
    return _largest_excess(fact_id, recent, plan)


def _largest_excess(fact_id: str, recent: MonthlyCosts, plan: Mapping[str, float]) -> Fact:
    actual = item_shares(recent)
    over = {item: actual[item] - plan[item] for item in plan if item in actual and item != PROFIT}
    if not over:
        return unknown(fact_id, "no_rows", period=recent.period, needs=("costs", PLAN))
    ordered = sorted(over, key=lambda item: (-over[item], item))
    return Fact(
        id=fact_id,
        value=over[ordered[0]],
        n=RECENT_MONTHS,
        period=recent.period,
        items=tuple(Item(key=i, label=i, value=over[i]) for i in ordered if over[i] > 0),
        needs=("costs", PLAN),
    )


def _contract_fees(s: Summaries) -> Fact:
    """Contract fee rates weighted by sales of each payment method; one rate needs no weights."""
    fact_id, question = "costs.contract_fee_rate", "q.bil.fee_rates"
    rates = answered_numbers(s, question)
    if not rates:
        asked = any(q == question and v == "unknown" for (q, _), v in s.answers.items())
        return unknown(fact_id, "answered_unknown" if asked else "not_asked", needs=(question,))
    if len(set(rates.values())) == 1:
        return Fact(id=fact_id, value=next(iter(rates.values())), basis="said", needs=(question,))
    if not s.has("orders", "payment_method"):
        return unknown(fact_id, "no_column", needs=("orders",))
    frame = s.tables["orders"]
    counted = frame[~frame["_cancelled"] & ~frame["_repeated"]]
    sales = counted.groupby("payment_method")["amount"].sum()
    items = {label: payment_item(s, str(label), rates) for label in sales.index}
    if None in items.values() or sales.sum() <= 0:  # a method without a rate
        return unknown(fact_id, "no_rows", needs=(question,))
    weighted = sales * sales.index.map(
        {label: rates[item] for label, item in items.items() if item}
    )
    value = float(weighted.sum() / sales.sum())
    return Fact(id=fact_id, value=value, basis="said", needs=(question,))


def answered_numbers(s: Summaries, question: str) -> dict[str, float]:
    """Numbers answered by item of a question."""
    return {
        item: float(value)
        for (asked, item), value in s.answers.items()
        if asked == question and item is not None and isinstance(value, int | float)
    }
