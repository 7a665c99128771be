"""Sales: channels by two conditions, capture, order of functions, what is missing."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Channel, Sales
from toolkit.frameworks.channel import CHANNELS, FITS, channel
from toolkit.frameworks.sales_process import read_process, timing


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}


@pytest.mark.parametrize(
    ("given", "fit"),
    [
        ({"reach": True, "affordable": True}, "fits"),
        ({"reach": True, "affordable": False}, "not_affordable"),
        ({"reach": False, "affordable": True}, "not_reached"),
        ({"reach": False, "affordable": False}, "not_reached"),
        ({"reach": True}, "unknown"),
        ({"affordable": True}, "unknown"),
        ({}, "unknown"),
        ({"used": False, "reach": False}, "not_used"),
    ],
)
def test_channel_needs_both_conditions(given, fit):
    assert Channel("web", **given).fit == fit


@pytest.mark.parametrize("fit", [*FITS, "unknown"])
def test_channel_answer_comes_back(fit):
    assert channel("web", fit).fit == fit


def test_unfit_channels_are_counted_and_named(answered):
    fits = dict.fromkeys(CHANNELS, "fits") | {"ads": "not_affordable", "dm": "not_reached"}
    fact = facts_of(Sales.from_facts(Facts(answered("q.sal.channels", fits))))
    assert fact["unfit_channels_count"].value == 2
    assert {i.key: i.value for i in fact["unfit_channels_count"].items} == {
        "ads": "not_affordable",
        "dm": "not_reached",
    }


@pytest.mark.parametrize(
    ("fits", "value", "reason"),
    [
        (dict.fromkeys(CHANNELS, "fits"), 0, None),
        (dict.fromkeys(CHANNELS, "fits") | {"dm": "unknown"}, None, "answered_unknown"),
        ({"web": "fits"}, None, "not_asked"),
        ({"web": "not_reached"}, 1, None),
        ({}, None, "not_asked"),
    ],
)
def test_none_found_is_an_all_clear_only_when_all_is_answered(fits, value, reason, answered):
    fact = facts_of(Sales.from_facts(Facts(answered("q.sal.channels", fits))))
    assert fact["unfit_channels_count"].value == value
    assert fact["unfit_channels_count"].reason == reason
    assert fact["unfit_channels_count"].needs == ("q.sal.channels",)


def test_only_gathering_and_closing_are_vital():
    both = Sales(functions={"gathering": "yes", "closing": "no", "promotion": "no"})
    assert facts_of(both)["missing_functions_count"].value == 1
    fine = Sales(functions={"gathering": "yes", "closing": "partly", "collection": "no"})
    assert facts_of(fine)["missing_functions_count"].value == 0
    half = Sales(functions={"gathering": "yes"})
    assert facts_of(half)["missing_functions_count"].state == "unknown"


def test_wanted_methods_of_the_clients_own_count_too():
    sales = Sales(methods={"card": "offered", "wallet": "wanted"})
    assert [item.key for item in facts_of(sales)["unmet_methods_count"].items] == ["wallet"]


@pytest.mark.parametrize(
    ("negotiation", "capture", "required", "missing"),
    [
        ("later", "no", True, True),
        ("both", "no", True, True),
        ("later", "yes", True, False),
        ("later", "partly", True, False),
        ("later", None, True, None),
        ("later", "unknown", True, None),
        ("now", "no", False, False),
        (None, "no", None, None),
        ("unknown", "no", None, None),
    ],
)
def test_later_negotiation_asks_for_capture(negotiation, capture, required, missing):
    sales = Sales(negotiation=negotiation, capture=capture)
    assert (sales.capture_required, sales.capture_missing) == (required, missing)


def test_functions_run_together_or_apart():
    sales = Sales(process=[["gathering", "promotion"], "closing", ["collection"]])
    assert sales.process == (("gathering", "promotion"), ("closing",), ("collection",))
    assert sales.together == (("gathering", "promotion"),)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("集客→販促→成約→回収", (("gathering",), ("promotion",), ("closing",), ("collection",))),
        ("集客＋販促 ＞ クロージング", (("gathering", "promotion"), ("closing",))),
        ("gathering -> closing -> billing", (("gathering",), ("closing",), ("collection",))),
        ("まず電話してから考える", None),
        ("集客→集客", None),
        ("", None),
        (None, None),
    ],
)
def test_process_is_read_from_the_answer(text, order):
    assert read_process(text) == order


@pytest.mark.parametrize(
    "wrong",
    [
        {"process": [["gathering"], ["gathering"]]},
        {"process": [["guessing"]]},
        {"functions": {"closing": "maybe"}},
        {"methods": {"card": "yes"}},
        {"negotiation": "tomorrow"},
        {"channels": [Channel("web"), Channel("web")]},
        {"repeat_share": 1.5},
        {"funnel": {"leads": 10, "won": 11}},
    ],
)
def test_wrong_values_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Sales(**wrong)


def test_funnel_from_measures():
    facts = Facts(
        [
            Fact(id="acquisition.leads", value=200),
            Fact(id="acquisition.conversion_rate", value=0.15),
        ]
    )
    assert Sales.from_facts(facts).funnel == {"leads": 200.0, "won": 30.0}
    assert Sales.from_facts(Facts([Fact(id="acquisition.leads", value=200)])).funnel is None


def states(sales):
    frame = sales.acquisition_frame()
    return dict(zip(frame["audience"] + "_" + frame["sub_step"], frame["state"], strict=True))


def test_leads_and_repeaters_go_through_the_same_three_sub_steps():
    assert list(states(Sales())) == [
        "leads_channel_selection",
        "leads_activity",
        "leads_capture",
        "repeaters_channel_selection",
        "repeaters_activity",
        "repeaters_capture",
    ]


GOOD = Channel("web", reach=True, affordable=True)
FAR = Channel("ads", reach=False)


@pytest.mark.parametrize(
    ("channels", "selection", "activity"),
    [
        ([GOOD], "yes", None),
        ([GOOD, Channel("dm", used=False)], "yes", None),
        ([GOOD, FAR], "partly", None),
        ([FAR], "no", None),
        ([Channel("sns", reach=True)], None, None),
        ([FAR, Channel("sns")], None, None),
        ([Channel("dm", used=False, reach=False)], None, None),
        ([Channel("sns", prepared=True)], None, "partly"),
        ([Channel("sns", prepared=True), Channel("web", gathering=True)], None, "yes"),
        ([], None, None),
    ],
)
def test_sub_steps_for_leads_follow_from_the_channels(channels, selection, activity):
    found = states(Sales(channels=channels, capture="partly"))
    assert found["leads_channel_selection"] == selection
    assert found["leads_activity"] == activity
    assert found["leads_capture"] == "partly"
    assert found["repeaters_activity"] is None


def test_the_answer_on_a_sub_step_stands_before_what_follows(answered):
    facts = Facts(
        answered("q.sal.acquisition", {"leads_capture": "no", "repeaters_capture": "yes"})
    )
    sales = Sales.from_facts(facts.joined([Fact(id="q.sal.capture", value="yes")]))
    assert states(sales)["leads_capture"] == "no"
    assert states(sales)["repeaters_capture"] == "yes"


def test_eight_channels_with_what_to_prepare_and_how_to_gather(lang):
    frame = Sales(channels=[GOOD, Channel("fax", activity="weekly sheet")]).channels_frame()
    assert frame["channel"].tolist() == [*CHANNELS, "fax"]
    by_code = frame.set_index("channel")
    assert by_code.loc["fax", "activity"] == "weekly sheet"
    assert by_code.loc["fax", "prepare"] is None
    named = by_code.loc[list(CHANNELS)]
    assert named["prepare"].notna().all()
    assert named["gather"].notna().all()
    assert (named["prepare"] != named["gather"]).all()
    house = named.index[named["status"] == "house"]
    assert list(house) == ["store", "direct", "email"]


@pytest.mark.parametrize(
    ("name", "reference", "wanted"),
    [
        ("promotion", "gathering", "together"),
        ("closing", "promotion", "later"),
        ("gathering", "closing", "before"),
        ("collection", "closing", None),
    ],
)
def test_place_of_a_function_beside_another(name, reference, wanted):
    process = (("gathering", "promotion"), ("closing",))
    assert timing(process, name, reference) == wanted
    assert timing(None, name, reference) is None


def test_timing_of_promotion_and_closing_is_shown():
    sales = Sales(process=["gathering", "promotion", "closing"])
    rows = {row.item: row.value for row in sales.rows() if row.part == "timing"}
    assert rows == {"promotion": "later", "closing": "later"}
    assert not [row for row in Sales().rows() if row.part == "timing"]


def test_promotion_techniques_fees_and_handing_on_from_answers(answered):
    facts = Facts(
        [
            *answered("q.sal.promotion", {"material": "yes"}),
            *answered("q.sal.techniques", {"price_timing": "no"}),
            *answered("q.bil.fee_rates", {"card": 0.034}),
            *answered("q.pla.feedback", {"sales_procurement": "no", "planning_sales": "yes"}),
            Fact(id="q.bil.matching_hours", value=6.0),
        ]
    )
    sales = Sales.from_facts(facts)
    assert sales.promotion == {"material": "yes"}
    assert sales.techniques == {"price_timing": "no"}
    assert sales.fee_rates == {"card": 0.034}
    assert sales.handed == {"procurement": "no"}
    assert sales.matching_hours == 6.0
    gaps = sales.unknown_parts()
    assert {"promotion.rebuild_offer", "techniques.further_offer", "handed.planning"} <= set(gaps)


def test_points_of_a_record_of_consent_are_shown_once_one_is_given():
    assert "consent_points" not in {row.part for row in Sales().rows()}
    sales = Sales(consent="yes", consent_points={"stop": "no", "place": "yes"})
    items = [row.item for row in sales.rows() if row.part == "consent_points"]
    assert items == ["recorded_on", "way", "wording", "stop", "place"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"acquisition": {"leads_prayer": "yes"}},
        {"acquisition": {"leads_capture": "often"}},
        {"consent_points": {"stop": "often"}},
        {"fee_rates": {"card": 3.4}},
        {"handed": {"sales": "yes"}},
        {"matching_hours": -1},
    ],
)
def test_wrong_parts_are_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Sales(**wrong)
