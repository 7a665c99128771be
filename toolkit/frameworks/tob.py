"""To-B lifecycle (法人取引): three values, two sets of metrics, demand pipeline, chains, stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks import tob_facts, tob_method
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import code, codes, settled, within
from toolkit.frameworks.demand import Demand
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from toolkit.method import Method

GROWTH = (0, 1, 100, 1000, 10000)
"""Scale stages of the business in customers (S2-05)."""
YES_NO = ("yes", "partly", "no")
SAID = (
    "business_review",
    "cases_state",
    "demand_process",
    "operations_tests",
    "stakeholders_known",
)
UNITS = {
    "open_rate": "share",
    "minutes": "minutes",
    "core_use": "ratio",
    "value_output": "ratio",
    "signed": "count",
    "renewal_rate": "share",
    "collection_rate": "share",
    "pending_renewals": "count",
    "expansion": "share",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A customer case that makes abstract value real; matched on scenario, pain and need."""

    title: str
    _: KW_ONLY
    scenario: str = ""
    pain: str = ""
    need: str = ""
    segment: str = ""

    def matches(self, *, scenario: str = "", pain: str = "", need: str = "") -> int:
        """On how many of the three the case agrees with a prospect.

        >>> Case("Aoi", scenario="month end", pain="retyping").matches(pain="retyping")
        1
        """
        wanted = {"scenario": scenario, "pain": pain, "need": need}
        return sum(bool(text) and getattr(self, name) == text for name, text in wanted.items())


