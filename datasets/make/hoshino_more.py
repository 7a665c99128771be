"""The further books of Hoshinofune: work log, requests, advertising, accounts, cash.

The story goes on: since November 2025 every harder question is copied into a spreadsheet for the
developers, comes back half answered and is answered once more; and since the new screens came,
nobody passes on why customers complain.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from chance import Chance, month_end, months, shifted
from hoshino_accounts import LAST, Account, Invoice

COPIED_SINCE = date(2025, 11, 1)
LOG_FROM = date(2024, 9, 1)
DESK = {"西": 44, "森": 34, "東": 22}
PAID = {"展示会": 0.36, "検索広告": 0.42, "資料請求サイト": 0.22}
SOURCES = {"紹介": 30, "展示会": 26, "検索広告": 28, "資料請求サイト": 16}
# Year that ends in December: cash, debt, people.
BALANCES = {2023: (11_800_000, 24_000_000, 5), 2024: (16_900_000, 21_000_000, 6)}
BALANCES[2025] = (23_400_000, 18_000_000, 6)
OPENING, PLAN_FROM = 27_600_000, date(2026, 11, 11)
Row = tuple[object, ...]


def all_sources(chance: Chance, accounts: Sequence[Account]) -> dict[str, str]:
    """How each account came to know of the service."""
    return {account.number: chance.weighted(SOURCES) for account in accounts}


def event_rows(chance: Chance) -> list[Row]:
    """Sixteen harder questions a month, step by step: case, activity, day, person."""
    rows: list[Row] = []
    number = 0
    for month in months(LOG_FROM, LAST):
        for _ in range(16):
            number += 1
            day = month + timedelta(days=chance.whole(0, month_end(month).day - 1))
            rows += [row for row in _case(chance, f"R{number:04d}", day) if _day(row) <= LAST]
    return rows


def _day(row: Row) -> date:
    day = row[2]
    assert isinstance(day, date)
    return day


def _case(chance: Chance, number: str, day: date) -> list[Row]:
    steps = ["受付", "調査", "回答"]
    if chance.happens(0.19 if day >= COPIED_SINCE else 0.06):
        steps += ["調査", "回答"]
    made: list[Row] = []
    for step in [*steps, "完了"]:
        made.append((number, step, day, chance.weighted(DESK)))
        day += timedelta(days=chance.weighted({0: 46, 1: 38, 2: 16}))
    return made


def repeated_cases(rows: Sequence[Row]) -> float:
    """Cases in which an activity comes twice, among all."""
    seen: dict[object, list[object]] = {}
    for case, activity, _, _ in rows:
        seen.setdefault(case, []).append(activity)
    return sum(len(set(done)) < len(done) for done in seen.values()) / len(seen)


def request_rows(chance: Chance, accounts: Sequence[Account]) -> list[Row]:
    """Requests of the last two years: a third of them scored, the rest by who asks loudest."""
    rows: list[Row] = []
    for month in months(date(2024, 12, 1), date(2026, 10, 1)):
        running = [a.number for a in accounts if a.terms[0].start <= month <= a.terms[-1].end]
        for _ in range(7):
            day = month + timedelta(days=chance.whole(0, 27))
            scored = chance.happens(0.33)
            scores = [chance.whole(1, 5) if scored else None for _ in range(3)]
            state = chance.weighted({"完了": 34, "見送り": 12, "検討中": 54})
            rows.append(
                (
                    f"W{len(rows) + 1:04d}",
                    day,
                    chance.one(running),
                    *scores,
                    chance.one((1, 2, 3, 5, 8, 13)) if scored else None,
                    "長期" if chance.happens(0.22) else "短期",
                    state,
                )
            )
    return rows


def advertising_rows(
    chance: Chance,
    costs: Sequence[tuple[str, str, int, str]],
    accounts: Sequence[Account],
    sources: dict[str, str],
) -> list[Row]:
    """Month, medium, yen and new accounts; together the advertising of the ledger."""
    rows: list[Row] = []
    for month, item, amount, _ in costs:
        if item != "advertising":
            continue
        left = amount
        for place, (medium, share) in enumerate(PAID.items()):
            spent = round(amount * share * chance.number(0.93, 1.07)) if place < 2 else left
            left -= spent
            won = sum(
                f"{account.terms[0].start:%Y-%m}" == month and sources[account.number] == medium
                for account in accounts
            )
            rows.append((month, medium, spent, won))
    return rows


def account_rows(
    invoices: Sequence[Invoice], costs: Sequence[tuple[str, str, int, str]]
) -> list[Row]:
    """The annual accounts of three years that end in December."""
    rows: list[Row] = []
    for year, (cash, debt, people) in BALANCES.items():
        sales = sum(invoice.amount for invoice in invoices if invoice.day.year == year)
        own = [(item, amount) for month, item, amount, _ in costs if month.startswith(f"{year}")]
        spent = sum(amount for _, amount in own)
        goods = sum(amount for item, amount in own if item == "cogs")
        owed, due = round(sales / 12 * 0.4), round(goods / 12 * 1.1)
        total = cash + owed + 9_500_000
        items = {
            "sales": sales,
            "cogs": goods,
            "labour": sum(amount for item, amount in own if item == "personnel"),
            "operating_profit": sales - spent,
            "depreciation": 1_900_000,
            "cash": cash,
            "receivables": owed,
            "inventory": 0,
            "payables": due,
            "interest_bearing_debt": debt,
            "equity": total - debt - due,
            "total_assets": total,
            "employees": people,
        }
        rows += [(year, item, amount, date(year, 12, 31)) for item, amount in items.items()]
    return rows


def cash_rows() -> list[Row]:
    """Day, direction, item, yen, and yes for what falls due every month: thirteen weeks."""
    rows: list[tuple[date, str, str, int, str]] = [(PLAN_FROM, "in", "opening", OPENING, "")]
    for step, sales in enumerate((7_900_000, 7_950_000, 8_000_000)):
        month = shifted(date(2026, 11, 1), step)
        rows += [
            (month_end(month), "in", "collection", sales, ""),
            (month + timedelta(days=24), "out", "給与", 5_700_000, "yes"),
            (month_end(month), "out", "サーバー・家賃・外注", 2_050_000, "yes"),
            (month_end(month), "out", "広告", 640_000, ""),
        ]
    rows.append((date(2026, 12, 10), "out", "賞与", 4_100_000, ""))
    rows.append((date(2027, 2, 1), "out", "源泉税・社会保険料", 900_000, "yes"))
    return [*sorted(rows, key=lambda row: (row[0], row[2] != "opening", row[2]))]


def lowest_balance() -> int:
    """The lowest balance at the end of one of the thirteen weeks."""
    balance, lowest = 0, OPENING
    for week in range(13):
        first = PLAN_FROM + timedelta(days=7 * week)
        for day, way, _, amount, _ in cash_rows():
            assert isinstance(day, date)
            assert isinstance(amount, int)
            if first <= day < first + timedelta(days=7):
                balance += amount if way == "in" else -amount
        lowest = min(lowest, balance)
    return lowest
