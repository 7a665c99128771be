"""A slider's stretch for a fact: about its value, within what its unit allows, in even steps."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor, log10

from toolkit.facts import Fact

REACH = 0.5
STEPS = 100
WHOLE = ("count", "days")


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """From where to where a slider goes, and in which steps; the fact's value is one of them."""

    low: float
    high: float
    step: float

    def at(self, place: int, value: float) -> float:
        """The value some steps from where the fact stands; at 0 the fact's value to the bit."""
        return value if place == 0 else value + place * self.step

    def places(self, value: float) -> tuple[int, int]:
        """How many steps there are below and above the fact's value."""
        below, above = ((end - value) / self.step for end in (self.low, self.high))
        return round(below), round(above)


def stretch_of(fact: Fact) -> Stretch:
    """The stretch of a fact: half of its value to either side; a share within 0 and 1."""
    value = float(fact.number or 0.0)
    reach = abs(value) * REACH or 1.0
    step = _even(reach / STEPS * 2)
    if fact.unit in WHOLE:
        step = max(1.0, step)
    count = floor(reach / step)
    below, above = count, count
    if value >= 0:
        below = min(below, floor(value / step + 1e-9))
    if fact.unit == "share" and 0 <= value <= 1:
        above = min(above, floor((1 - value) / step + 1e-9))
    return Stretch(low=value - below * step, high=value + above * step, step=step)


def _even(size: float) -> float:
    """The nearest of 1, 2 and 5 times a power of ten that is not larger.

    >>> _even(0.0034), _even(61)
    (0.002, 50.0)
    """
    power = 10.0 ** floor(log10(size))
    return float(f"{next(m for m in (5, 2, 1) if m * power <= size * (1 + 1e-9)) * power:.10g}")
