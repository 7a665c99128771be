"""The books of firms that sell to firms: invoices, costs, cash ahead, closed years (帳簿)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.synth.calendar import END, back_of
from toolkit.synth.texts import word
from toolkit.synth.tob_cells import filled
from toolkit.synth.tob_time import added, every_month, known, month_back

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    import pandas as pd

    from toolkit.synth.rates import Rates

MATCHED = (word("money", "matched", "open"), word("money", "matched", "done"))
TAX = 1.1
FORGETS, FORGOTTEN_DAYS = 0.15, 8.0
"""Share of invoices paid after the due day without any reason, and how many days on average."""
STUCK_DAYS = (120, 400)
"""How late an invoice is paid about which something is amiss."""
STEADY = ("personnel", "system", "other", "advertising")
"""Costs that follow the sales of a quarter, not of a month."""
BY_SHARE = ("logistics", "packing", "payment_fee", *STEADY)
YEAR_ENDS = "03-31"
WAGES = word("money", "firm", "wages")
RENT = word("money", "firm", "rent_and_systems")
PURCHASES = word("money", "firm", "purchases")


def receivables(rates: Rates, random: np.random.Generator, invoices: pd.DataFrame) -> pd.DataFrame:
    """Every invoice with its payment: most on the due day, some days late, a few stuck for long.

    Args:
        rates: days all pay late, the share stuck, the share of receipts nobody could place.
        random: of every chance in it.
        invoices: customer_id, invoiced_at, due_at, amount (without tax), by day.
    """
    import numpy as np
    import pandas as pd

    n = len(invoices)
    due = pd.DatetimeIndex(invoices["due_at"])
    back = np.maximum(0.0, back_of(due))
    names, account = np.unique(invoices["customer_id"].to_numpy(str), return_inverse=True)
    habit = random.lognormal(-0.08, 0.4, len(names))[account]
    late = np.where(random.random(n) < FORGETS, random.exponential(FORGOTTEN_DAYS, n) * habit, 0.0)
    late += random.normal(1.0, 0.25, n) * rates.at("pay_delay_days", back)
    stuck = random.random(n) < rates.at("stuck_share", back)
    long = random.uniform(*STUCK_DAYS, n)
    paid = known(added(due, np.where(stuck, long, np.floor(np.maximum(0.0, late)))))
    made = pd.DataFrame({"invoice_id": [f"S{at:06d}" for at in range(1, n + 1)]})
    made["customer_id"] = invoices["customer_id"].to_numpy(object)
    made["invoiced_at"], made["due_at"] = invoices["invoiced_at"].to_numpy(), due
    made["amount"] = np.rint(invoices["amount"].to_numpy(float) * TAX).astype(np.int64)
    made["paid_at"] = paid
    made["paid_amount"] = made["amount"].where(paid.notna())
    odd = random.random(n) < rates.at("unmatched_share", back)
    made["matched"] = filled(np.where(odd, *MATCHED), paid.notna().to_numpy(bool))
    return made


def costs(
    rates: Rates, random: np.random.Generator, sales: pd.Series[float], booked: Mapping[str, object]
) -> pd.DataFrame:
    """Costs by month and item.

    Args:
        rates: ``<item>_share`` of sales of the items that are not booked; a world without one
            has no such cost.
        random: of the months' noise.
        sales: yen by month of ``every_month``.
        booked: items known otherwise, yen by month.
    """
    import numpy as np
    import pandas as pd

    months = every_month()
    quarter = sales.rolling(3, min_periods=1).mean()
    amounts = {name: np.asarray(values, dtype=float) for name, values in booked.items()}
    for name in [one for one in BY_SHARE if f"{one}_share" in rates.parameters]:
        base = quarter if name in STEADY else sales
        share = rates.at(f"{name}_share", month_back(months))
        amounts[name] = share * base.to_numpy(float) * random.normal(1.0, 0.015, len(months))
    made = pd.DataFrame({name: np.rint(values) for name, values in amounts.items()})
    made.insert(0, "month", [str(month) for month in months])
    rows = made.melt("month", var_name="item", value_name="amount")
    rows = rows[rows["amount"] > 0].sort_values(["month", "item"], ignore_index=True)
    return rows.astype({"amount": np.int64})


def cash_plan(rates: Rates, sales: pd.Series[float], books: pd.DataFrame) -> pd.DataFrame:
    """Opening balance and thirteen weeks of money in and out, in step with the last year."""
    import pandas as pd

    month = books["month"].ge(str(sales.index[-12]))
    spent = books[month].groupby("item")["amount"].sum() / 12
    fixed = float(spent.reindex(["personnel", "system", "other"]).sum())
    start = pd.Timestamp(END) + pd.Timedelta(days=1)
    rows: list[tuple[object, str, str, float, str | None]] = [
        (start, "in", "opening", rates.of("cash_months") * fixed, None)
    ]
    for ahead in range(3):
        first = start + pd.DateOffset(months=ahead)
        last = first + pd.offsets.MonthEnd(0)
        day = pd.Timedelta(days=24)
        rows += [
            (first + day, "out", WAGES, float(spent["personnel"]), "yes"),
            (last, "out", RENT, fixed - float(spent["personnel"]), "yes"),
            (last, "out", PURCHASES, float(spent.sum()) - fixed, None),
            (last - pd.Timedelta(days=8), "in", "collection", float(sales.iloc[-12:].mean()), None),
        ]
    made = pd.DataFrame(rows, columns=["date", "direction", "item", "amount", "fixed"])
    return made.assign(amount=made["amount"].round().astype("int64"))


def closed_years(sales: pd.Series[float], books: pd.DataFrame) -> pd.DataFrame:
    """The annual accounts of the last three years, each from April to March."""
    import pandas as pd

    rows: list[tuple[int, str, float, str]] = []
    for year in (2023, 2024, 2025):
        inside = pd.period_range(f"{year}-04", periods=12, freq="M")
        sold = float(sales.reindex(inside).sum())
        spent = books[books["month"].isin([str(month) for month in inside])]
        by_item = spent.groupby("item")["amount"].sum()
        rows += [
            (year, item, amount, f"{year + 1}-{YEAR_ENDS}")
            for item, amount in _statement(sold, by_item).items()
        ]
    made = pd.DataFrame(rows, columns=["year", "item", "amount", "closed_on"])
    return made.assign(amount=made["amount"].round().astype("int64"))


def _statement(sold: float, by_item: pd.Series[float]) -> dict[str, float]:
    profit = sold - float(by_item.sum())
    total = 0.9 * sold
    return {
        "sales": sold,
        "cogs": float(by_item["cogs"]),
        "labour": float(by_item["personnel"]),
        "operating_profit": profit,
        "depreciation": 0.03 * sold,
        "interest_bearing_debt": 0.25 * sold,
        "cash": 0.2 * sold,
        "receivables": 0.13 * sold,
        "inventory": 0.06 * sold,
        "payables": 0.08 * sold,
        "equity": 0.42 * sold,
        "total_assets": total,
        "employees": max(1.0, float(by_item["personnel"]) / 5_500_000),
    }
