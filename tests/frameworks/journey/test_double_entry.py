"""What is entered twice, and the hours of entering nothing new."""

from __future__ import annotations

import pytest
from mapped.flow import facts_of

from toolkit.frameworks import JourneyMap, Step


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
