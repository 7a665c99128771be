"""The state of a finding between two months: twelve, each with its exact meaning.

| state | last time → now, by the same method |
|---|---|
| ``new`` | good → to be acted on, and it never failed in a kept month |
| ``reopened`` | good → to be acted on, and it had failed in a month kept before the last one |
| ``resolved`` | to be acted on → good; with reason ``no_difference`` it is only no longer seen |
| ``borderline`` | back over the line it crossed last month, by exact figures within the noise band |
| ``worse``, ``better`` | failed both times; the leading figure left the noise band, else the severity rose or fell |
| ``unchanged`` | the same status, nothing beyond the noise band |
| ``newly_known`` | open → good or to be acted on |
| ``held_back`` | good or to be acted on → open; the finding's reason says why |
| ``applies_now``, ``no_longer_applies`` | the rule did not concern the client then, or does not now |
| ``changed_method`` | last month's own figures are judged otherwise by this month's method, or the rule is new or gone |

A crossing is told however little the figure moved in one month, since a fall that takes half a
year moves little in each: a sampled figure crosses only where its whole interval does, and a named
test only at 95 %. Only the way back of an exact figure that wavers about its line is not counted.
"""  # noqa: E501 — rows of a table

from __future__ import annotations

from dataclasses import dataclass

from toolkit.diagnosis.changes.changes import State
from toolkit.diagnosis.changes.noise import Move
from toolkit.rules.finding import SEVERITIES, Finding

OPPORTUNITY = "idea"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of a rule besides its two findings.

    ``worse`` is the sign of a change for the worse, ``at_the_line`` tells that only exact figures
    decided and none moved beyond noise. ``before`` is its status in the kept month before the
    last, ``failed_before`` tells that it failed in any month before the last.
    """

    moved: Move
    worse: int = 0
    at_the_line: bool = False
    before: str | None = None
    failed_before: bool = False


def state_between(was: Finding, now: Finding, seen: Seen) -> State:
    """The state of a rule judged by one method in two months."""
    if was.status == now.status:
        return _still_failing(was, now, seen) if now.status == "fail" else "unchanged"
    if "not_applicable" in (was.status, now.status):
        return "applies_now" if was.status == "not_applicable" else "no_longer_applies"
    if "unknown" in (was.status, now.status):
        return "newly_known" if was.status == "unknown" else "held_back"
    if seen.at_the_line and seen.before == now.status:
        return "borderline"
    if now.status == "pass":
        return "resolved"
    return "reopened" if seen.failed_before else "new"


def _still_failing(was: Finding, now: Finding, seen: Seen) -> State:
    """Better or worse by the figure, else by the severity; an opportunity is neither."""
    if now.severity == OPPORTUNITY:
        return "unchanged"
    if seen.moved.beyond and seen.moved.change and seen.worse:
        return "worse" if seen.moved.change * seen.worse > 0 else "better"
    step = SEVERITIES.index(was.severity) - SEVERITIES.index(now.severity)
    if step:
        return "worse" if step > 0 else "better"
    return "unchanged"
