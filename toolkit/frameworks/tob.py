"""To-B lifecycle (法人取引): three values, two sets of metrics, demand pipeline, chains, stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks import (
    customer_case,
    customer_success,
    decision_chain,
    demand,
    tob_applies,
    tob_facts,
    tob_method,
    tob_metric,
    tob_rows,
)
from toolkit.frameworks.applicability import MODELS
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.customer_case import Case
from toolkit.frameworks.decision_chain import Stakeholder
from toolkit.frameworks.demand import Demand
from toolkit.frameworks.framework import Framework, Row
from toolkit.frameworks.portrait import Portrait
from toolkit.frameworks.survey import WAYS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

YES_NO = ("yes", "partly", "no")
MAPS = (
    "values",
    "purposes",
    "operations",
    "allies",
    "usage_targets",
    "assignees",
    "feedback",
    "knowledge",
    "documents",
    "routes",
    "reach_order",
    "with_customer",
    "success",
    "telling",
    "circle",
)
FIGURES = ("usage", "goals", "business", "accounts")
LISTS = ("demands", "portraits", "cases", "segments", "stakeholders")
SAID = (
    "business_review",
    "cases_state",
    "demand_process",
    "operations_tests",
    "portrait_state",
    "referral",
    "stakeholders_known",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBLifecycle(Framework):
    """Operations across the whole life of a business customer, from reach to renewal.

    Fields that are maps hold a code by item (``assignees={"reach": "yes", "renew": "no"}``) or a
    figure by metric (``usage={"open_rate": 0.7}``, ``goals`` beside it). ``model`` says what
    applies: with made-to-order work there is no product in use under contract.

    >>> tob = ToBLifecycle(assignees={"reach": "yes", "renew": "no"}, customers=120)
    >>> tob.growth_stage, tob.next_stage, tob.facts()[0].value
    (100, 1000, 1)
    """

    NAME: ClassVar[str] = "tob"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = tob_method.LISTS
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = tob_method.SAYS
    OPEN: ClassVar[tuple[str, ...]] = ("document_names", "chain_roles")

    model: str | None = None
    customers: float | None = None
    purposes: Mapping[str, str] | None = None
    operations: Mapping[str, str] | None = None
    allies: Mapping[str, str] | None = None
    assignees: Mapping[str, str] | None = None
    values: Mapping[str, str] | None = None
    survey: Mapping[str, str] | None = None
    portraits: Sequence[Portrait] | None = None
    portrait_state: str | None = None
    feedback: Mapping[str, str] | None = None
    usage_targets: Mapping[str, str] | None = None
    usage: Mapping[str, float] | None = None
    goals: Mapping[str, float] | None = None
    demands: Sequence[Demand] | None = None
    demand_process: str | None = None
    requests_scored_share: float | None = None
    knowledge: Mapping[str, str] | None = None
    operations_tests: str | None = None
    documents: Mapping[str, str] | None = None
    routes: Mapping[str, str] | None = None
    reach_order: Mapping[str, str] | None = None
    referral: str | None = None
    business: Mapping[str, float] | None = None
    business_review: str | None = None
    cases: Sequence[Case] | None = None
    cases_state: str | None = None
    segments: Sequence[str] | None = None
    stakeholders: Sequence[Stakeholder] | None = None
    stakeholders_known: str | None = None
    with_customer: Mapping[str, str] | None = None
    success: Mapping[str, str] | None = None
    telling: Mapping[str, str] | None = None
    circle: Mapping[str, str] | None = None
    end_customer: str | None = None
    accounts: Mapping[str, float] | None = None
    survival: Sequence[Sequence[float]] | None = None

    def __post_init__(self) -> None:
        settled(self, *MAPS, *FIGURES, *LISTS, "survey")
        if self.survival is not None:
            object.__setattr__(self, "survival", tuple(tuple(row) for row in self.survival))
        if self.cases is not None and self.cases_state is None:
            object.__setattr__(self, "cases_state", "yes" if self.cases else "no")
        if self.success is None:
            found = customer_success.sequence_of(self.assignees, self.with_customer)
            object.__setattr__(self, "success", found or None)
        code("model", self.model, MODELS)
        for name in MAPS:
            codes(name, getattr(self, name), YES_NO)
        codes("survey", self.survey, WAYS)
        for name in SAID:
            code(name, getattr(self, name), YES_NO)
        within("customers", self.customers, 0)
        within("requests_scored_share", self.requests_scored_share, 0, 1)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on business customers, measured contracts, usage and accounts."""
        from toolkit.frameworks.tob_read import read

        return cls(**read(facts, series or {}))

    @property
    def growth_stage(self) -> int | None:
        """The highest of 0, 1, 100, 1,000, 10,000 customers that is reached."""
        if self.customers is None:
            return None
        return max(stage for stage in tob_method.GROWTH if stage <= self.customers)

    @property
    def next_stage(self) -> int | None:
        """The next stage of growth; None beyond the last."""
        if self.customers is None:
            return None
        return next((stage for stage in tob_method.GROWTH if stage > self.customers), None)

    @property
    def value_shares(self) -> dict[str, float | None]:
        """Share of each value's known activities that are done; partly counts half."""
        points = {"yes": 1.0, "partly": 0.5, "no": 0.0}
        given = self.values or {}
        known = {
            value: [points[state] for name in names if (state := given.get(name, "")) in points]
            for value, names in tob_method.VALUES.items()
        }
        return {name: sum(found) / len(found) if found else None for name, found in known.items()}

    @property
    def met(self) -> dict[str, str]:
        """Whether each figure of usage and the renewal rate reaches its goal."""
        return tob_metric.met({**(self.usage or {}), **(self.business or {})}, self.goals)

    @property
    def precondition(self) -> str | None:
        """Whether the five links of customer success stand, before which V3 cannot follow."""
        return customer_success.precondition(self.success)

    @property
    def satisfaction(self) -> dict[str, str | None]:
        """The basic level from proper use, the higher one from creative help."""
        reached = self.met.get("open_rate")
        return customer_success.satisfaction(
            self.values, None if reached is None else reached == "yes"
        )

    @property
    def next_link(self) -> Stakeholder | None:
        """The first person of the decision chain not yet passed."""
        return decision_chain.next_link(self.stakeholders or ())

    def best_case(self, *, scenario: str = "", pain: str = "", need: str = "") -> Case | None:
        """The case that agrees with a prospect on most of scenario, pain and need."""
        return customer_case.best_case(self.cases or (), scenario=scenario, pain=pain, need=need)

    def case_for(self, one: Portrait | Stakeholder) -> Case | None:
        """The case that answers a portrait, or the doubt and need of a person of the chain."""
        if isinstance(one, Portrait):
            return self.best_case(scenario=one.scenario, pain=one.pain, need=one.need)
        return self.best_case(pain=one.doubt, need=one.need)

    def schedule(self, capacity: float) -> tuple[Demand, ...]:
        """The demands that fit the capacity in person-days, a share kept for long-term work."""
        return demand.schedule(self.demands or (), capacity)

    def rows(self) -> tuple[Row, ...]:
        """The lifecycle, then the three values; what does not apply to the model is said so."""
        rows = (
            *tob_rows.lifecycle_rows(self),
            *tob_rows.product_rows(self),
            *tob_rows.sales_rows(self),
            *tob_rows.recognition_rows(self),
            *self.open_rows(),
        )
        return tob_applies.fitted(rows, self.model)

    def facts(self) -> tuple[Fact, ...]:
        """Stages without assignee, missing targets and documents, ways of asking that misfit."""
        return tob_facts.tob_facts(
            {
                "unassigned_stages_count": self.assignees,
                "missing_targets_count": self.usage_targets,
                "missing_documents_count": self.documents,
                "method_mismatch_count": self.survey,
            },
            tob_applies.absent_counts(self.model),
        )

    def plot(self, ax: Axes | None = None) -> Axes:
        """How contracts last, where known; else the lifecycle with its assignees."""
        from toolkit.frameworks.picture import lifecycle, survival

        return survival(self.survival, ax) if self.survival else lifecycle(self, ax)

    def plot_chain(self, ax: Axes | None = None) -> Axes:
        """The people of the decision chain and who has agreed."""
        from toolkit.frameworks.picture_of_care import decision_chain as draw

        return draw(self, ax)
