"""Planning (企画): research, value × target, cost composition, stages with their KPIs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Item, unknown
from toolkit.frameworks.answers import any_unknown, numbers_by_item, said, said_by_item
from toolkit.frameworks.check import code, codes, each_within, settled, within
from toolkit.frameworks.derive import absent, share_of
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed

if TYPE_CHECKING:
    from toolkit.method import Method

TASKS = ("research", "planning", "system_design")
RESEARCH = ("within_24m", "older", "no")
SCORES = ("reach", "need", "pay", "ability")
COST_ITEMS = (
    "cogs",
    "logistics",
    "packing",
    "payment_fee",
    "marketplace_fee",
    "points",
    "advertising",
    "system",
    "personnel",
    "other",
    "profit",
)
CONSULTING = ("find", "propose", "execute")
YES_NO = ("yes", "partly", "no")
SCALE = (1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitCell:
    """One value for one target: reach, need, willingness to pay, our ability, each 1–5.

    >>> FitCell(reach=4, need=4, pay=4, ability=4).score
    4.0
    """

    value: str = ""
    target: str = ""
    reach: float | None = None
    need: float | None = None
    pay: float | None = None
    ability: float | None = None

    def __post_init__(self) -> None:
        for name in SCORES:
            within(name, getattr(self, name), *SCALE)

    @property
    def score(self) -> float | None:
        """Geometric mean of the four; None until all are given."""
        given = [getattr(self, name) for name in SCORES]
        if any(score is None for score in given):
            return None
        return float(math.prod(given) ** (1 / len(given)))


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
    }

    research: str | None = None
    target: str | None = None
    fit: Sequence[FitCell] | None = None
    has_cost_plan: str | None = None
    cost_plan: Mapping[str, float] | None = None
    cost_plan_unsure: bool = False
    kpi_matrix: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        settled(self, "fit", "cost_plan", "kpi_matrix")
        code("research", self.research, RESEARCH)
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
        cell = FitCell(**{name: scores.get(name) for name in SCORES})  # type: ignore[arg-type]
        plan = numbers_by_item(facts, "q.pla.cost_plan")
        return cls(
            research=said(facts, "q.pla.research"),
            target=_target(facts),
            fit=(cell,) if scores else None,
            has_cost_plan="yes" if plan else said(facts, "q.pla.cost_plan"),
            cost_plan=plan,
            cost_plan_unsure=bool(plan) and any_unknown(facts, "q.pla.cost_plan"),
            kpi_matrix=said_by_item(facts, "q.pla.kpi_matrix"),
        )

    @property
    def best(self) -> FitCell | None:
        """The cell with the highest score; None where none is scored in full."""
        scored = [cell for cell in self.fit or () if cell.score is not None]
        return max(scored, key=lambda cell: cell.score or 0, default=None)

    @property
    def cost_plan_gap(self) -> float | None:
        """How far the planned shares, profit included, are from 1."""
        if not self.cost_plan or self.cost_plan_unsure:
            return None
        return round(abs(math.fsum(self.cost_plan.values()) - 1), 12)

    def rows(self) -> tuple[Row, ...]:
        """Research, target and fit, the cost plan, stages with their measures and KPIs."""
        best = self.best
        plan = self.cost_plan or {}
        return (
            Row(part="research", value=self.research, codes="research"),
            Row(part="target", value=self.target),
            *(
                Row(part="fit", item=name, value=getattr(best, name, None), items="fit_score")
                for name in SCORES
            ),
            *(
                Row(part="cost_plan", item=item, value=share, unit="share", items="cost_item")
                for item, share in plan.items()
            ),
            *(() if plan else (Row(part="cost_plan", value=self.has_cost_plan, codes="have"),)),
            *listed("kpi_matrix", (), self.kpi_matrix, items="stage_cell", said="have"),
            *(() if self.kpi_matrix else (Row(part="kpi_matrix"),)),
        )

    def facts(self) -> tuple[Fact, ...]:
        """planning.fit_score, planning.cost_plan_gap and planning.kpi_gap_share."""
        return (
            _fit(self.best),
            self._cost_plan_fact(),
            share_of(
                "planning.kpi_gap_share",
                self.kpi_matrix,
                ("no",),
                needs=("q.pla.kpi_matrix",),
                named=("no",),
            ),
        )

    def _cost_plan_fact(self) -> Fact:
        fact_id, needs = "planning.cost_plan_gap", ("q.pla.cost_plan",)
        gap = self.cost_plan_gap
        if gap is None and self.has_cost_plan == "no":
            return absent(fact_id, unit="share", needs=needs)
        if gap is None:
            unsure = self.cost_plan_unsure or self.has_cost_plan == UNKNOWN
            reason = "answered_unknown" if unsure else "not_asked"
            return unknown(fact_id, reason, unit="share", needs=needs, basis="said")
        items = tuple(Item(key=k, label=k, value=v) for k, v in (self.cost_plan or {}).items())
        return Fact(
            id=fact_id,
            value=gap,
            unit="share",
            n=len(items),
            basis="said",
            needs=needs,
            items=items,
        )


def _fit(best: FitCell | None) -> Fact:
    fact_id, needs = "planning.fit_score", ("q.pla.fit",)
    if best is None or best.score is None:
        return unknown(fact_id, "not_asked", unit="score", needs=needs, basis="said")
    scores = [(name, getattr(best, name)) for name in SCORES]
    return Fact(
        id=fact_id,
        value=best.score,
        unit="score",
        n=len(scores),
        basis="said",
        needs=needs,
        items=tuple(Item(key=name, label=name, value=score) for name, score in scores),
    )


def _target(facts: Facts) -> str | None:
    items = said_by_item(facts, "q.pla.target")
    return " / ".join(items.values()) if items else said(facts, "q.pla.target")
