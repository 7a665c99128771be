"""The planted faults: each names what exists, and moves it."""

from __future__ import annotations

import pytest

from toolkit.errors import UsageError
from toolkit.method import load_method
from toolkit.synth.fault import chosen_faults, faults_of
from toolkit.synth.rates import rates
from toolkit.synth.synth import MODELS

ENTRIES = tuple(load_method().section("faults"))


def shown_by(code):
    """Models a rule is for, in tokens."""
    groups = load_method().section("applies")["groups"]
    named = load_method().section("rules")[code].get("applies", {}).get("model", ["ALL"])
    return {token for name in named for token in groups.get(name, [name])}


@pytest.mark.parametrize("name", ENTRIES)
def test_an_entry_names_a_rule_and_a_model_it_is_for(name):
    code, _, model = name.partition(".")
    assert code in load_method().section("rules")
    assert model in MODELS
    assert model in shown_by(code)


@pytest.mark.parametrize("name", ENTRIES)
def test_each_change_moves_a_parameter_of_the_world(name):
    code, _, model = name.partition(".")
    fault = faults_of(model)[code]
    found = rates(model, [fault])
    assert fault.changes
    for change in fault.changes:
        assert found.of(change.parameter) != found.base(change.parameter), change
    half = rates(model, [fault], 0.5).of(fault.changes[0].parameter)
    ends = sorted(found.changed()[fault.changes[0].parameter])
    assert ends[0] < half < ends[1]


@pytest.mark.parametrize("name", ENTRIES)
def test_each_change_has_one_way_and_a_time_the_history_holds(name):
    for change in load_method().section("faults")[name]["changes"]:
        assert len({"factor", "add", "set"} & set(change)) == 1
        assert set(change) <= {"parameter", "factor", "add", "set", "months"}
        assert 0 < change.get("months", 1) <= 24


@pytest.mark.parametrize("model", MODELS)
def test_every_parameter_of_a_world_has_a_value_and_a_unit(model):
    for name, entry in load_method().section("worlds")[model].items():
        assert isinstance(entry["value"], int | float), name
        assert entry["unit"], name


@pytest.mark.parametrize("model", MODELS)
def test_a_healthy_world_has_no_fault_in_it(model):
    found = rates(model)
    assert found.changed() == {}
    for name in load_method().section("worlds")[model]:
        assert found.at(name, [0.0, 400.0]).tolist() == [found.base(name)] * 2


def test_faults_come_once_each_in_the_order_of_the_rules():
    rules = list(load_method().section("rules"))
    codes = [fault.code for fault in chosen_faults(["SAL006", "AFT006", "SAL006"], "gen")]
    assert codes == sorted({"SAL006", "AFT006"}, key=rules.index)


def test_an_unknown_fault_is_refused_with_the_nearest():
    with pytest.raises(UsageError) as refused:
        chosen_faults(["SAL0O6"], "gen")
    assert refused.value.code == "fault_unknown"
    assert refused.value.params["near"] == "SAL006"
    assert refused.value.exit_code == 2


def test_a_fault_another_model_shows_is_refused_with_those_that_do():
    with pytest.raises(UsageError) as refused:
        chosen_faults(["AFT011"], "gen")
    assert refused.value.code == "fault_not_of_model"
    assert refused.value.params["models"] == "sub"
    assert "AFT006" in refused.value.params["known"]
