"""What verify finds: a number that does not stand, and how many were looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One number that does not stand: where, which fact, what is printed, what it should be."""

    format: str
    fact: str
    printed: str | None
    recomputed: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How many numbers were checked, and those that differ."""

    checked: int
    differing: tuple[Difference, ...]
