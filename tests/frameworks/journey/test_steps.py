"""Steps of a map: in their order, on which side, who answers for them, with which tools."""

from __future__ import annotations

import pytest
from mapped.flow import facts_of

from toolkit.frameworks import JourneyMap, Step


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


@pytest.mark.parametrize(
    "wrong", [{"side": "shop"}, {"mode": "half"}, {"minutes": -1}, {"per_day": float("inf")}]
)
def test_wrong_steps_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Step("a", **wrong)
