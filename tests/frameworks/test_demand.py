"""Demand: how far it is come through six steps, kinds of feedback, long-term work."""

from __future__ import annotations

import pytest

from toolkit.frameworks import Demand, ToBLifecycle
from toolkit.frameworks.demand import KINDS, PIPELINE, by_kind, long_share, pipeline

SCORED = {"importance": 4, "urgency": 3, "value": 5, "effort": 2}


@pytest.mark.parametrize(
    ("fields", "passed"),
    [
        ({}, ("summarise",)),
        ({"kind": "bugs"}, ("summarise", "analyse")),
        ({"customers": 0}, ("summarise", "common_needs")),
        ({"importance": 4}, ("summarise",)),
        ({"importance": 4, "urgency": 2}, ("summarise", "intensity")),
        ({"value": 5}, ("summarise",)),
        ({"value": 5, "effort": 1}, ("summarise", "output_value")),
        ({"scheduled": True}, ("summarise", "schedule")),
    ],
)
def test_each_step_has_its_own_evidence(fields, passed):
    shares = pipeline([Demand("a", **fields)])
    assert tuple(step for step, share in shares.items() if share) == passed
    assert tuple(shares) == PIPELINE


def test_shares_are_of_all_demands():
    shares = pipeline([Demand("a", kind="bugs"), Demand("b"), Demand("c"), Demand("d")])
    assert shares["analyse"] == 0.25
    assert pipeline([]) == {}


def test_kinds_and_long_term_work():
    demands = [
        Demand("a", kind="requests", effort=6),
        Demand("b", kind="bugs", effort=2, horizon="long"),
        Demand("c", kind="requests"),
    ]
    assert by_kind(demands) == {"bugs": 1, "requests": 2}
    assert long_share(demands) == 0.25
    assert long_share([Demand("a")]) is None
    assert len(KINDS) == 4


def test_the_object_ranks_counts_and_schedules():
    quick = Demand("quick", **SCORED, kind="bugs")
    slow = Demand("slow", importance=1, urgency=1, value=1, effort=8)
    tob = ToBLifecycle(demands=[slow, quick])
    rows = {(row.part, row.item): row.value for row in tob.rows()}
    assert [item for part, item in rows if part == "demands"] == ["quick", "slow"]
    assert rows["pipeline", "analyse"] == 0.5
    assert rows["demand_kinds", "bugs"] == 1
    assert rows["long_share", ""] == 0
    # 80 % of 10 days are free for short work: quick takes 2, slow needs 8 of the 6 left
    assert [one.name for one in tob.schedule(10)] == ["quick"]
    assert [one.name for one in tob.schedule(12.5)] == ["quick", "slow"]


@pytest.mark.parametrize("wrong", [{"kind": "praise"}, {"customers": -1}])
def test_wrong_demands_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Demand("a", **wrong)
