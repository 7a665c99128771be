"""What the shipping desk of Aoba Satoyama-do notes for each order beside the day it left.

Since May 2026 the boxes of a cheaper maker arrive crushed, and twice as many parcels come back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from aoba_sales import LAST, Line
from chance import Chance

BOXES_CHANGED = date(2026, 3, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One order on its way: blank where nothing is noted."""

    wished: date | None
    boxes: int
    back: date | None
    wrong: bool
    paid: date | None
    refused: bool


def all_parcels(chance: Chance, lines: Sequence[Line]) -> dict[str, Parcel]:
    """What is noted of each order, by its number."""
    sizes: dict[str, int] = {}
    first: dict[str, Line] = {}
    for line in lines:
        first.setdefault(line.order, line)
        sizes[line.order] = sizes.get(line.order, 0) + (line.quantity if line.line < 9 else 0)
    return {order: _parcel(chance, line, sizes[order]) for order, line in first.items()}


def _parcel(chance: Chance, line: Line, pieces: int) -> Parcel:
    wished = _wished(chance, line)
    late = line.shipped is not None and line.shipped >= BOXES_CHANGED
    back = chance.whole(4, 16) if chance.happens(0.031 if late else 0.011) else 0
    returned = line.arrived + timedelta(days=back) if line.arrived and back else None
    wrong = chance.happens(0.0005)
    refused = chance.happens(0.021)
    return Parcel(
        wished=wished,
        boxes=2 if pieces >= 6 else 1,
        back=returned if returned and returned <= LAST else None,
        wrong=bool(line.shipped) and wrong,
        paid=_paid(chance, line),
        refused=bool(line.arrived) and line.payment == "代金引換" and refused,
    )


def _wished(chance: Chance, line: Line) -> date | None:
    """One order in four names a day; one of forty of these comes a day late."""
    named, slack, late = chance.happens(0.25), chance.whole(0, 2), chance.happens(0.025)
    if not named or line.shipped is None:
        return None
    arrives = line.arrived or line.shipped + timedelta(days=2)
    return arrives - timedelta(days=1) if late else arrives + timedelta(days=slack)


def _paid(chance: Chance, line: Line) -> date | None:
    """By slip two weeks after arrival, by bank on the day before it leaves; cards pay at once."""
    days, never = chance.whole(5, 28), chance.happens(0.013)
    if line.payment == "後払い" and line.arrived and not never:
        paid = line.arrived + timedelta(days=days)
        return paid if paid <= LAST else None
    if line.payment == "銀行振込" and line.shipped:
        return max(line.day, line.shipped - timedelta(days=1))
    return None
