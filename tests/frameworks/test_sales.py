"""Sales: channels by two conditions, capture, order of functions, what is missing."""

from __future__ import annotations

import pytest

from toolkit.facts import Fact, Facts
from toolkit.frameworks import Channel, Sales
from toolkit.frameworks.channel import CHANNELS, FITS, channel
from toolkit.frameworks.sales import read_process


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
