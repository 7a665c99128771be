"""A healthy mail-order shop: every rate constant in time, every house number kept, one seed a shop.

What differs from month to month is chance alone, so a finding about it is a false alarm.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import yaml

END = pd.Timestamp("2026-09-30")
DAYS = 5 * 365
A_DAY = 5.0  # new customers
AGAIN, GAP_DAYS = 0.62, 40.0
PRODUCTS = ("白茶", "黒茶", "焙じ茶", "玄米茶", "抹茶", "煎茶", "番茶", "粉茶")
SHARES = (0.22, 0.18, 0.14, 0.12, 0.11, 0.09, 0.08, 0.06)
CHANNELS, CHANNEL_SHARES = ("自社サイト", "楽天市場", "Amazon"), (0.55, 0.25, 0.20)
SOURCES, SOURCE_SHARES = ("広告", "自然検索", "紹介"), (0.45, 0.35, 0.20)
COST_SHARES = {
    "cogs": 0.32, "logistics": 0.10, "packing": 0.02, "payment_fee": 0.033, "marketplace_fee": 0.03,
    "points": 0.01, "advertising": 0.12, "system": 0.03, "personnel": 0.15, "other": 0.05,
}  # fmt: skip


def make_shop(folder: Path, seed: int) -> Path:
    """A client's folder with all the tables a mail-order shop can give."""
    random = np.random.default_rng(seed)
    data = folder / "data"
    data.mkdir(parents=True)
    orders = _orders(random)
    tables = {
        "orders": orders,
        "customers": _customers(orders, random),
        "products": _products(),
        "stock": _stock(random),
        "promotions": _promotions(random),
        "traffic": _traffic(orders, random),
        "ad_spend": _ad_spend(orders),
        "costs": _costs(orders),
        "contacts": _contacts(orders, random),
        "events": _events(orders, random),
        "journey": _journey(),
        "accounts": _accounts(orders),
    }
    for name, frame in tables.items():
        frame.to_csv(data / f"{name}.csv", index=False)
    text = yaml.safe_dump(_profile(seed), allow_unicode=True, sort_keys=False)
    (folder / "client.yaml").write_text(text, encoding="utf-8")
    return folder


def _orders(random: np.random.Generator) -> pd.DataFrame:
    """Orders of five years, of which the first two only bring the shop to its steady state."""
    arrivals = random.poisson(A_DAY, DAYS)
    first = np.repeat(np.arange(DAYS), arrivals)
    count = random.geometric(1 - AGAIN, len(first))
    who = np.repeat(np.arange(len(first)), count)
    gaps = random.gamma(4.0, GAP_DAYS / 4.0, len(who)).round() + 1
    starts = np.r_[True, who[1:] != who[:-1]]
    gaps[starts] = first
    total = np.cumsum(gaps)
    base = np.repeat(total[starts] - gaps[starts], count)
    day = (total - base).astype(int)
    frame = pd.DataFrame({"who": who, "day": day})
    frame = frame[(frame["day"] < DAYS) & (frame["day"] >= 2 * 365)].sort_values("day")
    n = len(frame)
    channel_of = random.choice(CHANNELS, len(first), p=CHANNEL_SHARES)
    made = pd.DataFrame(
        {
            "order_id": [f"A{i:07d}" for i in range(n)],
            "customer_id": [f"C{who:06d}" for who in frame["who"]],
            "order_date": END - pd.to_timedelta(DAYS - 1 - frame["day"].to_numpy(), unit="D"),
            "channel": channel_of[frame["who"]],
            "product": random.choice(PRODUCTS, n, p=SHARES),
            "quantity": random.integers(1, 4, n),
        }
    )
    made["amount"] = 1800 * made["quantity"] + random.integers(0, 6, n) * 100
    made["coupon"] = np.where(random.random(n) < 0.12, 300, 0)
    made["shipping_fee"] = np.where(made["amount"] < 4000, 550, 0)
    made["parcels"] = 1
    made["status"] = np.where(random.random(n) < 0.015, "キャンセル", "完了")
    made["payment_method"] = random.choice(
        ["クレジットカード", "代金引換", "後払い"], n, p=[0.7, 0.1, 0.2]
    )
    made["shipped_at"] = made["order_date"] + pd.to_timedelta(random.integers(0, 2, n), unit="D")
    made["promised_at"] = made["order_date"] + pd.Timedelta(days=5)
    took = np.where(random.random(n) < 0.02, 6, random.integers(2, 5, n))
    made["delivered_at"] = made["order_date"] + pd.to_timedelta(took, unit="D")
    back = made["delivered_at"] + pd.Timedelta(days=7)
    made["returned_at"] = back.where(random.random(n) < 0.012)
    made["wrong_item"] = random.random(n) < 0.0003
    made["paid_at"] = made["order_date"]
    for name in ("shipped_at", "delivered_at", "returned_at", "paid_at"):
        made[name] = made[name].where(made[name] <= END)
    return made


