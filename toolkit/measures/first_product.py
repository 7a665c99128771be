"""Who comes again after which first product (初回商品別の2回目購入)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.measures.months import day_number

if TYPE_CHECKING:
    import pandas

    from toolkit.measures.summaries import Summaries

WINDOW = 180
MIN_N = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstProduct:
    """Customers whose first order held a product, and how many ordered again in the window.

    ``mature`` are those whose window had passed on the day of the figures, ``again`` those of
    them with a second order within it. An order of two products counts for both.
    """

    product: str
    customers: int
    mature: int
    again: int

    @property
    def rate(self) -> float | None:
        """Share that ordered again; None where too few customers are mature to say."""
        return self.again / self.mature if self.mature >= MIN_N else None


def first_products(s: Summaries) -> tuple[FirstProduct, ...]:
    """A line per product of a first order, most customers first; none without products."""
    if s.customers is None or not s.has("orders", "product"):
        return ()
    held = _held(s.tables["orders"])
    first = s.customers["first_day"] // 1
    mature = day_number(s.as_of) - first >= WINDOW
    again = mature & (s.customers["second_day"] // 1 - first <= WINDOW)
    told = s.customers[["first_order_id"]].assign(mature=mature, again=again)
    joined = held.merge(told, left_on="order_id", right_on="first_order_id")
    groups = joined.groupby("product").agg(
        customers=("order_id", "size"), mature=("mature", "sum"), again=("again", "sum")
    )
    groups = groups.reset_index().sort_values(
        ["customers", "product"], ascending=[False, True], kind="stable"
    )
    return tuple(
        FirstProduct(product=str(name), customers=int(n), mature=int(m), again=int(a))
        for name, n, m, a in groups.itertuples(index=False)
    )


def _held(rows: pandas.DataFrame) -> pandas.DataFrame:
    """Which products each order that counts holds, each once."""
    kept = rows[~rows["_cancelled"] & rows["product"].notna()]
    return kept[["order_id", "product"]].drop_duplicates()
