"""The other books of Aoba Satoyama-do: monthly costs, the log of contacts, the list of members."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aoba_sales import CALLS_STOPPED, FIRST, LAST, LETTER_STOPPED, PAID, Line
from chance import Chance, month_end, months

# Contract, month it began, yen a month, whether it could be cancelled today.
SYSTEMS = (
    ("ECカート基本料", date(2023, 10, 1), 39800, "×"),
    ("受注管理ソフト", date(2023, 10, 1), 22000, "×"),
    ("会計ソフト", date(2023, 10, 1), 3980, "×"),
    ("会報メール配信ツール", date(2024, 2, 1), 38500, "○"),
    ("電話受発信システム", date(2024, 6, 1), 19800, "○"),
    ("チャット接客ツール", date(2025, 4, 1), 27500, "○"),
    ("広告計測ツール", date(2025, 11, 1), 16500, "×"),
)
COST_PER_BUYER = {"検索広告": (3900, 5000), "SNS広告": (4300, 6200), "折込チラシ": (4700, 5400)}
TYPES = {"問い合わせ": 58, "苦情": 26, "返品": 10, "注文": 6}
DESKS = {"電話": 55, "メール": 34, "はがき": 11}
STAFF = {"中村": 46, "小林": 38, "社長": 16}
CAUSES = {
    "外箱のつぶれ": 22,
    "届く日の行き違い": 20,
    "味が合わない": 16,
    "品違い": 9,
    "割引の付け忘れ": 12,
    "説明書が分かりにくい": 21,
}
# Months in which a postcard with a discount went to those who had not bought for long.
MAILINGS = (date(2026, 2, 1), date(2026, 4, 1), date(2026, 6, 1), date(2026, 9, 1))
WHERE = ("自宅への配送", "電話での案内", "サイトの案内", "同梱の案内")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """One line of the cost ledger, booked on the last day of its month."""

    booked: date
    item: str
    note: str
    amount: int
    cancellable: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One entry of the contact log; ``told`` and ``passed_on`` are ○, × or blank."""

    number: str
    day: date
    member: str
    kind: str
    desk: str
    who: str
    what: str
    when: str
    where: str
    why: str
    how: str
    staff: str
    done: date | None
    told: str
    passed_on: str


def all_costs(chance: Chance, lines: Sequence[Line]) -> list[Cost]:
    """The cost ledger, month by month, in step with what was sold."""
    sold = [line for line in lines if line.state != "キャンセル"]
    costs: list[Cost] = []
    for place, month in enumerate(months(FIRST, LAST)):
        own = [line for line in sold if line.day.replace(day=1) == month]
        costs += _variable(chance, month, own)
        costs += _advertising(chance, month, place, own)
        costs += _fixed(chance, month, place)
    return costs


def _variable(chance: Chance, month: date, own: Sequence[Line]) -> list[Cost]:
    sales = sum(line.amount for line in own)
    orders = len({line.order for line in own})
    amounts = {
        "仕入": ("商品・原料", sales * chance.number(0.302, 0.318)),
        "荷造運賃": ("宅配便", orders * chance.number(815, 865)),
        "梱包資材費": ("箱・緩衝材", orders * chance.number(138, 158)),
        "決済手数料": ("カード・後払い・代引", sales * chance.number(0.0315, 0.0335)),
        "ポイント": ("会員ポイント", sales * chance.number(0.009, 0.011)),
    }
    return [_cost(month, item, note, amount) for item, (note, amount) in amounts.items()]


def _advertising(chance: Chance, month: date, place: int, own: Sequence[Line]) -> list[Cost]:
    won: dict[str, set[str]] = defaultdict(set)
    for line in own:
        if line.source in PAID and line.buyer:
            won[line.source].add(line.buyer.number)
    last = len(months(FIRST, LAST)) - 1
    costs = []
    for channel in PAID:
        start, end = COST_PER_BUYER[channel]
        each = (start + (end - start) * place / last) * chance.number(0.94, 1.06)
        costs.append(_cost(month, "広告宣伝費", channel, len(won[channel]) * each))
    return costs