def _kept(orders: pd.DataFrame) -> pd.DataFrame:
    return orders[orders["status"] != "キャンセル"]


def _customers(orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    first = orders.groupby("customer_id", as_index=False)["order_date"].min()
    n = len(first)
    return pd.DataFrame(
        {
            "customer_id": first["customer_id"],
            "first_date": first["order_date"],
            "age_band": random.choice(["40代", "50代", "60代"], n, p=[0.45, 0.35, 0.2]),
            "prefecture": random.choice(["東京都", "大阪府", "愛知県"], n),
            "channel": random.choice(SOURCES, n, p=SOURCE_SHARES),
            "opt_in_at": first["order_date"],
        }
    )


def _products() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "product": PRODUCTS,
            "cost": 580,
            "category": "茶",
            "supplier": [f"仕入先{1 + place % 4}" for place in range(len(PRODUCTS))],
        }
    )


def _stock(random: np.random.Generator) -> pd.DataFrame:
    days = pd.date_range(END - pd.Timedelta(days=760), END, freq="7D")
    shares = dict(zip(PRODUCTS, SHARES, strict=True))
    rows = [
        (name, day, int(400 * share + random.integers(20, 60)))
        for day in days
        for name, share in shares.items()
    ]
    frame = pd.DataFrame(rows, columns=["product", "date", "quantity"])
    return frame.assign(value=frame["quantity"] * 580)


def _promotions(random: np.random.Generator) -> pd.DataFrame:
    days = pd.date_range(END - pd.Timedelta(days=1000), END, freq="14D")
    sends = random.integers(2800, 3200, len(days))
    return pd.DataFrame(
        {
            "date": days,
            "kind": "メールマガジン",
            "sends": sends,
            "cost": 9000,
            "responses": random.binomial(sends, 0.02),
        }
    )


