"""Hypotheses of the first meeting: from measured figures of orders alone, one a subject."""

from __future__ import annotations

import re

import pytest

import toolkit as tk
from toolkit.diagnosis.hypotheses import MOST, TABLES, hypotheses
from toolkit.facts import Fact, Facts, restated, unknown
from toolkit.method import load_method
from toolkit.rules.applies import MODEL
from toolkit.rules.listing import reads

METHOD = load_method()
ENTRIES = METHOD.section("hypotheses")
T3, T3V12 = (f"customers.f2_conversion_{name}" for name in ("t3", "t3v12"))
WINDOW = {"window_days": 180}
BY_ID = pytest.mark.parametrize("entry", ENTRIES.values(), ids=list(ENTRIES))
PLACE = re.compile(r"\{(?:fact|n|period|interval):([^}]+)\}")


def sampled(fact_id, value, spread, by=None, n=400):
    return Fact(
        id=fact_id,
        value=value,
        low=value - spread,
        high=value + spread,
        low95=value - 1.5 * spread,
        high95=value + 1.5 * spread,
        n=n,
        by=by or {},
        sampled=True,
        table="orders",
        needs=("orders",),
    )


def model(code):
    return Fact(id=MODEL, value=code) if code else unknown(MODEL, "not_asked")


def falling(spread=0.02, code="general"):
    return [sampled(T3, 0.2, 0.02, WINDOW), sampled(T3V12, -0.1, spread, WINDOW), model(code)]


def ids(facts):
    return [one.id for one in hypotheses(Facts(facts), METHOD)]


def test_a_fall_that_stands_at_95_percent_is_a_hypothesis():
    (found,) = hypotheses(Facts(falling()), METHOD)
    assert found.id == "second_order_falls"
    assert found.facts == (f"{T3}[window_days=180]", f"{T3V12}[window_days=180]")
    assert found.questions == ("q.ful.insert", "q.aft.activities")


@pytest.mark.parametrize("spread", [0.07, 0.2])
def test_weak_evidence_says_nothing(spread):
    assert ids(falling(spread)) == []


def test_too_few_customers_say_nothing():
    facts = [
        sampled("customers.repeat_rate", 0.2, 0.05, n=29),
        Fact(id="customers.count", value=29),
    ]
    facts = [*(restated(one, table="orders", needs=("orders",)) for one in facts), model("general")]
    assert ids(facts) == []
    assert ids([restated(facts[0], n=30), *facts[1:]]) == ["one_order_only"]


@pytest.mark.parametrize("change", [{"basis": "said"}, {"table": "costs"}, {"needs": ("costs",)}])
def test_only_measured_figures_of_orders_carry_one(change):
    first, second, which = falling()
    assert ids([first, restated(second, **change), which]) == []


def test_grounds_must_be_known_too():
    _, second, which = falling()
    assert ids([unknown(T3, "immature", by=WINDOW), second, which]) == []


def test_a_business_of_another_kind_has_none_and_an_unknown_one_may():
    assert ids(falling(code="saas")) == []
    assert ids(falling(code=None)) == ["second_order_falls"]


def test_questions_of_other_models_are_not_asked_with_it():
    facts = [
        sampled("customers.existing_sales_share", 0.98, 0.01),
        Fact(id="acquisition.new_customers_12m", value=3, table="orders", needs=("orders",)),
    ]
    for code, asked in (("general", 1), ("made_to_order", 2)):
        (found,) = hypotheses(Facts([*facts, model(code)]), METHOD)
        assert (found.id, len(found.questions)) == ("new_customers_scarce", asked)


def test_one_a_subject_three_at_most_the_weightiest_first(shop):
    found = shop.hypotheses
    weights = [ENTRIES[one.id]["weight"] for one in found]
    assert len(found) == MOST
    assert weights == sorted(weights, reverse=True)
    assert len({ENTRIES[one.id]["about"] for one in found}) == MOST
    assert [one.id for one in found] == [
        "second_order_falls",
        "regulars_fall_silent",
        "existing_sales_fall",
    ]


def test_without_orders_there_is_none(client_of):
    assert tk.diagnose(client_of()).hypotheses == ()


def test_enough_are_there_to_choose_from():
    assert len(ENTRIES) >= 12
    assert len({entry["about"] for entry in ENTRIES.values()}) >= 2 * MOST


@BY_ID
def test_an_entry_rests_on_orders_and_names_what_exists(entry):
    cards, thresholds = METHOD.section("measures"), METHOD.section("thresholds")
    for key in (*reads(entry["when"]), *entry["shows"]):
        assert set(cards[key.partition("[")[0]]["needs"]) <= TABLES, key
    right = [part for part in _texts(entry["when"]) if part in thresholds]
    assert right
    assert set(reads(entry["when"])) & set(entry["shows"])
    assert 1 <= len(entry["questions"]) <= 3


def _texts(condition):
    if isinstance(condition, str):
        yield condition
    elif isinstance(condition, dict):
        for part in condition.values():
            yield from _texts(part)


@BY_ID
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_words_print_only_the_figures_it_shows(entry, lang):
    words = METHOD.words[lang]
    for name in ("hypothesis", "grounds", "ask"):
        assert words[f"hypotheses.{entry.id}.{name}"]
    assert PLACE.findall(words[f"hypotheses.{entry.id}.hypothesis"]) == []
    printed = set(PLACE.findall(words[f"hypotheses.{entry.id}.grounds"]))
    assert printed
    assert printed <= set(entry["shows"])


def test_a_hypothesis_is_worded_as_one():
    for entry in ENTRIES:
        text = METHOD.words["ja"][f"hypotheses.{entry}.hypothesis"]
        assert text.endswith("可能性があります。")
        assert "オーナー" not in text


def test_questions_and_hypotheses_come_back_from_the_document(shop, tmp_path):
    shop.save(tmp_path)
    back = tk.load(tmp_path)
    assert back.hypotheses == shop.hypotheses
    assert back.questions == shop.questions
    assert any(one.rules for one in back.questions)
