"""Working time in minutes: 5, 5分, 1時間半, 1.5時間, 1h 30min."""

from __future__ import annotations

import re
import unicodedata

from toolkit.intake.cells import Parsed, Unreadable
from toolkit.intake.columns import without_invisible

LOWEST, HIGHEST = 0.0, 10_080.0
_PLAIN = re.compile(r"-?\d{1,12}(?:\.\d+)?")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?e[+-]?\d+")
_WRITTEN = re.compile(
    r"(?:(?P<h>\d+(?:\.\d+)?)\s*(?:時間|hours?|hrs?|h)(?P<half>半)?)?\s*"
    r"(?:(?P<m>\d+(?:\.\d+)?)\s*(?:分間?|minutes?|mins?|m))?\s*"
    r"(?:(?P<s>\d+(?:\.\d+)?)\s*(?:秒|seconds?|secs?|s))?"
)


def parse_minutes(text: str) -> Parsed:
    """Minutes as a float, from 0 to a week.

    Raises:
        Unreadable: no plain duration (about ten, -3), or outside the bounds.

    >>> parse_minutes("1時間半"), parse_minutes("5分"), parse_minutes("12")
    ((90.0, True), (5.0, True), (12.0, False))
    """
    plain = without_invisible(unicodedata.normalize("NFKC", text)).casefold()
    if _PLAIN.fullmatch(plain):
        return _within(float(plain)), plain != text
    if _SCIENTIFIC.fullmatch(plain):
        raise Unreadable("amount_scientific")
    match = _WRITTEN.fullmatch(plain)
    if not match or not any(match[name] for name in ("h", "m", "s")):
        raise Unreadable("minutes_unreadable")
    hours = float(match["h"] or 0) + (0.5 if match["half"] else 0)
    return _within(hours * 60 + float(match["m"] or 0) + float(match["s"] or 0) / 60), True


def _within(value: float) -> float:
    if not LOWEST <= value <= HIGHEST:
        raise Unreadable("minutes_out_of_range", {"high": f"{HIGHEST:,.0f}"})
    return value
