"""Parameters through time, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit.synth.fault import Change, Fault
from toolkit.synth.rates import Rates, rates


def world(*changes, strength=1.0):
    fault = Fault(code="SAL006", model="gen", changes=changes)
    return Rates(
        model="gen", parameters={"rate": 0.4, "other": 7.0}, faults=(fault,), strength=strength
    )


def test_a_change_holds_since_its_months_and_not_before():
    """July to September are 92 days: the 91st day back is the first of July."""
    found = world(Change(parameter="rate", how="factor", amount=0.5, months=3))
    assert found.at("rate", [0, 91, 92, 1000]) == pytest.approx([0.2, 0.2, 0.4, 0.4])
    assert found.of("rate") == pytest.approx(0.2)
    assert found.base("rate") == 0.4


def test_a_change_without_months_was_always_so():
    found = world(Change(parameter="rate", how="set", amount=0.1))
    assert found.at("rate", [[0.0, 5000.0]]) == pytest.approx(np.array([[0.1, 0.1]]))


@pytest.mark.parametrize(
    ("how", "amount", "half"), [("factor", 0.5, 0.3), ("add", 0.2, 0.5), ("set", 0.0, 0.2)]
)
def test_half_the_strength_is_half_the_way(how, amount, half):
    found = world(Change(parameter="rate", how=how, amount=amount), strength=0.5)
    assert found.of("rate") == pytest.approx(half)


def test_at_no_strength_the_value_is_exactly_the_healthy_one():
    found = world(Change(parameter="rate", how="factor", amount=1 / 3, months=2), strength=0.0)
    assert found.at("rate", np.arange(400.0)).tolist() == [0.4] * 400


def test_two_changes_of_one_parameter_follow_each_other():
    """Times a half for a year, and of what is left 0.1 more for three months."""
    found = world(
        Change(parameter="rate", how="factor", amount=0.5, months=12),
        Change(parameter="rate", how="add", amount=0.1, months=3),
    )
    assert found.at("rate", [0, 200, 500]) == pytest.approx([0.3, 0.2, 0.4])


def test_what_is_changed_is_told_with_both_values():
    found = world(Change(parameter="rate", how="factor", amount=0.5))
    assert found.changed() == {"rate": (0.4, 0.2)}
    assert Rates(model="gen", parameters={"rate": 0.4}).changed() == {}


def test_a_fault_of_a_parameter_the_world_lacks_is_no_healthy_client():
    slip = Fault(
        code="SAL006",
        model="gen",
        changes=(Change(parameter="conversoin", how="factor", amount=0.7),),
    )
    with pytest.raises(KeyError, match="conversoin"):
        rates("gen", (slip,))


def test_only_the_volumes_of_a_world_grow_with_its_size():
    usual, large = rates("gen"), rates("gen", size=2.0)
    assert large.base("new_a_day") == 2 * usual.base("new_a_day")
    assert large.base("cart_rate") == usual.base("cart_rate")
