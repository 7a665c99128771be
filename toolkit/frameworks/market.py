"""The market as planning sees it: studies with their age, three views, size in yen a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass

from toolkit.frameworks.check import refuse, within
from toolkit.frameworks.dates import day, months_between

VIEWS = ("customer", "competitor", "company")
"""3C, customers first: Ohmae, The Mind of the Strategist."""
SIZES = ("tam", "sam", "som")


@dataclass(frozen=True, slots=True)
class Study:
    """One study of the market (市場調査): what, when, from where.

    >>> Study("buyers' talks", on="2025-02", source="ten interviews").age_months("2026-08-31")
    18
    """

    topic: str
    _: KW_ONLY
    on: str | None = None
    source: str | None = None

    def __post_init__(self) -> None:
        day("on", self.on)

    def age_months(self, as_of: str) -> int | None:
        """Whole months since it was made; None without a date."""
        return None if self.on is None else months_between(self.on, as_of)


@dataclass(frozen=True, slots=True, kw_only=True)
class MarketSize:
    """Size of the market, each in yen a year: whole (TAM), served (SAM), attainable (SOM).

    >>> MarketSize(tam_yen=9e9, sam_yen=6e8, attainable_share=0.05).som_yen
    30000000.0
    """

    tam_yen: float | None = None
    sam_yen: float | None = None
    attainable_share: float | None = None

    def __post_init__(self) -> None:
        within("tam_yen", self.tam_yen, 0)
        within("sam_yen", self.sam_yen, 0)
        within("attainable_share", self.attainable_share, 0, 1)
        if self.tam_yen is not None and self.sam_yen is not None and self.sam_yen > self.tam_yen:
            raise refuse("object_part", "sam_yen", f"{self.sam_yen:g}")

    @property
    def som_yen(self) -> float | None:
        """SAM × attainable share; None unless both are given."""
        if self.sam_yen is None or self.attainable_share is None:
            return None
        return self.sam_yen * self.attainable_share


def newest(studies: Sequence[Study], as_of: str) -> int | None:
    """Age in months of the newest dated study; None where none has a date."""
    ages = [age for study in studies if (age := study.age_months(as_of)) is not None]
    return min(ages, default=None)
