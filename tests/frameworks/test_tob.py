"""To-B lifecycle: counts by name, ways of asking, priority with a share for long work."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Case, Demand, Stakeholder, ToBLifecycle, schedule
from toolkit.frameworks.survey import TOPICS, fitting_way
from toolkit.frameworks.tob_facts import DOCUMENTS, LIFECYCLE, USAGE
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
    ("customers", "following"), [(0, 1), (120, 1000), (9999, 10000), (10000, None), (None, None)]
)
def test_the_next_stage_and_what_is_missing_to_it(customers, following):
    tob = ToBLifecycle(customers=customers)
    assert tob.next_stage == following
    rows = {row.part: row.value for row in tob.rows()}
    assert rows.get("to_next_stage") == (following - customers if following else None)


def test_each_value_has_the_share_of_its_activities():
    tob = ToBLifecycle(
        values={"user_research": "yes", "testing": "no", "cases": "partly", "telling": "unknown"}
    )
    assert tob.value_shares == {"easy_to_use": 0.5, "easy_to_sell": 0.5, "recognised": None}
    shown = {row.item: row.value for row in tob.rows() if row.part == "value_share"}
    assert shown == {"easy_to_use": 0.5, "easy_to_sell": 0.5}


def test_each_value_names_its_area():
    tob = ToBLifecycle(values={"testing": "yes", "cases": "no"})
    notes = {row.item: row.note for row in tob.rows() if row.part == "value_share"}
    assert notes == {"easy_to_use": "product_development", "easy_to_sell": "promotion_sales"}


def test_documents_by_the_task_they_serve():
    documents = {"feature_guide": "yes", "faq": "partly", "operation_manual": "yes"}
    rows = {
        r.item: r.value for r in ToBLifecycle(documents=documents).rows() if r.part == "doc_tasks"
    }
    assert rows == {"content_output": 0.75}


@pytest.mark.parametrize(
    ("field", "member"),
    [("purposes", "new_value"), ("routes", "partners"), ("allies", "brand"), ("circle", "brand")],
)
def test_lists_told_by_hand_are_shown_whole(field, member):
    rows = [row for row in ToBLifecycle(**{field: {member: "partly"}}).rows() if row.part == field]
    assert len(rows) in (3, 4)
    assert {row.item: row.value for row in rows}[member] == "partly"
    assert not [row for row in ToBLifecycle().rows() if row.part == field]
    with pytest.raises(ValueError, match=field):
        ToBLifecycle(**{field: {member: "maybe"}})


def test_figures_stand_against_their_goals():
    tob = ToBLifecycle(
        usage={"open_rate": 0.8, "core_use": 0.49, "minutes": 90},
        business={"renewal_rate": 0.9},
        goals={"open_rate": 0.8, "core_use": 0.5, "renewal_rate": 0.95, "minutes": 10},
    )
    assert tob.met == {"open_rate": "yes", "core_use": "no", "renewal_rate": "no"}
    rows = {(row.part, row.item): row.value for row in tob.rows()}
    assert (rows["usage_met", "core_use"], rows["business_met", "renewal_rate"]) == ("no", "no")


def test_activities_are_told_by_their_own_questions(answered):
    facts = [
        Fact(id="q.tob.demand_process", value="partly"),
        Fact(id="q.tob.cases", value="no"),
        Fact(id="q.sal.reach_route", value="yes"),
        *answered("q.tob.values", {"proper_use": "yes"}),
        *answered("q.tob.telling", {"culture": "yes", "track_record": "no"}),
        *answered("q.tob.survey_method", {"needs": "interview", "habits": "not_asked"}),
        *answered("q.tob.reach_order", {"positioning": "no"}),
    ]
    tob = ToBLifecycle.from_facts(Facts(facts))
    assert tob.values == {
        "demand_analysis": "partly",
        "precise_reach": "yes",
        "cases": "no",
        "user_research": "yes",
        "telling": "partly",
        "proper_use": "yes",
    }
    assert tob.reach_order == {"positioning": "no", "reach": "yes"}
    assert [row.value for row in tob.rows() if row.part == "reach_skipped"] == ["positioning"]


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ({"needs": "not_asked", "habits": "not_asked"}, "no"),
        ({"needs": "not_asked", "habits": "questionnaire"}, "yes"),
        ({"needs": "not_asked", "habits": "unknown"}, None),
    ],
)
def test_user_research_is_told_by_what_is_asked(said, state, answered):
    tob = ToBLifecycle.from_facts(Facts(answered("q.tob.survey_method", said)))
    assert (tob.values or {}).get("user_research") == state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (dict.fromkeys(("culture", "track_record"), "yes"), "yes"),
        (dict.fromkeys(("culture", "track_record"), "no"), "no"),
        ({"culture": "yes", "track_record": "unknown"}, None),
    ],
)
def test_telling_is_whole_only_where_all_is_told(said, state, answered):
    tob = ToBLifecycle.from_facts(Facts(answered("q.tob.telling", said)))
    assert (tob.values or {}).get("telling") == state


def test_goals_and_accounts_are_read_as_the_model_needs_them():
    given = [
        Fact(id="q.tob.renewal_target", value=0.95),
        Fact(id="tob.top1_account_share", value=0.3),
        Fact(id="tob.dormant_accounts_count", value=4),
    ]
    contracts = ToBLifecycle.from_facts(Facts([*given, Fact(id="q.pla.model", value="saas")]))
    assert contracts.goals == {"renewal_rate": 0.95}
    assert contracts.accounts == {"top1_share": 0.3}
    made = ToBLifecycle.from_facts(Facts([*given, Fact(id="q.pla.model", value="made_to_order")]))
    assert made.accounts == {"top1_share": 0.3, "dormant_count": 4}


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
