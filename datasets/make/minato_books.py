"""The other books of Minato Seisakusho: quotes, jobs, contacts, costs, annual accounts, cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from chance import Chance, month_end, months
from minato_orders import FIRST, LAST, PARTS, QUOTES_SLOWED, SHOP_CROWDED, Account, Order

SOURCES = {"紹介": 36, "展示会": 20, "既存の得意先": 26, "サイトの問合せ": 18}
SELLERS = {"浜口": 46, "沖田": 38, "社長": 16}
OVERRUN = 0.092  # what a job costs beyond its estimate, on average
TYPES = {"問合せ": 58, "苦情": 36, "注文": 6}
CAUSES = {
    "納期の遅れ": 20,
    "寸法のばらつき": 26,
    "傷・打痕": 22,
    "数量違い": 14,
    "図面の版違い": 18,
}
LATE_CAUSES = {**CAUSES, "納期の遅れ": 60}
# Year that ends in March, and what stands at its end.
BALANCES = {
    2023: {"現金及び預金": 41_800_000, "有利子負債": 118_000_000, "棚卸資産": 31_500_000},
    2024: {"現金及び預金": 44_600_000, "有利子負債": 109_000_000, "棚卸資産": 32_300_000},
    2025: {"現金及び預金": 29_400_000, "有利子負債": 104_000_000, "棚卸資産": 34_100_000},
}
OPENING = 33_400_000
PLAN_FROM = date(2026, 11, 16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quote for new parts; won, lost, or neither yet."""

    made: date
    source: str
    won: date | None
    lost: date | None
    amount: int
    staff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One finished job, in yen."""

    number: str
    account: str
    finished: date
    estimate: int
    actual: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One contact of a customer firm; ``cells`` are who, what, when, where, why, how."""

    day: date
    account: str
    kind: str
    cells: tuple[str, ...]
    staff: str
    done: date | None
    told: str
    passed_on: str


def all_quotes(chance: Chance) -> list[Quote]:
    """About 26 quotes a month; the share that is won falls with the decisions since November."""
    quotes = []
    for month in months(FIRST, LAST):
        for _ in range(chance.whole(23, 29)):
            made = month + timedelta(days=chance.whole(0, month_end(month).day - 1))
            if made <= LAST:
                quotes.append(_quote(chance, made))
    return sorted(quotes, key=lambda quote: quote.made)


def _quote(chance: Chance, made: date) -> Quote:
    decided = made + timedelta(days=chance.whole(6, 45))
    wins = chance.happens(0.29 if decided >= QUOTES_SLOWED else 0.44)
    known = decided <= LAST
    return Quote(
        made=made,
        source=chance.weighted(SOURCES),
        won=decided if wins and known else None,
        lost=decided if not wins and known else None,
        amount=round(chance.skewed(430_000, 0.6), -4),
        staff=chance.weighted(SELLERS),
    )


def all_jobs(chance: Chance, orders: Sequence[Order]) -> list[Job]:
    """One order in five is followed up as a job of its own."""
    done = [order for order in orders if order.delivered and chance.happens(0.2)]
    return [_job(chance, order) for order in done if order.delivered]


def _job(chance: Chance, order: Order) -> Job:
    estimate = round(sum(line.quantity * PARTS[line.part][1] for line in order.lines), -3)
    over = 1 + chance.normal(OVERRUN, 0.13)
    return Job(
        number=f"J{order.number}",
        account=order.account,
        finished=order.delivered or order.day,
        estimate=estimate,
        actual=round(estimate * over, -3),
        amount=order.amount,
    )


def all_contacts(chance: Chance, orders: Sequence[Order]) -> list[Contact]:
    """Seventeen contacts to a hundred orders, month after month."""
    made = [_contact(chance, order) for order in orders if order.delivered and chance.happens(0.17)]
    return sorted((one for one in made if one.day <= LAST), key=lambda c: (c.day, c.account))


def _contact(chance: Chance, order: Order) -> Contact:
    day = (order.delivered or order.day) + timedelta(days=chance.whole(0, 12))
    kind = chance.weighted(TYPES)
    bad = kind == "苦情"
    done = day + timedelta(days=chance.weighted({0: 40, 1: 34, 3: 18, 7: 8}))
    closed = done if done <= LAST else None
    cause = chance.weighted(LATE_CAUSES if day >= SHOP_CROWDED else CAUSES) if bad else ""
    texts = (
        (chance.one(("購買の方", "製造の方", "設計の方")), 0.97),
        (order.lines[0].part, 0.98),
        (chance.one(("受入検査のとき", "組付けのとき", "納品の前")), 0.93),
        (chance.one(("先方の工場", "先方の事務所")), 0.92),
        (cause, 0.94),
        (chance.one(("電話で説明", "再製作", "図面を確認", "納期を回答")), 0.97),
    )
    return Contact(
        day=day,
        account=order.account,
        kind=kind,
        cells=tuple(text if chance.happens(share) else "" for text, share in texts),
        staff=chance.weighted({"浜口": 40, "沖田": 36, "真鍋": 24}),
        done=closed,
        told=("○" if chance.happens(0.955) else "×") if closed else "",
        passed_on=("○" if chance.happens(0.8) else "×") if bad else "",
    )


