"""Clients for the benchmarks of the batch: invented ones of a size, and copies of a folder."""

from __future__ import annotations

import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import numpy as np

DAYS = 3 * 365
FIRST = date(2023, 11, 1)
COSTS = {"cogs": 0.34, "logistics": 0.13, "payment_fee": 0.035, "advertising": 0.15}
PROFILE = """client_id: {name}
company_name: 架空商店 {name}
industry: mail_order
model: general
stage: growth
currency: JPY
timezone: Asia/Tokyo
tax: included
lang: ja
as_of: 2026-10-31
"""


def copied(source: Path, folder: Path) -> None:
    """The same client under the name of the folder."""
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("expected.json", "README.md"))
    path = folder / "client.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        re.sub(r"(?m)^client_id:.*$", f"client_id: {folder.name}", text, count=1), encoding="utf-8"
    )


def made(folder: Path, rows: int, seed: int) -> None:
    """A seeded mail-order client of three years: orders of 3 customers in 10, and costs."""
    random = np.random.default_rng(seed)
    people = max(rows * 3 // 10, 1)
    customers = np.concatenate([np.arange(people), random.integers(0, people, rows - people)])
    days, items = np.sort(random.integers(0, DAYS, rows)), random.integers(0, 40, rows)
    random.shuffle(customers)
    sales: dict[str, int] = {}
    lines = ["order_id,customer_id,order_date,amount,channel,product,quantity,payment_method"]
    for number, (customer, day, item) in enumerate(zip(customers, days, items, strict=True)):
        on, amount = FIRST + timedelta(int(day)), 800 + 150 * int(item)
        sales[f"{on:%Y-%m}"] = sales.get(f"{on:%Y-%m}", 0) + amount
        lines.append(
            f"A{number:07d},C{customer:06d},{on},{amount},自社サイト,品{item:02d},1,後払い"
        )
    costs = [
        f"{month},{item},{yen * rate:.0f}"
        for month, yen in sales.items()
        for item, rate in COSTS.items()
    ]
    (folder / "data").mkdir(parents=True)
    tables = {"orders": lines, "costs": ["month,item,amount", *costs]}
    for name, text in tables.items():
        (folder / "data" / f"{name}.csv").write_text("\n".join(text) + "\n", encoding="utf-8")
    (folder / "client.yaml").write_text(PROFILE.format(name=folder.name), encoding="utf-8")
