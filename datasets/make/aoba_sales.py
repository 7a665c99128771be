"""The made-up mail-order shop Aoba Satoyama-do: who buys what, when, and how that changes.

The story: after the autumn of 2025 the shop moved money from its letter to old customers into
advertising; from February 2026 no one telephones first buyers any more. Sales hold, but second
orders and repeat buyers fall away. A small core of customers stays loyal.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from chance import Chance, month_end, months

FIRST = date(2023, 10, 1)
LAST = date(2026, 10, 31)
LETTER_STOPPED = date(2025, 11, 1)
CALLS_STOPPED = date(2026, 2, 1)

# Name, price with tax, weight for a first order, weight for a later one.
PRODUCTS = {
    "里山青汁 30包": (4280, 24, 27),
    "熟成黒酢 720ml": (3480, 8, 15),
    "発酵たまねぎスープ 20食": (4680, 10, 16),
    "生姜はちみつ湯 15包": (2780, 9, 11),
    "十六雑穀 1kg": (2160, 5, 11),
    "国産はちみつ 500g": (5200, 6, 9),
    "玄米酵素粒 90包": (7980, 5, 11),
    "里山はじめ箱": (3600, 33, 0),
}
GIFT = "里山の贈りもの"
GIFT_PRICE = 5400
SEASON = (0.92, 0.88, 1.0, 1.0, 0.98, 1.0, 1.1, 0.88, 0.98, 1.02, 1.12, 1.16)
PAYMENTS = {"クレジットカード": 58, "後払い": 24, "代金引換": 12, "銀行振込": 6}
PAID = ("検索広告", "SNS広告", "折込チラシ")
AGES = {"20代": 3, "30代": 9, "40代": 22, "50代": 27, "60代": 26, "70代以上": 13}
CORE_AGES = {"40代": 6, "50代": 18, "60代": 44, "70代以上": 32}
PREFECTURES = {
    "東京都": 16,
    "神奈川県": 10,
    "大阪府": 9,
    "愛知県": 8,
    "埼玉県": 8,
    "千葉県": 7,
    "長野県": 7,
    "兵庫県": 5,
    "北海道": 5,
    "福岡県": 4,
    "静岡県": 4,
    "新潟県": 3,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """One customer: ``kind`` is core, regular or once."""

    number: str
    kind: str
    first: date
    source: str
    age: str
    prefecture: str
    opted_in: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an order; ``amount`` is what counts, in yen with tax."""

    order: str
    line: int
    day: date
    buyer: Buyer | None
    source: str
    product: str
    quantity: int
    price: int
    discount: int
    coupon: str
    payment: str
    state: str
    shipped: date | None
    arrived: date | None

    @property
    def amount(self) -> int:
        """Price times quantity less the discount; negative for money given back."""
        return self.price * self.quantity - self.discount


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """An order to be: a day, a buyer (None is a guest) and whether it is the first."""

    day: date
    buyer: Buyer | None
    first: bool


def all_buyers(chance: Chance) -> list[Buyer]:
    """Every new customer, month by month."""
    buyers = []
    for place, month in enumerate(months(FIRST, LAST)):
        size = (93 + 0.3 * place) * SEASON[month.month - 1]
        if month >= LETTER_STOPPED:
            size *= 1.55
        count = round(size + chance.number(-4, 4))
        buyers += [_buyer(chance, month) for _ in range(count)]
    buyers.sort(key=lambda buyer: buyer.first)
    return [_numbered(buyer, place) for place, buyer in enumerate(buyers, start=1)]


def _buyer(chance: Chance, month: date) -> Buyer:
    day = month + timedelta(days=chance.whole(0, month_end(month).day - 1))
    kind = chance.weighted(_kinds(day))
    return Buyer(
        number="",
        kind=kind,
        first=day,
        source=chance.weighted(_sources(day)),
        age=chance.weighted(CORE_AGES if kind == "core" else AGES),
        prefecture=chance.weighted(PREFECTURES),
        opted_in=chance.happens(0.46),
    )


def _numbered(buyer: Buyer, place: int) -> Buyer:
    return Buyer(
        number=f"{1000 + place:07d}",
        kind=buyer.kind,
        first=buyer.first,
        source=buyer.source,
        age=buyer.age,
        prefecture=buyer.prefecture,
        opted_in=buyer.opted_in,
    )


def _kinds(day: date) -> Mapping[str, float]:
    if day >= CALLS_STOPPED:
        return {"core": 3, "regular": 17, "once": 80}
    if day < date(2024, 8, 1):  # the first ten months: neighbours and friends of the founder
        return {"core": 11, "regular": 33, "once": 56}
    return {"core": 4, "regular": 28, "once": 68}


def _sources(day: date) -> Mapping[str, float]:
    names = (*PAID, "自然検索", "紹介", "電話")
    weights = (38, 30, 10, 10, 7, 5) if day >= LETTER_STOPPED else (33, 18, 14, 16, 12, 7)
    return dict(zip(names, weights, strict=True))


