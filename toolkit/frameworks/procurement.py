"""Procurement (開発・調達): make or buy, launch, and what it feeds back to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, said
from toolkit.frameworks.check import code, settled, within
from toolkit.frameworks.framework import Framework, Row

if TYPE_CHECKING:
    from toolkit.method import Method

TASKS = ("develop_or_procure", "launch", "feed_back")
KINDS = ("product", "service", "add_on")
COMPARED = ("yes", "partly", "no", "all_own")
YES_NO = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Sourcing:
    """One product, service or add-on: made or bought in, own unit cost beside a quote."""

    name: str
    _: KW_ONLY
    kind: str = "product"
    make: bool | None = None
    own_cost_yen: float | None = None
    quote_yen: float | None = None

    def __post_init__(self) -> None:
        code("kind", self.kind, KINDS)
        within("own_cost_yen", self.own_cost_yen, 0)
        within("quote_yen", self.quote_yen, 0)

    @property
    def saving_yen(self) -> float | None:
        """Own cost − quote, a unit; negative where own making is cheaper."""
        if self.own_cost_yen is None or self.quote_yen is None:
            return None
        return self.own_cost_yen - self.quote_yen


@dataclass(frozen=True, slots=True, kw_only=True)
class Procurement(Framework):
    """Develop or procure, launch, feed back; nothing need be made in-house (S0-17).

    >>> Procurement(items=[Sourcing("box", own_cost_yen=120, quote_yen=90)]).items[0].saving_yen
    30
    """

    NAME: ClassVar[str] = "procurement"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "procurement_task": TASKS,
        "sourced": KINDS,
    }

    items: Sequence[Sourcing] | None = None
    compared: str | None = None
    launch_list: str | None = None
    launch_delay_days: float | None = None
    feedback: str | None = None
    lure: str | None = None

    def __post_init__(self) -> None:
        settled(self, "items")
        code("compared", self.compared, COMPARED)
        code("launch_list", self.launch_list, YES_NO)
        code("feedback", self.feedback, YES_NO)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on development and procurement."""
        return cls(
            compared=said(facts, "q.pro.make_or_buy"),
            launch_list=said(facts, "q.pro.launch"),
            launch_delay_days=number(facts, "q.pro.launch_delay_days"),
            feedback=said(facts, "q.pro.feedback"),
            lure=said(facts, "q.pro.lure"),
        )

    def rows(self) -> tuple[Row, ...]:
        """Make or buy by item, the launch, the feedback."""
        return (
            *(
                Row(
                    part="items",
                    item=item.name,
                    value=None if item.make is None else ("make" if item.make else "buy"),
                    codes="make_or_buy",
                )
                for item in self.items or (Sourcing(""),)
            ),
            Row(part="compared", value=self.compared, codes="compared"),
            Row(part="launch_list", value=self.launch_list, codes="doing"),
            Row(part="launch_delay_days", value=self.launch_delay_days, unit="days"),
            Row(part="feedback", value=self.feedback, codes="doing"),
            Row(part="lure", value=self.lure),
        )
