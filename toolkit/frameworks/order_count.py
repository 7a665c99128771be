"""The three-step count by hand (顧客分析の3段階): per customer, duplicates merged, most first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderCount:
    """Orders and rows by customer code, most orders first; no name and no telephone is needed.

    Counting rows (a spreadsheet's COUNTIF over lines) is not counting orders: an order of three
    lines would count three times. Both stand side by side.
    """

    orders: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int], ...]

    @property
    def moved(self) -> int:
        """Customers whose count would be wrong if rows were taken for orders."""
        by_rows = dict(self.rows)
        return sum(by_rows[key] != count for key, count in self.orders)

    @property
    def repeat_share(self) -> float | None:
        """Customers with two orders or more ÷ customers."""
        return _repeat(self.orders)

    @property
    def repeat_share_by_rows(self) -> float | None:
        """The same if rows were counted: what the trap would show."""
        return _repeat(self.rows)

    def to_frame(self) -> pd.DataFrame:
        """customer_id, orders, rows; most orders first."""
        import pandas as pd

        by_rows = dict(self.rows)
        cells = [(key, count, by_rows[key]) for key, count in self.orders]
        return pd.DataFrame(cells, columns=["customer_id", "orders", "rows"])


def count_orders(lines: Iterable[tuple[str, str]]) -> OrderCount:
    """Count orders per customer from lines of (customer code, order number).

    Step 1 brings the lines to customer codes, step 2 merges the lines of one order, step 3
    counts per code and sorts. A client's whole export is counted by ``toolkit count``.

    Args:
        lines: one a row of the export; a line without a code belongs to nobody.

    >>> two = count_orders([("a", "1"), ("a", "1"), ("b", "2"), ("b", "3")])
    >>> two.orders, two.moved, two.repeat_share, two.repeat_share_by_rows
    ((('b', 2), ('a', 1)), 1, 0.5, 1.0)
    """
    keyed = [(customer.strip(), order.strip()) for customer, order in lines if customer.strip()]
    return OrderCount(
        orders=_sorted(Counter(customer for customer, _ in set(keyed))),
        rows=_sorted(Counter(customer for customer, _ in keyed)),
    )


def _sorted(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _repeat(counts: tuple[tuple[str, int], ...]) -> float | None:
    return sum(count > 1 for _, count in counts) / len(counts) if counts else None
