"""Stages of mending a flow follow from the map."""

from __future__ import annotations

import pytest

from toolkit.frameworks import JourneyMap, Step
from toolkit.frameworks.journey_facts import PURPOSES


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
