"""Seams between steps: where work is handed on by hand, and the hours of it."""

from __future__ import annotations

import pytest
from mapped.flow import facts_of

from toolkit.frameworks import JourneyMap, Step


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