def _fixed(chance: Chance, month: date, place: int) -> list[Cost]:
    costs = [
        Cost(
            booked=month_end(month),
            item="システム利用料",
            note=name,
            amount=yen,
            cancellable=flag,
        )
        for name, begun, yen, flag in SYSTEMS
        if month >= begun
    ]
    pay = 205_000 + 5_200 * place + chance.number(-9_000, 9_000)
    rest = 88_000 + 1_600 * place + chance.number(-12_000, 12_000)
    costs.append(_cost(month, "人件費", "パート4名", pay))
    if month < LETTER_STOPPED:
        costs.append(_cost(month, "その他", "会報の印刷と郵送", 46_000 + 1_100 * place))
    if month in MAILINGS:
        costs.append(_cost(month, "その他", "ご無沙汰の方への割引はがき", mailing_cost()))
    costs.append(_cost(month, "その他", "家賃・光熱・消耗品", rest))
    return costs


def mailing_cost() -> int:
    """What one postcard mailing costs, printing and postage."""
    return 880 * 82


def _cost(month: date, item: str, note: str, amount: float) -> Cost:
    return Cost(booked=month_end(month), item=item, note=note, amount=round(amount))


def all_contacts(chance: Chance, lines: Sequence[Line]) -> list[Contact]:
    """The contact log: about four contacts to a hundred orders, month after month."""
    sold = {line.order: line for line in lines if line.state == "出荷済" and line.buyer}
    contacts = [
        _contact(chance, line) for line in sold.values() if chance.happens(0.043 + _late(line))
    ]
    contacts = [contact for contact in contacts if contact.day <= LAST]
    contacts.sort(key=lambda contact: contact.day)
    return [_numbered(contact, f"T{place:05d}") for place, contact in enumerate(contacts, start=1)]


def _late(line: Line) -> float:
    """A little more to answer where the parcel was slow."""
    return 0.01 if line.shipped and (line.shipped - line.day).days >= 3 else 0.0


def _contact(chance: Chance, line: Line) -> Contact:
    kind = chance.weighted(TYPES)
    day = line.day + timedelta(days=chance.whole(1, 16))
    done = day + timedelta(days=chance.weighted({0: 52, 1: 26, 2: 12, 4: 7, 8: 3}))
    closed = done if done <= LAST and chance.happens(0.97) else None
    keyed = chance.happens(0.58 if kind == "苦情" else 0.71)
    cause = chance.weighted(_causes(day)) if kind in ("苦情", "返品") else ""
    return Contact(
        number="",
        day=day,
        member=line.buyer.number if line.buyer and keyed else "",
        kind=kind,
        desk=chance.weighted(DESKS),
        who=_maybe(chance, 0.88, "ご本人"),
        what=_maybe(chance, 0.96, line.product),
        when=_maybe(chance, 0.72, "お届け当日" if chance.happens(0.4) else "お届け後"),
        where=_maybe(chance, 0.55, chance.one(WHERE)),
        why=_maybe(chance, 0.66, cause),
        how=_maybe(chance, 0.9, chance.one(("ご説明", "お詫びと再送", "返金", "次回値引き"))),
        staff=chance.weighted(STAFF),
        done=closed,
        told=("○" if chance.happens(0.965) else "×") if closed else "",
        passed_on=("○" if chance.happens(0.7) else "×") if cause else "",
    )


def _causes(day: date) -> dict[str, float]:
    """Since the spring of 2026 boxes arrive crushed more often."""
    return {**CAUSES, "外箱のつぶれ": 44} if day >= CALLS_STOPPED + timedelta(days=90) else CAUSES


def _maybe(chance: Chance, probability: float, text: str) -> str:
    return text if chance.happens(probability) else ""


def _numbered(contact: Contact, number: str) -> Contact:
    fields = {name: getattr(contact, name) for name in Contact.__slots__}
    return Contact(**{**fields, "number": number})
