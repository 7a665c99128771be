"""Journey map: sides, seams, double entry, load, what happens after arrival."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from toolkit.facts import Facts
from toolkit.frameworks import Complaint, JourneyMap, Step
from toolkit.frameworks.journey_facts import PURPOSES
from toolkit.method import load_method

FLOW = [
    Step("choose", side="customer", actor="you", tool="site", mode="manual"),
    Step("order", side="customer", actor="you", tool="cart", mode="manual", data_out="order"),
    Step(
        "fetch order",
        side="company",
        actor="Sato",
        tool="excel",
        mode="manual",
        minutes=3,
        per_day=40,
        data_in="order",
        data_out="Order、list",
    ),
    Step("allocate", side="company", actor="Sato", tool="erp", mode="auto"),
    Step(
        "pack", side="company", actor="Mori", mode="manual", minutes=5, per_day=19, data_out="list"
    ),
    Step("goods arrive", side="customer"),
    Step("call", side="company", actor="Sato, Mori", mode="manual"),
]


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}


@pytest.fixture
def flow():
    return JourneyMap(steps=FLOW)


def test_steps_are_numbered_in_their_order(flow):
    assert [step.no for step in flow.steps] == [1, 2, 3, 4, 5, 6, 7]
    assert [step.no for step in JourneyMap(steps=[Step("a", no=5), Step("b")]).steps] == [5, 6]


def test_side_missing_or_mixed():
    steps = [
        Step("a", side="customer"),
        Step("b"),
        Step("c", side="both"),
        Step("d", side="company"),
    ]
    fact = facts_of(JourneyMap(steps=steps))["side_missing_share"]
    assert (fact.value, fact.n) == (0.5, 4)
    assert [item.key for item in fact.items] == ["2", "3"]


def test_one_assignee_a_company_step(flow):
    fact = facts_of(flow)["unassigned_count"]
    assert (fact.value, fact.n, fact.items[0].label) == (1, 4, "call")
    nobody = JourneyMap(steps=[Step("a", side="company"), Step("b", side="customer")])
    assert facts_of(nobody)["unassigned_count"].value == 1


def test_second_entry_by_the_company_counts_in_any_spelling(flow):
    fact = facts_of(flow)["double_entry_count"]
    assert [item.key for item in fact.items] == ["3", "5"]
    assert fact.value == 2


def entering(name, data_out, minutes=6, per_day=10, **more):
    told = {"side": "company", "mode": "manual", "minutes": minutes, "per_day": per_day}
    return Step(name, data_out=data_out, **{**told, **more})


def test_hours_of_steps_that_enter_nothing_new():
    steps = [
        entering("take", "address, order"),
        entering("copy", "Order", minutes=3),
        entering("set up", "address, licence", minutes=180),  # the address is the least of it
        entering("by itself", "order", mode="auto"),
    ]
    fact = facts_of(JourneyMap(steps=steps))["double_entry_hours"]
    # 3 minutes × 10 × 20 days ÷ 60
    assert (fact.value, fact.n) == (pytest.approx(10.0), 1)
    assert [(item.key, item.value) for item in fact.items] == [("2", 30)]


def test_hours_of_double_entry_that_are_not_known():
    first = entering("take", "order")
    mixed = JourneyMap(steps=[first, entering("set up", "order, licence")])
    assert facts_of(mixed)["double_entry_hours"].reason == "not_split"
    untimed = JourneyMap(steps=[first, entering("copy", "order", minutes=None)])
    assert facts_of(untimed)["double_entry_hours"].reason == "no_column"
    once = JourneyMap(steps=[first, entering("other", "licence")])
    assert facts_of(once)["double_entry_hours"].value == 0
    bare = JourneyMap(steps=[Step("a", side="company")])
    assert facts_of(bare)["double_entry_hours"].reason == "no_column"


def test_hours_of_joining_orders_and_stock_by_hand():
    steps = [
        Step("order", side="customer"),
        entering("fetch orders", None),
        entering("引当をする", None, minutes=4, per_day=15, actor="Mori"),
        entering("allocate stock", None, mode="auto"),
    ]
    fact = facts_of(JourneyMap(steps=steps))["stock_seam_hours"]
    # 4 minutes × 15 × 20 days ÷ 60, however seldom a day
    assert (fact.value, [item.key for item in fact.items]) == (pytest.approx(20.0), ["3"])
    by_itself = [*steps[:2], entering("引当をする", None, mode="auto")]
    assert facts_of(JourneyMap(steps=by_itself))["stock_seam_hours"].value == 0
    untimed = [*steps[:2], entering("引当をする", None, minutes=None)]
    assert facts_of(JourneyMap(steps=untimed))["stock_seam_hours"].reason == "no_column"
    assert facts_of(JourneyMap(steps=[]))["stock_seam_hours"].reason == "no_table"


def test_automatic_steps_enter_nothing_twice():
    steps = [
        Step("a", side="company", mode="manual", data_out="x"),
        Step("b", side="company", mode="auto", data_out="x"),
    ]
    assert facts_of(JourneyMap(steps=steps))["double_entry_count"].value == 0


def test_double_entry_needs_the_column():
    fact = facts_of(JourneyMap(steps=[Step("a", side="company")]))["double_entry_count"]
    assert (fact.state, fact.reason) == ("unknown", "no_column")


@pytest.mark.parametrize("lacking", ["side", "mode"])
def test_without_side_or_mode_nothing_is_found_in_order(lacking):
    told = {"side": "company", "mode": "manual", "data_out": "order", "minutes": 5, "per_day": 30}
    steps = [Step("a", actor="Sato", **told), Step("b", actor="Ito", **told)]
    assert facts_of(JourneyMap(steps=steps))["double_entry_count"].value == 1
    del told[lacking]
    found = facts_of(JourneyMap(steps=[Step("a", **told), Step("b", **told)]))
    for name in ("double_entry_count", "manual_seam_count", "manual_seam_hours"):
        assert (found[name].state, found[name].reason) == ("unknown", "no_column"), name


def test_manual_seams_lead_into_company_steps_by_hand(flow):
    assert [(seam.key, seam.mode) for seam in flow.seams] == [
        ("2-3", "manual"),
        ("3-4", "auto"),
        ("4-5", "manual"),
        ("6-7", "manual"),
    ]
    assert facts_of(flow)["manual_seam_count"].value == 3


def test_going_on_in_the_same_tool_is_no_seam():
    same = {"side": "company", "actor": "Sato", "tool": "erp", "mode": "manual"}
    assert JourneyMap(steps=[Step("a", **same), Step("b", **same)]).seams[0].mode == "none"
    other = JourneyMap(steps=[Step("a", **same), Step("b", **(same | {"tool": "mail"}))])
    assert other.seams[0].mode == "manual"


def test_a_recorded_seam_is_taken_as_it_is():
    same = {"side": "company", "actor": "Sato", "tool": "erp", "mode": "manual"}
    assert (
        JourneyMap(steps=[Step("a", **same, seam=True), Step("b", **same)]).seams[0].mode
        == "manual"
    )
    apart = [Step("a", side="customer", seam=False), Step("b", **same)]
    assert JourneyMap(steps=apart).seams[0].mode == "none"


def test_no_mode_is_no_all_clear():
    steps = [Step("a", side="customer"), Step("b", side="company")]
    fact = facts_of(JourneyMap(steps=steps))["manual_seam_count"]
    assert (fact.state, fact.reason) == ("unknown", "no_column")


def test_hours_count_seams_met_often_enough(flow):
    fact = facts_of(flow)["manual_seam_hours"]
    assert fact.value == pytest.approx(40 * 3 * 20 / 60)  # 19 a day stays out
    assert [item.key for item in fact.items] == ["2-3"]


def test_exactly_the_floor_counts():
    steps = [
        Step("a", side="customer"),
        Step("b", side="company", mode="manual", minutes=6, per_day=20),
    ]
    assert facts_of(JourneyMap(steps=steps))["manual_seam_hours"].value == pytest.approx(40.0)


def test_hours_without_figures_are_unknown_and_without_seams_nought():
    silent = [Step("a", side="customer"), Step("b", side="company", mode="manual")]
    assert facts_of(JourneyMap(steps=silent))["manual_seam_hours"].state == "unknown"
    smooth = [Step("a", side="customer"), Step("b", side="company", mode="auto")]
    assert facts_of(JourneyMap(steps=smooth))["manual_seam_hours"].value == 0


def crew(*minutes):
    return [
        Step(f"task {name}", side="company", actor=name, mode="manual", minutes=m, per_day=1)
        for name, m in zip("ABCDEFG", minutes, strict=False)
    ]


def test_load_per_full_time_person():
    staff = {"A": 1.0, "B": 1.0, "C": 1.0, "D": 1.0, "E": 0.5}
    facts = facts_of(JourneyMap(steps=crew(100, 100, 100, 100, 100), staff=staff))
    assert facts["load_max_ratio"].value == pytest.approx(200 / 120)
    # loads 200, 100×4: Σ|xi−xj| = 2×4×100; ÷ (2 × 5 × 600)
    assert facts["load_gini_fte"].value == pytest.approx(800 / 6000)
    assert facts["load_max_ratio"].items[0].key == "E"
    assert facts["load_max_ratio"].n == 5


def test_even_load_has_no_gini():
    staff = dict.fromkeys("ABCDE", 1.0)
    facts = facts_of(JourneyMap(steps=crew(60, 60, 60, 60, 60), staff=staff))
    assert facts["load_gini_fte"].value == pytest.approx(0.0)
    assert facts["load_max_ratio"].value == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("steps", "staff", "reason", "need"),
    [
        (None, None, "no_table", "journey"),
        ([Step("a", side="company", actor="A")], None, "no_column", "journey"),
        (crew(1, 2, 3, 4), dict.fromkeys("ABCD", 1.0), "small_n", "journey"),
        (crew(1, 2, 3, 4, 5), None, "not_asked", "q.jrn.staff"),
        (crew(1, 2, 3, 4, 5), dict.fromkeys("ABCD", 1.0), "not_asked", "q.jrn.staff"),
    ],
)
def test_load_says_what_it_lacks(steps, staff, reason, need):
    facts = facts_of(JourneyMap(steps=steps, staff=staff))
    for name in ("load_max_ratio", "load_gini_fte"):
        assert (facts[name].reason, facts[name].needs) == (reason, (need,))


def test_machines_and_customers_bear_no_load():
    steps = [
        Step("a", side="company", actor="A", mode="auto", minutes=10, per_day=6),
        Step("b", side="customer", actor="you", mode="manual", minutes=10, per_day=6),
        Step("c", actor="B", mode="manual", minutes=1, per_day=6),
    ]
    assert JourneyMap(steps=steps).minutes_by_actor == {"B": 6.0}


def test_a_step_of_two_is_shared():
    step = Step("a", side="company", actor="A、B", mode="manual", minutes=10, per_day=6)
    assert JourneyMap(steps=[step]).minutes_by_actor == {"A": 30.0, "B": 30.0}


@pytest.mark.parametrize(
    ("steps", "count"),
    [
        (FLOW, 1),
        ([Step("商品が到着する", no=3, side="customer"), Step("お礼状", no=4, side="company")], 1),
        ([Step("到着予定の連絡", no=8, side="customer"), Step("電話", no=9, side="company")], 0),
        ([Step("pack", no=9, side="company"), Step("thank", no=12, side="company")], 1),
        ([Step(f"task {n}", side="company") for n in range(1, 14)], 4),
        ([Step("到着後フォロー", no=10, side="company")], 1),
    ],
)
def test_company_actions_after_arrival(steps, count):
    assert facts_of(JourneyMap(steps=steps))["after_arrival_actions_count"].value == count


def test_a_long_map_without_arrival_is_not_judged():
    steps = [Step(f"task {n}", side="company") for n in range(1, 15)]
    assert facts_of(JourneyMap(steps=steps))["after_arrival_actions_count"].state == "unknown"


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


def series(rows):
    columns = ("step_no", "step", "side", "actor", "tool", "mode", "minutes", "per_day", "seam")
    return {"journey_steps": SimpleNamespace(columns=columns, rows=rows)}


def test_from_the_series_of_the_measures():
    rows = (
        (1, "order", "customer", None, "cart", "manual", 3.0, None, True),
        (2, "copy", "company", "Sato", "excel", "manual", 2.0, 30.0, False),
    )
    journey = JourneyMap.from_facts(Facts(), series(rows))
    assert journey.steps[1] == Step(
        "copy",
        no=2,
        side="company",
        actor="Sato",
        tool="excel",
        mode="manual",
        minutes=2.0,
        per_day=30.0,
        seam=False,
    )
    facts = facts_of(journey)
    assert facts["manual_seam_hours"].value == pytest.approx(20.0)
    assert facts["double_entry_count"].reason == "no_column"


def test_what_the_reader_let_through_breaks_no_map():
    rows = ((None, "a", "shop", "", None, "half", -1.0, float("nan"), None),)
    (step,) = JourneyMap.from_facts(Facts(), series(rows)).steps
    assert step == Step("a", no=1)


@pytest.mark.parametrize("given", [{}, series(())])
def test_without_a_table_all_is_unknown(given):
    facts = facts_of(JourneyMap.from_facts(Facts(), given))
    assert {f.reason for n, f in facts.items() if n != "scattered_purposes_count"} == {"no_table"}


def test_frame_has_a_row_a_step_with_its_seam(flow):
    frame = flow.to_frame()
    assert frame["step_no"].tolist() == [1, 2, 3, 4, 5, 6, 7]
    assert frame.loc[frame["seam"] == "manual", "step"].tolist() == [
        "order",
        "allocate",
        "goods arrive",
    ]


def test_complaints_in_hand_tell_their_own_shares():
    full = Complaint(customer="a1", who="x", what="y", when="z", where="w", why="v", how="u")
    journey = JourneyMap(
        complaints=[full.appended("sent a new one").told(), Complaint(what="y")],
        contact_shares={"keyed_share": 0.9},
    )
    shares = {row.item: row.value for row in journey.rows() if row.part == "contact_shares"}
    assert shares == {
        "keyed_share": 0.5,
        "w5h1_share": pytest.approx(7 / 12),
        "handled_share": 0.5,
        "fed_back_share": 0.5,
    }
    again = [(row.item, row.value) for row in journey.rows() if row.part == "recurring"]
    assert again == [("y", 2)]


def test_complaints_stand_beside_what_is_known_of_their_customers():
    journey = JourneyMap(
        complaints=[Complaint(customer="a1", what="leak"), Complaint(what="late")],
        attributes={"a1": {"age_band": "60s", "plan": 3}},
    )
    frame = journey.complaints_with_attributes()
    assert frame[["customer", "what", "stage", "age_band", "plan"]].values.tolist() == [
        ["a1", "leak", "recorded", "60s", 3],
        [None, "late", "recorded", None, None],
    ]


def test_the_published_flow_mixes_four_steps_and_splits():
    flow = JourneyMap.standard_flow()
    assert [step.no for step in flow.steps] == list(range(1, 14))
    assert [step.no for step in flow.mixed] == [7, 8, 9, 13]
    assert flow.steps[10].touchpoints == ("insert", "my_page")
    apart = flow.split()
    assert apart.mixed == ()
    assert len(apart.steps) == 17
    assert [(s.no, s.side) for s in apart.steps[6:8]] == [(7, "company"), (8, "customer")]
    assert facts_of(apart)["side_missing_share"].value == 0
    assert facts_of(flow)["side_missing_share"].value == pytest.approx(4 / 13)


def test_the_customers_part_of_a_split_step_has_no_tool_of_ours():
    step = Step("call", side="both", actor="Sato", tool="telephone", mode="manual", minutes=4)
    company, customer = JourneyMap(steps=[step]).split().steps
    assert (company.actor, company.minutes) == ("Sato", 4)
    assert (customer.actor, customer.tool, customer.minutes) == (None, None, None)


def states(journey):
    return {row.item: row.value for row in journey.rows() if row.part == "stages"}


def test_stages_follow_from_the_map_and_the_rest_stays_open(flow):
    assert states(JourneyMap()) == dict.fromkeys(("list_flow", "assign", "rearrange", "later"))
    assert states(JourneyMap(written="no"))["list_flow"] == "not_begun"
    assert states(flow) == {
        "list_flow": "done",
        "assign": "under_way",
        "rearrange": "under_way",
        "later": None,
    }
    nobody = JourneyMap(steps=[Step("pack", side="company")])
    assert states(nobody)["assign"] == "not_begun"
    done = JourneyMap(steps=[Step("pack", side="company", actor="Sato")])
    assert (states(done)["assign"], states(done)["rearrange"]) == ("done", None)
    later = [row for row in flow.rows() if row.item == "later"]
    assert [row.open for row in later] == [True]


def test_a_flow_without_waste_is_rearranged():
    staff = dict.fromkeys("ABCDE", 1.0)
    steps = [
        Step(
            f"task {name}",
            side="company",
            actor=name,
            mode="manual",
            minutes=10,
            per_day=1,
            data_out=f"entry {name}",
        )
        for name in staff
    ]
    smooth = JourneyMap(steps=steps, staff=staff, means=dict.fromkeys(PURPOSES, 1.0))
    assert states(smooth)["rearrange"] == "done"


def test_a_firm_adds_stages_of_its_own():
    shown = states(JourneyMap(stages={"train": "not_begun", "assign": "done"}))
    assert (shown["train"], shown["assign"]) == ("not_begun", "done")
    with pytest.raises(ValueError, match="stages"):
        JourneyMap(stages={"train": "soon"})


def test_seams_by_kind_and_where_orders_meet_stock():
    company = {"side": "company", "mode": "manual"}
    flow = JourneyMap(
        steps=[
            Step("order", side="customer"),
            Step("受注データを取り出す", actor="A", tool="cart", **company),
            Step("在庫を引き当てる", actor="A", tool="excel", **company),
            Step("slip", side="company", mode="auto"),
        ]
    )
    seams = {row.item: row.value for row in flow.rows() if row.part == "seams"}
    assert seams == {
        "auto": 1,
        "manual": 2,
        "受注データを取り出す → 在庫を引き当てる": "link_stock",
    }


def test_steps_nobody_or_several_answer_for_are_named(flow):
    rows = {row.item: row.value for row in flow.rows() if row.part == "accountable"}
    assert rows == {"one": 3, "7 call": "several"}
    nobody = JourneyMap(steps=[Step("pack", side="company")])
    shown = {row.item: row.value for row in nobody.rows() if row.part == "accountable"}
    assert shown == {"one": 0, "1 pack": "nobody"}


def test_a_mixed_step_is_told_as_mixed_whatever_its_mode():
    flow = JourneyMap(steps=[Step("call", side="both", mode="manual"), Step("x", side="company")])
    assert [row.value for row in flow.rows() if row.part == "steps"] == ["both", "company"]


def test_tools_and_entries_are_counted(flow):
    tools = {row.item: row.value for row in flow.rows() if row.part == "tools"}
    assert tools == {"excel": 1, "erp": 1}
    data = {row.item: row.value for row in flow.rows() if row.part == "data"}
    assert data == {"list": 2, "order": 1}


def test_desk_from_the_answers(answered):
    said = {"phone_order": "yes", "online_complaint": "no"}
    journey = JourneyMap.from_facts(Facts(answered("q.jrn.desk", said)))
    rows = {row.item: row.value for row in journey.rows() if row.part == "desk"}
    assert len(rows) == 6
    assert (rows["phone_order"], rows["online_complaint"]) == ("yes", "no")
    assert list(rows) == load_method().section("questions")["q.jrn.desk"]["items"]
    with pytest.raises(ValueError, match="fax_order"):
        JourneyMap(desk={"fax_order": "Sato"})


def test_limits_of_a_firm_are_used():
    steps = [
        Step("a", side="customer"),
        Step("b", side="company", mode="manual", minutes=6, per_day=5),
    ]
    limits = {
        "seam_per_day_floor": 5,
        "working_days_per_month": 10,
        "load_people_floor": 1,
        "scattered_means_floor": 9,
    }
    fact = facts_of(JourneyMap(steps=steps, limits=limits))["manual_seam_hours"]
    assert fact.value == pytest.approx(5.0)


@pytest.mark.parametrize(
    "wrong", [{"side": "shop"}, {"mode": "half"}, {"minutes": -1}, {"per_day": float("inf")}]
)
def test_wrong_steps_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Step("a", **wrong)
