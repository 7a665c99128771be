"""Yen on the findings, and their sums for the year with what the actions cost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from toolkit.diagnosis.plan import Action
from toolkit.facts import Facts
from toolkit.impact.impact import Assumptions, Impact, impact
from toolkit.impact.totals import Totals, Year
from toolkit.intake.profiles.edit import DROPPED
from toolkit.method import Method
from toolkit.rules.finding import Finding
from toolkit.rules.thresholds import resolve

if TYPE_CHECKING:
    from toolkit.diagnosis.plan import Constant
    from toolkit.intake.profiles.profile import Profile

OVERTIME = "q.pla.overtime_cut"
MONTHS = 12


def constants(facts: Facts, method: Method, thresholds: Mapping[str, float]) -> Constant:
    """Assumptions by name, the client's own before the firm's before ours."""

    @cache
    def value(name: str) -> float:
        found = resolve(name, method, facts, thresholds)
        assert found is not None
        return found.value

    return value


def assumptions(profile: Profile) -> Assumptions:
    """What a client's profile sets of the yen."""
    closures = {
        code: one.closure for code, one in profile.actions.items() if one.closure is not None
    }
    return Assumptions(thresholds=profile.thresholds, closures=closures)


def worthed(
    findings: Iterable[Finding], facts: Facts, method: Method, assumed: Assumptions
) -> tuple[tuple[Finding, ...], Impact]:
    """Findings with their yen, and the sums these were shared from."""
    findings = tuple(findings)
    made = impact(findings, facts, method, assumed)
    return tuple(replace(one, yen=made.yen.get(one.id)) for one in findings), made


def totals(made: Impact, actions: Iterable[Action], facts: Facts, constant: Constant) -> Totals:
    """Sums of the plan: hours freed count as profit only where they were said to lower pay.

    What the client decided against is in no sum of the plan.
    """
    counts = facts.value(OVERTIME) == "yes"
    profit, cash, capacity = (made.totals.get(kind) for kind in ("profit", "cash", "capacity"))
    kinds = ("profit", "capacity") if counts else ("profit",)
    counted = [one for one in actions if one.kind in kinds and one.yen is not None]
    counted = [one for one in counted if one.status != DROPPED and _in_sum(made, one)]
    margin = _margin(made)
    cap = None if margin is None else constant("yen_cap") * margin
    effect = sum(one.yen or 0.0 for one in counted)
    return Totals(
        profit=profit,
        cash=cash,
        capacity=capacity,
        first_year=_year(counted, first=True) if counted else None,
        steady_year=_year(counted, first=False) if counted else None,
        margin=margin,
        cap=cap,
        held=cap is not None and effect > cap,
        closure=made.closure,
        capacity_counts=counts,
    )


def _in_sum(made: Impact, action: Action) -> bool:
    return any(made.yen[code].counted for code in action.findings if code in made.yen)


def _margin(made: Impact) -> float | None:
    sales, rate = made.tree.value("sales"), made.tree.value("margin")
    return None if sales is None or rate is None else float(sales * rate)


def _year(actions: list[Action], *, first: bool) -> Year:
    """One year of the plan; a cost not stated leaves sums of that cost and the net open."""
    effect = sum(one.yen or 0.0 for one in actions)
    open_ = sum(one.initial_yen is None or one.monthly_yen is None for one in actions)
    if open_:
        return Year(effect=effect, initial_yen=None, monthly_yen=None, net=None, uncosted=open_)
    initial = sum(one.initial_yen or 0.0 for one in actions) if first else 0.0
    monthly = sum(one.monthly_yen or 0.0 for one in actions)
    net = effect - initial - MONTHS * monthly
    return Year(effect=effect, initial_yen=initial, monthly_yen=monthly, net=net, uncosted=0)
