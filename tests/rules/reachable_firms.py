"""Invented firms that sell to firms, with what the rules of such firms read: one well, one ill."""

from __future__ import annotations

import numpy as np
import pandas as pd
from reachable_goods import (
    END,
    ITEMS,
    MONTHS,
    QUARTER,
    START,
    YEAR,
    cash_plan,
    contacts,
    events,
    journey,
    receivables,
)


def maker(*, ill: bool) -> dict[str, pd.DataFrame]:
    """A maker to order: accounts that order again and again, or stop; jobs; offers."""
    orders = _orders(ill)
    products = pd.DataFrame({"product": ITEMS, "cost": 600, "supplier": "仕入先1、仕入先2"})
    return {
        "orders": orders,
        "products": products,
        "costs": _costs(orders, dear=ill),
        "jobs": _jobs(ill),
        "leads": leads(ill),
        "receivables": receivables(ill, days=30),
        "contacts": contacts(orders, ill),
        "events": events(ill),
        "journey": journey(ill),
        "cash_plan": cash_plan(ill),
        "requests": requests(ill),
    }


def _orders(ill: bool) -> pd.DataFrame:
    rows = []
    for account in range(1, 121):
        every = 10 if account < 5 else 35
        days = pd.date_range(START + pd.Timedelta(days=account % 30), END, freq=f"{every}D")
        gone = ill and account > 50
        stop = YEAR + pd.Timedelta(days=-5 if account > 85 else 30)
        kept = [day for day in days if not (gone and day >= stop)]
        rows += [(account, day) for day in kept]
    made = pd.DataFrame(rows, columns=["account", "order_date"]).sort_values(
        ["order_date", "account"], ignore_index=True
    )
    bad = ill & (made["order_date"] >= YEAR)
    made.insert(0, "order_id", [f"M{at:06d}" for at in made.index])
    made["customer_id"] = [f"C{account:05d}" for account in made.pop("account")]
    made["product"] = [ITEMS[at % len(ITEMS)] for at in made.index]
    made["quantity"] = np.where(bad & (made["customer_id"] == "C00001"), 200, 10)
    made["amount"] = made["quantity"] * 1000
    shipped = made["order_date"] + pd.to_timedelta(np.where(bad, 6, 2), unit="D")
    made["shipped_at"] = shipped
    made["promised_at"] = made["order_date"] + pd.Timedelta(days=4)
    made["delivered_at"] = shipped + pd.Timedelta(days=1)
    lag = np.where(bad, 12 + made.index % 5, 1 + made.index % 5)
    made["invoiced_at"] = shipped + pd.to_timedelta(lag, unit="D")
    back = bad & (made.index % 6 == 0)
    made["returned_at"] = (shipped + pd.Timedelta(days=9)).where(back)
    for name in ("shipped_at", "delivered_at", "invoiced_at", "returned_at"):
        made[name] = made[name].where(made[name] <= END)
    return made


def _costs(orders: pd.DataFrame, *, dear: bool) -> pd.DataFrame:
    month = orders["order_date"].dt.to_period("M")
    sales = orders.groupby(month)["amount"].sum()
    rows = []
    for at in MONTHS:
        share = 0.85 if dear and at.start_time >= YEAR else 0.6
        wobble = 1 + 0.01 * ((at.month * 7) % 5 - 2)
        rows.append((at, "cogs", round(sales[at] * share * wobble)))
        rows.append((at, "personnel", 400_000))
        rows += [(at, item, round(sales[at] * 0.01)) for item in ("logistics", "payment_fee")]
    return pd.DataFrame(rows, columns=["month", "item", "amount"])


def _jobs(ill: bool) -> pd.DataFrame:
    days = pd.date_range("2025-01-01", END, freq="7D")
    made = pd.DataFrame({"job_id": [f"J{at}" for at in range(len(days))], "finished_at": days})
    made["estimated_cost"] = 100_000
    made["actual_cost"] = [
        100_000 + (30_000 if ill else -9_000) + at % 7 * 1000 for at in made.index
    ]
    made["amount"] = 160_000
    return made


def leads(ill: bool) -> pd.DataFrame:
    """Two offers a day, half of them won, one in five in the last months where ill."""
    days = pd.date_range(START, END - pd.Timedelta(days=21)).repeat(2)
    made = pd.DataFrame({"lead_id": [f"L{at:05d}" for at in range(len(days))], "created_at": days})
    made["source"] = np.where(made.index % 3 == 0, "展示会", "紹介")
    made["stage"], decided = "決着", days + pd.Timedelta(days=20)
    bad = ill & (made["created_at"] >= QUARTER - pd.Timedelta(days=40))
    won = np.where(bad, made.index % 5 == 0, made.index % 2 == 0)
    made["won_at"] = pd.Series(decided).where(won)
    made["lost_at"] = pd.Series(decided).where(~won)
    made["amount"] = 500_000
    return made


