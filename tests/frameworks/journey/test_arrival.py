"""What the company does after the goods have arrived."""

from __future__ import annotations

import pytest
from mapped.flow import FLOW, facts_of

from toolkit.frameworks import JourneyMap, Step


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
