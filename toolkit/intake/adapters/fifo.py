"""Invoices settled oldest first (FIFO, 古い請求からの消込), customer by customer."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeVar

NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """What a customer owes from a day on: a positive amount; ``place`` orders those of one day."""

    customer: str
    day: datetime
    amount: Decimal
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """What takes a positive amount off a customer's debt.

    ``reduces`` tells a discount, a return or a write-off from money that came in.
    """

    customer: str
    day: datetime
    amount: Decimal
    place: int
    reduces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """An invoice after settling: what was taken off it, what was paid, and until when.

    ``settled_at`` is the day of the last clearing, None while something is open; ``early`` says
    that something which cleared it is dated before it.
    """

    raised: Raised
    reduced: Decimal = NOTHING
    paid: Decimal = NOTHING
    settled_at: datetime | None = None
    early: bool = False

    @property
    def open(self) -> Decimal:
        """What is still owed."""
        return self.raised.amount - self.reduced - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """Every invoice in order of place, and what customers have paid beyond their invoices."""

    invoices: tuple[Settled, ...]
    credits: Mapping[str, Decimal]


def settle_oldest_first(raised: Iterable[Raised], cleared: Iterable[Cleared]) -> Settlement:
    """Match clearings to invoices, both in order of day, then of place.

    A clearing without an open invoice waits as a credit and settles the next one. For each
    customer and in all: sum raised − sum cleared = sum open − sum of credits.

    >>> owed = [Raised(customer="A", day=datetime(2025, 4, d), amount=Decimal(100), place=d)
    ...         for d in (1, 2)]
    >>> paid = Cleared(customer="A", day=datetime(2025, 5, 1), amount=Decimal(130), place=9)
    >>> [str(item.open) for item in settle_oldest_first(owed, [paid]).invoices]
    ['0', '70']
    """
    invoices: dict[str, list[Raised]] = {}
    clearings: dict[str, list[Cleared]] = {}
    for item in raised:
        invoices.setdefault(item.customer, []).append(item)
    for clearing in cleared:
        clearings.setdefault(clearing.customer, []).append(clearing)
    settled: list[Settled] = []
    credits: dict[str, Decimal] = {}
    for customer in sorted({*invoices, *clearings}):
        waiting = _Waiting(clearings.get(customer, ()))
        settled += [_settle(item, waiting) for item in _by_day(invoices.get(customer, ()))]
        if waiting.left:
            credits[customer] = waiting.left
    settled.sort(key=lambda item: item.raised.place)
    return Settlement(invoices=tuple(settled), credits=credits)


Item = TypeVar("Item", Raised, Cleared)


class _Waiting:
    """The clearings of one customer that no invoice has used up yet, earliest first."""

    def __init__(self, clearings: Sequence[Cleared]) -> None:
        self.queue = deque(_by_day(clearings))
        self.rest = self.queue[0].amount if self.queue else NOTHING

    @property
    def left(self) -> Decimal:
        """What is not used up."""
        return self.rest + sum((item.amount for item in list(self.queue)[1:]), NOTHING)

    def take(self, wanted: Decimal) -> tuple[Cleared, Decimal]:
        """The earliest clearing and the part of it that an open amount uses."""
        clearing, part = self.queue[0], min(wanted, self.rest)
        self.rest -= part
        if not self.rest:
            self.queue.popleft()
            self.rest = self.queue[0].amount if self.queue else NOTHING
        return clearing, part


def _settle(item: Raised, waiting: _Waiting) -> Settled:
    owed, last, early = item.amount, None, False
    parts = {True: NOTHING, False: NOTHING}
    while owed and waiting.queue:
        clearing, part = waiting.take(owed)
        owed -= part
        parts[clearing.reduces] += part
        last = clearing.day
        early = early or clearing.day < item.day
    return Settled(
        raised=item,
        reduced=parts[True],
        paid=parts[False],
        settled_at=None if owed else last,
        early=early,
    )


def _by_day(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (item.day, item.place))
