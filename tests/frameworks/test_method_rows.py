"""Each statement of the method that an object cites is held by a list, a sentence or a check.

Lists stand here in full and in their order: a list that loses an item loses the statement.
"""

from __future__ import annotations

import pytest

from toolkit.frameworks import OBJECTS, Aftercare, Crm, JourneyMap, ToBLifecycle
from toolkit.frameworks.tob_method import AREAS, GROWTH, VALUES
from toolkit.method import load_method

LISTS = {
    "aftercare": {
        "S0-34": ("activity", "inquiry complaint returns dunning magazine data"),
        "S0-41": ("edge", "sales_aftercare aftercare_sales"),
    },
    "tob": {
        "S2-01": ("ops_element", "coordinate choose_means reach_goals guide_people"),
        "S2-06": ("orientation", "product_operations user_operations"),
        "S2-07": ("ops_work", "sales_operations customer_success content events"),
        "S2-08": ("purpose", "solve_process raise_efficiency new_value"),
        "S2-09": ("value", "easy_to_use easy_to_sell recognised"),
        "S2-10": (
            "value_activity",
            "user_research data_monitoring demand_analysis testing "
            "precise_reach commercial_value cases proper_use creative_help telling",
        ),
        "S2-13": ("feedback", "bugs experience improvements requests"),
        "S2-14": ("topic", "habits awareness liking needs scenes business_model"),
        "S2-17": ("usage", "open_rate minutes core_use value_output"),
        "S2-22": (
            "business",
            "signed renewal_rate collected_yen collection_rate pending_renewals expansion",
        ),
        "S2-29": (
            "pipeline",
            "summarise analyse common_needs intensity output_value schedule",
        ),
        "S2-30": ("criterion", "importance urgency value"),
        "S2-32": ("knowledge", "design_process tools resources management"),
        "S2-34": ("doc", "feature_guide operation_manual faq training_material"),
        "S2-35": ("doc_task", "content_output customer_training"),
        "S2-37": ("ally", "brand marketing public_relations sales"),
        "S2-38": ("pre_sale", "reach awareness talk purchase"),
        "S2-39": ("reach_route", "sales_force partners existing_customers"),
        "S2-41": ("referral_effect", "wider_reach deeper_understanding contracts"),
        "S2-44": ("with_customer", "apply solve better_ways discover_needs give_solutions"),
        "S2-46": ("case_match", "scenario pain need"),
        "S2-47": ("case_effect", "empathy doubt_broken desire_to_try confidence"),
        "S2-52": ("satisfaction", "basic higher"),
        "S2-54": ("telling", "culture competitiveness uniqueness track_record"),
        "S2-55": ("circle", "brand development promotion"),
        "S2-56": ("area", "product_development promotion_sales brand_building"),
        "S2-58": ("lifecycle", "reach awareness talk purchase use accompany serve renew"),
        "S2-60": ("reach_order", "positioning promotion_plan reach"),
        "S2-62": ("success", "purchase use accompany serve solve"),
        "S2-63": ("test_order", "design testing"),
    },
    "journey": {
        "S3-07": (
            "standard_step",
            "choose check_details order cart payment_choice confirm ship_notice delivery_notice "
            "arrive use look_again reorder regular_care",
        ),
        "S3-17": ("touchpoint", "insert my_page"),
        "S3-24": ("seam_auto", "allocate_stock reduce_stock match_data print_slip"),
        "S3-26": ("seam_manual", "download_orders allocate_by_hand"),
        "S3-29": (
            "desk",
            "phone_order phone_complaint phone_inquiry online_order online_complaint "
            "online_inquiry",
        ),
        "S3-32": ("w5h1", "who what when where why how"),
        "S3-33": ("complaint_stage", "recorded handed_over handled closed"),
        "S3-34": ("journey_stage", "list_flow assign rearrange"),
        "S3-35": ("waste", "duplicated scattered skewed"),
    },
    "crm": {
        "S4-16": ("maturity", "strategy process it"),
        "S4-18": ("migration_phase", "requirements build parallel switch"),
        "S4-19": ("database", "sales customer product receivable history promotion"),
        "S4-23": ("count_step", "per_customer duplicates descending"),
        "S4-29": ("crm_sense", "strategy software"),
    },
}
GROWN = {
    "aftercare": Aftercare(),
    "tob": ToBLifecycle(values={"testing": "yes"}),
    "journey": JourneyMap.standard_flow(),
    "crm": Crm(),
}
SAID = {
    "aftercare": {"S0-40", "S0-41"},
    "tob": {
        *(
            "S2-01",
            "S2-02",
            "S2-03",
            "S2-04",
            "S2-33",
            "S2-36",
            "S2-63",
            "S2-43",
            "S2-45",
            "S2-49",
            "S2-50",
        ),
        *("S2-51", "S2-57", "S2-58", "S2-59", "S2-61"),
    },
    "journey": {"S3-06", "S3-23", "S3-25", "S3-27", "S3-38", "S3-39", "S3-40", "S3-43"},
    "crm": {
        *("S4-13", "S4-14", "S4-15", "S4-16", "S4-20", "S4-21", "S4-22", "S4-26", "S4-29"),
    },
}