def all_visits(chance: Chance, buyers: list[Buyer]) -> list[Visit]:
    """Every order to be, in order of day; a few of them by guests."""
    visits = []
    for buyer in buyers:
        visits.append(Visit(day=buyer.first, buyer=buyer, first=True))
        visits += _later_visits(chance, buyer)
    for month in months(FIRST, LAST):
        for _ in range(chance.whole(2, 5)):
            day = month + timedelta(days=chance.whole(0, month_end(month).day - 1))
            visits.append(Visit(day=day, buyer=None, first=True))
    closing = Visit(day=LAST, buyer=buyers[7], first=False)
    return sorted([*visits, closing], key=lambda visit: visit.day)


def _later_visits(chance: Chance, buyer: Buyer) -> list[Visit]:
    day, found = buyer.first, []
    while chance.happens(_comes_back(buyer, day)):
        day += timedelta(days=_gap(chance, buyer.kind))
        if day > LAST:
            break
        found.append(Visit(day=day, buyer=buyer, first=False))
    return found


def _comes_back(buyer: Buyer, day: date) -> float:
    if buyer.kind == "core":
        return 0.99
    if buyer.kind == "regular":
        if day == buyer.first:
            return 0.93
        return 0.88 if day < LETTER_STOPPED - timedelta(days=60) else 0.24
    return 0.16 if day < CALLS_STOPPED else 0.08


def _gap(chance: Chance, kind: str) -> int:
    if kind == "core":
        return max(12, round(chance.normal(49, 8)))
    if kind == "regular":
        return max(9, round(chance.skewed(66, 0.33)))
    return max(15, round(chance.skewed(105, 0.45)))


def all_lines(chance: Chance, visits: list[Visit]) -> list[Line]:
    """Every line of every order, cancelled orders and money given back included."""
    lines: list[Line] = []
    for number, visit in enumerate(visits, start=1):
        lines += _order(chance, f"A{number:07d}", visit)
    return lines


def _order(chance: Chance, number: str, visit: Visit) -> list[Line]:
    products = _basket(chance, visit)
    coupon = "SATO500" if visit.first and chance.happens(0.12) else ""
    state = "キャンセル" if chance.happens(0.021) else "出荷済"
    payment = chance.weighted(PAYMENTS)
    shipped, arrived = _sent(chance, visit.day) if state == "出荷済" else (None, None)
    if state == "出荷済" and shipped is None:
        state = "受付"
    source = visit.buyer.source if visit.buyer and visit.first else _later_source(chance, visit)
    lines = [
        Line(
            order=number,
            line=place,
            day=visit.day,
            buyer=visit.buyer,
            source=source,
            product=product,
            quantity=quantity,
            price=_price(product),
            discount=500 if coupon and place == 1 else 0,
            coupon=coupon if place == 1 else "",
            payment=payment,
            state=state,
            shipped=shipped,
            arrived=arrived,
        )
        for place, (product, quantity) in enumerate(products.items(), start=1)
    ]
    given_back = state == "出荷済" and chance.happens(0.009)
    return [*lines, _given_back(lines[0])] if given_back else lines


def _basket(chance: Chance, visit: Visit) -> dict[str, int]:
    kind = visit.buyer.kind if visit.buyer else "once"
    column = 1 if visit.first else 2
    weights = {name: row[column] for name, row in PRODUCTS.items() if row[column]}
    size = 1 + chance.happens(0.22 if visit.first else 0.32) + chance.happens(0.06)
    if kind == "core":
        size += chance.happens(0.35)
    basket: dict[str, int] = {}
    quantities = {1: 74, 2: 22, 3: 4} if visit.first else {1: 68, 2: 26, 3: 6}
    for _ in range(size):
        quantity = chance.weighted(quantities)
        basket.setdefault(chance.weighted(weights), quantity)
    if visit.day.month in (7, 12) and chance.happens(0.14):
        basket[GIFT] = chance.whole(1, 2)
    return basket


def _price(product: str) -> int:
    return GIFT_PRICE if product == GIFT else PRODUCTS[product][0]


def _sent(chance: Chance, day: date) -> tuple[date | None, date | None]:
    shipped = day + timedelta(days=chance.weighted({0: 22, 1: 48, 2: 22, 3: 6, 4: 2}))
    arrived = shipped + timedelta(days=chance.weighted({1: 62, 2: 33, 3: 5}))
    return (shipped if shipped <= LAST else None, arrived if arrived <= LAST else None)


def _later_source(chance: Chance, visit: Visit) -> str:
    if visit.buyer is None:
        return "電話"
    return chance.weighted({"自社サイト": 62, "電話": 20, "はがき": 11, "メール": 7})


def _given_back(line: Line) -> Line:
    return Line(
        order=line.order,
        line=9,
        day=line.day,
        buyer=line.buyer,
        source=line.source,
        product=line.product,
        quantity=1,
        price=-line.price,
        discount=0,
        coupon="",
        payment=line.payment,
        state="返金",
        shipped=line.shipped,
        arrived=line.arrived,
    )
