"""Mail-order design (通販の全体設計): six slots, stages with measure and KPI, four failures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Self

from toolkit.facts import Facts
from toolkit.frameworks.answers import number, said, said_by_item
from toolkit.frameworks.check import codes, refuse, settled
from toolkit.frameworks.framework import Framework, Row, listed

if TYPE_CHECKING:
    from toolkit.method import Method

SLOTS = ("slot_1", "slot_2", "slot_3", "slot_4", "slot_5", "slot_6")
FILLED = {"slot_5": "payment_system", "slot_6": "crm"}
"""Of the six steps two are named in the sources; the place of these two is ours."""
STAGES = ("awareness", "visit", "first_order", "delivery", "second_order", "repeat", "win_back")
FAILURES = ("weak_inserts", "journey_cut", "own_premise", "ads_only")
YES_NO = ("yes", "partly", "no")
STATES = ("seen", "not_seen")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailOrderDesign(Framework):
    """The whole design of mail order: the method's six slots, of which two are named.

    ``failures`` says of each of the four common failures whether it is seen.

    >>> MailOrderDesign(failures={"weak_inserts": "seen"}).seen
    ('weak_inserts',)
    """

    NAME: ClassVar[str] = "mail_order"
    STANDARD: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "slot": SLOTS,
        "stage_cell": STAGES,
        "failure": FAILURES,
    }

    slots: Mapping[str, str] | None = None
    stages: Mapping[str, str] | None = None
    failures: Mapping[str, str] | None = None

    def __post_init__(self) -> None:
        given = {**FILLED, **(self.slots or {})}
        for slot in given:
            if slot not in SLOTS:
                raise refuse("object_code", "slots", slot, allowed=", ".join(SLOTS))
        object.__setattr__(self, "slots", given)
        settled(self, "stages", "failures")
        codes("stages", self.stages, YES_NO)
        codes("failures", self.failures, STATES)

    @classmethod
    def from_facts(
        cls,
        facts: Facts,
        series: Mapping[str, Any] | None = None,
        method: Method | None = None,
    ) -> Self:
        """From the stages answered at hearing and what is known of the four failures.

        Dependence on advertising is left to its rule, which compares with the year before.
        """
        found = {
            "weak_inserts": _seen(said(facts, "q.ful.insert"), ("no", "older")),
            "journey_cut": _journey_cut(facts),
            "own_premise": _seen(said(facts, "q.crm.premise"), ("own_product",)),
        }
        return cls(
            stages=said_by_item(facts, "q.pla.kpi_matrix"),
            failures={name: state for name, state in found.items() if state is not None} or None,
        )

    @property
    def seen(self) -> tuple[str, ...]:
        """The failures seen."""
        return tuple(name for name, state in (self.failures or {}).items() if state == "seen")

    def rows(self) -> tuple[Row, ...]:
        """The six slots, stages with measures and KPIs, the four failures."""
        return (
            *(
                Row(
                    part="slots",
                    item=slot,
                    value=(self.slots or {}).get(slot),
                    items="slot",
                    codes="slot_name",
                )
                for slot in SLOTS
            ),
            *listed("stages", STAGES, self.stages, items="stage_cell", said="have"),
            *listed("failures", FAILURES, self.failures, items="failure", said="failure_state"),
        )


def _seen(answer: str | None, bad: tuple[str, ...]) -> str | None:
    if answer is None or answer == "unknown":
        return answer
    return "seen" if answer in bad else "not_seen"


def _journey_cut(facts: Facts) -> str | None:
    actions = number(facts, "journey.after_arrival_actions_count")
    if actions is None:
        return None
    return "seen" if actions < 1 else "not_seen"
