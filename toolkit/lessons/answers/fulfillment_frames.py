"""Tables of the lesson on fulfillment: lines, orders, days of a year, months of a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.client_firm import ClientFirm
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

MONTHS: Final = 12
SHOWN: Final = (
    "order_id",
    "line_no",
    "order_date",
    "product",
    "quantity",
    "shipped_at",
    "promised_at",
    "delivered_at",
    "parcels",
)
# An order in parts is sent, promised and delivered with its last one.
BY_ORDER: Final = {
    "order_date": "min",
    "shipped_at": "max",
    "promised_at": "max",
    "delivered_at": "max",
    "parcels": "max",
}
CARRIAGE, PACKING = "logistics", "packing"


def lines_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a line of an order, as delivered; columns of the goods and of their way."""
    rows = firm.rows("orders")
    return None if rows is None else rows[[name for name in SHOWN if name in rows]]


def orders_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row an order: dates of its last line; None where the export tells no dispatch."""
    rows = firm.rows("orders")
    if rows is None or "shipped_at" not in rows:
        return None
    how = {name: way for name, way in BY_ORDER.items() if name in rows}
    frame: pd.DataFrame = rows.groupby("order_id", as_index=False).agg(how)
    return frame


def days_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a calendar day of the latest year: orders and lines, nought where none came in."""
    import pandas as pd

    rows = firm.rows("orders")
    if rows is None or rows.empty:
        return None
    day = rows["order_date"].dt.normalize()
    last = day.max()
    first = last - pd.DateOffset(months=MONTHS) + pd.Timedelta(days=1)
    if day.min() > first:
        return None
    groups = rows.assign(date=day).groupby("date")
    made = pd.DataFrame({"orders": groups["order_id"].nunique(), "lines": groups.size()})
    whole = made.reindex(pd.date_range(first, last, name="date"), fill_value=0)
    return whole.reset_index()


def months_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a month of the latest year with a carrier's bill: orders sent, parcels, costs, fees.

    An order whose parcels are not told counts neither as an order nor as a parcel.
    """
    import pandas as pd

    rows, costs = firm.rows("orders"), firm.rows("costs")
    if rows is None or costs is None or "parcels" not in rows or "month" not in costs:
        return None
    booked = costs.pivot_table(index="month", columns="item", values="amount", aggfunc="sum")
    if CARRIAGE not in booked:
        return None
    orders = rows.groupby("order_id").agg({"order_date": "min", "parcels": "max"})
    month = orders["order_date"].dt.strftime("%Y-%m")
    parcels = orders["parcels"].where(orders["parcels"] > 0).groupby(month)
    made = pd.DataFrame({"orders": parcels.count(), "parcels": parcels.sum()})
    made["carriage"] = booked[CARRIAGE]
    made["packing"] = booked.get(PACKING, 0.0)
    if "shipping_fee" in rows:
        made["fees"] = rows.groupby(rows["order_date"].dt.strftime("%Y-%m"))["shipping_fee"].sum()
    latest = made[made["carriage"].notna()].tail(MONTHS)
    return latest.rename_axis("month").reset_index() if len(latest) == MONTHS else None


def volume(firm: ClientFirm, book: Words) -> list[float]:
    """Orders of each whole month of the latest year; nothing where there is no such year."""
    import pandas as pd

    days = days_frame(firm, book)
    if days is None:
        return []
    groups = days.groupby(days["date"].dt.to_period("M"))["orders"]
    months = pd.PeriodIndex(groups.size().index)
    whole = groups.size() == months.days_in_month
    return [float(value) for value in groups.sum()[whole]]
