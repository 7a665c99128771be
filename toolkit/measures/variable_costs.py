"""Variable costs other than goods, and how orders carry them (変動費の配賦)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from toolkit.measures.costs import MARGIN_ITEMS, RATES, answered_numbers, monthly_costs
from toolkit.measures.marketplaces import marketplace_of
from toolkit.measures.months import month_number

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.lines import Stretch12
    from toolkit.measures.summaries import Summaries

Basis = Literal["measured", "said"]
GOODS = "cogs"
BY_ORDER = ("logistics", "packing")
BY_SALES = ("payment_fee", "points")
MARKETPLACE = "marketplace_fee"
LEAST_MONTHS = 6  # fewer booked months of the twelve say nothing of a year


@dataclass(frozen=True, slots=True, kw_only=True)
class VariableCosts:
    """Costs of twelve months by item, goods apart, booked or from the rates answered.

    ``goods_rate`` is cost of goods ÷ sales over all channels together, ``advertising`` what
    was booked of it; None where not known.
    """

    amounts: Mapping[str, float]
    goods_rate: float | None
    advertising: float | None
    basis: Basis


def variable_costs(s: Summaries, over: Stretch12, sales: float) -> VariableCosts | None:
    """Costs in a stretch of full months; None without booked costs or answered rates.

    Of months with a booking the rate on their sales is taken, and laid on the sales of the
    whole stretch: a bill that has not come in yet does not make the year cheaper.
    """
    rates = _booked_rates(s, over)
    basis: Basis = "measured"
    if not rates:
        rates, basis = answered_numbers(s, RATES), "said"
    if not rates:
        return None
    others = [item for item in MARGIN_ITEMS if item != GOODS and item in rates]
    return VariableCosts(
        amounts={item: rates[item] * sales for item in others},
        goods_rate=rates.get(GOODS),
        advertising=rates.get("advertising", 0.0) * sales if basis == "measured" else None,
        basis=basis,
    )


def _booked_rates(s: Summaries, over: Stretch12) -> dict[str, float]:
    costs = monthly_costs(s)
    if costs is None:
        return {}
    first, last = month_number(over.after) + 1, month_number(over.upto)
    inside = [month for month in costs.months if first <= month <= last]
    items, sales = costs.items.loc[inside], costs.sales.loc[inside]
    if sales.sum() <= 0 or len(inside) < LEAST_MONTHS:
        return {}
    booked = items.columns[items.notna().any()]
    return {str(item): float(items[item].sum() / sales.sum()) for item in booked}


def laid_on(s: Summaries, orders: pandas.DataFrame, costs: VariableCosts) -> pandas.Series[float]:
    """What each order carries of the costs, goods apart.

    Logistics and packing fall equally on every order with an amount above zero; payment fees
    and points by sales; marketplace fees by sales on the orders of marketplaces, on all orders
    where none is known to be one.
    """
    positive = orders["amount"].clip(lower=0)
    sent = (positive > 0).astype(float)
    markets = [one for one in orders["channel"].dropna().unique() if is_marketplace(s, one)]
    market = positive.where(orders["channel"].isin(markets), 0.0)
    keys = {
        **dict.fromkeys(BY_ORDER, sent),
        **dict.fromkeys(BY_SALES, positive),
        MARKETPLACE: market if market.sum() > 0 else positive,
    }
    carried = positive * 0.0
    for item, amount in costs.amounts.items():
        if keys[item].sum() > 0:
            carried = carried + keys[item] * (amount / keys[item].sum())
    return carried


def is_marketplace(s: Summaries, channel: object) -> bool:
    """Whether a channel's label is that of a marketplace."""
    return isinstance(channel, str) and marketplace_of(s, channel) is not None
