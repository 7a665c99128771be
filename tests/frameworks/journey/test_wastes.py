"""Three wastes beside each other: scattered means of telling, by purpose."""

from __future__ import annotations

from mapped.flow import facts_of

from toolkit.facts import Facts
from toolkit.frameworks import JourneyMap
from toolkit.frameworks.journey_facts import PURPOSES
from toolkit.method import load_method


def test_scattered_means(answered):
    means = dict.fromkeys(PURPOSES, 1.0) | {"report": 3.0, "urgent": 2.0}
    fact = facts_of(JourneyMap.from_facts(Facts(answered("q.jrn.comm_tools", means)), {}))
    assert fact["scattered_purposes_count"].value == 1
    assert fact["scattered_purposes_count"].items[0].key == "report"
    some = facts_of(JourneyMap(means={"report": 2}))["scattered_purposes_count"]
    assert (some.state, some.needs) == ("unknown", ("q.jrn.comm_tools",))


def test_purposes_agree_with_the_question():
    assert list(PURPOSES) == load_method().section("questions")["q.jrn.comm_tools"]["items"]


def test_three_wastes_beside_each_other(flow):
    assert flow.wastes == {"duplicated": 2.0, "scattered": None, "skewed": None}
