"""Actions: what the failed rules call for, in the order in which to take them up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

from toolkit.intake.profiles.edit import DROPPED
from toolkit.rules.finding import SEVERITIES, Finding

if TYPE_CHECKING:
    from toolkit.intake.profiles.profile_actions import Agreed

EFFORTS = ("S", "M", "L")
CONFIDENCES = ("high", "mid", "low")
UNCOUNTED = ("note", "idea")
LEADING = 3  # the first page shows as many
MONTHS = 12
HORIZONS = ((30, "days_30"), (60, "days_60"), (90, "days_90"), (182, "half_year"), (365, "year"))
LATER = "later"
DAYS_A_MONTH = 30.0

Constant = Callable[[str], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do.

    ``yen`` is the effect assumed of it, in yen of its ``kind``: a year of profit or of hours
    freed, or cash once; None where it cannot be known, and for exposures. ``net`` is the first
    year after costs, ``steady_net`` a later one; both and ``payback_months`` are None until the
    costs are stated (``initial_yen`` once, ``monthly_yen`` each month), as are assignee and due
    date. ``horizon`` is when it can be done, one action after the other. ``status`` is how far
    the action is, by the consultant's word (not_started, doing, done, dropped).
    """

    id: str
    findings: tuple[str, ...]
    rank: int
    effort: str | None
    initial_yen: float | None = None
    monthly_yen: float | None = None
    net: float | None = None
    steady_net: float | None = None
    payback_months: float | None = None
    assignee: str | None = None
    due: str | None = None
    yen: float | None = None
    kind: str | None = None
    horizon: str | None = None
    status: str | None = None


def plan(
    findings: Iterable[Finding],
    constant: Constant,
    agreed: Mapping[str, Agreed] | None = None,
) -> tuple[Action, ...]:
    """One action a failed rule: most yen for the effort first, the surer before the less sure.

    What calls for action stands before what is to be checked, and these before ideas. A rule
    decided by a house number is not among the first three while others can be; what the client
    has decided against comes last, and takes no time in the plan.

    Args:
        findings: with their yen.
        constant: value of an assumption (``content/thresholds/impact.toml``) by name.
        agreed: costs, assignees and dates by rule code.
    """
    agreed = agreed or {}
    failed = [f for f in findings if f.status == "fail" and f.suppressed is None and f.effort]
    actions = {f.id: _costed(_action(f), agreed.get(f.id)) for f in failed}
    worth = {f.id: _worth(f, actions[f.id], constant) for f in failed}
    known = [value for value in worth.values() if value is not None]
    usual = median(known) if known else 0.0
    ordered = sorted(failed, key=lambda f: _priority(f, worth[f.id], usual))
    dropped = [f for f in ordered if actions[f.id].status == DROPPED]
    ordered = [f for f in ordered if f not in dropped]
    leading = [f for f in ordered if not _by_house(f) and f.severity not in UNCOUNTED][:LEADING]
    ordered = [*leading, *(f for f in ordered if f not in leading), *dropped]
    ranked = [replace(actions[f.id], rank=rank) for rank, f in enumerate(ordered, start=1)]
    return _scheduled(ranked, constant)


def _action(finding: Finding) -> Action:
    yen = finding.yen
    counted = yen is not None and yen.effect is not None and yen.kind != "risk"
    return Action(
        id=f"act.{finding.id}",
        findings=(finding.id,),
        rank=0,
        effort=finding.effort,
        yen=yen.effect if yen is not None and counted else None,
        kind=yen.kind if yen is not None and counted else None,
    )


def _costed(action: Action, agreed: Agreed | None) -> Action:
    """The action with what was agreed of it; net and payback where both costs are stated."""
    if agreed is None:
        return action
    initial, monthly = agreed.initial_yen, agreed.monthly_yen
    made = replace(
        action,
        initial_yen=initial,
        monthly_yen=monthly,
        assignee=agreed.assignee,
        due=agreed.due.isoformat() if agreed.due else None,
        status=agreed.status,
    )
    if action.yen is None or initial is None or monthly is None:
        return made
    if action.kind == "cash":  # comes once: it pays no month
        return replace(made, net=action.yen - initial - MONTHS * monthly)
    steady = action.yen - MONTHS * monthly
    back = initial / (steady / MONTHS) if steady > 0 else None
    return replace(made, net=steady - initial, steady_net=steady, payback_months=back)


def _worth(finding: Finding, action: Action, constant: Constant) -> float | None:
    """Yen a person-day, weighted by kind and confidence; None where the yen is not known."""
    yen = finding.yen
    if yen is None or yen.gap is None:
        return None
    amount = action.net if action.net is not None else (yen.effect or yen.gap)
    weight = 1.0 if yen.kind == "profit" else constant(f"rank_{yen.kind}")
    sure = constant(f"rank_{finding.confidence or CONFIDENCES[-1]}")
    return amount * weight * sure / constant(f"effort_days_{finding.effort}")


def _priority(
    finding: Finding, worth: float | None, usual: float
) -> tuple[int, int, float, bool, int, int, int, int]:
    """Sort key: class, house or not, yen a person-day; then severity, confidence, effort, reach.

    A high finding whose yen is not known counts as a usual one; another comes after them.
    """
    high = finding.severity == SEVERITIES[0]
    value = worth if worth is not None else (usual if high else min(usual, 0.0))
    return (
        0 if finding.red else 1 + int(finding.severity in UNCOUNTED),
        int(_by_house(finding)),
        -value,
        worth is None,
        SEVERITIES.index(finding.severity),
        CONFIDENCES.index(finding.confidence or "low"),
        EFFORTS.index(finding.effort or "L"),
        -len(finding.leads_to),
    )


def _by_house(finding: Finding) -> bool:
    threshold = finding.evidence.threshold
    return threshold is not None and threshold.origin == "house"


def _scheduled(actions: Sequence[Action], constant: Constant) -> tuple[Action, ...]:
    """Actions with their horizon: done one after the other at the person-days of a month."""
    a_day = constant("plan_days_a_month") / DAYS_A_MONTH
    done, made = 0.0, []
    for action in actions:
        if action.status != DROPPED:
            done += constant(f"effort_days_{action.effort}") / a_day
        horizon = next((name for days, name in HORIZONS if done <= days), LATER)
        made.append(replace(action, horizon=horizon))
    return tuple(made)
