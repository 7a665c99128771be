"""Business system (ビジネスシステム): five modules, their feedback, who must be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.frameworks.answers import said, said_by_item
from toolkit.frameworks.check import code, codes, settled
from toolkit.frameworks.derive import count_of, share_of
from toolkit.frameworks.edge import EDGES, STATUSES, Edge, edges_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

MODULES = ("planning", "procurement", "sales", "fulfillment", "aftercare")
BUILD_ORDER = ("fulfillment", "procurement", "sales", "aftercare", "planning")
"""Fulfillment is built first (S0-31); the order of the others is ours."""
USES = ("build_own", "analyse_others")
SHEET = ("yes", "no_assignee", "no_tasks", "no_kpi")
GAPS = SHEET[1:]
TASKS = (
    "order_intake",
    "quoting",
    "pricing",
    "negotiation",
    "purchasing",
    "production",
    "shipping",
    "inquiry",
    "complaint",
    "billing",
    "collection",
    "cash_management",
    "promotion",
    "hiring",
)
NEEDS_ABSENCE = ("q.pla.absence",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSystem(Framework):
    """The five modules as one: gaps, live feedback, and what stops without the proprietor.

    ``records`` says by edge (``sales_planning``) whether something was handed over in 90 days;
    ``stops`` lists the tasks that stop in a week without the proprietor, () where none does.

    >>> system = BusinessSystem(stops=["quoting"], tasks=["quoting", "shipping"])
    >>> system.stops_share
    0.5
    """

    NAME: ClassVar[str] = "system"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "module": MODULES,
        "edge": tuple(edge.code for edge in EDGES),
        "edge_status": STATUSES,
        "use_of_system": USES,
    }

    model: str | None = None
    modules: Mapping[str, str] | None = None
    records: Mapping[str, str] | None = None
    stops: Sequence[str] | None = None
    tasks: Sequence[str] = TASKS

    def __post_init__(self) -> None:
        settled(self, "modules", "records", "stops", "tasks")
        codes("modules", self.modules, SHEET)
        codes("records", self.records, ("yes", "no"))
        for module in self.modules or ():
            code("modules", module, MODULES)
        own = tuple(name for name in self.stops or () if name not in self.tasks)
        object.__setattr__(self, "tasks", (*self.tasks, *own))

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the module sheet, the feedback and the tasks answered at hearing."""
        return cls(
            model=said(facts, "q.pla.model"),
            modules=said_by_item(facts, "q.pla.module_sheet"),
            records=said_by_item(facts, "q.pla.feedback"),
            stops=_stops(facts),
        )

    @property
    def edges(self) -> tuple[Edge, ...]:
        """The feedback edges of the model; only those of every model where it is unknown."""
        return edges_of(None if self.model == UNKNOWN else self.model)

    @property
    def stops_share(self) -> float | None:
        """Share of the listed tasks that stop without the proprietor."""
        if self.stops is None or not self.tasks:
            return None
        return len(self.stops) / len(self.tasks)

    def rows(self) -> tuple[Row, ...]:
        """Modules, edges with what was handed over, tasks that stop, the order of building."""
        records = self.records or {}
        return (
            Row(part="model", value=self.model, codes="model"),
            *listed("modules", MODULES, self.modules, items="module", said="sheet"),
            *(
                Row(
                    part="records",
                    item=edge.code,
                    value=records.get(edge.code),
                    items="edge",
                    codes="edge_record",
                )
                for edge in self.edges
            ),
            *_stop_rows(self.stops),
            *(
                Row(part="build_order", item=str(place), value=module, codes="module")
                for place, module in enumerate(BUILD_ORDER, start=1)
            ),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Module gaps, live feedback edges, and what stops without the proprietor."""
        of_model = {edge.code for edge in self.edges}
        records = {k: v for k, v in (self.records or {}).items() if k in of_model}
        return (
            count_of(
                "planning.module_gaps_count",
                self.modules,
                GAPS,
                expected=MODULES,
                needs=("q.pla.module_sheet",),
            ),
            share_of(
                "planning.feedback_edges_live_share",
                records or None,
                ("yes",),
                needs=("q.pla.feedback",),
                named=("no",),
            ),
            self._stopping("planning.stops_without_proprietor_count", "count"),
            self._stopping("planning.stops_without_proprietor_share", "share"),
        )

    def _stopping(self, fact_id: str, unit: str) -> Fact:
        if self.stops is None:
            return unknown(fact_id, "not_asked", unit=unit, needs=NEEDS_ABSENCE, basis="said")
        return Fact(
            id=fact_id,
            value=len(self.stops) if unit == "count" else self.stops_share,
            unit=unit,
            n=len(self.tasks),
            basis="said",
            needs=NEEDS_ABSENCE,
            items=tuple(Item(key=name, label=name) for name in self.stops),
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """The five modules and the feedback between them, live, stopped or not known."""
        from toolkit.frameworks.picture import modules

        return modules(self, ax)


def _stops(facts: Facts) -> tuple[str, ...] | None:
    """Tasks chosen; () only where the answer was that nothing stops."""
    whole = facts.find("q.pla.absence")
    chosen = [
        name for name, v in (said_by_item(facts, "q.pla.absence") or {}).items() if v == "yes"
    ]
    if chosen:
        return tuple(chosen)
    return () if whole.known and whole.value in ("none", 0) else None


def _stop_rows(stops: Sequence[str] | None) -> tuple[Row, ...]:
    if stops is None:
        return (Row(part="stops"),)
    if not stops:
        return (Row(part="stops", value="none", codes="task"),)
    return tuple(Row(part="stops", value=name, codes="task") for name in stops)