def _traffic(orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Sessions, carts and orders of the own site, thinned backwards from a constant rate."""
    days = pd.date_range(orders["order_date"].min(), END, freq="D")
    rows = []
    for channel, paid, mean in (("広告", True, 180), ("自然検索", False, 160), ("紹介", False, 60)):
        sessions = random.poisson(mean, len(days))
        carts = random.binomial(sessions, 0.10)
        checkouts = random.binomial(carts, 0.50)
        made = pd.DataFrame(
            {
                "date": days, "channel": channel, "paid": paid, "sessions": sessions,
                "carts": carts, "checkouts": checkouts, "orders": random.binomial(checkouts, 0.7),
            }
        )  # fmt: skip
        rows.append(made)
    return pd.concat(rows, ignore_index=True)


def _months(orders: pd.DataFrame) -> pd.DataFrame:
    kept = _kept(orders)
    month = kept["order_date"].dt.strftime("%Y-%m")
    return kept.groupby(month)["amount"].agg(["sum", "size"]).rename_axis("month").reset_index()


def _ad_spend(orders: pd.DataFrame) -> pd.DataFrame:
    months = _months(orders)["month"]
    new = 65
    parts = [
        pd.DataFrame({"month": months, "channel": name, "amount": new * cpo, "new_customers": new})
        for name, cpo in (("検索広告", 1500), ("SNS広告", 1800))
    ]
    return pd.concat(parts, ignore_index=True)


def _costs(orders: pd.DataFrame) -> pd.DataFrame:
    months = _months(orders)
    parts = [
        pd.DataFrame(
            {"month": months["month"], "item": item, "amount": (months["sum"] * share).round()}
        )
        for item, share in COST_SHARES.items()
    ]
    return pd.concat(parts, ignore_index=True)


def _contacts(orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    asked = orders[random.random(len(orders)) < 0.05]
    n = len(asked)
    kind = random.choice(["inquiry", "complaint"], n, p=[0.9, 0.1])
    cause = random.choice([f"理由{place}" for place in range(30)], n)
    day = asked["order_date"].to_numpy()
    return pd.DataFrame(
        {
            "contact_id": [f"K{i:06d}" for i in range(n)],
            "date": day,
            "customer_id": asked["customer_id"].to_numpy(),
            "type": kind,
            "source": "メール",
            "who": "ご本人", "what": "お届けした商品", "when": "到着時", "where": "ご自宅",
            "why": cause, "how": "お電話で対応",
            "handled_by": random.choice(["佐藤", "鈴木", "高橋", "田中", "渡辺"], n),
            "resolved_at": day,
            "result_fed_back": random.random(n) < 0.985,
            "to_development": random.random(n) < 0.9,
        }
    )  # fmt: skip


def _events(orders: pd.DataFrame, random: np.random.Generator) -> pd.DataFrame:
    """Three steps a case of the last two years; one case in fifty has its check done twice."""
    taken = orders[orders["order_date"] > END - pd.Timedelta(days=740)].iloc[::6]
    steps = ["受付", "確認", "出荷"]
    n = len(taken)
    twice = random.random(n) < 0.02
    reps = np.where(twice, 4, 3)
    place = np.concatenate([np.arange(r) for r in reps])
    index = np.repeat(np.arange(n), reps)
    names = np.where(place == 3, "確認", np.array(steps)[np.minimum(place, 2)])
    return pd.DataFrame(
        {
            "case_id": taken["order_id"].to_numpy()[index],
            "activity": names,
            "timestamp": taken["order_date"].to_numpy()[index] + place.astype("timedelta64[h]"),
            "resource": random.choice(["佐藤", "鈴木", "高橋", "田中", "渡辺"], len(index)),
        }
    )


def _journey() -> pd.DataFrame:
    rows = [
        (1, "商品を選ぶ", "customer", "", "", "", 0, 0),
        (2, "注文を受け付ける", "company", "佐藤", "受注システム", "auto", 0, 60),
        (3, "在庫を引き当てる", "company", "佐藤", "受注システム", "auto", 0, 60),
        (4, "出荷する", "company", "鈴木", "出荷システム", "auto", 0, 60),
        (5, "商品が到着する", "customer", "", "", "", 0, 0),
        (6, "使い方のお便りを送る", "company", "高橋", "メール配信", "auto", 0, 60),
        (7, "再注文のご案内を送る", "company", "田中", "メール配信", "auto", 0, 60),
    ]
    columns = ["step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day"]
    return pd.DataFrame(rows, columns=columns)


def _accounts(orders: pd.DataFrame) -> pd.DataFrame:
    years = _kept(orders).groupby(orders["order_date"].dt.year)["amount"].sum()
    rows = []
    for year, sales in years.items():
        items = {"sales": 1.0, "cogs": 0.32, "operating_profit": 0.13, "cash": 0.25, "labour": 0.15}
        rows += [(year, item, round(float(sales) * share)) for item, share in items.items()]
    return pd.DataFrame(rows, columns=["year", "item", "amount"])


def _profile(seed: int) -> dict[str, object]:
    return {
        "client_id": f"healthy{seed}",
        "company_name": "すこやか茶舗",
        "industry": "mail_order",
        "model": "general",
        "stage": "growth",
        "as_of": END.date().isoformat(),
        "tax": "included",
        "answers": {
            "q.pla.target": {"age_band": "40代、50代、60代"},
            "q.pla.research": "within_24m",
            "q.off.addon": "yes",
            "q.sal.negotiation": "now",
            "q.sal.capture": "yes",
            "q.sal.consent": "yes",
            "q.sal.payback_months": 12,
            "q.aft.f2_target": 0.4,
            "q.ful.ship_promise_hours": 48,
            "q.ful.stock_link": "auto",
            "q.pay.linkage": "auto",
            "q.pay.yearly_review": "yes",
        },
    }
