"""Three-valued conditions: what is true, false, and what stays open and why."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.facts import Fact, Facts, unknown
from toolkit.rules.condition import Scope, truth
from toolkit.rules.finding import Threshold

LIMITS = {
    "half": Threshold(name="half", value=0.5, unit="share", origin="house"),
    "own": Threshold(name="own", value=0.5, unit="share", origin="own"),
}


def scope(*facts, **fields):
    return Scope(facts=Facts(facts), threshold=LIMITS.get, target=lambda name: None, **fields)


def sampled(low, high, n=200, low95=None, high95=None, value=None):
    return Fact(
        id="a.b",
        value=(low + high) / 2 if value is None else value,
        low=low,
        high=high,
        low95=low if low95 is None else low95,
        high95=high if high95 is None else high95,
        n=n,
        sampled=True,
    )


BELOW = {"fact": "a.b", "below": "half"}


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("below", 0.5, False),
        ("below", 0.49, True),
        ("above", 0.5, False),
        ("above", 0.51, True),
        ("at_least", 0.5, True),
        ("at_most", 0.5, True),
        ("at_most", 0.51, False),
    ],
)
def test_exact_facts_compare_by_value(operator, value, expected):
    found = truth({"fact": "a.b", operator: "half"}, scope(Fact(id="a.b", value=value)))
    assert found.value is expected


@pytest.mark.parametrize(
    ("fact", "value", "firm", "reason"),
    [
        (sampled(0.3, 0.4), True, True, None),
        (sampled(0.3, 0.4, n=99), True, False, None),
        (sampled(0.3, 0.4, high95=0.55), True, False, None),
        (sampled(0.3, 0.4, n=29), None, True, "small_n"),
        (Fact(id="a.b", value=0.3, n=1, sampled=True), None, True, "small_n"),
        (sampled(0.45, 0.55), None, True, "near_threshold"),
        (sampled(0.55, 0.65), False, True, None),
    ],
)
def test_sampled_facts_need_their_interval_beyond(fact, value, firm, reason):
    found = truth(BELOW, scope(fact))
    assert (found.value, found.reason) == (value, reason)
    if value:
        assert found.firm is firm


@pytest.mark.parametrize(
    ("fact", "value", "firm", "reason"),
    [
        (sampled(0.3, 0.4, high95=0.49), True, True, None),
        (sampled(0.3, 0.4, high95=0.49, n=99), True, False, None),
        (sampled(0.3, 0.4, high95=0.5), None, True, "near_threshold"),
        (replace(sampled(0.3, 0.4), low95=None, high95=None), None, True, "near_threshold"),
        (sampled(0.3, 0.4, high95=0.49, n=29), None, True, "small_n"),
        (sampled(0.5, 0.6, low95=0.4), False, True, None),
        (Fact(id="a.b", value=0.49), True, True, None),
    ],
)
def test_a_comparison_that_must_be_sure_needs_95_percent(fact, value, firm, reason):
    found = truth(BELOW | {"sure": True}, scope(fact))
    assert (found.value, found.firm, found.reason) == (value, firm, reason)
    assert found.missing == ((fact,) if value is None else ())


@pytest.mark.parametrize("ending", ["_t3v12", "_t3v9", "_yoy", "_vs_rest"])
def test_a_named_test_is_known_by_the_ending_of_its_id(ending):
    straddling = replace(sampled(0.3, 0.4, high95=0.6), id=f"a.b{ending}")
    found = truth({"fact": f"a.b{ending}", "below": "half"}, scope(straddling))
    assert (found.value, found.reason) == (False, "no_difference")
    assert truth(BELOW, scope(replace(straddling, id="a.b"))).value is True


def test_a_difference_that_straddles_passes_as_no_difference():
    fact = Fact(id="a.b_yoy", value=0.4, low=0.3, high=0.7, n=200, sampled=True)
    found = truth({"fact": "a.b_yoy", "below": "half"}, scope(fact))
    assert (found.value, found.reason) == (False, "no_difference")


@pytest.mark.parametrize(
    ("low95", "high95", "n", "value", "firm"),
    [
        (-0.2, -0.02, 200, True, True),
        (-0.2, -0.02, 60, True, False),
        (-0.2, 0.01, 200, False, True),
    ],
)
def test_a_named_test_is_true_at_95_percent_only(low95, high95, n, value, firm):
    """At 80 % alone a business that does not change would be told of a fall every tenth month."""
    fact = Fact(
        id="a.b_t3v9", value=-0.1, low=-0.15, high=-0.05, low95=low95, high95=high95, n=n,
        sampled=True,
    )  # fmt: skip
    zero = Threshold(name="zero", value=0, unit="", origin="arith")
    found = truth(
        {"fact": "a.b_t3v9", "below": "zero"},
        Scope(facts=Facts([fact]), threshold=lambda _: zero, target=lambda _: None),
    )
    assert found.value is value
    assert found.firm is firm


FLOORS = {
    "zero": Threshold(name="zero", value=0, unit="points", origin="arith"),
    "ten": Threshold(name="ten", value=0.1, unit="points", origin="own"),
    "tenth": Threshold(name="tenth", value=0.1, unit="share", origin="house"),
}


def floored(value, floor, *more, low=0.01):
    fact = Fact(
        id="a.b_yoy", value=value, low=low, high=0.4, low95=low, high95=0.4, n=200, sampled=True
    )
    return truth(
        {"fact": "a.b_yoy", "above": "zero", "floor": floor},
        Scope(facts=Facts([fact, *more]), threshold=FLOORS.get, target=lambda _: None),
    )


def test_a_floor_tells_how_large_a_change_must_be_to_matter():
    assert floored(0.1, "ten").value is True  # the edge: reached
    assert floored(0.1, "ten").threshold.name == "ten"
    small = floored(0.09, "ten")
    assert (small.value, small.reason) == (False, "below_floor")
    uncertain = floored(0.2, "ten", low=-0.01)
    assert (uncertain.value, uncertain.reason) == (False, "no_difference")


def test_a_floor_may_be_part_of_another_figure():
    base = Fact(id="a.before", value=0.5)
    relative = {"fact": "a.before", "times": "tenth"}
    found = floored(0.05, relative, base)
    assert found.value is True
    assert found.threshold.origin == "own"
    assert [fact.id for fact in found.deciding] == ["a.b_yoy", "a.before"]
    assert floored(0.04, relative, base).value is False
    lacking = floored(0.05, relative)
    assert lacking.value is None
    assert [fact.id for fact in lacking.missing] == ["a.before"]


def test_any_is_true_on_one_true_branch_whatever_is_missing():
    condition = {"any": [{"fact": "q.x.y", "equals": "no"}, BELOW]}
    found = truth(condition, scope(unknown("q.x.y", "not_asked"), Fact(id="a.b", value=0.1)))
    assert found.value is True
    assert found.missing == ()


def test_all_is_false_on_one_false_branch_whatever_is_missing():
    condition = {"all": [{"fact": "q.x.y", "equals": "no"}, BELOW]}
    found = truth(condition, scope(unknown("q.x.y", "not_asked"), Fact(id="a.b", value=0.9)))
    assert found.value is False


def test_unknown_names_only_what_could_change_the_result():
    condition = {"all": [{"fact": "q.x.y", "equals": "no"}, BELOW]}
    found = truth(condition, scope(unknown("q.x.y", "not_asked"), Fact(id="a.b", value=0.1)))
    assert found.value is None
    assert [fact.id for fact in found.missing] == ["q.x.y"]


def test_a_branch_without_threshold_does_not_count():
    condition = {"any": [{"fact": "a.b", "below": "unset"}, BELOW]}
    assert truth(condition, scope(Fact(id="a.b", value=0.9))).value is False
    alone = truth({"fact": "a.b", "below": "unset"}, scope(Fact(id="a.b", value=0.9)))
    assert (alone.value, alone.reason) == (None, "threshold_unset")


def test_at_least_k_of():
    answers = [Fact(id=f"q.x.{name}", value="no") for name in "ab"]
    condition = {
        "at_least_k": 2,
        "of": [{"fact": f"q.x.{name}", "equals": "no"} for name in "abc"],
    }
    assert truth(condition, scope(*answers, unknown("q.x.c", "not_asked"))).value is True
    assert truth({**condition, "at_least_k": 3}, scope(*answers)).value is None
    yes = Fact(id="q.x.c", value="yes")
    assert truth({**condition, "at_least_k": 3}, scope(*answers, yes)).value is False


def test_another_fact_as_limit_with_times():
    facts = (Fact(id="a.b", value=0.3), Fact(id="c.d", value=0.8))
    right = {"fact": "c.d", "times": "half"}
    assert truth({"fact": "a.b", "below": right}, scope(*facts)).value is True
    lacking = truth({"fact": "a.b", "below": right}, scope(facts[0]))
    assert [fact.id for fact in lacking.missing] == ["c.d"]


def test_statuses_count_other_rules():
    condition = {"statuses": ["A", "B", "C"], "at_least_k": 2}
    three = {"A": "fail", "B": "fail", "C": "unknown"}
    assert truth(condition, scope(statuses=three)).value is True
    assert truth(condition, scope(statuses={**three, "B": "unknown"})).value is None
    assert truth(condition, scope(statuses={**three, "B": "pass", "C": "pass"})).value is False


def test_blank_is_not_asked():
    assert truth({"fact": "q.x.y", "blank": True}, scope(unknown("q.x.y", "not_asked"))).value
    said = unknown("q.x.y", "answered_unknown")
    assert truth({"fact": "q.x.y", "blank": True}, scope(said)).value is False


@given(
    low=st.floats(0, 1),
    width=st.floats(0, 0.5),
    n=st.integers(0, 500),
)
def test_small_samples_never_decide(low, width, n):
    found = truth(BELOW, scope(sampled(low, low + width, n=n)))
    if n < 30:
        assert found.value is None


@given(low=st.floats(0, 0.4), n=st.integers(30, 500))
def test_above_and_below_are_never_both_true(low, n):
    fact = sampled(low, low + 0.05, n=n)
    below = truth(BELOW, scope(fact)).value
    above = truth({"fact": "a.b", "above": "half"}, scope(fact)).value
    assert not (below and above)
