"""The order lines of a client as a lesson counts them: cancelled ones marked, totals once."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.lessons.client_firm import ClientFirm

NAMES = ("order_id", "customer_id", "order_date", "amount", "cancelled")


def order_lines(firm: ClientFirm) -> pd.DataFrame | None:
    """Every accepted line in the order of days; None where no order was delivered.

    Columns ``NAMES``: a customer is a key, blank for a guest; ``amount`` is 0 on a line that
    repeats the total of its order; ``cancelled`` lines are in no figure.
    """
    table = None if firm.case is None else firm.case.tables.get("orders")
    if table is None:
        return None
    raw = table.frame
    amount = raw["amount"].where(~raw["_repeated"].astype(bool), 0.0)
    made = raw.assign(amount=amount, cancelled=raw["_cancelled"].astype(bool))
    by = ["order_date", "order_id"]
    return made[list(NAMES)].sort_values(by, kind="stable").reset_index(drop=True)


def counted_orders(lines: pd.DataFrame) -> pd.DataFrame:
    """One row per order that was not cancelled: order_id, customer_id, order_date, amount."""
    kept = lines[~lines["cancelled"]]
    # "first" skips blanks: a code on the second line of an order is the order's code.
    made: pd.DataFrame = (
        kept.groupby("order_id")
        .agg({"customer_id": "first", "order_date": "min", "amount": "sum"})
        .reset_index()
    )
    return made


def whole_amounts(frame: pd.DataFrame) -> pd.DataFrame:
    """The same frame with columns of whole numbers shown as such, as amounts in yen are."""
    whole = {
        name: "int64"
        for name in frame.select_dtypes("float")
        if frame[name].notna().all() and (frame[name] % 1 == 0).all()
    }
    return frame.astype(whole)
