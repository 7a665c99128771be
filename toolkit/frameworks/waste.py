"""The three wastes of a flow (3つの無駄), each beside the moves of ECRS that suit it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.facts import Fact
from toolkit.frameworks.framework import Row

ECRS = ("eliminate", "combine", "rearrange", "simplify")
"""The order of improvement of industrial engineering; the method itself names no moves."""
MOVES: Mapping[str, tuple[str, ...]] = {
    "duplicated": ("eliminate", "combine"),
    "scattered": ("combine", "simplify"),
    "skewed": ("rearrange", "simplify"),
}
WASTES = tuple(MOVES)
MEASURED: Mapping[str, str] = {
    "duplicated": "journey.double_entry_count",
    "scattered": "journey.scattered_purposes_count",
    "skewed": "journey.load_max_ratio",
}
UNITS: Mapping[str, str] = {"duplicated": "count", "scattered": "count", "skewed": "ratio"}
LIMITS: Mapping[str, str] = {"skewed": "load_ratio_limit"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waste:
    """One waste: how much of it there is, above which it counts as found, what it rests on.

    >>> Waste(code="duplicated", value=2.0, limit=0.0).moves
    ('eliminate', 'combine')
    """

    code: str
    value: float | None
    limit: float
    places: tuple[str, ...] = ()

    @property
    def found(self) -> bool | None:
        """Whether there is such waste; None where it could not be measured."""
        return None if self.value is None else self.value > self.limit

    @property
    def moves(self) -> tuple[str, ...]:
        """The moves to try, in the order of ECRS, where the waste was found."""
        return MOVES[self.code] if self.found else ()


def wastes_of(facts: tuple[Fact, ...], limits: Mapping[str, float]) -> tuple[Waste, ...]:
    """The three wastes as the facts of a journey map measure them.

    Args:
        facts: of the map.
        limits: by name of threshold; a waste without one is found above nought.
    """
    by_id = {fact.id: fact for fact in facts}
    return tuple(
        Waste(
            code=code,
            value=by_id[fact_id].number,
            limit=limits[LIMITS[code]] if code in LIMITS else 0.0,
            places=tuple(item.label for item in by_id[fact_id].items),
        )
        for code, fact_id in MEASURED.items()
    )


def waste_rows(wastes: tuple[Waste, ...]) -> tuple[Row, ...]:
    """The wastes with their measure; beside one that was found, the moves for it."""
    return tuple(
        Row(
            part="wastes",
            item=waste.code,
            value=waste.value,
            unit=UNITS[waste.code],
            items="waste",
            note=waste.code if waste.found else "",
            notes="ecrs_for",
        )
        for waste in wastes
    )