@dataclass(frozen=True, slots=True)
class Stakeholder:
    """A person of the decision chain; each link has to be passed (S2-48)."""

    name: str
    _: KW_ONLY
    role: str = ""
    passed: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBLifecycle(Framework):
    """Operations across the whole life of a business customer, from reach to renewal.

    Fields that are maps hold a code by item (``assignees={"reach": "yes", "renew": "no"}``).

    >>> tob = ToBLifecycle(assignees={"reach": "yes", "renew": "no"}, customers=120)
    >>> tob.growth_stage, tob.facts()[0].value
    (100, 1)
    """

    NAME: ClassVar[str] = "tob"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = tob_method.LISTS

    values: Mapping[str, str] | None = None
    usage_targets: Mapping[str, str] | None = None
    usage: Mapping[str, float] | None = None
    business: Mapping[str, float] | None = None
    business_review: str | None = None
    assignees: Mapping[str, str] | None = None
    demands: Sequence[Demand] | None = None
    demand_process: str | None = None
    survey: Mapping[str, str] | None = None
    documents: Mapping[str, str] | None = None
    operations_tests: str | None = None
    cases: Sequence[Case] | None = None
    cases_state: str | None = None
    stakeholders: Sequence[Stakeholder] | None = None
    stakeholders_known: str | None = None
    customers: float | None = None
    survival: Sequence[Sequence[float]] | None = None

    def __post_init__(self) -> None:
        settled(self, "values", "usage_targets", "usage", "business", "assignees", "survey")
        settled(self, "documents", "demands", "cases", "stakeholders")
        if self.survival is not None:
            object.__setattr__(self, "survival", tuple(tuple(row) for row in self.survival))
        if self.cases is not None and self.cases_state is None:
            object.__setattr__(self, "cases_state", "yes" if self.cases else "no")
        for name in ("values", "usage_targets", "assignees", "documents"):
            codes(name, getattr(self, name), YES_NO)
        codes("survey", self.survey, tob_facts.WAYS)
        for name in SAID:
            code(name, getattr(self, name), YES_NO)
        within("customers", self.customers, 0)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the answers on business customers and the measured contracts."""
        curve = (series or {}).get("survival")
        return cls(
            usage_targets=said_by_item(facts, "q.tob.usage_targets"),
            usage=_numbers(facts, _USAGE),
            business=_numbers(facts, _BUSINESS),
            business_review=said(facts, "q.tob.business_review"),
            assignees=said_by_item(facts, "q.tob.lifecycle_assignee"),
            demand_process=said(facts, "q.tob.demand_process"),
            survey=said_by_item(facts, "q.tob.survey_method"),
            documents=said_by_item(facts, "q.tob.docs"),
            operations_tests=said(facts, "q.tob.ops_tests"),
            cases_state=said(facts, "q.tob.cases"),
            stakeholders_known=said(facts, "q.tob.stakeholders"),
            customers=number(facts, "customers.count"),
            survival=curve.rows if curve is not None and curve.rows else None,
        )

    @property
    def growth_stage(self) -> int | None:
        """The highest of 0, 1, 100, 1,000, 10,000 customers that is reached."""
        if self.customers is None:
            return None
        return max(stage for stage in GROWTH if stage <= self.customers)

    @property
    def next_link(self) -> Stakeholder | None:
        """The first person of the decision chain not yet passed."""
        return next((p for p in self.stakeholders or () if p.passed is not True), None)

    def best_case(self, *, scenario: str = "", pain: str = "", need: str = "") -> Case | None:
        """The case that agrees with a prospect on most of scenario, pain and need."""

        def points(case: Case) -> int:
            return case.matches(scenario=scenario, pain=pain, need=need)

        best = max(self.cases or (), key=points, default=None)
        return best if best is not None and points(best) else None

    def rows(self) -> tuple[Row, ...]:
        """Values, metrics with targets, lifecycle and chains, demand, cases, documents."""
        activities = [name for names in tob_method.VALUES.values() for name in names]
        return (
            *listed("values", activities, self.values, items="value_activity", said="doing"),
            *listed(
                "usage_targets",
                tob_facts.USAGE,
                self.usage_targets,
                items="usage",
                said="have",
            ),
            *_figure_rows("usage", tob_facts.USAGE, self.usage),
            *_figure_rows("business", tob_method.BUSINESS, self.business),
            Row(part="business_review", value=self.business_review, codes="doing"),
            *listed(
                "assignees", tob_facts.LIFECYCLE, self.assignees, items="lifecycle", said="have"
            ),
            *_demand_rows(self.demands),
            Row(part="demand_process", value=self.demand_process, codes="doing"),
            *listed("survey", tob_facts.TOPICS, self.survey, items="topic", said="survey"),
            *listed("documents", tob_facts.DOCUMENTS, self.documents, items="doc", said="have"),
            Row(part="operations_tests", value=self.operations_tests, codes="doing"),
            *_case_rows(self),
            *_chain_rows(self),
            Row(part="growth_stage", value=self.growth_stage, unit="count"),
        )

    def facts(self) -> tuple[Fact, ...]:
        """Stages without assignee, missing targets and documents, ways of asking that misfit."""
        return tob_facts.tob_facts(self.assignees, self.usage_targets, self.documents, self.survey)

    def plot(self, ax: Axes | None = None) -> Axes:
        """How contracts last, where known; else the lifecycle with its assignees."""
        from toolkit.frameworks.picture import lifecycle, survival

        return survival(self.survival, ax) if self.survival else lifecycle(self, ax)


_USAGE = {"open_rate": "contracts.active_account_rate"}
_BUSINESS = {
    "signed": "contracts.signed_count",
    "renewal_rate": "contracts.renewal_rate",
    "collection_rate": "receivables.collection_rate",
    "pending_renewals": "contracts.pending_renewals_90d",
    "expansion": "contracts.expansion_account_share",
}


def _numbers(facts: Facts, ids: Mapping[str, str]) -> dict[str, float] | None:
    found = {name: number(facts, fact_id) for name, fact_id in ids.items()}
    return {name: value for name, value in found.items() if value is not None} or None


def _figure_rows(
    part: str, names: Sequence[str], figures: Mapping[str, float] | None
) -> tuple[Row, ...]:
    given = figures or {}
    return tuple(
        Row(part=part, item=name, value=given.get(name), unit=UNITS[name], items=part)
        for name in names
    )


def _demand_rows(demands: Sequence[Demand] | None) -> tuple[Row, ...]:
    if not demands:
        return (Row(part="demands"),)
    return tuple(
        Row(part="demands", item=d.name, value=d.ratio, unit="ratio")
        for d in sorted(demands, key=lambda d: -(d.ratio or 0.0))
    )


def _case_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    if not tob.cases:
        return (Row(part="cases", value=tob.cases_state, codes="have"),)
    return tuple(Row(part="cases", value=case.title) for case in tob.cases)


def _chain_rows(tob: ToBLifecycle) -> tuple[Row, ...]:
    if not tob.stakeholders:
        return (Row(part="stakeholders", value=tob.stakeholders_known, codes="doing"),)
    states = {True: "passed", False: "open", None: UNKNOWN}
    return tuple(
        Row(part="stakeholders", item=p.name, value=states[p.passed], codes="link_state")
        for p in tob.stakeholders
    )
