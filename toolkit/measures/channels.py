"""What each channel leaves after its variable costs and its advertising (販路別の採算)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.measures.costs import RATES
from toolkit.measures.kept import kept
from toolkit.measures.lines import (
    Stretch12,
    covered_orders,
    goods_costs,
    twelve_full_months,
    well_known,
)
from toolkit.measures.marketplaces import marketplace_of, plain
from toolkit.measures.months import month_number, month_of_label, period_after
from toolkit.measures.orders import between
from toolkit.measures.variable_costs import (
    MARKETPLACE,
    Basis,
    VariableCosts,
    is_marketplace,
    laid_on,
    variable_costs,
)

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

RATE = "costs.channel_contribution_rate"
NEEDS = ("orders", "products", "costs", RATES, "ad_spend")
LEAST_ORDERS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """Twelve months of one channel; ``contribution`` None where a cost of it is not known."""

    name: str
    sales: float
    orders: int
    contribution: float | None
    reason: str | None = None

    @property
    def rate(self) -> float | None:
        """Contribution ÷ sales; None where either is not there."""
        if self.contribution is None or self.sales <= 0:
            return None
        return self.contribution / self.sales


def channel_facts(s: Summaries) -> Iterator[Fact]:
    """Contribution rate after advertising by channel, and that of the worst one judged."""
    covered = covered_orders(s)
    if covered is None:
        return
    over = twelve_full_months(covered)
    span = period_after(over.after, over.upto)
    found, why, basis = channels(s, over)
    if found is None:
        yield unknown(RATE, why, needs=NEEDS, period=span)
        return
    for one in found:
        fact = Fact(id=RATE, value=one.rate, n=one.orders, by={"channel": one.name}, period=span)
        known = replace(fact, basis=basis)
        yield known if one.rate is not None else _open(one, span)
    worst = _worst([one for one in found if one.orders >= LEAST_ORDERS], span)
    yield replace(worst, basis=basis)


def _open(one: Channel, span: tuple[str, str]) -> Fact:
    reason = "zero_base" if one.sales <= 0 else one.reason or "no_margin"
    by = {"channel": one.name}
    return unknown(RATE, reason, by=by, n=one.orders, needs=NEEDS, period=span)


def _worst(judged: list[Channel], span: tuple[str, str]) -> Fact:
    """Among channels with 100 orders or more; items are those that lose money, and how much."""
    if not judged:
        return unknown(RATE, "small_n", needs=NEEDS, period=span)
    known = sorted((one for one in judged if one.rate is not None), key=lambda c: (c.rate, c.name))
    losing = [one for one in known if (one.rate or 0.0) < 0]
    if not known or (len(known) < len(judged) and not losing):
        open_ = next(one for one in judged if one.rate is None)
        return unknown(RATE, open_.reason or "no_margin", needs=NEEDS, period=span)
    items = tuple(Item(key=c.name, label=c.name, value=c.contribution) for c in losing)
    return Fact(id=RATE, value=known[0].rate, n=known[0].orders, period=span, items=items)


@kept
def channels(s: Summaries, over: Stretch12) -> tuple[list[Channel] | None, str, Basis]:
    """Every channel of twelve full months by name; None with the reason where nothing is known.

    Returns:
        The channels, a reason, and the basis of the costs (measured or said).
    """
    if s.orders is None or not s.has("orders", "channel"):
        return None, "no_column", "measured"
    if not over.whole:
        return None, "immature", "measured"
    orders = between(s.orders, over.after, over.upto)
    total = float(orders["amount"].sum())
    named = orders[orders["channel"].notna()]
    if not well_known(s, float(named["amount"].sum()), total):
        return None, "no_rows", "measured"
    costs = variable_costs(s, over, total)
    if costs is None:
        return None, "no_margin", "measured"
    return _each(s, over, orders, costs), "", costs.basis


def _each(
    s: Summaries, over: Stretch12, orders: pandas.DataFrame, costs: VariableCosts
) -> list[Channel]:
    carried = laid_on(s, orders, costs)
    table = orders.assign(carried=carried, goods=goods_costs(s)).dropna(subset=["channel"])
    names = sorted(table["channel"].unique())
    spent = _advertising(s, over, names, costs.advertising)
    made = []
    for name in names:
        theirs = table[table["channel"] == name]
        sales = float(theirs["amount"].sum())
        parts = [
            _goods(s, theirs, costs, alone=len(names) == 1),
            _carried(s, theirs, costs, names),
            spent.get(name),
        ]
        whole = None if None in parts else sales - sum(part for part in parts if part is not None)
        reason = None if whole is not None else ("no_margin" if parts[0] is None else "not_split")
        made.append(
            Channel(name=name, sales=sales, orders=len(theirs), contribution=whole, reason=reason)
        )
    return made


def _goods(
    s: Summaries, orders: pandas.DataFrame, costs: VariableCosts, *, alone: bool
) -> float | None:
    """Cost of goods of a channel: of its orders of known cost, laid on all its sales.

    The shop's one channel carries the booked costs of goods as they are.
    """
    sales = float(orders["amount"].sum())
    if alone and costs.goods_rate is not None:
        return costs.goods_rate * sales
    known = orders[orders["goods"].notna()]
    base = float(known["amount"].sum())
    return float(known["goods"].sum()) / base * sales if well_known(s, base, sales) else None


def _carried(
    s: Summaries, orders: pandas.DataFrame, costs: VariableCosts, names: list[str]
) -> float | None:
    """What a channel carries of the other costs; fees of several marketplaces are not split."""
    name = str(orders["channel"].iloc[0])
    markets = {marketplace_of(s, one) for one in names} - {None}
    if costs.amounts.get(MARKETPLACE) and is_marketplace(s, name) and len(markets) > 1:
        return None
    return float(orders["carried"].sum())


def _advertising(
    s: Summaries, over: Stretch12, names: list[str], booked: float | None
) -> dict[str, float]:
    """Advertising by channel, for the channels whose advertising is known.

    A medium belongs to the channel it is named like, or to the marketplace it advertises on;
    any other to the shop's one channel that is no marketplace. With several of those, none
    of them has a known figure. No advertising booked at all is none spent.
    """
    if not s.has("ad_spend"):
        known = booked is not None and (booked == 0 or len(names) == 1)
        return dict.fromkeys(names, booked or 0.0) if known else {}
    spent = _spent(s, over)
    own = [name for name in names if not is_marketplace(s, name)]
    made = dict.fromkeys(names, 0.0) if spent is not None else {}
    open_ = False
    for medium, amount in (spent or {}).items():
        channel = _channel_of(s, medium, names) or (own[0] if len(own) == 1 else None)
        open_ = open_ or channel is None
        if channel is not None:
            made[channel] += amount
    return {name: made[name] for name in made if not open_ or (own and name not in own)}


def _channel_of(s: Summaries, medium: str, names: list[str]) -> str | None:
    for name in names:
        if plain(name) == plain(medium):
            return name
    market = marketplace_of(s, medium, "ads")
    of_it = [name for name in names if market is not None and marketplace_of(s, name) == market]
    return of_it[0] if len(of_it) == 1 else None


def _spent(s: Summaries, over: Stretch12) -> dict[str, float] | None:
    """Advertising by medium in the stretch; None where the table does not span it."""
    frame = s.tables["ad_spend"]
    months = frame["month"].map(month_of_label)
    first, last = month_number(over.after) + 1, month_number(over.upto)
    if not len(frame) or months.min() > first or months.max() < last:
        return None
    inside = frame[(months >= first) & (months <= last)]
    sums = inside.groupby("channel")["amount"].sum().sort_index()
    return {str(medium): float(amount) for medium, amount in sums.items()}
