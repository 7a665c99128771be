"""Fulfillment: inserts by their age, the flow drawn first, means in use, lead times."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Fulfillment, Insert
from toolkit.method import load_method


@pytest.mark.parametrize(
    ("dates", "as_of", "state"),
    [
        (["2025-07-31"], "2026-07-31", "within_12m"),
        (["2025-07-30"], "2026-07-31", "within_12m"),
        (["2025-06-30"], "2026-07-31", "older"),
        (["2026-07", "2024-01"], "2026-07-31", "older"),
        (["2026-07", None], "2026-07-31", None),
        (["2026-07"], None, None),
        ([], "2026-07-31", "no"),
    ],
)
def test_inserts_are_as_fresh_as_the_oldest(dates, as_of, state):
    inserts = [Insert(f"i{place}", revised_on=on) for place, on in enumerate(dates)]
    assert Fulfillment(inserts=inserts, as_of=as_of).insert == state


def test_the_answer_stands_before_the_dates():
    inserts = [Insert("thanks", revised_on="2020-01")]
    assert Fulfillment(insert="within_12m", inserts=inserts, as_of="2026-07").insert == "within_12m"


def test_limit_of_inserts_is_the_methods():
    assert load_method().section("thresholds")["insert_age_limit"]["value"] == 12


@pytest.mark.parametrize(
    ("flow", "first"), [("no", True), ("partly", False), ("yes", False), ("unknown", None)]
)
def test_delivery_is_built_first_where_it_is_not_drawn(flow, first):
    assert Fulfillment(flow=flow).to_build_first is first


def test_steps_are_a_flow():
    thing = Fulfillment(flow_steps=["pick", "pack", "hand over"])
    assert thing.flow == "yes"
    rows = [(row.item, row.value) for row in thing.rows() if row.part == "flow_steps"]
    assert rows == [("1", "pick"), ("2", "pack"), ("3", "hand over")]
    assert "flow_steps" in Fulfillment().unknown_parts()


def test_lead_times_are_measured():
    facts = Facts(
        [
            Fact(id="delivery.ship_days_median", value=1.0),
            Fact(id="delivery.ship_days_p90", value=3.5),
            Fact(id="delivery.delivery_days_median", value=2.0),
        ]
    )
    rows = {row.part: (row.value, row.unit) for row in Fulfillment.from_facts(facts).rows()}
    assert rows["ship_days_p90"] == (3.5, "days")
    assert rows["ship_days_median"] == (1.0, "days")
    assert rows["delivery_days_median"] == (2.0, "days")


@pytest.mark.parametrize(
    "wrong",
    [
        {"means_used": {"magic": "yes"}},
        {"means_used": {"outsource": "often"}},
        {"inserts": [Insert("a"), Insert("a")]},
        {"as_of": "today"},
        {"ship_days_p90": -1},
    ],
)
def test_wrong_values_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Fulfillment(**wrong)
