"""Mail-order design: open slots seen as open, the grid of measures and KPIs, ads alone."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import MailOrderDesign, Stage
from toolkit.method import load_method
from toolkit.words import words


def test_four_slots_are_shown_as_open_and_two_by_name(lang):
    book = words(load_method(), lang)
    shown = MailOrderDesign()._repr_html_()
    open_text = book.text("frameworks.shown.open")
    for place in range(1, 5):
        slot = book.text(f"frameworks.codes.slot.slot_{place}")
        assert book.text("frameworks.shown.item", item=slot, value=open_text) in shown
    for name in ("payment_system", "crm"):
        assert book.text(f"frameworks.codes.slot_name.{name}") in shown
    assert shown.count(book.text("frameworks.codes.slot_note.place_ours")) == 2


def test_a_slot_given_by_hand_is_open_no_more():
    rows = {row.item: row for row in MailOrderDesign(slots={"slot_1": "sourcing"}).rows()}
    assert (rows["slot_1"].value, rows["slot_1"].open) == ("sourcing", False)
    assert rows["slot_2"].open


def test_completeness_counts_two_cells_a_stage_answered():
    # yes 2 + partly 1 + no 0 of 3 × 2; what is not known counts on neither side
    stages = {"awareness": "yes", "visit": "partly", "repeat": "no", "win_back": "unknown"}
    design = MailOrderDesign(stages=stages)
    assert design.completeness == pytest.approx(3 / 6)
    assert design.gaps == ("visit", "repeat")
    assert MailOrderDesign(stages={"visit": "unknown"}).completeness is None
    assert MailOrderDesign().completeness is None


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        (Stage("visit", measure="search", kpi="sessions"), "yes"),
        (Stage("visit", measure="search"), "partly"),
        (Stage("visit", kpi="sessions"), "partly"),
        (Stage("visit"), "no"),
    ],
)
def test_a_drawn_stage_tells_its_state(stage, state):
    design = MailOrderDesign(grid=[stage], stages={"visit": "unknown", "repeat": "yes"})
    assert design.stages == {"visit": state, "repeat": "yes"}


def test_grid_lists_every_stage_and_the_own_ones():
    grid = [Stage("delivery", measure="insert", target="5%"), Stage("gift", kpi="sets")]
    frame = MailOrderDesign(grid=grid, stages={"visit": "no"}).grid_frame().set_index("stage")
    assert len(frame) == 8
    assert frame.loc["delivery"].tolist() == ["insert", None, "5%", "partly"]
    assert frame.loc["visit", "state"] == "no"
    assert frame.loc["repeat", "state"] is None
    assert frame.index[-1] == "gift"


def test_a_stage_stands_once():
    with pytest.raises(ValueError, match="grid"):
        MailOrderDesign(grid=[Stage("visit"), Stage("visit")])


def shares(paid=None, organic=None, change=None, spread=None):
    ids = {
        "acquisition.paid_share": paid,
        "traffic.organic_share": organic,
        "acquisition.paid_share_change_upper": change,
    }
    spread = spread or {}
    return Facts(
        [
            Fact(id=name, value=value, **spread.get(name, {}))
            for name, value in ids.items()
            if value is not None
        ]
    )


@pytest.mark.parametrize(
    ("given", "state"),
    [
        ({"paid": 0.8, "organic": 0.1, "change": 0.0}, "seen"),
        ({"paid": 0.8, "organic": 0.1, "change": -0.02}, "not_seen"),
        ({"paid": 0.7, "organic": 0.1, "change": 0.0}, "not_seen"),
        ({"paid": 0.8, "organic": 0.2, "change": 0.0}, "not_seen"),
        ({"paid": 0.8, "organic": 0.1}, None),
        ({"paid": 0.5}, "not_seen"),
        ({"organic": 0.2}, "not_seen"),
        ({"paid": 0.8}, None),
        ({}, None),
    ],
)
def test_ads_alone_by_the_limits_of_its_rule(given, state):
    limits = load_method().section("thresholds")
    assert (limits["paid_share_limit"]["value"], limits["organic_share_floor"]["value"]) == (
        0.7,
        0.15,
    )
    failures = MailOrderDesign.from_facts(shares(**given)).failures or {}
    assert failures.get("ads_only") == state


def test_a_share_astride_its_limit_is_left_open():
    wide = {"acquisition.paid_share": {"low": 0.6, "high": 0.9}}
    facts = shares(paid=0.8, organic=0.1, change=0.0, spread=wide)
    design = MailOrderDesign.from_facts(facts)
    assert "ads_only" not in (design.failures or {})
    assert (design.paid_share, design.organic_share) == (0.8, 0.1)


def test_limits_are_those_the_rule_compares_with():
    rule = load_method().section("rules")["SAL002"]
    named = {part.get("above", part.get("below")) for part in rule["fails"]["all"]}
    assert {"paid_share_limit", "organic_share_floor"} <= named
