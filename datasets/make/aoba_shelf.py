"""The further books of Aoba Satoyama-do: goods, stock, mailings, visits, advertising, money.

The story goes on: the growers' contract for the young barley was cut in 2026, so that the two
best sellers run out again and again; and the postcards with a discount cost more than they bring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from aoba_books import MAILINGS, Cost, mailing_cost
from aoba_sales import CALLS_STOPPED, FIRST, LAST, LETTER_STOPPED, PAID, Line
from chance import Chance, month_end, months, shifted
from sheet import table

# Product, cost, kind, suppliers (two where a second one can step in).
GOODS = {
    name: (int(cost), kind, suppliers)
    for name, cost, kind, suppliers in table(
        """
里山青汁 30包|1180|飲みもの|例示農園、架空製茶
熟成黒酢 720ml|1010|調味料|仮名醸造、見本食品
発酵たまねぎスープ 20食|1290|食品|見本食品、例示農園
生姜はちみつ湯 15包|790|飲みもの|架空製茶、見本食品
十六雑穀 1kg|690|食品|例示農園、試作米穀
国産はちみつ 500g|1690|食品|仮名養蜂、架空養蜂
玄米酵素粒 90包|2080|食品|見本食品、仮名醸造
里山はじめ箱|1620|詰合せ|見本食品、例示農園
里山の贈りもの|1810|詰合せ|見本食品、例示農園
"""
    )
}
COLLECTORS = {
    "クレジットカード": "カード決済会社",
    "後払い": "後払い会社",
    "代金引換": "運送会社",
}
STOCK_FROM = date(2024, 9, 30)
EVERY, CYCLE, SAFETY = 9, 28, 12
# Item, first day without stock, days without.
EMPTY = (
    ("里山青汁 30包", date(2025, 3, 10), 3),
    ("発酵たまねぎスープ 20食", date(2026, 1, 13), 9),
    ("里山青汁 30包", date(2026, 3, 4), 11),
    ("里山青汁 30包", date(2026, 5, 12), 13),
    ("発酵たまねぎスープ 20食", date(2026, 6, 9), 12),
    ("里山青汁 30包", date(2026, 7, 7), 14),
    ("発酵たまねぎスープ 20食", date(2026, 8, 18), 10),
    ("里山青汁 30包", date(2026, 9, 8), 13),
    ("里山青汁 30包", date(2026, 10, 6), 10),
)
VISITS = {"検索広告": 0.33, "SNS広告": 0.24, "自然検索": 0.28, "直接・メール": 0.15}
TRAFFIC_FROM = date(2024, 9, 30)  # a Monday
BOARD = 4_800_000  # pay of the president and the director, not in the ledger
OPENING, PLAN_FROM = 6_240_000, date(2026, 11, 1)


def goods_rows() -> list[tuple[object, ...]]:
    """Each product with its kind, cost and suppliers."""
    return [(name, kind, cost, whom) for name, (cost, kind, whom) in GOODS.items()]


def empty_days() -> set[tuple[str, date]]:
    """Every product and day on which there was none."""
    return {
        (name, first + timedelta(days=step)) for name, first, days in EMPTY for step in range(days)
    }


def stock_rows(lines: Sequence[Line]) -> list[tuple[date, str, int]]:
    """Day, product and what is left, written down where something changed.

    Each product is counted every ninth day and on the first and the last day without any.
    """
    daily = _daily(lines)
    empty = empty_days()
    rows: list[tuple[date, str, int]] = []
    for step in range((LAST - STOCK_FROM).days + 1):
        day = STOCK_FROM + timedelta(days=step)
        for place, name in enumerate(GOODS):
            turned = ((name, day) in empty) != ((name, day - timedelta(days=1)) in empty)
            if turned or step % EVERY == place % EVERY or day == LAST:
                left = daily[name] * (CYCLE + SAFETY - (step + 3 * place) % CYCLE)
                rows.append((day, name, 0 if (name, day) in empty else max(2, round(left))))
    return rows


def _daily(lines: Sequence[Line]) -> dict[str, float]:
    sold: dict[str, int] = defaultdict(int)
    for line in lines:
        sold[line.product] += line.quantity if line.line < 9 and line.state != "キャンセル" else 0
    return {name: sold[name] / ((LAST - FIRST).days + 1) for name in GOODS}


def mailing_rows(chance: Chance) -> list[tuple[date, str, int, int, int]]:
    """Day, kind, number sent, cost and answers: the letter until it stopped, then postcards."""
    rows = []
    for place, month in enumerate(months(FIRST, LAST)):
        day = month + timedelta(days=9)
        if month < LETTER_STOPPED:
            sent = 260 + 17 * place
            answers = round(sent * chance.number(0.072, 0.088))
            rows.append((day, "会報『里山だより』", sent, round(46_000 + 1_100 * place), answers))
        if month < CALLS_STOPPED:
            rows.append((day, "お誕生月のはがき", 58, 5_800, chance.whole(4, 8)))
        if month in MAILINGS:
            rows.append(
                (day, "ご無沙汰の方への割引はがき", 880, mailing_cost(), chance.whole(5, 9))
            )
    return rows


def visit_rows(chance: Chance) -> list[tuple[date, str, str, int, int, int, int]]:
    """Week, source, paid or not, visits, carts, checkouts and orders of the site."""
    rows = []
    for step in range((LAST - TRAFFIC_FROM).days // 7):
        week = TRAFFIC_FROM + timedelta(days=7 * step)
        for source, share in VISITS.items():
            visits = round(1_480 * share * chance.number(0.9, 1.1))
            carts = round(visits * chance.number(0.085, 0.095))
            checkouts = round(carts * chance.number(0.52, 0.58))
            orders = round(checkouts * chance.number(0.64, 0.72))
            paid = "○" if source.endswith("広告") else "×"
            rows.append((week, source, paid, visits, carts, checkouts, orders))
    return rows


def advertising_rows(
    costs: Sequence[Cost], lines: Sequence[Line]
) -> list[tuple[date, str, int, int]]:
    """Month, medium, yen and new customers, as in the ledger and the list of members."""
    first: dict[str, tuple[date, str]] = {}
    for line in lines:
        if line.buyer:
            first.setdefault(line.buyer.number, (line.day.replace(day=1), line.source))
    won: dict[tuple[date, str], int] = defaultdict(int)
    for month, source in first.values():
        won[month, source] += 1
    return [
        (cost.booked, cost.note, cost.amount, won[cost.booked.replace(day=1), cost.note])
        for cost in costs
        if cost.note in PAID
    ]


def settlement_rows(
    lines: Sequence[Line],
) -> list[tuple[str, str, date, date, int, date | None, int | None, str]]:
    """What the firms that collect for the shop owe it, month by month, and when it came."""
    sums: dict[tuple[date, str], int] = defaultdict(int)
    for line in lines:
        if line.payment in COLLECTORS and line.shipped and line.state != "キャンセル":
            sums[line.shipped.replace(day=1), COLLECTORS[line.payment]] += line.amount
    rows: list[tuple[str, str, date, date, int, date | None, int | None, str]] = []
    for place, ((month, whom), amount) in enumerate(sorted(sums.items()), start=1):
        due = shifted(month, 1) + timedelta(days=19)
        paid = due if due <= LAST else None
        number, mark = f"K{place:04d}", "済" if paid else ""
        closed = month_end(month)
        rows.append((number, whom, closed, due, amount, paid, amount if paid else None, mark))
    return rows


def log_rows(chance: Chance) -> list[tuple[str, str, date, str]]:
    """Ten parcels a month with a question, step by step; one in twenty is answered twice."""
    rows: list[tuple[str, str, date, str]] = []
    number = 0
    for month in months(date(2024, 9, 1), LAST):
        for _ in range(10):
            number += 1
            day = month + timedelta(days=chance.whole(0, month_end(month).day - 1))
            steps = ["受付", "回答", "回答"] if chance.happens(0.05) else ["受付", "回答"]
            for step in [*steps, "完了"]:
                rows.append((f"P{number}", step, day, chance.one(("中村", "小林"))))
                day = min(LAST, day + timedelta(days=chance.whole(0, 2)))
    return rows


def account_rows(costs: Sequence[Cost], lines: Sequence[Line]) -> list[tuple[int, str, int, date]]:
    """The annual accounts of three years that end in September."""
    rows: list[tuple[int, str, int, date]] = []
    cash, equity = 5_100_000, 3_400_000
    for year in (2023, 2024, 2025):
        first, last = date(year, 10, 1), date(year + 1, 9, 30)
        sales = sum(_sold(lines, first, last))
        spent = {name: _spent(costs, first, last, name) for name in ("仕入", "人件費", "")}
        profit = sales - spent[""] - BOARD
        cash, equity = cash + round(profit * 0.5), equity + round(profit * 0.6)
        owed, goods, due = round(sales * 0.035), round(spent["仕入"] * 0.11), round(sales * 0.021)
        total = cash + owed + goods + 4_200_000
        items = {
            "売上高": sales,
            "売上原価": spent["仕入"],
            "人件費": spent["人件費"] + BOARD,
            "営業利益": profit,
            "減価償却費": 310_000,
            "現金及び預金": cash,
            "売上債権": owed,
            "棚卸資産": goods,
            "仕入債務": due,
            "有利子負債": max(0, total - due - equity),
            "純資産": equity,
            "総資産": total,
            "従業員数": 6,
        }
        rows += [(year, item, amount, last) for item, amount in items.items()]
    return rows


def _sold(lines: Iterable[Line], first: date, last: date) -> list[int]:
    return [
        line.amount for line in lines if first <= line.day <= last and line.state != "キャンセル"
    ]


def _spent(costs: Iterable[Cost], first: date, last: date, item: str) -> int:
    inside = (cost for cost in costs if first <= cost.booked <= last)
    return sum(cost.amount for cost in inside if not item or cost.item == item)


def cash_rows() -> list[tuple[date, str, str, int, str]]:
    """Day, in or out, item, yen, and ○ for what falls due every month: thirteen weeks."""
    rows = [(PLAN_FROM, "入金", "前月繰越", OPENING, "")]
    for step, sales in enumerate((2_150_000, 2_420_000, 1_960_000)):
        month = shifted(PLAN_FROM, step)
        rows += [
            (month + timedelta(days=9), "入金", "売掛金回収", sales // 2, ""),
            (month + timedelta(days=24), "入金", "売掛金回収", sales - sales // 2, ""),
            (month + timedelta(days=24), "出金", "給与", 395_000, "○"),
            (month_end(month), "出金", "仕入の支払", sales * 31 // 100, ""),
            (month_end(month), "出金", "運賃・資材・決済手数料", sales * 17 // 100, ""),
            (month_end(month), "出金", "広告の支払", sales * 19 // 100, ""),
            (month_end(month), "出金", "システム・家賃・光熱", 318_000, "○"),
        ]
    rows.append((date(2026, 11, 30), "出金", "消費税・法人税", 610_000, ""))
    return sorted(rows, key=lambda row: (row[0], row[2] != "前月繰越", row[2]))


def lowest_balance() -> int:
    """The lowest balance at the end of one of the thirteen weeks."""
    balance, lowest = 0, OPENING
    for week in range(13):
        first = PLAN_FROM + timedelta(days=7 * week)
        for day, way, _, amount, _ in cash_rows():
            if first <= day < first + timedelta(days=7):
                balance += amount if way == "入金" else -amount
        lowest = min(lowest, balance)
    return lowest
