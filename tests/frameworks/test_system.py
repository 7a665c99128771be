"""Business system, aftercare, fulfillment: gaps, feedback, what stops, what suits."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import Aftercare, BusinessSystem, Fulfillment
from toolkit.frameworks.aftercare import ACTIVITIES
from toolkit.frameworks.edge import EDGES, MODELS, edges_of
from toolkit.frameworks.fulfillment import MEANS, PATTERNS, suitability
from toolkit.frameworks.system import MODULES, TASKS
from toolkit.method import load_method


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}


def test_edges_agree_with_the_question_and_its_models():
    question = load_method().section("questions")["q.pla.feedback"]
    assert [edge.code for edge in EDGES] == question["items"]
    applies = load_method().section("applies")
    tokens = {name: token for name, token in applies["models"].items()}
    assert set(MODELS) == set(tokens)
    for edge in EDGES:
        listed = question["item_models"].get(edge.code)
        wanted = {t for name in listed or ["ALL"] for t in applies["groups"].get(name, [name])}
        assert {tokens[model] for model in edge.models} == wanted, edge.code


def test_tasks_agree_with_the_question():
    assert list(TASKS) == load_method().section("questions")["q.pla.absence"]["items"]


@pytest.mark.parametrize(
    ("model", "count"),
    [(None, 13), ("shop_service", 13), ("saas", 17), ("made_to_order", 18), ("general", 17)],
)
def test_edges_of_a_model(model, count):
    assert len(edges_of(model)) == count


def test_module_gaps_name_their_modules(answered):
    sheet = dict.fromkeys(MODULES, "yes") | {"sales": "no_kpi", "aftercare": "no_assignee"}
    fact = facts_of(BusinessSystem.from_facts(Facts(answered("q.pla.module_sheet", sheet))))
    assert fact["module_gaps_count"].value == 2
    assert {item.key for item in fact["module_gaps_count"].items} == {"sales", "aftercare"}


def test_live_edges_count_only_answered_ones_of_the_model(answered):
    records = {
        "sales_planning": "yes",
        "aftercare_sales": "no",
        "planning_sales": "unknown",
        "operations_product": "no",
    }
    facts = answered("q.pla.feedback", records)
    shop = Facts([*facts, Fact(id="q.pla.model", value="shop_service")])
    fact = facts_of(BusinessSystem.from_facts(shop))["feedback_edges_live_share"]
    assert (fact.value, fact.n) == (0.5, 2)
    assert [item.key for item in fact.items] == ["aftercare_sales"]
    saas = Facts([*facts, Fact(id="q.pla.model", value="saas")])
    fact = facts_of(BusinessSystem.from_facts(saas))["feedback_edges_live_share"]
    assert (fact.value, fact.n) == (pytest.approx(1 / 3), 3)


def test_tasks_that_stop(answered):
    chosen = answered("q.pla.absence", {"quoting": "yes", "key cutting": "yes"})
    facts = Facts([Fact(id="q.pla.absence", value=2.0), *chosen])
    fact = facts_of(BusinessSystem.from_facts(facts))
    assert fact["stops_without_proprietor_count"].value == 2
    assert fact["stops_without_proprietor_share"].value == pytest.approx(2 / 15)
    assert [i.key for i in fact["stops_without_proprietor_count"].items] == [
        "quoting",
        "key cutting",
    ]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        (Fact(id="q.pla.absence", value="none"), 0),
        (Fact(id="q.pla.absence", value=0.0), 0),
        (unknown("q.pla.absence", "answered_unknown"), None),
        (unknown("q.pla.absence", "not_asked"), None),
    ],
)
def test_nothing_stops_only_where_that_was_said(said, value):
    fact = facts_of(BusinessSystem.from_facts(Facts([said])))["stops_without_proprietor_count"]
    assert fact.value == value
    assert fact.known == (value is not None)


def test_fulfillment_is_built_first():
    rows = [row.value for row in BusinessSystem().rows() if row.part == "build_order"]
    assert rows[0] == "fulfillment"
    assert set(rows) == set(MODULES)


def test_wrong_module_is_refused():
    with pytest.raises(ValueError, match="marketing"):
        BusinessSystem(modules={"marketing": "yes"})


def test_open_activities(answered):
    states = dict.fromkeys(ACTIVITIES, "yes") | {
        "data": "no_record",
        "dunning": "not_applicable",
        "gifts": "no_assignee",
    }
    (fact,) = Aftercare.from_facts(Facts(answered("q.aft.activities", states))).facts()
    assert fact.value == 2
    assert {item.key for item in fact.items} == {"data", "gifts"}
    (fact,) = Aftercare(activities={"inquiry": "yes"}).facts()
    assert (fact.state, fact.needs) == ("unknown", ("q.aft.activities",))


def test_aftercare_shows_the_rate_of_180_days():
    facts = Facts(
        [
            Fact(id="customers.f2_conversion", by={"window_days": 90}, value=0.2),
            Fact(id="customers.f2_conversion", by={"window_days": 180}, value=0.31),
        ]
    )
    assert Aftercare.from_facts(facts).f2_share == 0.31


@pytest.mark.parametrize("means", MEANS)
@pytest.mark.parametrize("pattern", PATTERNS)
def test_suitability(pattern, means):
    wanted = "high" if pattern != "onsite" else {"systematise": "partly"}.get(means, "low")
    assert suitability(pattern, means) == wanted


@pytest.mark.parametrize(
    ("pattern", "plan", "suits"),
    [
        ("onsite", "all", False),
        ("onsite", "partly", True),
        ("goods", "all", True),
        (None, "all", None),
        ("onsite", "unknown", None),
    ],
)
def test_outsourcing_all_of_on_site_work_does_not_suit(pattern, plan, suits):
    assert Fulfillment(pattern=pattern, outsource_plan=plan).plan_suits is suits
