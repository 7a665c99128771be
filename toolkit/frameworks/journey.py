"""Journey map (業務の流れ): list the flow, assign each task, rearrange without waste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts, Value
from toolkit.frameworks import complaint, contact_desk, journey_facts, journey_rows, waste
from toolkit.frameworks.answers import number, numbers_by_item, said, said_by_item
from toolkit.frameworks.check import code, codes, each_within, settled
from toolkit.frameworks.complaint import Complaint
from toolkit.frameworks.framework import Framework, Row
from toolkit.frameworks.journey_read import numbered, steps_of
from toolkit.frameworks.journey_standard import (
    SEAM_EXAMPLES,
    STANDARD_STEPS,
    TOUCHPOINTS,
    standard_steps,
)
from toolkit.frameworks.journey_step import Seam, Step, seams
from toolkit.frameworks.setting import settings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

STEP_COLUMNS = (
    "step",
    "side",
    "actor",
    "tool",
    "mode",
    "minutes",
    "per_day",
    "data_in",
    "data_out",
)
SETTINGS = (*journey_facts.LIMITS, *waste.LIMITS.values())
STAGE_STATES = ("done", "under_way", "not_begun")


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyMap(Framework):
    """The client's own flow: steps with side, mode, assignee and tool, seams, three wastes.

    Steps without a number are numbered in their order. ``staff`` is working time a person
    (full time = 1), ``means`` how many ways of internal contact serve a purpose, ``desk`` who
    answers which contact (``phone_order`` …), ``attributes`` what is known of customers by
    their code. ``stages`` adds stages of the firm's own to the three of the method.

    >>> flow = JourneyMap(steps=[Step("order", side="customer"), Step("type it in again",
    ...     side="company", mode="manual", minutes=3, per_day=40, actor="Sato")])
    >>> facts = {fact.id: fact.value for fact in flow.facts()}
    >>> flow.seams[0].mode, facts["journey.manual_seam_count"]
    ('manual', 1)
    """

    NAME: ClassVar[str] = "journey"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "standard_step": STANDARD_STEPS,
        "touchpoint": TOUCHPOINTS,
        "journey_stage": journey_rows.STAGES,
        "waste": waste.WASTES,
        "ecrs": waste.ECRS,
        "desk": contact_desk.DESK,
        "w5h1": complaint.W5H1,
        "complaint_stage": complaint.STAGES,
        "seam_auto": SEAM_EXAMPLES["auto"],
        "seam_manual": SEAM_EXAMPLES["manual"],
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "first": ("S3-06",),
        "seam": ("S3-23", "S3-25", "S3-27"),
        "one_system": ("S3-38", "S3-39", "S3-40"),
        "skew": ("S3-43",),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("desk_sources", "waste_moves")

    written: str | None = None
    steps: Sequence[Step] | None = None
    staff: Mapping[str, float] | None = None
    means: Mapping[str, float] | None = None
    desk: Mapping[str, str] | None = None
    desk_counts: Mapping[str, float] | None = None
    complaints: Sequence[Complaint] | None = None
    attributes: Mapping[str, Mapping[str, Value]] | None = None
    contact_shares: Mapping[str, float] | None = None
    stages: Mapping[str, str] | None = None
    limits: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        settled(self, "steps", "staff", "means", "desk", "desk_counts", "complaints")
        settled(self, "attributes", "contact_shares", "stages")
        object.__setattr__(self, "limits", {**settings(SETTINGS), **(self.limits or {})})
        code("written", self.written, ("yes", "partly", "no"))
        codes("stages", self.stages, STAGE_STATES)
        each_within("staff", self.staff, 0)
        each_within("means", self.means, 0)
        each_within("desk_counts", self.desk_counts, 0)
        for name in (*(self.desk or ()), *(self.desk_counts or ())):
            code("desk", name, contact_desk.DESK)
        if self.steps:
            object.__setattr__(self, "steps", numbered(self.steps))

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the series ``journey_steps`` and the answers on staff, desk, internal contact."""
        shares = {name: number(facts, f"contacts.{name}") for name in MEASURED_SHARES}
        return cls(
            written=said(facts, "q.jrn.flow"),
            steps=steps_of((series or {}).get("journey_steps")),
            staff=numbers_by_item(facts, "q.jrn.staff"),
            means=numbers_by_item(facts, "q.jrn.comm_tools"),
            desk=said_by_item(facts, "q.jrn.desk"),
            contact_shares={k: v for k, v in shares.items() if v is not None} or None,
            limits=settings(SETTINGS, method),
        )

    @classmethod
    def standard_flow(cls) -> Self:
        """The published thirteen steps, named in ``tk.language``, sides as they are mixed.

        >>> len(JourneyMap.standard_flow().mixed)
        4
        """
        return cls(steps=standard_steps())

    @property
    def seams(self) -> tuple[Seam, ...]:
        """Joints into company steps."""
        return seams(self.steps or ())

    @property
    def mixed(self) -> tuple[Step, ...]:
        """Steps in which customer and company act at once, or whose side is not told."""
        return tuple(s for s in self.steps or () if s.side not in ("customer", "company"))

    def split(self) -> Self:
        """The map with each mixed step apart: the company's part, then the customer's."""
        apart: list[Step] = []
        for step in self.steps or ():
            sides = ("company", "customer") if step.side == "both" else (step.side,)
            apart += [_part(step, side) for side in sides]
        return replace(self, steps=apart)

    @property
    def minutes_by_actor(self) -> dict[str, float]:
        """Minutes a day by hand of each person; a step of several is shared equally."""
        return journey_facts.loads(self.steps or ())

    @property
    def found_wastes(self) -> tuple[waste.Waste, ...]:
        """The three wastes with the limit each is found above and the moves of ECRS for it."""
        return waste.wastes_of(self.facts(), self.limits or {})

    @property
    def wastes(self) -> dict[str, float | None]:
        """The three wastes: duplicated entries, purposes with scattered means, load max ÷ mean."""
        return {found.code: found.value for found in self.found_wastes}

    @property
    def stage_states(self) -> dict[str, str | None]:
        """How far each stage is come, the firm's own after the three of the method."""
        return {**_stage_states(self), **(self.stages or {})}

    def complaints_with_attributes(self) -> pd.DataFrame:
        """Complaints beside what is known of their customers: who meets what, to prevent it."""
        return complaint.joined(self.complaints or (), self.attributes or {})

    def rows(self) -> tuple[Row, ...]:
        """Stages, steps, assignees, seams, tools, data, desk, complaint records, wastes."""
        by_id = {fact.id: fact for fact in self.facts()}
        return (
            Row(part="written", value=self.written, codes="have"),
            *journey_rows.stage_rows(self.stage_states),
            *journey_rows.step_rows(self.steps),
            *journey_rows.assignee_rows(self.steps, by_id["journey.unassigned_count"]),
            *journey_rows.seam_rows(self.seams),
            *journey_rows.tool_rows(self.steps),
            *journey_rows.data_rows(self.steps),
            *journey_rows.load_rows(self.minutes_by_actor),
            *contact_desk.desk_rows(self.desk, self.desk_counts),
            *self._contact_rows(),
            *waste.waste_rows(self.found_wastes),
            *self.open_rows(),
        )

    def _contact_rows(self) -> tuple[Row, ...]:
        given = complaint.shares(self.complaints or ())
        found = {**(self.contact_shares or {}), **given}
        names = complaint.SHARES if given else MEASURED_SHARES
        shares = tuple(
            Row(
                part="contact_shares",
                item=name,
                value=found.get(name),
                unit="share",
                items="contact_share",
            )
            for name in names
        )
        again = complaint.recurring(self.complaints or ())
        return (
            *shares,
            *(Row(part="recurring", item=what, value=n, unit="count") for what, n in again.items()),
        )

    def facts(self) -> tuple[Fact, ...]:
        """The journey facts of the rules, each naming steps, items or persons."""
        return journey_facts.journey_facts(self.steps, self.staff, self.means, self.limits or {})

    def to_frame(self) -> pd.DataFrame:
        """One row a step; ``seam`` is the mode of the joint to the next step."""
        import pandas as pd

        modes = {seam.before.no: seam.mode for seam in self.seams}
        columns = ["step_no", *STEP_COLUMNS, "seam"]
        rows = [
            [
                step.no,
                step.name,
                *(getattr(step, name) for name in STEP_COLUMNS[1:]),
                modes.get(step.no),
            ]
            for step in self.steps or ()
        ]
        return pd.DataFrame(rows, columns=columns)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Swimlanes of customer and company with the manual seams marked."""
        from toolkit.frameworks.picture import swimlane

        return swimlane(self, ax)


MEASURED_SHARES = ("keyed_share", "w5h1_share", "fed_back_share")


def _part(step: Step, side: str | None) -> Step:
    """One side's part of a step; the customer's part has no assignee, tool or mode of ours."""
    if side == step.side:
        return replace(step, no=None)
    if side == "company":
        return replace(step, no=None, side=side, touchpoints=())
    return Step(step.name, side=side, touchpoints=step.touchpoints)


def _stage_states(journey: JourneyMap) -> dict[str, str | None]:
    """Listed, assigned and free of waste, as far as the map itself shows it."""
    listed = "done" if journey.steps else _LISTED.get(journey.written or "")
    facts = {fact.id: fact for fact in journey.facts()}
    open_steps = facts["journey.unassigned_count"]
    assigned = None
    if open_steps.number is not None:
        whole = open_steps.number == (open_steps.n or 0)
        assigned = "done" if not open_steps.number else ("not_begun" if whole else "under_way")
    found = [one.found for one in journey.found_wastes]
    rearranged = "under_way" if True in found else ("done" if None not in found else None)
    return dict(zip(journey_rows.STAGES, (listed, assigned, rearranged), strict=True))


_LISTED = {"yes": "done", "partly": "under_way", "no": "not_begun"}
