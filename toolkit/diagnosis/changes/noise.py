"""How far a figure may move from month to month without saying anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from math import sqrt

from toolkit.diagnosis.plan import Constant
from toolkit.facts import Fact, Value
from toolkit.rules.beyond import NAMED_TESTS
from toolkit.store import significant

FROM_95, FROM_80 = 2.575829 / 1.959964, 2.575829 / 1.281552
"""From half a 95 % or 80 % interval to half a 99 % one.

A report compares some thirty failed rules: at 95 % a steady business would be told every month of
one or two that got better or worse.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A figure then and now; ``beyond`` tells that it changed by more than ``noise``.

    ``change`` is None where one side is not a known number, ``noise`` where nothing bounds chance.
    """

    old: Value = None
    new: Value = None
    change: float | None = None
    noise: float | None = None
    beyond: bool = False


def move(old: Fact | None, new: Fact | None, constant: Constant) -> Move:
    """How a figure moved, and whether that is more than chance and large enough to matter.

    The band is the wider of two. Chance: of a sampled figure, half the 99 % interval of the
    difference. Two months share most of their data, and what they share cannot differ: their
    estimates go together by the days both periods hold, over the root of the product of their
    lengths. Where no period is known, and for named tests (their two stretches of time slide over
    each other), nothing is taken as shared, which makes the band wider.
    Materiality: ``change_share`` of the old value, for shares at most ``change_points``, for
    differences of shares ``change_points`` itself. An answer moved where it is another answer.

    Args:
        old: the figure of then, None where there was none.
        new: the figure of now.
        constant: the house numbers of ``content/thresholds/changes.toml`` by name.
    """
    was, now = _value(old), _value(new)
    if old is None or new is None or was is None or now is None:
        return Move(old=was, new=now)
    a, b = old.number, new.number
    if a is None or b is None:
        return Move(old=was, new=now, noise=0.0, beyond=was != now)
    if significant(a) == significant(b):  # a saved figure has ten digits
        return Move(old=was, new=now, change=0.0, noise=0.0)
    if "said" in (old.basis, new.basis):
        return Move(old=was, new=now, change=b - a, noise=0.0, beyond=True)
    chance = _chance(old, new)
    if chance is None:
        return Move(old=was, new=now, change=b - a)
    noise = max(chance, _material(a, new.unit, constant))
    return Move(old=was, new=now, change=b - a, noise=noise, beyond=abs(b - a) > noise)


def _value(fact: Fact | None) -> Value:
    return fact.value if fact is not None and fact.known else None


def _material(old: float, unit: str, constant: Constant) -> float:
    points = constant("change_points")
    if unit == "points":
        return points
    part = constant("change_share") * abs(old)
    return min(part, points) if unit == "share" else part


def _chance(old: Fact, new: Fact) -> float | None:
    """Half the 99 % interval of the difference; 0 of exact figures, None where it is not known."""
    if not (old.sampled or new.sampled):
        return 0.0
    one, other = _half(old), _half(new)
    if one is None or other is None:
        return None
    shared = 0.0 if new.id.endswith(NAMED_TESTS) else together(old.period, new.period)
    return sqrt(max(one**2 + other**2 - 2 * shared * one * other, 0.0))


def _half(fact: Fact) -> float | None:
    if fact.low95 is not None and fact.high95 is not None:
        return (fact.high95 - fact.low95) / 2 * FROM_95
    if fact.low is not None and fact.high is not None:
        return (fact.high - fact.low) / 2 * FROM_80
    return None if fact.sampled else 0.0


def together(old: tuple[str, str] | None, new: tuple[str, str] | None) -> float:
    """How far two means go together because their periods share days: 0 to 1.

    >>> together(("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"))
    0.0
    >>> round(together(("2026-01-01", "2026-12-31"), ("2026-02-01", "2027-01-31")), 2)
    0.92
    """
    if old is None or new is None:
        return 0.0
    (a, b), (c, d) = _days(old), _days(new)
    both = min(b, d) - max(a, c) + 1
    return max(both, 0) / sqrt((b - a + 1) * (d - c + 1))


def _days(period: tuple[str, str]) -> tuple[int, int]:
    start, end = (date.fromisoformat(day[:10]).toordinal() for day in period)
    return start, max(start, end)
