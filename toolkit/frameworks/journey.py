"""Journey map (業務の流れ): list the flow, assign each task, rearrange without waste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks import journey_facts
from toolkit.frameworks.answers import number, numbers_by_item, said
from toolkit.frameworks.check import code, each_within, settled
from toolkit.frameworks.framework import Framework, Row
from toolkit.frameworks.journey_step import MODES, SIDES, W5H1, Complaint, Seam, Step, seams
from toolkit.frameworks.setting import settings

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

STANDARD_STEPS = (
    "choose",
    "check_details",
    "order",
    "cart",
    "payment_choice",
    "confirm",
    "ship_notice",
    "delivery_notice",
    "arrive",
    "use",
    "look_again",
    "reorder",
    "regular_care",
)
TOUCHPOINTS = ("insert", "my_page")
"""The two places of ``look_again``, step 11."""
STAGES = ("list_flow", "assign", "rearrange")
"""Three stages are described; the list stays open."""
SOURCES, TYPES = ("phone", "online"), ("order", "complaint", "inquiry")
SEAM_EXAMPLE = ("allocate_stock", "reduce_stock", "match_data", "print_slip")
"""What runs by itself in the next morning's batch where orders and stock are linked."""
WASTES = ("duplicated", "scattered", "skewed")
DESK = tuple(f"{source}_{kind}" for source in SOURCES for kind in TYPES)
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
CONTACT_SHARES = ("keyed_share", "w5h1_share", "fed_back_share")


