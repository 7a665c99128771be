"""Procurement (開発・調達): make or buy, launch, and what it feeds back to the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import code, codes, settled, unique, within
from toolkit.frameworks.framework import Framework, Row
from toolkit.frameworks.handed import handed_on, handed_rows, refuse_strangers
from toolkit.frameworks.launch import LAUNCH_STEPS, Launch, latest

if TYPE_CHECKING:
    import pandas as pd

    from toolkit.method import Method

TASKS = ("develop_or_procure", "launch", "feed_back")
KINDS = ("product", "service", "add_on")
COMPARED = ("yes", "partly", "no", "all_own")
YES_NO = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Sourcing:
    """One product, service or add-on: made or bought in, own unit cost beside a quote.

    >>> Sourcing("box", make=True, own_cost_yen=120, quote_yen=90, units_per_year=500).cheaper
    'buy'
    """

    name: str
    _: KW_ONLY
    kind: str = "product"
    make: bool | None = None
    own_cost_yen: float | None = None
    quote_yen: float | None = None
    units_per_year: float | None = None

    def __post_init__(self) -> None:
        code("kind", self.kind, KINDS)
        for name in ("own_cost_yen", "quote_yen", "units_per_year"):
            within(name, getattr(self, name), 0)

    @property
    def source(self) -> str | None:
        """``make`` or ``buy``, None where it is not known."""
        return None if self.make is None else ("make" if self.make else "buy")

    @property
    def saving_yen(self) -> float | None:
        """Own cost − quote, a unit; negative where own making is cheaper."""
        if self.own_cost_yen is None or self.quote_yen is None:
            return None
        return self.own_cost_yen - self.quote_yen

    @property
    def saving_year_yen(self) -> float | None:
        """Saving a unit × units a year: what buying in would leave over in a year."""
        if self.saving_yen is None or self.units_per_year is None:
            return None
        return self.saving_yen * self.units_per_year

    @property
    def cheaper(self) -> str | None:
        """Which of the two costs less by the figures given; ``even`` where they cost the same."""
        if self.saving_yen is None:
            return None
        return "even" if self.saving_yen == 0 else ("buy" if self.saving_yen > 0 else "make")


@dataclass(frozen=True, slots=True, kw_only=True)
class Procurement(Framework):
    """Develop or procure, launch, feed back; nothing need be made in-house (S0-17).

    ``handed`` says by module whether something was handed on to it in 90 days.

    >>> Procurement(items=[Sourcing("box", own_cost_yen=120, quote_yen=90)]).items[0].saving_yen
    30
    """

    NAME: ClassVar[str] = "procurement"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "procurement_task": TASKS,
        "sourced": KINDS,
        "launch_step": LAUNCH_STEPS,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "make_or_buy_in": ("S0-16",),
        "bought_in": ("S0-17", "S1-02"),
        "also_value": ("S1-01",),
    }

    items: Sequence[Sourcing] | None = None
    sources: Mapping[str, str] | None = None
    compared: str | None = None
    launch_list: str | None = None
    launches: Sequence[Launch] | None = None
    launch_delay_days: float | None = None
    feedback: str | None = None
    handed: Mapping[str, str] | None = None
    lure: str | None = None

    def __post_init__(self) -> None:
        settled(self, "items", "launches", "handed", "sources")
        unique("items", [item.name for item in self.items or ()])
        codes("sources", self.sources, ("make", "buy", "both", "not_offered"))
        code("compared", self.compared, COMPARED)
        code("launch_list", self.launch_list, YES_NO)
        code("feedback", self.feedback, YES_NO)
        refuse_strangers("procurement", self.handed)
        last = latest(self.launches or ())
        if self.launch_delay_days is None and last is not None:
            object.__setattr__(self, "launch_delay_days", last.delay_days)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on development and procurement."""
        return cls(
            sources=said_by_item(facts, "q.pro.sources"),
            compared=said(facts, "q.pro.make_or_buy"),
            launch_list=said(facts, "q.pro.launch"),
            launch_delay_days=number(facts, "q.pro.launch_delay_days"),
            feedback=said(facts, "q.pro.feedback"),
            handed=handed_on(facts, "procurement"),
            lure=said(facts, "q.pro.lure"),
        )

    @property
    def saving_year_yen(self) -> float | None:
        """Σ of what buying in would save a year on items made in-house; None without quotes."""
        savings = [item.saving_year_yen for item in self.items or () if item.make]
        known = [saving for saving in savings if saving is not None]
        return sum(max(saving, 0) for saving in known) if known else None

    def rows(self) -> tuple[Row, ...]:
        """Make or buy by item, the launch, what is handed on and what comes back."""
        return (
            *_source_rows(self),
            Row(part="saving_year_yen", value=self.saving_year_yen, unit="yen"),
            Row(part="compared", value=self.compared, codes="compared"),
            Row(part="launch_list", value=self.launch_list, codes="doing"),
            *_launch_rows(self.launches or ()),
            Row(part="launch_delay_days", value=self.launch_delay_days, unit="days"),
            *handed_rows("procurement", self.handed),
            Row(part="feedback", value=self.feedback, codes="doing"),
            Row(part="lure", value=self.lure),
        )

    def sheet(self) -> pd.DataFrame:
        """The make-or-buy sheet: a row an item, the dearest decision first.

        Returns:
            frame with item, kind, source, own_cost_yen, quote_yen, saving_yen, units_per_year,
            saving_year_yen, cheaper; codes, no labels.
        """
        import pandas as pd

        money = [
            "own_cost_yen",
            "quote_yen",
            "saving_yen",
            "units_per_year",
            "saving_year_yen",
        ]
        rows = [
            [item.name, item.kind, item.source, *(getattr(item, m) for m in money), item.cheaper]
            for item in self.items or ()
        ]
        columns = ["item", "kind", "source", *money, "cheaper"]
        frame = pd.DataFrame(rows, columns=columns, dtype=object)
        frame = frame.astype(dict.fromkeys(money, "float64"))
        return frame.sort_values("saving_year_yen", ascending=False, ignore_index=True)


def _source_rows(procurement: Procurement) -> tuple[Row, ...]:
    """The items of the sheet; without it the answers for product, service and add-on."""
    if procurement.items:
        return tuple(
            Row(
                part="items",
                item=item.name,
                value=item.source,
                codes="make_or_buy",
                note=item.cheaper or "",
                notes="cheaper",
            )
            for item in procurement.items
        )
    answers = procurement.sources or {}
    return tuple(
        Row(part="items", item=kind, value=answers.get(kind), items="sourced", codes="make_or_buy")
        for kind in KINDS
    )


def _launch_rows(launches: Sequence[Launch]) -> tuple[Row, ...]:
    if not launches:
        return (Row(part="launches"),)
    return tuple(
        Row(
            part="launches",
            item=launch.name,
            value=launch.launched_on or launch.planned_on,
            note="launched" if launch.launched_on else "planned",
            notes="launch_state",
        )
        for launch in launches
    )