@pytest.mark.parametrize(
    ("name", "source"), [(name, source) for name, rows in LISTS.items() for source in rows]
)
def test_the_list_of_a_statement_is_whole_and_in_order(name, source):
    codes, members = LISTS[name][source]
    assert OBJECTS[name].STANDARD[codes] == tuple(members.split())
    assert source in load_method().section("objects")[name]["sources"]


@pytest.mark.parametrize("name", SAID)
def test_what_the_method_states_is_said_with_its_source(name, lang):
    says = OBJECTS[name].SAYS
    assert {source for sources in says.values() for source in sources} == SAID[name]
    assert set(load_method().section("objects")[name]["sources"]) >= SAID[name]
    frame = OBJECTS[name].statements()
    assert not frame["text"].str.startswith("frameworks.").any()
    shown = OBJECTS[name]()._repr_html_()
    assert all(source in shown for source in SAID[name])


def test_growth_and_the_values_with_their_areas():
    assert GROWTH == (0, 1, 100, 1000, 10000)
    assert [len(names) for names in VALUES.values()] == [4, 3, 3]
    assert set(AREAS) == set(VALUES)


def test_the_thirteen_steps_have_sides_and_the_eleventh_two_places():
    flow = JourneyMap.standard_flow()
    assert len(flow.steps) == 13
    assert {step.side for step in flow.steps} == {"customer", "both"}
    assert [len(step.touchpoints) for step in flow.steps].index(2) == 10


def test_what_the_source_names_and_does_not_give_is_shown_as_open():
    for name, slot in (("journey", "later"), ("crm", "analysis_template")):
        assert [row.open for row in OBJECTS[name]().rows() if row.item == slot] == [True], name


METHOD = load_method()
PLACES = [
    (name, source, place)
    for name in LISTS
    for source, places in METHOD.section("objects")[name]["held"].items()
    for place in places
]


@pytest.mark.parametrize("name", LISTS)
def test_each_cited_statement_has_places_and_no_other_has(name):
    entry = METHOD.section("objects")[name]
    assert sorted(entry["held"]) == sorted(entry["sources"])
    assert all(entry["held"].values())


@pytest.mark.parametrize(("name", "source", "place"), PLACES)
def test_each_place_is_there_and_cites_the_statement(name, source, place):
    kind, _, where = place.partition(".")
    thing = OBJECTS[name]()
    if kind == "text":
        assert f"frameworks.objects.{name}.text" in METHOD.words["ja"]
    elif kind == "says":
        assert source in thing.SAYS[where]
    elif kind == "list":
        codes, _, member = where.partition(".")
        assert not member or member in thing.STANDARD[codes]
        assert thing.STANDARD[codes]
    elif kind == "part":
        assert where in {row.part for row in (*thing.rows(), *GROWN[name].rows())}
    elif kind == "open":
        assert where in thing.OPEN
    else:
        section = {"rule": "rules", "question": "questions", "fact": "measures"}[kind]
        assert source in METHOD.section(section)[where]["sources"]


def test_collected_stands_with_its_share_of_what_fell_due():
    names = [row.item for row in ToBLifecycle().rows() if row.part == "business"]
    assert names.index("collection_rate") == names.index("collected_yen") + 1
