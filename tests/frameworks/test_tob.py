"""To-B lifecycle: counts by name, ways of asking, priority with a share for long work."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Case, Demand, Stakeholder, ToBLifecycle, schedule
from toolkit.frameworks.tob_facts import DOCUMENTS, LIFECYCLE, TOPICS, USAGE, fitting_way
from toolkit.method import load_method

COUNTS = {
    "unassigned_stages_count": ("q.tob.lifecycle_assignee", LIFECYCLE),
    "missing_targets_count": ("q.tob.usage_targets", USAGE),
    "missing_documents_count": ("q.tob.docs", DOCUMENTS),
}


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}


@pytest.mark.parametrize("name", COUNTS)
def test_lists_agree_with_the_questions(name):
    question, expected = COUNTS[name]
    assert list(expected) == load_method().section("questions")[question]["items"]


def test_topics_agree_with_the_question():
    assert list(TOPICS) == load_method().section("questions")["q.tob.survey_method"]["items"]


@pytest.mark.parametrize("name", COUNTS)
def test_what_is_missing_is_counted_and_named(name, answered):
    question, expected = COUNTS[name]
    said = dict.fromkeys(expected, "yes") | {expected[0]: "no", expected[1]: "partly"}
    fact = facts_of(ToBLifecycle.from_facts(Facts(answered(question, said))))[name]
    assert (fact.value, fact.items[0].key) == (1, expected[0])
    said |= {expected[0]: "unknown"}
    fact = facts_of(ToBLifecycle.from_facts(Facts(answered(question, said))))[name]
    assert (fact.state, fact.reason, fact.needs) == ("unknown", "answered_unknown", (question,))


@pytest.mark.parametrize(
    ("topic", "way", "wrong"),
    [
        ("needs", "questionnaire", True),
        ("needs", "interview", False),
        ("needs", "both", False),
        ("habits", "interview", True),
        ("habits", "questionnaire", False),
        ("habits", "not_asked", False),
    ],
)
def test_deep_topics_face_to_face_shallow_ones_online(topic, way, wrong):
    said = {t: fitting_way(t) for t in TOPICS} | {topic: way}
    fact = facts_of(ToBLifecycle(survey=said))["method_mismatch_count"]
    assert fact.value == int(wrong)
    assert [item.key for item in fact.items] == ([topic] if wrong else [])


@pytest.mark.parametrize(
    ("customers", "stage"), [(0, 0), (1, 1), (99, 1), (100, 100), (25000, 10000), (None, None)]
)
def test_growth_stage(customers, stage):
    assert ToBLifecycle(customers=customers).growth_stage == stage


def test_the_case_that_fits_best():
    cases = [Case("a", scenario="s"), Case("b", scenario="s", pain="p"), Case("c", need="n")]
    tob = ToBLifecycle(cases=cases)
    assert tob.best_case(scenario="s", pain="p").title == "b"
    assert tob.best_case(scenario="other") is None
    assert ToBLifecycle().best_case(scenario="s") is None


def test_next_link_of_the_decision_chain():
    people = [Stakeholder("a", passed=True), Stakeholder("b"), Stakeholder("c", passed=False)]
    assert ToBLifecycle(stakeholders=people).next_link.name == "b"
    assert ToBLifecycle(stakeholders=people[:1]).next_link is None


def test_priority_is_output_over_input():
    demand = Demand("a", importance=4, urgency=3, value=5, effort=2)
    assert (demand.output, demand.ratio) == (12, 6.0)
    assert Demand("a", importance=4, urgency=3, effort=2).ratio is None
    assert Demand("a", importance=4, urgency=3, value=5).ratio is None
    assert Demand("a", importance=4, urgency=3, value=5, effort=0).ratio is None


def test_a_share_is_kept_for_long_term_work():
    def demand(name, effort, horizon="short"):
        return Demand(name, importance=5, urgency=5, value=5, effort=effort, horizon=horizon)

    quick, second, base = demand("quick", 6), demand("second", 4), demand("base", 8, "long")
    chosen = schedule([quick, second, base, Demand("unscored")], 20, long_term_share=0.4)
    assert [d.name for d in chosen] == ["second", "quick", "base"]
    # without long work the reserved share stays free
    assert [d.name for d in schedule([quick, second], 10, long_term_share=0.4)] == ["second"]
    assert [d.name for d in schedule([quick, second], 10, long_term_share=0.0)] == [
        "second",
        "quick",
    ]


def test_share_comes_from_the_method():
    eight = Demand("a", importance=5, urgency=5, value=5, effort=8)
    assert schedule([eight], 10) == (eight,)
    more = Demand("a", importance=5, urgency=5, value=5, effort=8.1)
    assert schedule([more], 10) == ()


def test_measured_parts_from_facts_and_series():
    facts = Facts(
        [
            Fact(id="contracts.renewal_rate", value=0.91),
            Fact(id="contracts.active_account_rate", value=0.6),
        ]
    )
    curve = SimpleNamespace(
        columns=("month", "survival", "at_risk"), rows=((0, 1.0, 9), (1, 0.9, 9))
    )
    tob = ToBLifecycle.from_facts(facts, {"survival": curve})
    assert tob.business == {"renewal_rate": 0.91}
    assert tob.usage == {"open_rate": 0.6}
    assert tob.survival == ((0, 1.0, 9), (1, 0.9, 9))
    assert "business.signed" in tob.unknown_parts()


@pytest.mark.parametrize(
    "wrong",
    [{"survey": {"needs": "guess"}}, {"assignees": {"reach": "maybe"}}, {"customers": -1}],
)
def test_wrong_values_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ToBLifecycle(**wrong)


def test_scores_of_demand_stay_between_1_and_5():
    with pytest.raises(ValueError, match="urgency"):
        Demand("a", urgency=6)
