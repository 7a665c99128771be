"""Sales, orders and costs of a client by whole month, and the sums a margin is made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.frameworks.cost_plan import COST_ITEMS
from toolkit.lessons.order_lines import counted_orders, order_lines
from toolkit.measures.costs import MARGIN_ITEMS
from toolkit.measures.months import MONTHS_A_YEAR

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.lessons.client_firm import ClientFirm

RATE = "costs.contribution_margin_rate"
NOT_COSTS = ("month", "sales", "orders")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Ledger:
    """Whole months that orders and costs both have, the oldest first.

    ``months``: a row a month with month (YYYY-MM), sales, orders, and a column a cost item.
    """

    months: pd.DataFrame = field(repr=False)
    currency: str

    def latest(self, months: int = MONTHS_A_YEAR) -> Ledger:
        """The last months alone."""
        return Ledger(months=self.months.tail(months), currency=self.currency)

    @property
    def items(self) -> tuple[str, ...]:
        """Cost items in the order of the method."""
        return tuple(name for name in self.months.columns if name not in NOT_COSTS)

    @property
    def variable(self) -> tuple[str, ...]:
        """Items that the contribution margin takes from sales."""
        return tuple(name for name in self.items if name in MARGIN_ITEMS)

    @property
    def fixed(self) -> tuple[str, ...]:
        """The other items, taken as fixed."""
        return tuple(name for name in self.items if name not in MARGIN_ITEMS)

    def total(self, *names: str) -> float:
        """Sum of some columns over the months; a column that is not there adds nothing."""
        return float(sum(self.months[name].sum() for name in names if name in self.months))

    @property
    def sales(self) -> float:
        """Net sales of the months."""
        return self.total("sales")

    @property
    def rate(self) -> float:
        """Contribution margin ÷ sales."""
        return 1 - self.total(*self.variable) / self.sales


def ledger(firm: ClientFirm, fact_key: str = RATE) -> Ledger | None:
    """The months a fact of costs is made of; None where it was not measured."""
    fact = firm.diagnosis.facts.get(fact_key)
    lines, costs = order_lines(firm), firm.rows("costs")
    if fact is None or not fact.known or fact.period is None or lines is None or costs is None:
        return None
    first, last = (day[:7] for day in fact.period)
    made = _by_month(counted_orders(lines), costs)
    kept = made[(made["month"] >= first) & (made["month"] <= last)].reset_index(drop=True)
    currency = str(firm.diagnosis.client["currency"])
    book = Ledger(months=kept, currency=currency)
    return book if book.sales > 0 else None


def _by_month(orders: pd.DataFrame, costs: pd.DataFrame) -> pd.DataFrame:
    month = orders["order_date"].dt.strftime("%Y-%m")
    sold = orders.groupby(month).agg(sales=("amount", "sum"), orders=("order_id", "size"))
    items = costs.assign(month=costs["month"].astype("str").str[:7])
    items = items.pivot_table(index="month", columns="item", values="amount", aggfunc="sum")
    known = [name for name in COST_ITEMS if name in items.columns]
    own = [name for name in items.columns if name not in known]
    joined = sold.join(items[known + own].fillna(0.0), how="inner")
    return joined.rename_axis("month").rename_axis(None, axis=1).reset_index()
