"""Costs by month, bills of deferred payment, and the thirteen weeks of cash to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import END, HISTORY_DAYS, middle_of, months
from toolkit.synth.orders import CANCELLED, CARD, CASH, COD, DEFERRED, OWN, STORE
from toolkit.synth.shelf import cost_rates
from toolkit.synth.texts import word

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

CONTRACT_FEES = {CARD: 0.034, COD: 0.040, DEFERRED: 0.040, STORE: 0.030, CASH: 0.0}
MATCHED = (word("money", "matched", "open"), word("money", "matched", "matched"))
WEEKS = 13
SMOOTH_MONTHS = 12


def costs(
    rates: Rates, orders: pd.DataFrame, items: pd.DataFrame, ads: pd.DataFrame,
    random: np.random.Generator,
) -> pd.DataFrame:  # fmt: skip
    """Costs by month and item: what an order causes, and what runs on by itself.

    ``orders`` with list, item and back; ``ads`` as ``ad_spend``. What runs on follows the sales
    of the last twelve months, not those of the month.
    """
    import numpy as np

    kept = orders[orders["status"] != CANCELLED]
    month = kept["order_date"].dt.strftime("%Y-%m")
    table = _caused(rates, kept, items).groupby(month).sum().reindex(months()).fillna(0.0)
    back = np.array([middle_of(name) for name in months()])
    smooth = table.pop("sales").rolling(SMOOTH_MONTHS, min_periods=1).mean().to_numpy()
    table["points"] = smooth * rates.at("points_cost", back)
    table["advertising"] = ads.groupby("month")["amount"].sum().reindex(table.index).fillna(0.0)
    for name in ("system", "personnel", "other"):
        table[name] = smooth * rates.at(f"{name}_share", back)
    noise = random.normal(1.0, 0.015, table.shape)
    noise[:, table.columns.isin(["payment_fee", "advertising"])] = 1.0  # as billed
    made = (table * noise).round().rename_axis("month").reset_index()
    long = made.melt("month", var_name="item", value_name="amount")
    long["amount"] = np.maximum(long["amount"], 0).astype(int)
    # What a firm never has (parcels of a service) is not a line of its books.
    ever = long.groupby("item")["amount"].transform("sum") > 0
    return long[ever].sort_values(["month", "item"], ignore_index=True)


def _caused(rates: Rates, kept: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """What each order costs: goods, parcels, boxes, fees of payment and of the mall."""
    import numpy as np
    import pandas as pd

    back = kept["back"].to_numpy()
    by_day = cost_rates(rates, items, np.arange(HISTORY_DAYS, dtype=float))
    goods = kept["list"].to_numpy() * by_day[back.astype(int), kept["item"].to_numpy()]
    contract = kept["payment_method"].map(CONTRACT_FEES).to_numpy()
    fee = contract * rates.at("fee_over_contract", back)
    mall = np.where(kept["channel"] == OWN, 0.0, rates.at("mall_fee", back))
    amount = kept["amount"].to_numpy()
    return pd.DataFrame(
        {
            "sales": amount,
            "cogs": goods,
            "logistics": kept["parcels"].to_numpy() * rates.at("yen_a_parcel", back),
            "packing": kept["parcels"].to_numpy() * rates.base("packing_yen"),
            "payment_fee": amount * fee,
            "marketplace_fee": amount * mall,
        },
        index=kept.index,
    )


def receivables(rates: Rates, orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Bills of deferred payment: sent with the parcel, due in thirty days."""
    import numpy as np
    import pandas as pd

    sent = orders["shipped_at"].notna() & orders["returned_at"].isna()
    bills = orders[sent & (orders["payment_method"] == DEFERRED)]
    receipts = bills["paid_at"].notna().to_numpy()
    lost = random.random(len(bills)) < rates.at("unmatched", bills["back"].to_numpy())
    return pd.DataFrame(
        {
            "invoice_id": "N" + bills["order_id"].str[1:],
            "customer_id": bills["customer_id"],
            "invoiced_at": bills["shipped_at"].dt.normalize(),
            "due_at": bills["due_at"],
            "amount": bills["amount"],
            "paid_at": bills["paid_at"],
            "paid_amount": bills["amount"].where(receipts).astype("Int64"),
            "matched": np.where(receipts, np.where(lost, *MATCHED), ""),
        }
    ).reset_index(drop=True)


def cash_plan(rates: Rates, costs: pd.DataFrame, sales_a_month: float) -> pd.DataFrame:
    """Opening balance and the dated money of thirteen weeks; income keeps pace with what is paid.

    Args:
        rates: for the months of fixed cost that lie at the bank.
        costs: by month and item.
        sales_a_month: of the last twelve months.
    """
    import pandas as pd

    last = costs[costs["month"] >= months()[-SMOOTH_MONTHS]]
    monthly = last.groupby("item")["amount"].sum() / SMOOTH_MONTHS
    fixed = float(monthly[["system", "personnel", "other"]].sum())
    variable = float(monthly.sum()) - fixed
    item = {name: word("money", "shop", name) for name in ("opening", "sales", "variable", "fixed")}
    rows = [
        (pd.Timestamp(END), item["opening"], "in", round(fixed * rates.of("cash_months")), False)
    ]
    for week in range(WEEKS):
        day = pd.Timestamp(END) + pd.Timedelta(days=4 + 7 * week)
        rows.append((day, item["sales"], "in", round(sales_a_month * 12 / 52), False))
        rows.append((day, item["variable"], "out", round(variable * 12 / 52), False))
        if week % 4 == 3:
            rows.append((day, item["fixed"], "out", round(fixed), True))
    return pd.DataFrame(rows, columns=["date", "item", "direction", "amount", "fixed"])