@dataclass(frozen=True, slots=True, kw_only=True)
class JourneyMap(Framework):
    """The client's own flow: steps with side, mode, assignee and tool, seams, three wastes.

    Steps without a number are numbered in their order. ``staff`` is working time a person
    (full time = 1), ``means`` how many ways of internal contact serve a purpose, ``desk`` who
    answers which contact (``phone_order`` …).

    >>> flow = JourneyMap(steps=[Step("order", side="customer"), Step("type it in again",
    ...     side="company", mode="manual", minutes=3, per_day=40, actor="Sato")])
    >>> flow.seams[0].mode, flow.facts()[3].value
    ('manual', 1)
    """

    NAME: ClassVar[str] = "journey"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "standard_step": STANDARD_STEPS,
        "touchpoint": TOUCHPOINTS,
        "journey_stage": STAGES,
        "waste": WASTES,
        "desk": DESK,
        "w5h1": W5H1,
        "seam_example": SEAM_EXAMPLE,
    }

    written: str | None = None
    steps: Sequence[Step] | None = None
    staff: Mapping[str, float] | None = None
    means: Mapping[str, float] | None = None
    desk: Mapping[str, str] | None = None
    complaints: Sequence[Complaint] | None = None
    contact_shares: Mapping[str, float] | None = None
    limits: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        settled(self, "steps", "staff", "means", "desk", "complaints", "contact_shares")
        if self.limits is None:
            object.__setattr__(self, "limits", settings(journey_facts.LIMITS))
        code("written", self.written, ("yes", "partly", "no"))
        each_within("staff", self.staff, 0)
        each_within("means", self.means, 0)
        if self.steps:
            object.__setattr__(self, "steps", _numbered(self.steps))

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the series ``journey_steps`` and the answers on staff and internal contact."""
        found = (series or {}).get("journey_steps")
        shares = {name: number(facts, f"contacts.{name}") for name in CONTACT_SHARES}
        return cls(
            written=said(facts, "q.jrn.flow"),
            steps=_steps(found) if found is not None and found.rows else None,
            staff=numbers_by_item(facts, "q.jrn.staff"),
            means=numbers_by_item(facts, "q.jrn.comm_tools"),
            contact_shares={k: v for k, v in shares.items() if v is not None} or None,
            limits=settings(journey_facts.LIMITS, method),
        )

    @property
    def seams(self) -> tuple[Seam, ...]:
        """Joints into company steps."""
        return seams(self.steps or ())

    @property
    def minutes_by_actor(self) -> dict[str, float]:
        """Minutes a day by hand of each person; a step of several is shared equally."""
        return journey_facts.loads(self.steps or ())

    @property
    def wastes(self) -> dict[str, float | None]:
        """The three wastes: duplicated entries, purposes with scattered means, load max ÷ mean."""
        by_id = {fact.id: fact for fact in self.facts()}
        ids = ("double_entry_count", "scattered_purposes_count", "load_max_ratio")
        return {
            waste: by_id[f"journey.{name}"].number for waste, name in zip(WASTES, ids, strict=True)
        }

    def rows(self) -> tuple[Row, ...]:
        """Steps, assignees, contact desk, complaint records, wastes."""
        return (
            Row(part="written", value=self.written, codes="have"),
            *_step_rows(self.steps),
            *_load_rows(self.minutes_by_actor),
            *(
                Row(part="desk", item=cell, value=(self.desk or {}).get(cell), items="desk")
                for cell in DESK
            ),
            *self._contact_rows(),
            *(
                Row(part="wastes", item=waste, value=value, unit=unit, items="waste")
                for (waste, value), unit in zip(
                    self.wastes.items(), ("count", "count", "ratio"), strict=True
                )
            ),
        )

    def _contact_rows(self) -> tuple[Row, ...]:
        shares = dict(self.contact_shares or {})
        given = self.complaints
        if given:
            shares = {
                "keyed_share": sum(bool(c.customer) for c in given) / len(given),
                "w5h1_share": sum(c.filled_share for c in given) / len(given),
                "fed_back_share": sum(c.told_customer is True for c in given) / len(given),
            }
        return tuple(
            Row(
                part="contact_shares",
                item=name,
                value=shares.get(name),
                unit="share",
                items="contact_share",
            )
            for name in CONTACT_SHARES
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


def _numbered(steps: Sequence[Step]) -> tuple[Step, ...]:
    made = []
    last = 0
    for step in steps:
        last = step.no if step.no is not None else last + 1
        made.append(step if step.no is not None else replace(step, no=last))
    return tuple(made)


def _steps(found: Any) -> tuple[Step, ...]:
    return tuple(_step(dict(zip(found.columns, row, strict=True))) for row in found.rows)


def _step(cells: Mapping[str, Any]) -> Step:
    def text(name: str) -> str | None:
        value = cells.get(name)
        return str(value).strip() or None if value is not None else None

    def figure(name: str) -> float | None:
        value = cells.get(name)
        return float(value) if value is not None and value >= 0 else None

    def one_of(name: str, codes: tuple[str, ...]) -> str | None:
        found = text(name)
        return found if found in codes else None

    return Step(
        text("step") or "",
        no=int(cells["step_no"]) if cells.get("step_no") is not None else None,
        side=one_of("side", SIDES),
        actor=text("actor"),
        tool=text("tool"),
        mode=one_of("mode", MODES),
        minutes=figure("minutes"),
        per_day=figure("per_day"),
        data_in=text("data_in"),
        data_out=text("data_out"),
        seam=_by_hand(cells.get("seam")),
    )


def _by_hand(seam: Any) -> bool | None:
    """A joint recorded as made by hand or not; None where nothing is recorded."""
    if seam is None or seam == "" or seam != seam:
        return None
    return seam == "manual" if isinstance(seam, str) else bool(seam)


def _step_rows(steps: Sequence[Step] | None) -> tuple[Row, ...]:
    if not steps:
        return (Row(part="steps"),)
    return tuple(
        Row(
            part="steps",
            item=f"{step.no} {step.name}",
            value=step.mode if step.by_company else step.side,
            codes="step_kind",
        )
        for step in steps
    )


def _load_rows(loads: Mapping[str, float]) -> tuple[Row, ...]:
    if not loads:
        return (Row(part="loads"),)
    return tuple(
        Row(part="loads", item=actor, value=minutes, unit="minutes")
        for actor, minutes in loads.items()
    )
