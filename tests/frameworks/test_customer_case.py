"""Customer cases: matched on scenario, pain and need, and what they do to a reader."""

from __future__ import annotations

import pytest

from toolkit.frameworks import Case, Portrait, Stakeholder, ToBLifecycle
from toolkit.frameworks.customer_case import EFFECTS, best_case, uncovered


def test_matching_ignores_width_case_and_more_words():
    case = Case("Aoi", scenario="月末の締め", pain="ＣＳＶの転記", need="")
    assert case.matches(scenario="月末", pain="csvの転記に3時間", need="早く") == 2
    assert case.matches(scenario="期首") == 0
    assert case.matches() == 0
    assert case.missing == ("need",)


def test_the_best_of_several_and_none_where_none_agrees():
    cases = [Case("a", scenario="s"), Case("b", scenario="s", need="n")]
    assert best_case(cases, scenario="s", need="n").title == "b"
    assert best_case(cases, pain="p") is None
    assert best_case([], pain="p") is None


@pytest.mark.parametrize(
    ("effects", "reached"),
    [
        ((), None),
        (("desire_to_try",), None),
        (("empathy",), "empathy"),
        (("doubt_broken", "empathy"), "doubt_broken"),
        (EFFECTS, "confidence"),
    ],
)
def test_effects_come_one_after_another(effects, reached):
    assert Case("a", effects=effects).reached == reached


def test_an_effect_that_is_none_is_refused():
    with pytest.raises(ValueError, match="effects"):
        Case("a", effects=["applause"])


def test_segments_without_a_case_are_named():
    tob = ToBLifecycle(cases=[Case("a", segment="建設")], segments=["建設", "清掃"])
    rows = [row.value for row in tob.rows() if row.part == "uncovered_segments"]
    assert rows == ["清掃"]
    assert uncovered(["建設"], [Case("a", segment=" 建設 ")]) == ()


def test_a_case_for_a_user_and_for_a_doubt_in_the_chain():
    cases = [Case("a", pain="retyping", need="speed"), Case("b", pain="cost", need="proof")]
    tob = ToBLifecycle(cases=cases)
    assert tob.case_for(Portrait("foreman", pain="retyping")).title == "a"
    assert tob.case_for(Stakeholder("Abe", doubt="cost of it all", need="proof")).title == "b"
    assert tob.case_for(Stakeholder("Abe")) is None


def test_portrait_tells_what_is_still_to_be_asked():
    one = Portrait("foreman", role="user", scenario="check", pain="retyping")
    assert one.filled_share == pytest.approx(0.5)
    assert one.missing == ("goal", "need", "habits")
    rows = {r.item: r.value for r in ToBLifecycle(portraits=[one]).rows() if r.part == "portraits"}
    assert rows == {"foreman": pytest.approx(0.5)}
