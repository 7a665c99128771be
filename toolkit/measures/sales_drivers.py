"""Sales against the year before by what makes them: customers × frequency × order value."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.lines import Stretch12, covered_orders, twelve_months
from toolkit.measures.months import period_after
from toolkit.measures.orders import between
from toolkit.measures.series import series

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.record import Series
    from toolkit.measures.summaries import Summaries

DRIVERS = ("buyers", "frequency", "order_value")
WITHOUT_CODE = "without_code"
CHANGE, BRIDGE = "customers.sales_12m_change", "customers.sales_bridge_yen"
CHANGES = {
    "buyers": "customers.buyers_12m_change",
    "frequency": "customers.frequency_12m_change",
    "order_value": "customers.order_value_12m_change",
}
SALES_BEFORE = "customers.sales_before_12m"
PARTS = {
    "buyers": "customers.buyers{}_12m",
    "frequency": "customers.frequency{}_12m",
    "order_value": "customers.order_value{}_12m",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """Twelve months of orders with a customer code, and the sales without one beside them."""

    sales: float
    orders: int
    buyers: int
    rest: float

    def driver(self, name: str) -> float:
        """Customers, orders a customer, or yen an order."""
        if name == "buyers":
            return float(self.buyers)
        return self.orders / self.buyers if name == "frequency" else self.sales / self.orders

    @property
    def whole(self) -> float:
        """All sales."""
        return self.sales + self.rest


def sales_driver_facts(s: Summaries) -> Iterator[Fact]:
    """Drivers of the latest twelve months and of those before, and what each changed in yen.

    Only orders with a customer code have drivers; what the others changed stands beside them,
    so that all parts add up to the change of sales.
    """
    stretches = _stretches(s)
    if stretches is None or s.orders is None:
        return
    years = [_year(s.orders, one) if one.whole else None for one in stretches]
    for year, over, mark in zip(years, stretches, ("", "_before"), strict=True):
        yield from _drivers(year, period_after(over.after, over.upto), mark)
    now, before = years
    both = period_after(stretches[1].after, stretches[0].upto)
    yield from _change(now, before, both)


def sales_driver_series(s: Summaries) -> Iterator[Series]:
    """What each driver changed, as shares of the sales of the year before."""
    stretches = _stretches(s)
    if stretches is None or s.orders is None or not all(one.whole for one in stretches):
        return
    now, before = (_year(s.orders, one) for one in stretches)
    if not _comparable(now, before):
        return
    rows = [(name, yen / before.whole, yen) for name, yen in bridge(now, before).items()]
    yield series("sales_bridge", {"item": "text", "change": "share", "amount": "yen"}, rows)


def bridge(now: Year, before: Year) -> dict[str, float]:
    """Yen by driver: logarithmic means, which leave no remainder whatever the order.

    Source: B. W. Ang, "LMDI decomposition approach" (Energy Policy 86, 2015), additive form.
    """
    change = now.sales - before.sales
    weight = change / log(now.sales / before.sales) if change else now.sales
    parts = {name: weight * log(now.driver(name) / before.driver(name)) for name in DRIVERS}
    rest = now.rest - before.rest
    return {**parts, WITHOUT_CODE: rest} if rest else parts


def _stretches(s: Summaries) -> tuple[Stretch12, Stretch12] | None:
    covered = covered_orders(s)
    if covered is None:
        return None
    return twelve_months(covered), twelve_months(covered, 1)


def _year(orders: pandas.DataFrame, over: Stretch12) -> Year:
    frame = between(orders[["customer_id", "day_no", "amount"]], over.after, over.upto)
    coded = frame[frame["customer_id"].notna()]
    sales = float(coded["amount"].sum())
    return Year(
        sales=sales,
        orders=len(coded),
        buyers=int(coded["customer_id"].nunique()),
        rest=float(frame["amount"].sum()) - sales,
    )


def _comparable(now: Year | None, before: Year | None) -> bool:
    return all(one is not None and one.sales > 0 and one.orders for one in (now, before))


def _drivers(year: Year | None, over: tuple[str, str], mark: str) -> Iterator[Fact]:
    if mark:
        if year is None:
            yield unknown(SALES_BEFORE, "immature", period=over)
        else:
            n = year.orders
            yield Fact(id=SALES_BEFORE, value=year.whole, n=n, period=over)
    for name, fact_id in PARTS.items():
        made = fact_id.format(mark)
        if year is None or not year.orders:
            yield unknown(made, "immature" if year is None else "no_rows", period=over)
        else:
            value = year.buyers if name == "buyers" else year.driver(name)
            n = year.buyers if name != "order_value" else year.orders
            yield Fact(id=made, value=value, n=n, period=over)


def _change(now: Year | None, before: Year | None, over: tuple[str, str]) -> Iterator[Fact]:
    if now is None or before is None or not _comparable(now, before):
        reason = "immature" if now is None or before is None else "zero_base"
        yield from (
            unknown(one, reason, period=over) for one in (CHANGE, *CHANGES.values(), BRIDGE)
        )
        return
    n = now.orders + before.orders
    yield Fact(id=CHANGE, value=now.whole / before.whole - 1, n=n, period=over)
    for name, fact_id in CHANGES.items():
        ratio = now.driver(name) / before.driver(name)
        yield Fact(id=fact_id, value=ratio - 1, n=n, period=over)
    parts = bridge(now, before)
    yield Fact(id=BRIDGE, value=sum(parts.values()), n=n, period=over)
    for name, yen in parts.items():
        yield Fact(id=BRIDGE, by={"item": name}, value=yen, n=n, period=over)
