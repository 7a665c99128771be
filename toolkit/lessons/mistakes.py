"""Reading an answer as a number, and telling which known mistake a wrong number shows."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from numbers import Real

from toolkit.lessons.answer import Given

PER_CENT = 100
COARSEST_DECIMALS = 1
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)\s*(%?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A number as it was given; ``fault`` names why there is none."""

    number: float = 0.0
    percent: bool = False
    fault: str | None = None


def read_number(given: object) -> Reading:
    """A number of any numeric type, or a percentage written as text.

    >>> read_number(0.59).number, read_number("５９%").percent, read_number([1]).fault
    (0.59, True, 'not_a_number')
    >>> read_number("0.59").fault, read_number(True).fault, read_number(float("nan")).fault
    ('number_as_text', 'not_a_number', 'not_finite')
    """
    if isinstance(given, str):
        return _read_text(given)
    if isinstance(given, bool) or not isinstance(given, Real | Decimal):
        return Reading(fault="not_a_number")
    try:
        number = float(given)
    except OverflowError:  # an int too long for a float
        return Reading(fault="not_finite")
    return Reading(number=number) if math.isfinite(number) else Reading(fault="not_finite")


def _read_text(given: str) -> Reading:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", given).strip())
    if found is None:
        return Reading(fault="not_a_number")
    if not found[2]:
        return Reading(fault="number_as_text")
    return Reading(number=float(found[0].rstrip("% ")), percent=True)


def recognise(number: float, wrong: Mapping[str, Given], tolerance: float) -> str | None:
    """The known mistake whose value lies nearest, if any lies within the tolerance.

    >>> recognise(4.0, {"arithmetic_mean": 4.0, "sum": 16.0}, 0.01)
    'arithmetic_mean'
    """
    near = {
        code: abs(number - value)
        for code, value in wrong.items()
        if isinstance(value, float | int) and abs(number - value) <= tolerance
    }
    return min(near, key=lambda code: near[code]) if near else None


def too_coarse(number: float, right: float) -> bool:
    """Whether a number is the right one, rounded until nothing can be told from it.

    >>> too_coarse(0.6, 0.5862), too_coarse(0.4, 0.5862)
    (True, False)
    """
    return number in {round(right), round(right, COARSEST_DECIMALS)}
