"""Figures of the To-B lifecycle: four of usage with goals, five of the business, the accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.facts import Facts
from toolkit.frameworks.answers import number
from toolkit.frameworks.framework import Row

UNITS: Mapping[str, str] = {
    "open_rate": "share",
    "minutes": "minutes",
    "core_use": "share",
    "value_output": "ratio",
    "signed": "count",
    "renewal_rate": "share",
    "collected_yen": "yen",
    "collection_rate": "share",
    "pending_renewals": "count",
    "expansion": "share",
    "top1_share": "share",
    "continuation_share": "share",
    "dormant_count": "count",
    "job_cost_variance": "share",
}
USAGE_FACTS: Mapping[str, str] = {
    "open_rate": "contracts.active_account_rate",
    "minutes": "usage.minutes_per_user",
    "core_use": "usage.core_adoption_share",
    "value_output": "usage.value_output",
}
GOAL_FACTS: Mapping[str, str] = {
    "open_rate": "q.tob.active_target",
    "core_use": "q.tob.core_target",
    "renewal_rate": "q.tob.renewal_target",
}
BUSINESS_FACTS: Mapping[str, str] = {
    "signed": "contracts.signed_count",
    "renewal_rate": "contracts.renewal_rate",
    "collection_rate": "receivables.collection_rate",
    "pending_renewals": "contracts.pending_renewals_90d",
    "expansion": "contracts.expansion_account_share",
}
ACCOUNT_FACTS: Mapping[str, str] = {
    "top1_share": "tob.top1_account_share",
    "continuation_share": "tob.account_continuation_share",
    "dormant_count": "tob.dormant_accounts_count",
    "job_cost_variance": "tob.job_cost_variance",
}
ACCOUNTS = tuple(ACCOUNT_FACTS)


def numbers(facts: Facts, ids: Mapping[str, str]) -> dict[str, float] | None:
    """The known ones of some facts by our names; None where none is known."""
    found = {name: number(facts, fact_id) for name, fact_id in ids.items()}
    return {name: value for name, value in found.items() if value is not None} or None


def figure_rows(
    part: str, names: Sequence[str], figures: Mapping[str, float] | None, items: str = ""
) -> tuple[Row, ...]:
    """A row for each figure, unknown ones included."""
    given = figures or {}
    return tuple(
        Row(part=part, item=name, value=given.get(name), unit=UNITS[name], items=items or part)
        for name in names
    )


def met(figures: Mapping[str, float] | None, goals: Mapping[str, float] | None) -> dict[str, str]:
    """Whether each figure that has a goal reaches it: yes or no.

    Usage time has no good direction by itself and is never judged.

    >>> met({"open_rate": 0.72, "minutes": 30}, {"open_rate": 0.8, "minutes": 20})
    {'open_rate': 'no'}
    """
    given = figures or {}
    return {
        name: "yes" if given[name] >= goal else "no"
        for name, goal in (goals or {}).items()
        if name in given and name != "minutes"
    }
