"""Procurement: the make-or-buy sheet, the launch with its delay, what is handed on."""

from __future__ import annotations

import math

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Launch, LaunchStep, Procurement, Sourcing
from toolkit.frameworks.edge import outgoing
from toolkit.frameworks.launch import LAUNCH_STEPS, latest

BOX = Sourcing("box", make=True, own_cost_yen=120, quote_yen=90, units_per_year=500)
CARD = Sourcing("card", make=True, own_cost_yen=10, quote_yen=14, units_per_year=500)
NET = Sourcing("net", kind="add_on", make=False, own_cost_yen=80, quote_yen=60, units_per_year=100)


def part(thing, name):
    return [(row.item, row.value) for row in thing.rows() if row.part == name]


@pytest.mark.parametrize(
    ("own", "quote", "cheaper"),
    [(120, 90, "buy"), (90, 120, "make"), (90, 90, "even"), (90, None, None), (None, 90, None)],
)
def test_which_is_cheaper(own, quote, cheaper):
    assert Sourcing("box", own_cost_yen=own, quote_yen=quote).cheaper == cheaper


def test_sheet_of_make_or_buy_largest_saving_first():
    frame = Procurement(items=[CARD, BOX, Sourcing("tape"), NET]).sheet()
    assert frame["item"].tolist() == ["box", "net", "card", "tape"]
    assert frame["saving_year_yen"].tolist()[:3] == [30 * 500, 20 * 100, -4 * 500]
    assert math.isnan(frame.loc[3, "saving_year_yen"])
    assert frame["source"].tolist() == ["make", "buy", "make", None]


def test_only_items_made_in_house_can_be_saved_on_and_dearer_quotes_take_nothing_away():
    assert Procurement(items=[BOX, CARD, NET]).saving_year_yen == 15_000
    assert Procurement(items=[CARD]).saving_year_yen == 0
    assert Procurement(items=[NET]).saving_year_yen is None
    assert Procurement().saving_year_yen is None


def test_answers_by_product_service_and_add_on(answered):
    facts = Facts(answered("q.pro.sources", {"product": "buy", "add_on": "both"}))
    thing = Procurement.from_facts(facts)
    assert part(thing, "items") == [("product", "buy"), ("service", None), ("add_on", "both")]
    assert part(Procurement(items=[BOX]), "items") == [("box", "make")]


@pytest.mark.parametrize(
    ("planned", "launched", "delay"),
    [
        ("2026-06-01", "2026-07-06", 35),
        ("2026-06-01", "2026-05-30", -2),
        ("2026-06-01", None, None),
        (None, "2026-06-01", None),
    ],
)
def test_delay_of_a_launch(planned, launched, delay):
    assert Launch("set", planned_on=planned, launched_on=launched).delay_days == delay


def test_the_last_launch_gives_the_delay_unless_it_was_answered():
    launches = [
        Launch("b", planned_on="2026-06-01", launched_on="2026-06-11"),
        Launch("a", planned_on="2025-01-01", launched_on="2025-03-01"),
        Launch("c", planned_on="2026-09-01"),
    ]
    assert latest(launches).name == "b"
    assert Procurement(launches=launches).launch_delay_days == 10
    assert Procurement(launches=launches, launch_delay_days=3).launch_delay_days == 3
    assert part(Procurement(launches=launches), "launches")[2] == ("c", "2026-09-01")


def test_plan_of_a_launch_lists_every_step_and_the_own_ones():
    launch = Launch(
        "set",
        steps=[LaunchStep("price", due_on="2026-05-01", done_on="2026-05-13"), LaunchStep("photo")],
    )
    frame = launch.plan().set_index("step")
    assert list(frame.index) == [*LAUNCH_STEPS, "photo"]
    assert frame.loc["price", "delay_days"] == 12
    assert "price" not in launch.unplanned
    assert len(launch.unplanned) == len(LAUNCH_STEPS) - 1


def test_what_is_handed_on_is_read_from_the_feedback(answered):
    records = {"procurement_sales": "yes", "procurement_planning": "no", "sales_planning": "yes"}
    facts = [*answered("q.pla.feedback", records), Fact(id="q.pro.feedback", value="no")]
    thing = Procurement.from_facts(Facts(facts))
    assert thing.handed == {"sales": "yes", "planning": "no"}
    assert dict(part(thing, "handed")) == {
        "planning": "no",
        "sales": "yes",
        "fulfillment": None,
        "aftercare": None,
    }
    assert thing.feedback == "no"
    assert [edge.target for edge in outgoing("procurement")] == [*dict(part(thing, "handed"))]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"handed": {"operations": "yes"}}, "handed"),
        ({"handed": {"sales": "often"}}, "handed"),
        ({"sources": {"product": "lend"}}, "sources"),
        ({"items": [BOX, BOX]}, "items"),
    ],
)
def test_wrong_values_are_refused(wrong, field):
    with pytest.raises(ValueError, match=field):
        Procurement(**wrong)


@pytest.mark.parametrize("text", ["2026-13", "soon", "2026/05/01", ""])
def test_a_day_is_an_iso_date(text, lang):
    with pytest.raises(ValueError, match="planned_on") as caught:
        Launch("set", planned_on=text)
    assert caught.value.problems[0].code == "object_date"
    assert "object_date" not in str(caught.value)
