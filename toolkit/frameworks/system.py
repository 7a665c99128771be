"""Business system (ビジネスシステム): five modules, their feedback, who must be there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.frameworks.aftercare import ACTIVITIES
from toolkit.frameworks.answers import said, said_by_item
from toolkit.frameworks.check import code, codes, settled
from toolkit.frameworks.derive import count_of, share_of
from toolkit.frameworks.edge import EDGES, FLOWS, STATUSES, Edge, edges_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed
from toolkit.frameworks.fulfillment import PATTERNS
from toolkit.frameworks.planning import TASKS as PLANNING_TASKS
from toolkit.frameworks.procurement import TASKS as PROCUREMENT_TASKS
from toolkit.frameworks.sales_process import FUNCTIONS
from toolkit.frameworks.study import ALL_TOPICS, USES, study_sheet

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

MODULE_TASKS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "planning": ("planning_task", PLANNING_TASKS),
    "procurement": ("procurement_task", PROCUREMENT_TASKS),
    "sales": ("function", FUNCTIONS),
    "fulfillment": ("pattern", PATTERNS),
    "aftercare": ("activity", ACTIVITIES),
}
"""Each module with its list in the sources: tasks, functions, patterns or activities."""
MODULES = tuple(MODULE_TASKS)
BUILD_ORDER = ("fulfillment", "procurement", "sales", "aftercare", "planning")
"""Fulfillment is built first (S0-31); the order of the others is ours."""
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
EDGE_CODES = tuple(edge.code for edge in EDGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class BusinessSystem(Framework):
    """The five modules as one: gaps, live feedback, and what stops without the proprietor.

    ``records`` says by edge (``sales_planning``) whether something was handed over in 90 days;
    ``stops`` lists the tasks that stop in a week without the proprietor, () where none does.
    ``use`` is ``build`` or ``analyse``: one's own business, or another's read from outside, of
    which ``found`` holds by topic what is settled or known (``BusinessSystem.blank().sheet()``).

    >>> system = BusinessSystem(stops=["quoting"], tasks=["quoting", "shipping"])
    >>> system.stops_share
    0.5
    """

    NAME: ClassVar[str] = "system"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "module": MODULES,
        "edge": EDGE_CODES,
        "edge_status": STATUSES,
        "edge_flow": FLOWS,
        "use_of_system": USES,
        **dict(MODULE_TASKS.values()),
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "definition": ("S0-01",),
        "two_uses": ("S0-02",),
        "without_president": ("S0-03",),
        "interlinked": ("S0-42",),
    }

    model: str | None = None
    use: str | None = None
    name: str | None = None
    found: Mapping[str, str] | None = None
    modules: Mapping[str, str] | None = None
    records: Mapping[str, str] | None = None
    stops: Sequence[str] | None = None
    tasks: Sequence[str] = TASKS

    def __post_init__(self) -> None:
        settled(self, "modules", "records", "stops", "tasks", "found")
        code("use", self.use, USES)
        for topic in self.found or ():
            code("found", topic, ALL_TOPICS)
        codes("modules", self.modules, SHEET)
        codes("records", self.records, ("yes", "no"))
        for module in self.modules or ():
            code("modules", module, MODULES)
        for edge in self.records or ():
            code("records", edge, EDGE_CODES)
        own = tuple(name for name in self.stops or () if name not in self.tasks)
        object.__setattr__(self, "tasks", (*self.tasks, *own))

    @classmethod
    def blank(cls, use: str = "build", name: str | None = None) -> Self:
        """A system with nothing known, to build one's own or to analyse another's.

        >>> sheet = BusinessSystem.blank(use="analyse", name="a rival").sheet()
        >>> sheet["topic"].tolist()[:2]
        ['value_and_target', 'market_and_rivals']

        Raises:
            ObjectError: the use is neither.
        """
        return cls(use=use, name=name)

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
        """Modules, edges with what was handed over, tasks that stop, the order of building.

        What can be known from inside only is left out of another's system until it is given.
        """
        inside = (
            *listed("modules", MODULES, self.modules, items="module", said="sheet"),
            *self._edge_rows(),
            *_stop_rows(self.stops),
        )
        return (
            *((Row(part="name", value=self.name),) if self.use else ()),
            Row(part="model", value=self.model, codes="model"),
            *self._study_rows(),
            *(row for row in inside if self.use != "analyse" or row.known),
            *(
                Row(
                    part="build_order",
                    item=str(place),
                    value=module,
                    codes="module",
                    note="house" if place > 1 else "explicit",
                    notes="edge_status",
                )
                for place, module in enumerate(BUILD_ORDER, start=1)
            ),
        )

    def _edge_rows(self) -> tuple[Row, ...]:
        records = self.records or {}
        return tuple(
            Row(
                part="records",
                item=edge.code,
                value=records.get(edge.code),
                items="edge",
                codes="edge_record",
                note=edge.status,
                notes="edge_status",
            )
            for edge in self.edges
        )

    def _study_rows(self) -> tuple[Row, ...]:
        if self.use is None:
            return ()
        found = self.found or {}
        return tuple(
            Row(part="found", item=topic, value=found.get(topic), items="topic")
            for topic in ALL_TOPICS
        )

    def sheet(self) -> pd.DataFrame:
        """What to settle (``build``) or find out (``analyse``) for each module, and what is found.

        Returns:
            frame with module, tasks, topic, what, how, found; texts in ``tk.language``.
        """
        from toolkit.frameworks.display import code_labels

        tasks = {module: code_labels(*entry) for module, entry in MODULE_TASKS.items()}
        return study_sheet(self.use or USES[0], tasks, self.found or {})

    def feedback(self) -> pd.DataFrame:
        """The edges of the model: what flows, where the source stands, what was handed over.

        Returns:
            frame with source, target, status, flow, statements, record; codes, no labels.
        """
        import pandas as pd

        records = self.records or {}
        rows = [
            (e.source, e.target, e.status, e.flow, " ".join(e.sources), records.get(e.code))
            for e in self.edges
        ]
        columns = ["source", "target", "status", "flow", "statements", "record"]
        return pd.DataFrame(rows, columns=columns, dtype=object)

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
