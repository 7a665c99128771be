"""Last month's figures judged as this month's are: by its method, thresholds and targets."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.diagnosis.changes.month import Month
from toolkit.facts import Facts
from toolkit.method import Method
from toolkit.rules.finding import Finding
from toolkit.rules.judge import judge


def rejudge(old: Month, new: Month, method: Method) -> Mapping[str, Finding] | None:
    """Last month's findings by code, from its saved figures alone.

    Where method, thresholds and targets are the same, these are the findings of then. Figures
    themselves are not measured anew: where a version counts differently, that is not undone.

    Args:
        old: last month.
        new: this month; its client's thresholds, targets and findings set aside hold.
        method: the content by which to judge.

    Returns:
        None where ``method`` is not the one by which ``new`` was judged.
    """
    if old.method == new.method and not lines_changed(old, new, method):
        return old.findings
    layers = tuple((one.name, one.sha256) for one in method.layers)
    if layers != new.method[1:]:
        return None
    facts = with_targets(old.facts, new.facts, method)
    return {one.id: one for one in judge(facts, method, new.client)}


def lines_changed(old: Month, new: Month, method: Method) -> bool:
    """Whether the client's own thresholds or answered targets are others than last month."""
    if dict(old.thresholds) != dict(new.thresholds):
        return True
    return any(_said(old.facts, key) != _said(new.facts, key) for key in _given(new.facts, method))


def with_targets(then: Facts, now: Facts, method: Method) -> Facts:
    """The figures of then beside the targets of now, as far as now they are answered."""
    cells = [fact for key in _given(now, method) for fact in now.breakdown(key)]
    return then.stated_anew(cells)


def _given(facts: Facts, method: Method) -> list[str]:
    """Questions that set a threshold and are answered."""
    asked = {str(one["question"]) for one in method.section("thresholds").values() if _asks(one)}
    return sorted(key for key in asked if any(one.known for one in facts.breakdown(key)))


def _asks(entry: Mapping[str, object]) -> bool:
    return bool(entry.get("question"))


def _said(facts: Facts, key: str) -> dict[str, object]:
    return {one.key: one.value for one in facts.breakdown(key)}
