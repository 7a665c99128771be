"""Mail-order design (通販の全体設計): six slots, stages with measure and KPI, four failures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Fact, Facts
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import codes, refuse, settled, unique, within
from toolkit.frameworks.framework import UNKNOWN, Framework, Row, listed
from toolkit.frameworks.setting import setting

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.method import Method

SLOTS = ("slot_1", "slot_2", "slot_3", "slot_4", "slot_5", "slot_6")
FILLED = {"slot_5": "payment_system", "slot_6": "crm"}
"""Of the six steps two are named in the sources; the place of these two is ours."""
STAGES = ("awareness", "visit", "first_order", "delivery", "second_order", "repeat", "win_back")
FAILURES = ("weak_inserts", "journey_cut", "own_premise", "ads_only")
YES_NO = ("yes", "partly", "no")
STATES = ("seen", "not_seen")
FILLED_CELLS = {"yes": 2, "partly": 1, "no": 0}
"""Of the two cells of a stage, measure and KPI: both, one of them, or none."""
CELLS = ("measure", "kpi")


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the customer's way with its measure (施策), its KPI and the target for it.

    >>> Stage("delivery", measure="insert by order count").state
    'partly'
    """

    code: str
    _: KW_ONLY
    measure: str | None = None
    kpi: str | None = None
    target: str | None = None

    @property
    def state(self) -> str:
        """``yes`` with measure and KPI, ``partly`` with one of them, ``no`` with none."""
        filled = (self.measure is not None) + (self.kpi is not None)
        return {2: "yes", 1: "partly"}.get(filled, "no")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOrderDesign(Framework):
    """The whole design of mail order: the method's six slots, of which two are named.

    ``grid`` holds measure and KPI of each stage; without it ``stages`` says whether both are
    there. ``failures`` says of each of the four common failures whether it is seen.

    >>> MailOrderDesign(failures={"weak_inserts": "seen"}).seen
    ('weak_inserts',)
    >>> MailOrderDesign(grid=[Stage("delivery", measure="insert")]).completeness
    0.5
    """

    NAME: ClassVar[str] = "mail_order"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "slot": SLOTS,
        "stage_cell": STAGES,
        "grid_cell": CELLS,
        "failure": FAILURES,
    }
    SAYS: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "gaps_mean_steps_skipped": ("S3-47",),
        "common_failures": ("S3-45", "S4-28"),
    }
    OPEN: ClassVar[tuple[str, ...]] = ("practice_standard",)

    slots: Mapping[str, str] | None = None
    grid: Sequence[Stage] | None = None
    stages: Mapping[str, str] | None = None
    paid_share: float | None = None
    organic_share: float | None = None
    failures: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        given = {**FILLED, **(self.slots or {})}
        for slot in given:
            if slot not in SLOTS:
                raise refuse("object_code", "slots", slot, allowed=", ".join(SLOTS))
        object.__setattr__(self, "slots", given)
        settled(self, "stages", "failures", "grid")
        unique("grid", [stage.code for stage in self.grid or ()])
        if self.grid:
            drawn = {stage.code: stage.state for stage in self.grid}
            object.__setattr__(self, "stages", {**(self.stages or {}), **drawn})
        codes("stages", self.stages, YES_NO)
        codes("failures", self.failures, STATES)
        within("paid_share", self.paid_share, 0, 1)
        within("organic_share", self.organic_share, 0, 1)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the stages answered at hearing and what is known of the four failures."""
        found = {
            "weak_inserts": _seen(said(facts, "q.ful.insert"), ("no", "older")),
            "journey_cut": _journey_cut(facts),
            "own_premise": _seen(said(facts, "q.crm.premise"), ("own_product",)),
            "ads_only": _ads_only(facts, method),
        }
        return cls(
            stages=said_by_item(facts, "q.pla.kpi_matrix"),
            paid_share=number(facts, "acquisition.paid_share"),
            organic_share=number(facts, "traffic.organic_share"),
            failures={name: state for name, state in found.items() if state is not None} or None,
        )

    @property
    def seen(self) -> tuple[str, ...]:
        """The failures seen."""
        return tuple(name for name, state in (self.failures or {}).items() if state == "seen")

    @property
    def completeness(self) -> float | None:
        """Cells filled ÷ cells of the stages answered (measure and KPI); None where none is.

        A stage that was not asked counts on neither side.
        """
        known = [FILLED_CELLS[state] for state in self._answered.values()]
        return sum(known) / (len(CELLS) * len(known)) if known else None

    @property
    def gaps(self) -> tuple[str, ...]:
        """Stages without measure or without KPI, in their order."""
        return tuple(stage for stage, state in self._answered.items() if state != "yes")

    @property
    def _answered(self) -> dict[str, str]:
        return {s: state for s, state in (self.stages or {}).items() if state in FILLED_CELLS}

    def rows(self) -> tuple[Row, ...]:
        """The six slots, stages with measures and KPIs, the four failures."""
        answered = len(self._answered)
        return (
            *(self._slot_row(slot) for slot in SLOTS),
            *self.open_rows(),
            *listed("stages", STAGES, self.stages, items="stage_cell", said="have"),
            *_grid_rows(self.grid or ()),
            Row(
                part="completeness",
                value=self.completeness,
                unit="share",
                note=str(answered) if answered else "",
                notes="stages",
            ),
            *listed("failures", FAILURES, self.failures, items="failure", said="failure_state"),
            Row(part="paid_share", value=self.paid_share, unit="share"),
            Row(part="organic_share", value=self.organic_share, unit="share"),
        )

    def _slot_row(self, slot: str) -> Row:
        name = (self.slots or {}).get(slot)
        return Row(
            part="slots",
            item=slot,
            value=name,
            items="slot",
            codes="slot_name",
            note="place_ours" if name is not None and FILLED.get(slot) == name else "",
            notes="slot_note",
            open=name is None,
        )

    @property
    def drawn(self) -> tuple[Stage, ...]:
        """Every stage, the standard ones first, with what the grid holds of it."""
        given = {stage.code: stage for stage in self.grid or ()}
        names = dict.fromkeys((*STAGES, *given, *(self.stages or {})))
        return tuple(given.get(name, Stage(name)) for name in names)

    def grid_frame(self) -> pd.DataFrame:
        """Stage by measure and KPI: stage, measure, kpi, target, state (yes, partly, no, None)."""
        import pandas as pd

        states = self.stages or {}
        rows = [(s.code, s.measure, s.kpi, s.target, states.get(s.code)) for s in self.drawn]
        return pd.DataFrame(rows, columns=["stage", *CELLS, "target", "state"], dtype=object)

    def plot(self, ax: Axes | None = None) -> Axes:
        """The stages by measure and KPI: there, not there, or not known."""
        from toolkit.frameworks.grids import stages

        return stages(self, ax)


def _grid_rows(grid: Sequence[Stage]) -> tuple[Row, ...]:
    return tuple(
        Row(part=part, item=stage.code, value=getattr(stage, part), items="stage_cell")
        for part in (*CELLS, "target")
        for stage in grid
        if getattr(stage, part) is not None
    )


def _seen(answer: str | None, bad: tuple[str, ...]) -> str | None:
    if answer is None or answer == UNKNOWN:
        return answer
    return "seen" if answer in bad else "not_seen"


def _journey_cut(facts: Facts) -> str | None:
    actions = number(facts, "journey.after_arrival_actions_count")
    if actions is None:
        return None
    return "seen" if actions < 1 else "not_seen"


def _ads_only(facts: Facts, method: Method | None) -> str | None:
    """Whether new customers come from advertising alone, by the limits of rule SAL002.

    Much paid, little organic search, and no fall of the paid share within the year; one branch
    that is surely untrue clears it, one that is open leaves it open.
    """
    paid = _beyond(facts.find("acquisition.paid_share"), setting("paid_share_limit", method))
    organic = _beyond(facts.find("traffic.organic_share"), setting("organic_share_floor", method))
    change = number(facts, "acquisition.paid_share_change_upper")
    falling = None if change is None else change < 0
    if paid is False or organic is True or falling is True:
        return "not_seen"
    return "seen" if (paid, organic, falling) == (True, False, False) else None


def _beyond(fact: Fact, limit: float) -> bool | None:
    """Whether a fact with its interval lies above a limit (True), below it (False), or astride."""
    value = fact.number
    if value is None:
        return None
    low = value if fact.low is None else fact.low
    high = value if fact.high is None else fact.high
    return True if low > limit else (False if high <= limit else None)
