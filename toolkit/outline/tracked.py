"""The actions that are followed from month to month: who does them by when, and what they moved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.diagnosis.changes.leading import leading
from toolkit.intake.profiles.edit import DROPPED, STATES

if TYPE_CHECKING:
    from toolkit.diagnosis.changes.changes import Promise
    from toolkit.diagnosis.document import Diagnosis
    from toolkit.diagnosis.plan import Action
    from toolkit.facts import Value

NOT_STARTED, DONE = STATES[0], STATES[2]
CLOSED = (DONE, DROPPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracked:
    """One action: what was agreed of it, and its leading figure as it was last time.

    ``code`` is the rule it answers to, ``action`` the action of this month, None where the rule
    fails no more. ``fact`` is the key of the leading figure; ``promised`` and ``realised`` are
    in the client's currency, None where they are not known.
    """

    code: str
    action: Action | None = None
    assignee: str | None = None
    due: str | None = None
    status: str | None = None
    reason: str | None = None
    fact: str | None = None
    then: Value = None
    promised: float | None = None
    realised: float | None = None

    @property
    def agreed(self) -> bool:
        """Whether somebody has taken it on, or it was decided about."""
        return bool(self.assignee or self.due or self.status)

    @property
    def state(self) -> str:
        """How far it is; not started where nobody has said."""
        return self.status or NOT_STARTED

    def overdue(self, day: str) -> bool:
        """Whether it was due before a day (ISO) and is still open."""
        return bool(self.due and self.due < day and self.status not in CLOSED)


def tracked(diagnosis: Diagnosis) -> tuple[Tracked, ...]:
    """This month's actions in their order, then those of last time whose rule fails no more."""
    changes = diagnosis.changes
    promised = {one.finding: one for one in changes.actions} if changes is not None else {}
    current = {one.findings[0]: one for one in diagnosis.actions}
    rows = [_current(diagnosis, one, promised.get(code)) for code, one in current.items()]
    known = {one.id for one in diagnosis.judged}
    gone = [one for code, one in promised.items() if code not in current and code in known]
    return (*rows, *(_of_last_time(one) for one in gone))


def _current(diagnosis: Diagnosis, action: Action, promise: Promise | None) -> Tracked:
    code = action.findings[0]
    if promise is not None:
        made = _of_last_time(promise)
    else:
        rule = diagnosis.content.section("rules").get(code)
        fact = leading(rule, diagnosis.finding(code), diagnosis.facts).fact
        made = Tracked(
            code=code,
            fact=fact,
            promised=action.yen,
            reason=_reason(diagnosis, code),
        )
    return replace(
        made,
        action=action,
        assignee=action.assignee or made.assignee,
        due=action.due or made.due,
        status=action.status or made.status,
    )


def _of_last_time(one: Promise) -> Tracked:
    """What was agreed and what came of it; no yen is claimed of a figure that moved by chance."""
    names = ("assignee", "due", "status", "reason", "fact", "then", "promised")
    realised = None if one.direction == "within_noise" else one.realised
    kept = {name: getattr(one, name) for name in names}
    return Tracked(code=one.finding, realised=realised, **kept)


def _reason(diagnosis: Diagnosis, code: str) -> str | None:
    found = (one.edit.reason for one in diagnosis.edits if one.edit.id == code and one.fits)
    return next(found, None)
