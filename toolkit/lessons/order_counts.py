"""Orders per customer counted from lines, and the counts that the usual slips lead to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.lessons.order_lines import counted_orders, order_lines

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.lessons.client_firm import ClientFirm

REPEAT = 2  # orders that make a customer a repeater
GUEST = "?"  # stands for the blank code where a slip counts it as a customer


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OrderCounts:
    """Lines of a client and the orders that count (``counted_orders``).

    ``lines`` has order_id, customer_id (blank for a guest), amount and cancelled.
    """

    lines: pd.DataFrame = field(repr=False)
    orders: pd.DataFrame = field(repr=False)

    @property
    def kept(self) -> pd.DataFrame:
        """Lines that were not cancelled."""
        return self.lines[~self.lines["cancelled"]]

    @property
    def known(self) -> pd.DataFrame:
        """Orders of customers with a code."""
        return self.orders[self.orders["customer_id"].notna()]

    @property
    def guests(self) -> int:
        """Orders without a customer's code."""
        return int(self.orders["customer_id"].isna().sum())

    @property
    def per_customer(self) -> pd.Series[int]:
        """Orders by customer, most first: what the three steps lead to."""
        return self.known["customer_id"].value_counts()

    @property
    def rows_per_customer(self) -> pd.Series[int]:
        """The slip of counting lines: an order of three lines counts three times."""
        return self.kept["customer_id"].value_counts()

    @property
    def with_cancelled(self) -> pd.Series[int]:
        """The slip of leaving cancelled orders in."""
        once = self.lines.drop_duplicates("order_id")
        return once["customer_id"].value_counts()

    @property
    def with_guests(self) -> pd.Series[int]:
        """The slip of taking the blank code for one customer."""
        return self.orders["customer_id"].fillna(GUEST).value_counts()


def order_counts(firm: ClientFirm) -> OrderCounts | None:
    """The counts of a client; None without an order of a known customer."""
    lines = order_lines(firm)
    made = None if lines is None else counts_of(lines)
    return made if made is not None and len(made.known) else None


def counts_of(lines: pd.DataFrame) -> OrderCounts:
    """The counts of some lines."""
    return OrderCounts(lines=lines, orders=counted_orders(lines))


def repeaters(counts: pd.Series[int]) -> int:
    """Customers with two orders or more."""
    return int((counts >= REPEAT).sum())
