"""The three wastes: found above their limits, and the moves that suit each."""

from __future__ import annotations

import pytest

from toolkit.frameworks import JourneyMap, Step
from toolkit.frameworks.waste import ECRS, MOVES, Waste
from toolkit.method import load_method


@pytest.mark.parametrize(("value", "found"), [(None, None), (1.5, False), (1.51, True)])
def test_found_above_the_limit_only(value, found):
    waste = Waste(code="skewed", value=value, limit=1.5)
    assert waste.found is found
    assert waste.moves == (MOVES["skewed"] if found else ())


def test_moves_keep_the_order_of_ecrs():
    for moves in MOVES.values():
        assert sorted(moves, key=ECRS.index) == list(moves)
    assert ECRS == ("eliminate", "combine", "rearrange", "simplify")


def test_the_limit_of_skew_is_that_of_its_rule():
    limit = load_method().section("thresholds")["load_ratio_limit"]["value"]
    assert {w.code: w.limit for w in JourneyMap().found_wastes} == {
        "duplicated": 0.0,
        "scattered": 0.0,
        "skewed": limit,
    }


def test_places_and_moves_stand_beside_a_waste():
    steps = [
        Step("type", side="company", mode="manual", data_out="address"),
        Step("type again", side="company", mode="manual", data_out="address"),
    ]
    journey = JourneyMap(steps=steps)
    duplicated = journey.found_wastes[0]
    assert duplicated.places == ("type again: address",)
    notes = {row.item: row.note for row in journey.rows() if row.part == "wastes"}
    assert notes == {"duplicated": "duplicated", "scattered": "", "skewed": ""}
