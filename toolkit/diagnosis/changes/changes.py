"""Changes, what a comparison leaves: findings, figures and promises of last time, as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from toolkit.facts import Value

State = Literal[
    "new",
    "reopened",
    "worse",
    "unchanged",
    "better",
    "resolved",
    "borderline",
    "newly_known",
    "held_back",
    "applies_now",
    "no_longer_applies",
    "changed_method",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """The month compared with: its day, and the day to which its figures ran."""

    run_date: str
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """One rule, last time and now.

    ``was`` is the status printed last time, ``rejudged`` the same figures by this month's method
    and thresholds, ``now`` this month's status; None where the rule was not there. ``state`` is
    ``changed_method`` where the first two (or their severities) differ; ``method_state`` then
    says what else happened, from ``rejudged`` to ``now``. ``fact`` is the leading figure with
    its value then and now, ``reason`` why ``now`` is what it is (as on the finding).
    """

    id: str
    state: State
    was: str | None
    rejudged: str | None
    now: str | None
    was_severity: str | None = None
    severity: str | None = None
    reason: str | None = None
    method_state: State | None = None
    fact: str | None = None
    old: Value = None
    new: Value = None
    change: float | None = None
    noise: float | None = None
    beyond_noise: bool = False

    @property
    def by_business(self) -> State:
        """What happened in the business, the method being the same."""
        return self.method_state or self.state


@dataclass(frozen=True, slots=True, kw_only=True)
class FactChange:
    """One figure, last time and now; ``id`` is its key.

    ``noise`` is how far it may move without saying anything, ``beyond`` whether it moved further.
    ``year_ago`` is its value a year before: of a month kept then (``kept``), else reckoned from
    this month's own figures (``yoy``), as ``year_ago_by`` says.
    """

    id: str
    old: Value
    new: Value
    change: float | None = None
    noise: float | None = None
    beyond: bool = False
    year_ago: Value = None
    year_ago_by: Literal["kept", "yoy"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """One action of last time: how far it got, and its leading figure then and now.

    ``promised`` is the effect printed last time in yen of ``kind``, a part ``closure`` of the gap
    of then. ``realised`` is how much smaller the gap is now, by this month's method; it holds
    whatever else happened in between, and is None where a gap is not known on either side.
    """

    id: str
    finding: str
    rank: int
    status: str | None = None
    reason: str | None = None
    assignee: str | None = None
    due: str | None = None
    fact: str | None = None
    then: Value = None
    now: Value = None
    direction: Literal["better", "worse", "within_noise"] | None = None
    kind: str | None = None
    closure: float | None = None
    promised: float | None = None
    gap_then: float | None = None
    gap_now: float | None = None
    realised: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All that changed since the last kept month.

    ``method_changed`` tells that the method or the version differs, ``lines_changed`` that the
    client's own thresholds or targets do; ``recomputed`` whether last month could be judged by
    this month's method, ``year_ago`` the day of the month kept a year before.
    """

    since: Since
    method_changed: bool
    lines_changed: bool
    recomputed: bool
    year_ago: str | None
    findings: tuple[FindingChange, ...]
    facts: tuple[FactChange, ...]
    actions: tuple[Promise, ...]

    def of(self, *states: State) -> tuple[FindingChange, ...]:
        """The findings in one of some states, in the order of the rules."""
        return tuple(one for one in self.findings if one.state in states)


def changes_from(record: Mapping[str, Any] | None) -> Changes | None:
    """Changes from their record in diagnosis.json; None where nothing was kept before."""
    if record is None:
        return None
    return Changes(
        **{
            **record,
            "since": Since(**record["since"]),
            "findings": tuple(FindingChange(**one) for one in record["findings"]),
            "facts": tuple(FactChange(**one) for one in record["facts"]),
            "actions": tuple(Promise(**one) for one in record["actions"]),
        }
    )