def cost_rows(chance: Chance, orders: Sequence[Order]) -> list[tuple[str, str, int]]:
    """Month, item and yen of every full month; goods are booked at what the jobs really cost."""
    rows: list[tuple[str, str, int]] = []
    for place, month in enumerate(months(FIRST, date(2026, 10, 1))):
        own = [order for order in _kept(orders) if order.day.replace(day=1) == month]
        sales = sum(order.amount for order in own)
        standard = sum(line.quantity * PARTS[line.part][1] for order in own for line in order.lines)
        amounts = {
            "売上原価": standard * (1 + OVERRUN + chance.number(-0.012, 0.012)),
            "荷造運賃": len(own) * chance.number(8_600, 9_400),
            "梱包資材費": len(own) * chance.number(1_450, 1_650),
            "決済手数料": sales * chance.number(0.00055, 0.00065),
            "システム利用料": 158_000 + 400 * place,
            "広告宣伝費": 96_000 + chance.number(-12_000, 12_000),
            "人件費": 4_020_000 + 4_000 * place + chance.number(-60_000, 60_000),
            "その他": 1_980_000 + chance.number(-90_000, 90_000),
        }
        rows += [(f"{month:%Y/%m}", item, round(yen)) for item, yen in amounts.items()]
    return rows


def _kept(orders: Sequence[Order]) -> list[Order]:
    return [order for order in orders if not order.cancelled]


def account_rows(
    orders: Sequence[Order], costs: Sequence[tuple[str, str, int]]
) -> list[tuple[int, str, int, str]]:
    """The annual accounts of three years, in step with the orders and the costs."""
    rows: list[tuple[int, str, int, str]] = []
    equity = 92_000_000
    for year, balance in BALANCES.items():
        inside = [f"{month:%Y/%m}" for month in months(date(year, 4, 1), date(year + 1, 3, 1))]
        sales = sum(o.amount for o in _kept(orders) if f"{o.day:%Y/%m}" in inside)
        spent = sum(amount for month, _, amount in costs if month in inside)
        goods = sum(yen for month, item, yen in costs if month in inside and item == "売上原価")
        profit = sales - spent
        equity += round(profit * 0.55)
        receivables = round(sales / 12 * (1.55 if year == 2025 else 1.48))
        payables = round(goods / 12 * 1.2)
        total = balance["現金及び預金"] + balance["棚卸資産"] + receivables + 128_000_000
        items = {
            "売上高": sales,
            "売上原価": goods,
            "営業利益": profit,
            "減価償却費": 13_200_000,
            "人件費": 112_000_000,
            **balance,
            "売上債権": receivables,
            "仕入債務": payables,
            "純資産": min(equity, total - payables - balance["有利子負債"]),
            "総資産": total,
            "従業員数": 25,
        }
        rows += [(year, item, amount, f"{year + 1}/03/31") for item, amount in items.items()]
    return rows


def cash_rows() -> list[tuple[date, str, str, int, str]]:
    """Day, in or out, item, yen, and ○ for what falls due every month: thirteen weeks."""
    rows = [(PLAN_FROM, "入金", "前月繰越", OPENING, "")]
    collected = {(2026, 11): 21_600_000, (2026, 12): 20_900_000, (2027, 1): 23_800_000}
    for (year, month), amount in collected.items():
        last = month_end(date(year, month, 1))
        rows += [
            (date(year, month, 20), "出金", "借入金の返済", 1_650_000, "○"),
            (date(year, month, 25), "出金", "給与と社会保険料", 9_900_000, "○"),
            (last, "入金", "売掛金回収", amount, ""),
            (last, "出金", "材料と外注の支払", 10_800_000, ""),
            (last, "出金", "家賃・リース・電力", 2_450_000, "○"),
        ]
    rows += [
        (date(2026, 11, 30), "出金", "消費税の中間納付", 5_200_000, ""),
        (date(2026, 12, 10), "出金", "賞与", 11_300_000, ""),
        (date(2027, 2, 10), "出金", "源泉税・住民税", 1_150_000, "○"),
    ]
    return sorted(rows, key=lambda row: (row[0], row[2] != "前月繰越", row[2]))


def lowest_balance() -> int:
    """The lowest balance at the end of one of the thirteen weeks."""
    balance, lowest = 0, OPENING
    rows = cash_rows()
    for week in range(13):
        first = PLAN_FROM + timedelta(days=7 * week)
        for day, way, _, amount, _ in rows:
            if first <= day < first + timedelta(days=7):
                balance += amount if way == "入金" else -amount
        lowest = min(lowest, balance)
    return lowest


def members(
    accounts: Sequence[Account], orders: Sequence[Order]
) -> list[tuple[str, str, str, str]]:
    """Number, day of the first order, trade and region of each account that ever ordered."""
    first: dict[str, date] = {}
    for order in orders:
        first.setdefault(order.account, order.day)
    return [
        (account.number, f"{first[account.number]:%Y/%m/%d}", account.trade, account.region)
        for account in accounts
        if account.number in first
    ]
