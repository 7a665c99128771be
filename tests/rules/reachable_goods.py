"""Invented sellers of goods in which every rule of goods has what it reads: one well, one ill.

An ill seller was well until a year before the end (a quarter, where a rule looks at quarters), so
that each comparison with its own past has something to find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

START, END = pd.Timestamp("2023-01-01"), pd.Timestamp("2026-06-30")
YEAR, QUARTER = pd.Timestamp("2025-07-01"), pd.Timestamp("2026-04-01")
MONTHS = pd.period_range("2023-01", "2026-06", freq="M")
ITEMS = ("白茶", "黒茶", "焙じ茶", "玄米茶", "抹茶", "煎茶", "番茶", "粉茶")
SHARES = (0.20, 0.17, 0.15, 0.13, 0.12, 0.10, 0.08, 0.05)
ILL_SHARES = (0.70, 0.12, 0.06, 0.04, 0.03, 0.02, 0.02, 0.01)
SPENT = {
    "cogs": 0.32, "logistics": 0.10, "packing": 0.02, "payment_fee": 0.03, "marketplace_fee": 0.02,
    "points": 0.01, "advertising": 0.10, "system": 0.03, "personnel": 0.12, "other": 0.03,
}  # fmt: skip
ILL_SPENT = {**SPENT, "payment_fee": 0.05, "system": 0.09}
LAST_YEAR = {**ILL_SPENT, "cogs": 0.45, "logistics": 0.18}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shop:
    """How large and of what kind: first orders a month, repeats, prices, subscription or not."""

    ill: bool
    a_month: int = 60
    stay: float = 0.95
    times: int = 1
    subscription: bool = False


def goods(shop: Shop) -> dict[str, pd.DataFrame]:
    """The tables of a seller of goods by their names."""
    chance, ill = np.random.default_rng(7), shop.ill
    orders = _orders(chance, shop)
    return {
        "orders": orders,
        "customers": _customers(chance, orders, ill),
        "products": _products(shop),
        "stock": _stock(ill),
        "promotions": _promotions(ill),
        "traffic": _traffic(chance, ill),
        "ad_spend": _ad_spend(orders, ill),
        "costs": _costs(orders, ill),
        "contacts": contacts(orders, ill),
        "events": events(ill),
        "journey": journey(ill),
        "cash_plan": cash_plan(ill),
        "receivables": receivables(ill, days=30),
    }


def _calendar(chance: np.random.Generator, shop: Shop) -> pd.DataFrame:
    """Who orders when: first orders every month, repeats of a steady or a dwindling custom."""
    rows, who = [], 0
    for month in MONTHS:
        for _ in range(shop.a_month):
            who += 1
            day = month.start_time + pd.Timedelta(days=int(chance.integers(0, 28)))
            times, late = 0, shop.ill and day >= pd.Timestamp("2025-10-01")
            while day <= END:
                times += 1
                rows.append((who, day, times))
                again = (0.35 if late else 0.55) if times == 1 else shop.stay
                if shop.ill and times > 1 and day >= YEAR:
                    again = 0.1
                if chance.random() > again:
                    break
                day += pd.Timedelta(days=int(chance.integers(20, 60)))
    made = pd.DataFrame(rows, columns=["who", "day", "times"])
    return made.sort_values(["day", "who"], ignore_index=True)


def _orders(chance: np.random.Generator, shop: Shop) -> pd.DataFrame:
    one, ill = _calendar(chance, shop), shop.ill
    n = len(one)
    day, last_year = one["day"], one["day"] >= YEAR
    bad = last_year & ill
    shares = np.where(bad, "ill", "well")
    item = np.where(
        shares == "ill", chance.choice(ITEMS, n, p=ILL_SHARES), chance.choice(ITEMS, n, p=SHARES)
    )
    mall = chance.random(n) < np.where(bad, 0.9, 0.3)
    draw = chance.random(n)
    made = pd.DataFrame({"order_id": [f"A{at:06d}" for at in range(n)]})
    made["customer_id"] = [f"C{who:05d}" for who in one["who"]]
    made["order_date"] = day
    made["channel"] = np.where(mall, "楽天市場", "自社サイト")
    poor = ill & (one["who"] % 9 == 0)
    made["product"] = np.where(poor, ITEMS[-1], item)
    made["quantity"] = chance.integers(1, 4, n)
    made["amount"] = made["quantity"] * np.where(bad & mall, 700, 2000)
    made["amount"] = made["amount"].where(~poor, 300) * shop.times
    made["coupon"] = np.where(draw < np.where(bad, 0.5, 0.1), 200, 0)
    made["shipping_fee"] = np.where(bad, 0, 500)
    made["parcels"] = 1
    made["payment_method"] = chance.choice(
        ["クレジットカード", "代引", "後払い"], n, p=[0.3, 0.4, 0.3]
    )
    refused = (made["payment_method"] == "代引") & (chance.random(n) < np.where(bad, 0.3, 0.02))
    made["status"] = np.where(refused, "受取拒否", "完了")
    made["trial"] = one["times"].eq(1)
    if shop.subscription:
        made["subscription_no"] = [f"S{who:05d}" for who in one["who"]]
        made["subscription_count"] = one["times"]
    made["shipped_at"] = day + pd.to_timedelta(np.where(bad, 4, 1), unit="D")
    made["promised_at"] = day + pd.Timedelta(days=5)
    late = chance.random(n) < np.where(bad, 0.3, 0.01)
    made["delivered_at"] = day + pd.to_timedelta(np.where(late, 9, 5), unit="D")
    back = chance.random(n) < np.where(bad, 0.15, 0.01)
    made["returned_at"] = (made["delivered_at"] + pd.Timedelta(days=5)).where(back)
    made["wrong_item"] = chance.random(n) < np.where(bad, 0.03, 0.0001 if ill else 0)
    waits = chance.random(n) < (0.5 if ill else 0.01)
    made["paid_at"] = day + pd.to_timedelta(np.where(waits, 1, 0), unit="D")
    unpaid = (made["payment_method"] == "後払い") & (chance.random(n) < np.where(bad, 0.3, 0.02))
    made["paid_at"] = made["paid_at"].mask(unpaid)
    for name in ("shipped_at", "delivered_at", "returned_at", "paid_at"):
        made[name] = made[name].where(made[name] <= END)
    return made


def _customers(chance: np.random.Generator, orders: pd.DataFrame, ill: bool) -> pd.DataFrame:
    first = orders.groupby("customer_id", as_index=False).agg(
        first_date=("order_date", "min"), entry=("channel", "first")
    )
    n = len(first)
    paid = 0.95 if ill else 0.4
    made = first[["customer_id", "first_date"]].copy()
    made["age_band"] = chance.choice(["40代", "20代"], n, p=[0.1, 0.9] if ill else [0.9, 0.1])
    made["channel"] = np.where(chance.random(n) < paid, "検索広告", "自然検索")
    made["opt_in_at"] = made["first_date"]
    made["メールアドレス"] = [f"m{at // 2 if ill else at}@example.com" for at in range(n)]
    if ill:
        made["customer_id"] = made["customer_id"].where(
            made.index % 5 > 0, "X" + made["customer_id"]
        )
    return made


def _products(shop: Shop) -> pd.DataFrame:
    cost = [shop.times * (1500 if shop.ill and at == 0 else 600) for at in range(len(ITEMS))]
    supplier = "仕入先1" if shop.ill else "仕入先1、仕入先2"
    return pd.DataFrame({"product": ITEMS, "cost": cost, "supplier": supplier})


def _stock(ill: bool) -> pd.DataFrame:
    rows = []
    for day in pd.date_range("2024-06-01", END):
        for at, name in enumerate(ITEMS):
            bad = ill and day >= YEAR
            many = 9000 if bad and at >= 5 else 30
            rows.append((name, day, 0 if bad and at == 0 and day.day < 15 else many))
    return pd.DataFrame(rows, columns=["product", "date", "quantity"])


def _promotions(ill: bool) -> pd.DataFrame:
    until = pd.Timestamp("2026-01-31") if ill else END
    days = pd.date_range("2024-07-01", until, freq="14D")
    return pd.DataFrame(
        {
            "date": days, "kind": "はがき", "sends": 1000, "cost": 80000,
            "responses": 5 if ill else 400,
        }
    )  # fmt: skip


def _traffic(chance: np.random.Generator, ill: bool) -> pd.DataFrame:
    rows = []
    for day in pd.date_range("2024-01-01", END):
        bad = ill and day >= QUARTER
        for channel, visits in (("organic", 15 if ill else 200), ("cpc", 400 if ill else 200)):
            carts = chance.binomial(visits, 0.2)
            checkouts = chance.binomial(carts, 0.4 if bad else 0.7)
            done = chance.binomial(checkouts, 0.6)
            rows.append((day, channel, channel == "cpc", visits, carts, checkouts, done))
    names = ["date", "channel", "paid", "sessions", "carts", "checkouts", "orders"]
    return pd.DataFrame(rows, columns=names)


def _ad_spend(orders: pd.DataFrame, ill: bool) -> pd.DataFrame:
    first = orders.groupby("customer_id")["order_date"].min().dt.to_period("M").value_counts()
    rows = [
        (month, "検索広告", int(first[month]) * (9000 if ill else 300), int(first[month]) // 2)
        for month in MONTHS
    ]
    return pd.DataFrame(rows, columns=["month", "channel", "amount", "new_customers"])


def _costs(orders: pd.DataFrame, ill: bool) -> pd.DataFrame:
    sales = orders.groupby(orders["order_date"].dt.to_period("M"))["amount"].sum()
    rows = [
        (month, item, round(sales[month] * share))
        for month in MONTHS
        for item, share in _spent(month, ill).items()
    ]
    return pd.DataFrame(rows, columns=["month", "item", "amount"])


def _spent(month: pd.Period, ill: bool) -> dict[str, float]:
    if not ill:
        return SPENT
    return LAST_YEAR if month.start_time >= YEAR else ILL_SPENT


def contacts(orders: pd.DataFrame, ill: bool) -> pd.DataFrame:
    """One contact for every twentieth order, every fifth of the last quarter where ill."""
    every = np.where(ill & (orders["order_date"] >= QUARTER), 5, 20)
    one = orders[np.arange(len(orders)) % every == 0]
    said = pd.DataFrame({"contact_id": [f"T{at:05d}" for at in range(len(one))]})
    said["date"] = one["order_date"].to_numpy()
    said["customer_id"] = np.where(ill & (said.index % 2 == 0), None, one["customer_id"])
    said["type"] = "complaint"
    for name in ("who", "what", "when", "where", "how"):
        said[name] = None if ill else "記入"
    said["why"] = "箱つぶれ" if ill else [f"理由{at}" for at in said.index]
    said["resolved_at"] = said["date"]
    said["result_fed_back"] = not ill
    said["to_development"] = not ill
    return said


def events(ill: bool) -> pd.DataFrame:
    """Three steps a case, one in five done twice; where ill, half of them, by the same two."""
    rows = []
    for at, day in enumerate(pd.date_range("2024-01-01", END)):
        bad = ill and day >= YEAR
        again = at % (2 if bad else 5) == 0
        steps = ["受付", "確認", "確認", "発送"] if again else ["受付", "確認", "発送"]
        for place, step in enumerate(steps):
            who = place if ill else (at // 5 + place * (1 + at // 5 % 3)) % 6
            rows.append((f"K{at}", step, day + pd.Timedelta(hours=9 + place), f"係{who}"))
    return pd.DataFrame(rows, columns=["case_id", "activity", "timestamp", "resource"])


def journey(ill: bool) -> pd.DataFrame:
    """Steps that either fit together or are typed twice, by hand, by nobody or mostly by one."""
    rows = []
    for at in range(12):
        last = at == 11
        side = "customer" if at in (0, 10) or (last and ill) else "company"
        actor = "" if ill and at == 3 else ("佐藤" if ill and at > 5 else f"係{at % 5}")
        minutes = 40 if actor == "佐藤" else 5
        step = "商品が届く" if at == 10 else f"工程{at}"
        whose = "" if ill and at in (1, 5) else side
        given = "受注情報" if ill else f"情報{at + 1}"
        by = actor if side == "company" else ""
        how = (f"道具{at}" if ill else "基幹", "manual", minutes, 30 if ill else 10)
        rows.append((at + 1, step, whose, by, *how, f"情報{at}", given))
    names = ["step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day"]
    return pd.DataFrame(rows, columns=[*names, "data_in", "data_out"])


def cash_plan(ill: bool) -> pd.DataFrame:
    """Thirteen weeks of money in and out after the end."""
    rows = [(END, "期首残高", "in", 500_000 if ill else 90_000_000, False)]
    for week in range(13):
        day = END + pd.Timedelta(days=3 + 7 * week)
        rows.append((day, "売上", "in", 300_000, False))
        rows.append((day, "家賃", "out", 500_000, True))
    return pd.DataFrame(rows, columns=["date", "item", "direction", "amount", "fixed"])


def receivables(ill: bool, *, days: int) -> pd.DataFrame:
    """Invoices of three years, paid when due, or two months late and not at all where ill."""
    rows = []
    for at, day in enumerate(pd.date_range("2023-07-01", END, freq="2D")):
        due, bad = day + pd.Timedelta(days=days), ill and day >= YEAR
        paid = due + pd.Timedelta(days=70 if bad else 0)
        never = bad and at % 4 == 0
        whom = "C00001" if bad and at % 2 else f"C{at % 40 + 1:05d}"
        done = not never and paid <= END
        rows.append(
            (
                f"N{at:05d}", whom, day, due, 50_000, paid if done else None,
                50_000 if done else None, "未消込" if ill and at % 3 == 0 else "済",
            )
        )  # fmt: skip
    names = ["invoice_id", "customer_id", "invoiced_at", "due_at", "amount", "paid_at"]
    return pd.DataFrame(rows, columns=[*names, "paid_amount", "matched"])
