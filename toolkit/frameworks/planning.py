"""Planning (企画): research, value × target, cost composition, stages with their KPIs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.answers import any_unknown, numbers_by_item, said, said_by_item
from toolkit.frameworks.check import code, codes, each_within, settled
from toolkit.frameworks.cost_plan import COST_ITEMS, balanced, cost_fact, cost_rows, gap
from toolkit.frameworks.dates import day
from toolkit.frameworks.derive import share_of
from toolkit.frameworks.fit import SCORES, FitCell, fit_fact, fit_frame, fit_rows, margin, ranked
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed
from toolkit.frameworks.market import SIZES, VIEWS, MarketSize, Study, newest
from toolkit.frameworks.setting import setting

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

TASKS = ("research", "planning", "system_design")
RESEARCH = ("within_24m", "older", "no")
CONSULTING = ("find", "propose", "execute")
YES_NO = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning(Framework):
    """The most upstream module; the fit of value and target matters most in it (S0-10).

    >>> Planning(cost_plan={"cogs": 0.3, "system": 0.05, "profit": 0.6}).cost_plan_gap
    0.05
    """

    NAME: ClassVar[str] = "planning"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "planning_task": TASKS,
        "fit_score": SCORES,
        "cost_item": COST_ITEMS,
        "consulting": CONSULTING,
        "view": VIEWS,
        "market_size": SIZES,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "fit_first": ("S0-10",),
        "shows_links": ("S0-42",),
        "system_share": ("S4-06",),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("planning_process",)

    research: str | None = None
    studies: Sequence[Study] | None = None
    as_of: str | None = None
    three_c: Mapping[str, str] | None = None
    market: MarketSize | None = None
    system_design: str | None = None
    target: str | None = None
    fit: Sequence[FitCell] | None = None
    has_cost_plan: str | None = None
    cost_plan: Mapping[str, float] | None = None
    cost_plan_unsure: bool = False
    kpi_matrix: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        settled(self, "fit", "cost_plan", "kpi_matrix", "studies", "three_c")
        day("as_of", self.as_of)
        object.__setattr__(self, "research", _research(self))
        code("research", self.research, RESEARCH)
        code("system_design", self.system_design, YES_NO)
        for view in self.three_c or ():
            code("three_c", view, VIEWS)
        codes("kpi_matrix", self.kpi_matrix, YES_NO)
        each_within("cost_plan", self.cost_plan, -1, 1)
        if self.cost_plan and self.has_cost_plan is None:
            object.__setattr__(self, "has_cost_plan", "yes")

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on planning; one cell of fit is scored at hearing."""
        scores = numbers_by_item(facts, "q.pla.fit") or {}
        target = _target(facts)
        cell = FitCell(
            value=_text(facts, "q.val.promise"),
            target=target if target and target != UNKNOWN else "",
            **{name: scores.get(name) for name in SCORES},
        )
        plan = numbers_by_item(facts, "q.pla.cost_plan")
        return cls(
            research=said(facts, "q.pla.research"),
            three_c=said_by_item(facts, "q.pla.three_c"),
            system_design=_design(said_by_item(facts, "q.pla.module_sheet")),
            target=target,
            fit=(cell,) if scores else None,
            has_cost_plan="yes" if plan else said(facts, "q.pla.cost_plan"),
            cost_plan=plan,
            cost_plan_unsure=bool(plan) and any_unknown(facts, "q.pla.cost_plan"),
            kpi_matrix=said_by_item(facts, "q.pla.kpi_matrix"),
        )

    @property
    def ranked(self) -> tuple[FitCell, ...]:
        """The cells scored in full, the best first; equal ones as they were given."""
        return ranked(self.fit or ())

    @property
    def best(self) -> FitCell | None:
        """The cell with the highest score; None where none is scored in full."""
        return next(iter(self.ranked), None)

    @property
    def fit_margin(self) -> float | None:
        """Score of the best cell − score of the second best; None where fewer than two are scored.

        A small margin says that the choice between the two is not yet made.
        """
        return margin(self.fit or ())

    @property
    def research_age_months(self) -> int | None:
        """Age of the newest dated study on ``as_of``; None without either."""
        return newest(self.studies or (), self.as_of) if self.as_of else None

    @property
    def tasks(self) -> dict[str, str | None]:
        """The three tasks of planning, each done (yes), begun (partly), not done, or unknown."""
        research = {"within_24m": "yes", "older": "partly", "no": "no"}
        begun = "partly" if self.fit else None
        return {
            "research": research.get(self.research or "", self.research),
            "planning": "yes" if self.best else begun,
            "system_design": self.system_design,
        }

    @property
    def cost_plan_gap(self) -> float | None:
        """How far the planned shares, profit included, are from 1."""
        return None if self.cost_plan_unsure else gap(self.cost_plan)

    @property
    def cost_plan_balanced(self) -> bool | None:
        """Whether the shares make 100 % within the tolerance of the method (0.5 points)."""
        return balanced(self.cost_plan_gap)

    def rows(self) -> tuple[Row, ...]:
        """Tasks, research, target and fit, the cost plan, stages with their measures and KPIs."""
        return (
            *listed("tasks", TASKS, _given(self.tasks), items="planning_task", said="doing"),
            *_research_rows(self),
            Row(part="target", value=self.target),
            *fit_rows(self.fit or ()),
            *cost_rows(self.cost_plan, self.cost_plan_gap, self.has_cost_plan),
            *listed("kpi_matrix", (), self.kpi_matrix, items="stage_cell", said="have"),
            *(() if self.kpi_matrix else (Row(part="kpi_matrix"),)),
            *self.open_rows(),
        )

    def fit_frame(self) -> pd.DataFrame:
        """Every cell with its four scores and the fit, the best first, unscored ones last.

        Returns:
            frame with value, target, reach, need, pay, ability, score, behind (best − score).
        """
        return fit_frame(self.fit or ())

    def plot(self, ax: Axes | None = None) -> Axes:
        """Values against targets where several are scored; else the planned cost composition."""
        from toolkit.frameworks.grids import fits
        from toolkit.frameworks.picture import plan_waterfall

        return fits(self, ax) if len(self.ranked) > 1 else plan_waterfall(self, ax)

    def facts(self) -> tuple[Fact, ...]:
        """planning.fit_score, planning.cost_plan_gap and planning.kpi_gap_share."""
        return (
            fit_fact(self.fit or ()),
            cost_fact(
                self.cost_plan, self.cost_plan_gap, self.has_cost_plan, self.cost_plan_unsure
            ),
            share_of(
                "planning.kpi_gap_share",
                self.kpi_matrix,
                ("no",),
                needs=("q.pla.kpi_matrix",),
                named=("no",),
            ),
        )


