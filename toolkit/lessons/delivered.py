"""The lines of the orders as they were delivered, cancelled ones among them, to be counted by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lessons.client_firm import ClientFirm

if TYPE_CHECKING:
    import pandas as pd

SHOWN = ("order_id", "line_no", "customer_id", "order_date", "product", "quantity", "amount")


def delivered(firm: ClientFirm) -> pd.DataFrame | None:
    """Order lines with ``cancelled``; None where no orders were delivered.

    A total that repeats on the lines of one order stands on its first line only, so that
    amounts may be added up.
    """
    table = None if firm.case is None else firm.case.tables.get("orders")
    if table is None:
        return None
    frame = table.frame
    shown = frame[[name for name in SHOWN if name in frame]].copy()
    if "_repeated" in frame:
        shown.loc[frame["_repeated"].astype(bool), "amount"] = 0.0
    cancelled = frame["_cancelled"].astype(bool) if "_cancelled" in frame else False
    return shown.assign(cancelled=cancelled).reset_index(drop=True)


def kept(firm: ClientFirm) -> pd.DataFrame | None:
    """The same lines without the cancelled ones."""
    lines = delivered(firm)
    return None if lines is None else lines[~lines["cancelled"]].reset_index(drop=True)