def requests(ill: bool) -> pd.DataFrame:
    """Wishes of customers, scored or not."""
    days = pd.date_range("2025-07-15", END, freq="5D")
    made = pd.DataFrame({"request_id": [f"R{at}" for at in range(len(days))], "date": days})
    for name in ("importance", "urgency", "value"):
        made[name] = [None if ill and at % 4 else 3 for at in made.index]
    made["effort"], made["status"] = 2, "検討中"
    return made


def cloud(*, ill: bool) -> dict[str, pd.DataFrame]:
    """A service by contract: yearly terms, use by month, invoices."""
    contracts = _contracts(ill)
    orders = _billed(contracts, ill)
    return {
        "contracts": contracts,
        "usage": _usage(contracts, ill),
        "orders": orders,
        "leads": leads(ill),
        "costs": _cloud_costs(orders, ill),
        "ad_spend": _cloud_ads(ill),
        "customers": _cloud_customers(contracts),
        "receivables": receivables(ill, days=30),
        "contacts": contacts(orders, ill),
        "requests": requests(ill),
        "events": events(ill),
        "journey": journey(ill),
        "cash_plan": cash_plan(ill),
        "products": pd.DataFrame({"product": ["プロ"], "cost": [4_000]}),
    }


def _contracts(ill: bool) -> pd.DataFrame:
    rows = []
    for account in range(240):
        start = START + pd.Timedelta(days=account * 5)
        term, mrr = 0, 10_000
        while start <= END:
            term += 1
            end = start + pd.Timedelta(days=364)
            leaves = term > 1 and (account % 25 == 0 or (ill and account % 3 == 0))
            grows = term > 1 and (account % 2 == 0 if not ill or start < YEAR else False)
            mrr += 3_000 if grows else 0
            over = end <= END
            gone = end.date() if over and leaves else None
            renewed = ("no" if leaves else "yes") if over else None
            rows.append((f"C{account:05d}", start, end, mrr, "プロ", renewed, gone))
            if leaves:
                break
            start = end + pd.Timedelta(days=1)
    names = ["account_id", "start", "end", "mrr", "plan", "renewed", "churned_at"]
    return pd.DataFrame(rows, columns=names)


def _billed(contracts: pd.DataFrame, ill: bool) -> pd.DataFrame:
    rows = []
    for one in contracts.itertuples():
        days = pd.date_range(one.start, min(one.end, END), freq="30D")
        rows += [(one.account_id, day, one.mrr, "プロ", 1) for day in days]
    names = ["customer_id", "order_date", "amount", "product", "quantity"]
    made = pd.DataFrame(rows, columns=names).sort_values(["order_date", "customer_id"])
    made.insert(0, "order_id", [f"B{at:06d}" for at in range(len(made))])
    made["promised_at"] = made["order_date"] + pd.Timedelta(days=2)
    late = ill & made["order_id"].str[-1].isin(["1", "2", "3"]) & (made["order_date"] >= YEAR)
    took = made["order_date"] + pd.to_timedelta(np.where(late, 5, 1), unit="D")
    made["delivered_at"] = took.where(took <= END)
    return made.reset_index(drop=True)


def _usage(contracts: pd.DataFrame, ill: bool) -> pd.DataFrame:
    rows = []
    for one in contracts.itertuples():
        for day in pd.date_range(one.start, min(one.end, END), freq="ME"):
            at = int(one.account_id[1:])
            bad = ill and day >= QUARTER
            users = 0 if bad and at % 2 else (2 if ill or at % 25 == 0 else 9)
            if one.churned_at is not None and (pd.Timestamp(one.churned_at) - day).days < 120:
                users = min(users, 1)
            rows.append((one.account_id, day, users, 10, users * 60, 0 if bad else users * 8))
    names = ["account_id", "date", "active_users", "licensed_users", "minutes", "core_events"]
    return pd.DataFrame(rows, columns=names)


def _cloud_costs(orders: pd.DataFrame, ill: bool) -> pd.DataFrame:
    sales = orders.groupby(orders["order_date"].dt.to_period("M"))["amount"].sum()
    rows = [
        (month, item, round(sales[month] * share * (2 if ill and month.start_time >= YEAR else 1)))
        for month in MONTHS
        for item, share in {
            "cogs": 0.2, "payment_fee": 0.02, "advertising": 0.1, "personnel": 0.3, "system": 0.02
        }.items()
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["month", "item", "amount"])


def _cloud_ads(ill: bool) -> pd.DataFrame:
    rows = [(month, "検索広告", 4_000_000 if ill else 20_000, 5) for month in MONTHS]
    return pd.DataFrame(rows, columns=["month", "channel", "amount", "new_customers"])


def _cloud_customers(contracts: pd.DataFrame) -> pd.DataFrame:
    first = contracts.groupby("account_id", as_index=False)["start"].min()
    made = first.rename(columns={"account_id": "customer_id", "start": "first_date"})
    made["channel"] = "検索広告"
    return made
