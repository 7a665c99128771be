"""Seeded chance built on ``random.Random.random`` alone, whose stream Python promises to keep."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """One stream of chance; equal seeds give equal draws on every Python version."""

    def __init__(self, seed: int) -> None:
        self._stream = random.Random(seed)

    def happens(self, probability: float) -> bool:
        """Whether an event of this probability happens."""
        return self._stream.random() < probability

    def number(self, low: float, high: float) -> float:
        """A number spread evenly between two bounds."""
        return low + (high - low) * self._stream.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number spread evenly, both bounds included."""
        return low + int(self._stream.random() * (high - low + 1))

    def one(self, things: Sequence[T]) -> T:
        """One of some things, each equally likely."""
        return things[int(self._stream.random() * len(things))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key, drawn by its weight."""
        left = self._stream.random() * sum(weights.values())
        for thing, weight in weights.items():
            left -= weight
            if left < 0:
                return thing
        return next(reversed(list(weights)))

    def normal(self, mean: float, spread: float) -> float:
        """A normal draw (Box and Muller)."""
        radius = math.sqrt(-2 * math.log(1 - self._stream.random()))
        return mean + spread * radius * math.cos(2 * math.pi * self._stream.random())

    def skewed(self, median: float, spread: float) -> float:
        """A log-normal draw: ``median`` in the middle, ``spread`` the deviation of its log."""
        return median * math.exp(self.normal(0, spread))

    def shuffled(self, things: Sequence[T]) -> list[T]:
        """The same things in a drawn order."""
        keyed = [(self._stream.random(), place) for place in range(len(things))]
        return [things[place] for _, place in sorted(keyed)]


def months(first: date, last: date) -> list[date]:
    """The first day of each month from one month to another, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [shifted(first.replace(day=1), step) for step in range(count + 1)]


def shifted(month: date, steps: int) -> date:
    """The first day of the month so many months later."""
    place = month.year * 12 + month.month - 1 + steps
    return date(place // 12, place % 12 + 1, 1)


def month_end(month: date) -> date:
    """The last day of a month."""
    return shifted(month, 1) - timedelta(days=1)
