"""Aftercare (アフターフォロー): six activities toward customers who have bought; an open list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.derive import count_of
from toolkit.frameworks.framework import Framework, Row, listed

if TYPE_CHECKING:
    from toolkit.method import Method

ACTIVITIES = ("inquiry", "complaint", "returns", "dunning", "magazine", "data")
STATES = ("yes", "no_assignee", "no_record", "not_applicable")
OPEN = ("no_assignee", "no_record")


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftercare(Framework):
    """All that is done for customers after the transaction, and what flows back to sales.

    >>> Aftercare(activities={"inquiry": "yes", "complaint": "no_record"}).facts()[0].value
    1
    """

    NAME: ClassVar[str] = "aftercare"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "activity": ACTIVITIES,
    }

    activities: Mapping[str, str] | None = None
    magazine: str | None = None
    f2_target_share: float | None = None
    f2_share: float | None = None
    feedback_to_sales: str | None = None

    def __post_init__(self) -> None:
        settled(self, "activities")
        codes("activities", self.activities, STATES)
        code("magazine", self.magazine, ("yes", "partly", "no"))
        within("f2_target_share", self.f2_target_share, 0, 1)
        within("f2_share", self.f2_share, 0, 1)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on aftercare; the second-order rate is the one of 180 days."""
        edges = said_by_item(facts, "q.pla.feedback") or {}
        return cls(
            activities=said_by_item(facts, "q.aft.activities"),
            magazine=said(facts, "q.aft.newsletter"),
            f2_target_share=number(facts, "q.aft.f2_target"),
            f2_share=facts.number("customers.f2_conversion[window_days=180]"),
            feedback_to_sales=edges.get("aftercare_sales"),
        )

    def rows(self) -> tuple[Row, ...]:
        """The activities, the letter to members, second orders, the way back to sales."""
        return (
            *listed("activities", ACTIVITIES, self.activities, items="activity", said="cared"),
            Row(part="magazine", value=self.magazine, codes="have"),
            Row(part="f2_target_share", value=self.f2_target_share, unit="share"),
            Row(part="f2_share", value=self.f2_share, unit="share"),
            Row(part="feedback_to_sales", value=self.feedback_to_sales, codes="have"),
        )

    def facts(self) -> tuple[Fact, ...]:
        """aftercare.open_activities_count: activities without assignee or without record."""
        return (
            count_of(
                "aftercare.open_activities_count",
                self.activities,
                OPEN,
                expected=ACTIVITIES,
                needs=("q.aft.activities",),
            ),
        )
