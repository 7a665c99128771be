"""Offer: one line by hand, steps, add-ons, the value equation."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts, unknown
from toolkit.frameworks import AddOn, Offer, ValueScore, compare_offers


def test_one_line_takes_a_list():
    offer = Offer(core="cream", price_yen=4980, add_ons=[AddOn("net", make=False)])
    assert offer.add_ons == (AddOn("net", make=False),)
    assert offer.add_on_state == "yes"
    assert Offer(core="cream", add_ons=[]).add_on_state == "no"
    assert Offer(core="cream").add_on_state is None


def test_trial_price_makes_two_steps():
    assert Offer(core="cream", trial_price_yen=980).step == "two_step"
    assert Offer(core="cream", trial_price_yen=980, step="one_step").step == "one_step"


@pytest.mark.parametrize(
    "wrong",
    [
        {"price_yen": -1},
        {"price_yen": float("nan")},
        {"stepup_target_share": 1.2},
        {"step": "three"},
        {"tailoring": "often"},
        {"add_ons": [AddOn("net"), AddOn("net")]},
    ],
)
def test_wrong_values_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Offer(core="cream", **wrong)


@pytest.mark.parametrize("part", ["outcome", "likelihood", "delay", "effort"])
@pytest.mark.parametrize("score", [0, 0.9, 11])
def test_scores_stay_between_1_and_10(part, score):
    scores = {"outcome": 5, "likelihood": 5, "delay": 5, "effort": 5, part: score}
    with pytest.raises(ValueError, match=part):
        ValueScore(**scores)


def test_value_equation_compares_best_first():
    weak = Offer(core="a", score=ValueScore(outcome=4, likelihood=4, delay=2, effort=4))  # 2
    strong = Offer(core="b", score=ValueScore(outcome=8, likelihood=8, delay=4, effort=2))  # 8
    frame = compare_offers([weak, Offer(core="c"), strong])
    assert frame["core"].tolist() == ["b", "a", "c"]
    assert frame["value"].tolist()[:2] == [8.0, 2.0]
    assert frame["times"].tolist()[:2] == [1.0, 0.25]


def test_comparing_no_scores_is_no_error():
    assert compare_offers([Offer(core="c")])["value"].isna().all()


def test_from_answers():
    facts = Facts(
        [
            Fact(id="q.off.addon", value="no"),
            Fact(id="q.off.free_ship", value=5500.0),
            Fact(id="q.off.stepup_target", value=0.3),
            unknown("q.off.free_offer", "answered_unknown"),
        ]
    )
    offer = Offer.from_facts(facts)
    assert (offer.add_on_state, offer.step, offer.free_offer) == ("no", "two_step", "unknown")
    (line,) = offer.facts()
    assert (line.id, line.value, line.basis) == ("offer.free_ship_line_yen", 5500.0, "said")
    assert {"free_offer", "core"} <= set(offer.unknown_parts())


def test_line_not_asked_or_absent():
    (line,) = Offer().facts()
    assert (line.state, line.reason, line.needs) == ("unknown", "not_asked", ("q.off.free_ship",))
    (line,) = Offer.from_facts(Facts([Fact(id="q.off.free_ship", value="no")])).facts()
    assert line.state == "not_applicable"


@pytest.mark.parametrize(
    ("given", "share"),
    [
        ({"trial_buyers": 400, "main_buyers": 96}, 0.24),
        ({"trial_buyers": 400, "main_buyers": 0}, 0.0),
        ({"trial_buyers": 400}, None),
        ({"trial_buyers": 0, "main_buyers": 0}, None),
        ({"stepup_share": 0.3}, 0.3),
        ({"trial_buyers": 400, "main_buyers": 96, "stepup_share": 0.3}, 0.24),
    ],
)
def test_stepup_is_main_buyers_of_trial_buyers(given, share):
    assert Offer(core="cream", **given).stepup_share == share


def test_more_main_buyers_than_trials_are_refused():
    with pytest.raises(ValueError, match="main_buyers"):
        Offer(core="cream", trial_buyers=10, main_buyers=11)


def test_a_measured_stepup_makes_two_steps():
    offer = Offer.from_facts(Facts([Fact(id="customers.stepup_rate_90d", value=0.21)]))
    assert (offer.step, offer.stepup_share) == ("two_step", 0.21)
    parts = {row.part: row.value for row in offer.rows()}
    assert parts["stepup_share"] == 0.21
    assert "stepup_target_share" in offer.unknown_parts()
    assert "stepup_share" not in {row.part for row in Offer(core="x").rows()}


def test_conditions_from_the_answers(answered):
    said = {"terms": "yes", "guarantee": "no", "deadline": "unknown", "call_to_action": "no"}
    offer = Offer.from_facts(Facts(answered("q.off.conditions", said)))
    assert offer.missing == ("guarantee", "call_to_action")
    assert (offer.terms, offer.delivery_promise) == ("yes", None)
    assert "deadline" in offer.unknown_parts()
    assert Offer(guarantee="money back in 30 days").missing == ()


def test_main_offer_from_the_answers():
    facts = Facts(
        [
            Fact(id="q.off.core", value="cream"),
            Fact(id="q.off.price", value=4980.0),
            Fact(id="q.off.price_structure", value="subscription"),
        ]
    )
    offer = Offer.from_facts(facts)
    assert (offer.core, offer.price_yen, offer.price_structure) == ("cream", 4980.0, "subscription")
    with pytest.raises(ValueError, match="price_structure"):
        Offer(price_structure="barter")


def test_cost_of_an_add_on_is_shown():
    rows = Offer(add_ons=[AddOn("net", make=False, cost_yen=90)]).rows()
    assert [r.value for r in rows if r.part == "add_on_cost_yen"] == [90]
