"""Last time's actions: how far they got, and what became of the figures they were to move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from toolkit.diagnosis.changes.changes import FindingChange, Promise
from toolkit.diagnosis.changes.month import Month
from toolkit.diagnosis.edits import AppliedEdit
from toolkit.diagnosis.plan import Action
from toolkit.facts import Facts
from toolkit.impact.impact import Assumptions, impact
from toolkit.intake.profiles.edit import Edit
from toolkit.method import Method
from toolkit.rules.finding import Finding

MOST_RANKED = 10
NOTED = ("assignee", "due", "status", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Two months by one method: last month's findings as judged anew, and what moved."""

    old: Month
    new: Month
    rejudged: Mapping[str, Finding]
    moved: Mapping[str, FindingChange]
    worse: Mapping[str, int]
    method: Method


def promises(kept: Kept, edits: Iterable[AppliedEdit] = ()) -> tuple[Promise, ...]:
    """The actions that last time's report put first or gave to somebody, in its order.

    Args:
        kept: the two months.
        edits: the consultant's; status, reason, assignee and date are taken from those that fit
            no finding of this month too, as one whose rule is good again.
    """
    noted = {one.edit.id: one.edit for one in edits}
    chosen = [(action, noted.get(action.findings[0])) for action in kept.old.actions]
    chosen = [(action, note) for action, note in chosen if _counts(action, note)]
    now = _gaps_now(kept, [action.findings[0] for action, _ in chosen])
    then = _gaps_then(kept, [action.findings[0] for action, _ in chosen])
    return tuple(_promise(action, note, kept, (then, now)) for action, note in chosen)


def _counts(action: Action, note: Edit | None) -> bool:
    held = action.assignee or action.due or any(_noted(note, name) for name in NOTED)
    return action.rank <= MOST_RANKED or bool(held)


def _promise(
    action: Action,
    note: Edit | None,
    kept: Kept,
    gaps: tuple[Mapping[str, tuple[str, float]], Mapping[str, tuple[str, float]]],
) -> Promise:
    code = action.findings[0]
    then, now = (one.get(code) for one in gaps)
    same = then is not None and now is not None and then[0] == now[0] == action.kind
    old = kept.old.findings.get(code)
    return replace(
        _figure(kept.moved.get(code), kept.worse.get(code, 0)),
        id=action.id,
        finding=code,
        rank=action.rank,
        status=_noted(note, "status"),
        reason=_noted(note, "reason"),
        assignee=_noted(note, "assignee") or action.assignee,
        due=_noted(note, "due") or action.due,
        kind=action.kind,
        closure=old.yen.closure if old is not None and old.yen is not None else None,
        promised=action.yen,
        gap_then=then[1] if then else None,
        gap_now=now[1] if now else None,
        realised=then[1] - now[1] if same and then and now else None,
    )


def _noted(note: Edit | None, name: str) -> str | None:
    value: str | None = getattr(note, name) if note is not None else None
    return value or None


def _figure(moved: FindingChange | None, worse: int) -> Promise:
    """The leading figure then and now, and whether it went the right way."""
    plain = Promise(id="", finding="", rank=0)
    if moved is None or moved.fact is None:
        return plain
    return replace(
        plain,
        fact=moved.fact,
        then=moved.old,
        now=moved.new,
        direction=_direction(moved, worse),
    )


def _direction(
    moved: FindingChange, worse: int
) -> Literal["better", "worse", "within_noise"] | None:
    if moved.change is None or not worse:
        return None
    if not moved.beyond_noise:
        return "within_noise"
    return "worse" if moved.change * worse > 0 else "better"


def _gaps_then(kept: Kept, codes: list[str]) -> dict[str, tuple[str, float]]:
    """Kind and gap of last time, anew where the method is another one."""
    if kept.rejudged is not kept.old.findings:
        return gaps(codes, kept.rejudged, kept.old.facts, kept)
    found = {code: kept.old.findings[code].yen for code in codes if code in kept.old.findings}
    return {
        code: (yen.kind, yen.gap)
        for code, yen in found.items()
        if yen is not None and yen.gap is not None
    }


def _gaps_now(kept: Kept, codes: list[str]) -> dict[str, tuple[str, float]]:
    return gaps(codes, kept.new.findings, kept.new.facts, kept)


def gaps(
    codes: Iterable[str], findings: Mapping[str, Finding], facts: Facts, kept: Kept
) -> dict[str, tuple[str, float]]:
    """Kind and yearly gap by rule, of good rules too: 0 where nothing more can be gained.

    A rule that is good again may still leave a gap to the target: its line is not its target.
    """
    asked = [findings[code] for code in codes if code in findings]
    known = [one for one in asked if one.status in ("pass", "fail")]
    opened = [replace(one, status="fail", suppressed=None) for one in known]
    made = impact(opened, facts, kept.method, Assumptions(thresholds=kept.new.thresholds))
    found = {}
    for code, yen in made.yen.items():
        gap = 0.0 if yen.reason == "no_gain" else yen.gap
        if gap is not None:
            found[code] = (yen.kind, gap)
    return found
