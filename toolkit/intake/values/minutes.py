"""Working time in minutes: 5, 5分, 1時間半, 1.5時間, 1h 30min."""

from __future__ import annotations

import re

from toolkit.intake.values.cells import Parsed, Parser, Unreadable
from toolkit.intake.values.widths import narrow

LOWEST, HIGHEST = 0.0, 10_080.0
_N = r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.[0-9]{1,17})?"
_PLAIN = re.compile(rf"-?{_N}")
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]+")
_WRITTEN = re.compile(
    rf"(?:(?P<h>{_N})\s*(?:時間|hours?|hrs?|h)(?P<half>半)?)?\s*"
    rf"(?:(?P<m>{_N})\s*(?:分間?|minutes?|mins?|m))?\s*"
    rf"(?:(?P<s>{_N})\s*(?:秒間?|seconds?|secs?|s))?"
)


def parse_minutes(text: str) -> Parsed:
    """Minutes as a float, from 0 to a week.

    Raises:
        Unreadable: no plain duration (about ten, -3), or outside the bounds.

    >>> parse_minutes("1時間半"), parse_minutes("5分"), parse_minutes("12")
    ((90.0, True), (5.0, True), (12.0, False))
    """
    return _parsed(text, 1.0)


def minutes_parser(scale: float = 1.0) -> Parser:
    """Parser of durations under a header that states a unit; a unit of the cell's own counts.

    >>> read = minutes_parser(60)
    >>> read("1.5"), read("30分")
    ((90.0, False), (30.0, True))
    """
    return lambda text: _parsed(text, scale)


def _parsed(text: str, scale: float) -> Parsed:
    plain = narrow(text)
    if _PLAIN.fullmatch(plain):
        return _within(_number(plain) * scale), plain != text or "," in plain
    if _SCIENTIFIC.fullmatch(plain):
        raise Unreadable("amount_scientific")
    match = _WRITTEN.fullmatch(plain)
    if not match or not any(match[name] for name in ("h", "m", "s")):
        raise Unreadable("minutes_unreadable")
    hours = _number(match["h"]) + (0.5 if match["half"] else 0)
    return _within(hours * 60 + _number(match["m"]) + _number(match["s"]) / 60), True


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", ""))


def _within(value: float) -> float:
    if not LOWEST <= value <= HIGHEST:
        raise Unreadable("minutes_out_of_range", {"high": f"{HIGHEST:,.0f}"})
    return value
