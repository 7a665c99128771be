"""The months of a client in one table: visits, carts, orders, returns, wrong items, complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.days import months
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

COMPLAINT = "complaint"


def monthly_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a month; a column that the client's tables do not reach is left out.

    Returns:
        frame with month, orders, returned and wrong (by the month of the order), sessions, carts,
        contacts and complaints; None without orders.
    """
    import pandas as pd

    orders = firm.rows("orders")
    if orders is None or "order_date" not in orders:
        return None
    month = months(orders["order_date"])
    by = orders.assign(month=month)
    made = pd.DataFrame({"orders": by.groupby("month")["order_id"].nunique()})
    if "returned_at" in by:
        made["returned"] = _orders(by[by["returned_at"].notna()])
    if "wrong_item" in by:
        made["wrong"] = _orders(by[by["wrong_item"].eq(True)])
    for name, columns in (("traffic", ("sessions", "carts")), ("contacts", ())):
        rows = firm.rows(name)
        if rows is None or "date" not in rows:
            continue
        dated = rows.assign(month=months(rows["date"])).groupby("month")
        for column in columns:
            made[column] = dated[column].sum() if column in rows else None
        if name == "contacts":
            made["contacts"] = dated.size()
            made["complaints"] = _complaints(rows)
    return made.fillna(0).round().astype(int).reset_index()


def _orders(rows: pd.DataFrame) -> pd.Series:
    return rows.groupby("month")["order_id"].nunique()


def _complaints(rows: pd.DataFrame) -> pd.Series:
    told = rows[rows["type"].astype(str) == COMPLAINT] if "type" in rows else rows[:0]
    return told.assign(month=months(told["date"])).groupby("month").size()
