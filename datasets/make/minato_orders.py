"""The made-up parts maker Minato Seisakusho: accounts, their orders, deliveries and invoices.

The story: three people sell, the president alone prices. In the spring of 2025 the man who called
on the accounts retired; small accounts fall silent since. In November 2025 a competitor opened
near by and the quotes take longer. The woman who wrote the invoices left in February 2026: they
go out late, miss the customers' closing day, and the money comes a month later.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from chance import Chance, month_end, months, shifted

FIRST = date(2023, 4, 3)
LAST = date(2026, 11, 15)
CALLS_STOPPED = date(2025, 4, 1)
QUOTES_SLOWED = date(2025, 11, 1)
SHOP_CROWDED = date(2025, 11, 1)
INVOICES_LATE = date(2026, 2, 1)

# Part, price in yen a piece, standard cost a piece, lot, weight.
PARTS = {
    "取付ブラケットA": (1480, 905, 220, 14),
    "取付ブラケットB": (1960, 1190, 150, 11),
    "精密シャフト12": (3250, 1930, 110, 13),
    "精密シャフト20": (4480, 2690, 80, 8),
    "フランジ継手": (5600, 3420, 70, 10),
    "カバー板金S": (2380, 1450, 120, 9),
    "カバー板金L": (6900, 4260, 45, 7),
    "スペーサ(真鍮)": (420, 251, 700, 8),
    "ローラ軸受座": (7800, 4690, 40, 6),
    "治具プレート": (12800, 7740, 22, 5),
    "シリンダ端板": (3900, 2360, 75, 5),
    "端子台ベース": (860, 520, 300, 4),
    "試作一式": (148000, 92000, 2, 3),
}
TRADES = {"産業機械": 34, "搬送装置": 22, "医療機器": 12, "食品機械": 18, "電装品": 14}
REGIONS = {"愛知県": 34, "岐阜県": 18, "三重県": 14, "静岡県": 14, "長野県": 8, "大阪府": 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """One customer firm; ``stops`` is the day after which it orders no more."""

    number: str
    trade: str
    region: str
    starts: date
    stops: date | None
    yearly: float
    scale: float
    closing: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One part of an order, in yen without tax."""

    part: str
    quantity: int
    price: int
    returned: date | None

    @property
    def amount(self) -> int:
        """Price times quantity."""
        return self.price * self.quantity


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One order with its dates; what lies after the last day of the books is blank."""

    number: str
    account: str
    day: date
    lines: tuple[Line, ...]
    promised: date
    shipped: date | None
    delivered: date | None
    invoiced: date | None
    due: date | None
    paid: date | None
    cancelled: bool

    @property
    def amount(self) -> int:
        """All its lines, without tax."""
        return sum(line.amount for line in self.lines)


def all_accounts(chance: Chance) -> list[Account]:
    """Sixty-four accounts from the start, and those won later."""
    starts = [FIRST] * 64
    for month in months(date(2023, 6, 1), LAST):
        if chance.happens(0.30 if month >= QUOTES_SLOWED else 0.62):
            starts.append(month + timedelta(days=chance.whole(0, 24)))
    return [_account(chance, place, start) for place, start in enumerate(starts, start=1)]


def _account(chance: Chance, place: int, start: date) -> Account:
    large = place <= 5
    middle = place % 4 == 0
    yearly = chance.number(22, 40) if large else chance.number(9, 14) if middle else 0.0
    return Account(
        number=f"M{place:03d}",
        trade=chance.weighted(TRADES),
        region=chance.weighted(REGIONS),
        starts=start,
        stops=None if large else _stop(chance, start, small=not middle),
        yearly=yearly or chance.number(4.2, 7.5),
        scale=chance.number(1.1, 1.5) if large else chance.number(0.7, 1.15),
        closing=chance.happens(0.24),
    )


def _stop(chance: Chance, start: date, *, small: bool) -> date | None:
    """Two accounts in a hundred leave in a year, and since the calls stopped one in four."""
    if start < date(2024, 4, 1) and chance.happens(0.05):
        return date(2024, 1, 1) + timedelta(days=chance.whole(0, 500))
    if start < CALLS_STOPPED and chance.happens(0.46 if small else 0.18):
        return CALLS_STOPPED + timedelta(days=round(300 * chance.number(0, 1) ** 1.6))
    return None


def all_orders(chance: Chance, accounts: list[Account]) -> list[Order]:
    """Every order, in order of its day."""
    wanted: list[tuple[date, Account]] = []
    for account in accounts:
        day = account.starts + timedelta(days=chance.whole(0, int(365 / account.yearly)))
        until = min(account.stops or LAST, LAST)
        while day <= until:
            wanted.append((_weekday(day), account))
            day += timedelta(days=max(4, round(chance.skewed(350 / account.yearly, 0.30))))
    wanted.sort(key=lambda pair: (pair[0], pair[1].number))
    kept = [pair for pair in wanted if pair[0] <= LAST]
    return [_order(chance, f"{230001 + place}", *pair) for place, pair in enumerate(kept)]


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _order(chance: Chance, number: str, day: date, account: Account) -> Order:
    size = 1 + chance.happens(0.21) + chance.happens(0.05)
    weights = {part: row[3] for part, row in PARTS.items()}
    parts = list(dict.fromkeys(chance.weighted(weights) for _ in range(size)))
    cancelled = chance.happens(0.012)
    promised = _weekday(day + timedelta(days=chance.whole(15, 30)))
    shipped = _shipped(chance, day, promised)
    delivered = shipped + timedelta(days=1)
    invoiced = _invoiced(chance, shipped, closing=account.closing)
    due = month_end(shifted(invoiced, 1))
    paid = _paid(chance, invoiced, due, closing=account.closing)
    lines = tuple(_line(chance, account, part, delivered) for part in parts)
    sent = not cancelled and shipped <= LAST
    billed = sent and invoiced <= LAST
    return Order(
        number=number,
        account=account.number,
        day=day,
        lines=lines,
        promised=promised,
        shipped=shipped if sent else None,
        delivered=delivered if sent and delivered <= LAST else None,
        invoiced=invoiced if billed else None,
        due=due if billed else None,
        paid=paid if billed and paid <= LAST else None,
        cancelled=cancelled,
    )


def _line(chance: Chance, account: Account, part: str, delivered: date) -> Line:
    price, _, lot, _ = PARTS[part]
    pieces = lot * account.scale * chance.number(0.9, 1.6)
    quantity = max(1, round(pieces) if lot < 20 else round(pieces / 5) * 5)
    back = delivered + timedelta(days=chance.whole(3, 20)) if chance.happens(0.011) else None
    returned = back if back and back <= LAST else None
    return Line(part=part, quantity=quantity, price=price, returned=returned)


def _shipped(chance: Chance, day: date, promised: date) -> date:
    """Most parts leave the day before the promise; since the shop is crowded one in six is late."""
    if chance.happens(0.17 if day >= SHOP_CROWDED else 0.045):
        return promised + timedelta(days=chance.whole(1, 8))
    return promised - timedelta(days=chance.weighted({1: 62, 2: 24, 3: 14}))


def _invoiced(chance: Chance, shipped: date, *, closing: bool) -> date:
    if closing:
        return month_end(shipped)
    if shipped >= INVOICES_LATE:
        return shipped + timedelta(days=chance.whole(5, 14))
    return shipped + timedelta(days=chance.weighted({0: 20, 1: 40, 2: 24, 3: 16}))


def _paid(chance: Chance, invoiced: date, due: date, *, closing: bool) -> date:
    """On the day due; a late invoice misses the closing day and waits for the next month."""
    if invoiced >= INVOICES_LATE and not closing and chance.happens(0.62):
        return month_end(shifted(due, 1))
    return due + timedelta(days=chance.weighted({0: 90, 5: 7, 12: 3}))
