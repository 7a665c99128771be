"""Aftercare (アフターフォロー): six activities toward customers who have bought; an open list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.applicability import BUSINESS, MODELS, NOT_HERE, SAAS, SHOP, fitted
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.derive import count_of
from toolkit.frameworks.framework import Framework, Row, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

ACTIVITIES = ("inquiry", "complaint", "returns", "dunning", "magazine", "data")
STATES = ("yes", "no_assignee", "no_record", "not_applicable")
OPEN = ("no_assignee", "no_record")
LINKS = ("sales_aftercare", "aftercare_sales")
"""What sales hands over, and what aftercare hands back: the link that matters most (S0-41)."""
F2 = "customers.f2_conversion[window_days=180]"
FIGURES: Mapping[str, tuple[str, str]] = {
    "inquiry": ("work.contacts_per_100_orders", "ratio"),
    "complaint": ("contacts.same_cause_90d_max", "count"),
    "returns": ("delivery.return_rate", "share"),
    "dunning": ("receivables.overdue_90d_share", "share"),
    "magazine": ("promotions.last_send_days", "days"),
    "data": ("customers.dormant_share_f2plus", "share"),
}
"""The figure by which each activity shows in the client's own data, and its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftercare(Framework):
    """All that is done for customers after the transaction, and what flows to and from sales.

    ``activities`` says of each whether it has an assignee and a record; ``assignees`` and
    ``records`` name them, and speak for an activity that was not answered. ``links`` says of
    both directions (``LINKS``) whether something was handed over in 90 days; ``model`` tells
    what applies.

    >>> care = Aftercare(activities={"complaint": "no_record"}, assignees={"inquiry": "Sato"},
    ...     records={"inquiry": "ledger"})
    >>> care.activities["inquiry"], care.facts()[0].value
    ('yes', 1)
    """

    NAME: ClassVar[str] = "aftercare"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "activity": ACTIVITIES,
        "edge": LINKS,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "open_list": ("S0-40",),
        "both_ways": ("S0-41",),
    }

    model: str | None = None
    activities: Mapping[str, str] | None = None
    assignees: Mapping[str, str] | None = None
    records: Mapping[str, str] | None = None
    figures: Mapping[str, float] | None = None
    magazine: str | None = None
    f2_target_share: float | None = None
    f2_share: float | None = None
    links: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        settled(self, "activities", "assignees", "records", "figures", "links")
        object.__setattr__(self, "activities", _states(self))
        code("model", self.model, MODELS)
        codes("activities", self.activities, STATES)
        code("magazine", self.magazine, ("yes", "partly", "no"))
        codes("links", self.links, ("yes", "partly", "no"))
        for name in self.links or ():
            code("links", name, LINKS)
        within("f2_target_share", self.f2_target_share, 0, 1)
        within("f2_share", self.f2_share, 0, 1)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on aftercare, the link to sales, and a figure for each activity.

        The second-order rate is the one of 180 days.
        """
        edges = said_by_item(facts, "q.pla.feedback") or {}
        model = said(facts, "q.pla.model")
        figures = {
            name: number(facts, fact_id)
            for name, (fact_id, _) in FIGURES.items()
            if f"figures.{name}" not in _absent(model)
        }
        orders_again = "f2_share" not in _absent(model)
        return cls(
            model=model,
            activities=said_by_item(facts, "q.aft.activities"),
            figures={k: v for k, v in figures.items() if v is not None} or None,
            magazine=said(facts, "q.aft.newsletter"),
            f2_target_share=number(facts, "q.aft.f2_target"),
            f2_share=facts.number(F2) if orders_again else None,
            links={name: edges[name] for name in LINKS if name in edges} or None,
        )

    @property
    def open(self) -> tuple[str, ...]:
        """Activities that lack an assignee or a record."""
        return tuple(name for name, state in (self.activities or {}).items() if state in OPEN)

    @property
    def stopped_links(self) -> tuple[str, ...]:
        """Directions between sales and aftercare in which nothing was handed over."""
        return tuple(name for name in LINKS if (self.links or {}).get(name) == "no")

    def rows(self) -> tuple[Row, ...]:
        """The activities with their figures, second orders, the way from and to sales."""
        given = self.figures or {}
        rows = (
            *listed("activities", ACTIVITIES, self.activities, items="activity", said="cared"),
            *_named("assignees", self.assignees),
            *_named("records", self.records),
            *(
                Row(
                    part="figures",
                    item=name,
                    value=given.get(name),
                    unit=unit,
                    items="activity_figure",
                )
                for name, (_, unit) in FIGURES.items()
            ),
            Row(part="magazine", value=self.magazine, codes="have"),
            Row(part="f2_target_share", value=self.f2_target_share, unit="share"),
            Row(part="f2_share", value=self.f2_share, unit="share"),
            *listed("links", LINKS, self.links, items="edge", said="edge_record"),
        )
        return fitted(rows, _absent(self.model) | _left_out(self.activities))

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

    def plot(self, ax: Axes | None = None) -> Axes:
        """Each activity by assignee and record; those that lack one are brought forward."""
        from toolkit.frameworks.picture_of_care import activities

        return activities(self, ax)


def _absent(model: str | None) -> frozenset[str]:
    """Second orders and dormancy are for goods and shops, letters not for software."""
    if model not in BUSINESS:
        return frozenset({"figures.returns"} if model == SHOP else ())
    orders = frozenset({"f2_target_share", "f2_share", "figures.data"})
    if model == SAAS:
        return orders | {"magazine", "figures.magazine", "figures.returns"}
    return orders


def _left_out(activities: Mapping[str, str] | None) -> frozenset[str]:
    """Figures of activities answered as not applying."""
    return frozenset(
        f"figures.{name}" for name, state in (activities or {}).items() if state == NOT_HERE
    )


def _states(care: Aftercare) -> dict[str, str] | None:
    """States answered, and those that follow where both assignee and record are named."""
    who, where = care.assignees or {}, care.records or {}
    named = {
        name: "yes" if name in who and name in where else OPEN[name in who]
        for name in dict.fromkeys((*who, *where))
    }
    return {**named, **(care.activities or {})} or None


def _named(part: str, names: Mapping[str, str] | None) -> tuple[Row, ...]:
    return tuple(
        Row(part=part, item=name, value=value, items="activity")
        for name, value in (names or {}).items()
    )