def _research(planning: Planning) -> str | None:
    """As answered; where dated studies are given, by the age of the newest."""
    age = planning.research_age_months
    if planning.research is not None or age is None:
        return planning.research
    return "within_24m" if age <= setting("research_age_limit") else "older"


def _design(sheet: Mapping[str, str] | None) -> str | None:
    """State of the design of the business system from the sheet of the five modules."""
    known = [state for state in (sheet or {}).values() if state != UNKNOWN]
    if not known:
        return UNKNOWN if sheet else None
    whole = [state == "yes" for state in known]
    return "yes" if all(whole) else ("partly" if any(whole) else "no")


def _given(states: Mapping[str, str | None]) -> dict[str, str]:
    return {name: state for name, state in states.items() if state is not None}


def _text(facts: Facts, question: str) -> str:
    answer = said(facts, question)
    return "" if answer in (None, UNKNOWN) else str(answer)


def _research_rows(planning: Planning) -> tuple[Row, ...]:
    market = planning.market or MarketSize()
    sizes = (market.tam_yen, market.sam_yen, market.som_yen)
    return (
        Row(part="research", value=planning.research, codes="research"),
        *(
            Row(
                part="studies",
                item=study.topic,
                value=study.on,
                note=study.source or "",
                notes="source",
            )
            for study in planning.studies or ()
        ),
        Row(part="research_age_months", value=planning.research_age_months, unit="months"),
        *listed("three_c", VIEWS, planning.three_c, items="view", said=""),
        *(
            Row(part="market", item=name, value=size, unit="yen", items="market_size")
            for name, size in zip(SIZES, sizes, strict=True)
        ),
    )


def _target(facts: Facts) -> str | None:
    items = said_by_item(facts, "q.pla.target")
    return " / ".join(items.values()) if items else said(facts, "q.pla.target")
