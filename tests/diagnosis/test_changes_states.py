"""States of findings between two months of facts, judged by the real rules."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.diagnosis.changes.compare import compare
from toolkit.diagnosis.changes.history import History
from toolkit.errors import UsageError
from toolkit.facts import Fact, unknown
from toolkit.method import Entry, load_method

METHOD = load_method()
FEES, LINE = "costs.system_cost_ratio_12m", "system_cost_guide"  # above 5 % fails
SECOND, TEST = "customers.f2_conversion_t3", "customers.f2_conversion_t3v12"
DAYS = {"window_days": 180}
SPAN = ("2025-11-01", "2026-10-31")


def fees(value):
    return Fact(id=FEES, value=value, unit="share", period=SPAN)


def second(level, drop, half=0.02, n=600):
    """The second-order rate of the latest three months, and its fall against twelve before."""
    bounds = {"low": -0.65 * half, "high": 0.65 * half, "low95": -half, "high95": half}

    def sampled(fact_id, value, unit):
        ends = {name: value + away for name, away in bounds.items()}
        return Fact(id=fact_id, value=value, unit=unit, by=DAYS, n=n, sampled=True, **ends)

    return sampled(SECOND, level, "share"), sampled(TEST, drop, "points")


def entries(value):
    return Fact(id="journey.double_entry_count", value=value, unit="count", basis="derived")


def said(value):
    return Fact(id="q.sal.repeat_kpi", value=value, unit="code", basis="said")


@pytest.fixture
def state(month_of):
    """State of a rule between two lists of facts; further arguments go to ``compare``."""

    def find(code, old, new, **given):
        then = month_of(*old, day="2026-09-30")
        now = month_of(*new)
        found = compare(then, now, METHOD, given.get("history"))
        return next(one for one in found.findings if one.id == code)

    return find


CASES = [
    ("PAY001", [fees(0.03)], [fees(0.06)], "new"),
    ("PAY001", [fees(0.06)], [fees(0.03)], "resolved"),
    ("PAY001", [fees(0.06)], [fees(0.0601)], "unchanged"),
    ("PAY001", [fees(0.06)], [fees(0.064)], "worse"),
    ("PAY001", [fees(0.064)], [fees(0.06)], "better"),
    ("PAY001", [fees(0.02)], [fees(0.04)], "unchanged"),  # good both times, however far it moved
    ("PAY001", [fees(0.0499)], [fees(0.0501)], "new"),  # however little: it is over the line
    ("PAY001", [fees(0.0501)], [fees(0.0499)], "resolved"),
    ("PAY001", [unknown(FEES, "no_table")], [fees(0.06)], "newly_known"),
    ("PAY001", [unknown(FEES, "no_table")], [fees(0.03)], "newly_known"),
    ("PAY001", [fees(0.06)], [unknown(FEES, "no_table")], "held_back"),
    ("AFT006", second(0.40, -0.01), second(0.30, -0.08), "new"),
    ("AFT006", second(0.33, -0.04), second(0.32, -0.06), "new"),  # however little it moved
    ("AFT006", second(0.30, -0.08), second(0.40, -0.01), "resolved"),
    ("AFT006", second(0.30, -0.08), second(0.29, -0.08), "unchanged"),
    ("AFT006", second(0.30, -0.08), second(0.20, -0.08), "worse"),
    ("AFT006", second(0.20, -0.08), second(0.30, -0.08), "better"),
    ("AFT006", second(0.30, -0.08, n=80), second(0.30, -0.08), "worse"),  # now surely so: high
    ("AFT006", second(0.30, -0.08), second(0.30, -0.08, n=20), "held_back"),
    ("JRN004", [entries(0)], [entries(1)], "new"),
    ("JRN004", [entries(4)], [entries(3)], "better"),
    ("JRN004", [entries(3)], [entries(4)], "worse"),
    ("SAL008", [said("yes")], [said("no")], "new"),
    ("SAL008", [said("no")], [said("yes")], "resolved"),
    ("SAL008", [said("no")], [said("no")], "unchanged"),
]


@pytest.mark.parametrize(("code", "old", "new", "expected"), CASES)
def test_state(state, code, old, new, expected):
    found = state(code, old, new)
    assert (found.state, found.method_state) == (expected, None)


def test_reopened_is_what_failed_in_a_month_before_the_last(state):
    given = {"history": History(failed=frozenset({"PAY001"}))}
    assert state("PAY001", [fees(0.03)], [fees(0.06)], **given).state == "reopened"
    assert state("PAY001", [fees(0.06)], [fees(0.07)], **given).state == "worse"


@pytest.mark.parametrize(
    ("before", "old", "new", "expected"),
    [
        ("fail", 0.0499, 0.0501, "borderline"),
        ("pass", 0.0501, 0.0499, "borderline"),
        ("fail", 0.040, 0.0501, "reopened"),  # not about the line
        ("pass", 0.0499, 0.0501, "new"),
        ("fail", 0.0501, 0.0499, "resolved"),
    ],
)
def test_an_exact_figure_that_wavers_about_its_line(state, before, old, new, expected):
    failed = frozenset({"PAY001"}) if before == "fail" else frozenset()
    history = History(before={"PAY001": before}, failed=failed)
    assert state("PAY001", [fees(old)], [fees(new)], history=history).state == expected


def test_a_sampled_figure_is_sure_of_its_line(state):
    history = History(before={"AFT006": "fail"}, failed=frozenset({"AFT006"}))
    old, new = second(0.33, -0.04), second(0.32, -0.06)
    assert state("AFT006", old, new, history=history).state == "reopened"


def test_a_figure_and_its_change_stand_with_the_state(state):
    found = state("PAY001", [fees(0.06)], [fees(0.064)])
    assert (found.fact, found.old, found.new) == (FEES, 0.06, 0.064)
    assert found.change == pytest.approx(0.004)
    assert found.noise == pytest.approx(0.003)  # 5 % of last month's value
    assert found.beyond_noise


def test_a_rule_that_concerns_the_client_no_more(month_of):
    old, new = month_of(fees(0.06), day="2026-09-30"), month_of(fees(0.06))
    gone = replace(new.findings["PAY001"], status="not_applicable")
    left = replace(new, findings={**new.findings, "PAY001": gone})
    back = replace(old, findings={**old.findings, "PAY001": gone})
    assert _state(compare(old, left, METHOD)) == "no_longer_applies"
    assert _state(compare(back, new, METHOD)) == "applies_now"


def _state(changes, code="PAY001"):
    return next(one.state for one in changes.findings if one.id == code)


def test_by_another_method_last_month_is_judged_again(month_of):
    """The line was moved from 8 % to 5 %: what happened is the method's, and the figure rose."""
    then = month_of(fees(0.06), day="2026-09-30", thresholds={LINE: 0.08}, version="0")
    now = month_of(fees(0.064))
    found = compare(then, now, METHOD)
    one = next(one for one in found.findings if one.id == "PAY001")
    assert (found.method_changed, found.lines_changed, found.recomputed) == (True, True, True)
    assert (one.was, one.rejudged, one.now) == ("pass", "fail", "fail")
    assert (one.state, one.method_state) == ("changed_method", "worse")


def test_a_method_that_judges_alike_changes_nothing(month_of):
    then = month_of(fees(0.06), day="2026-09-30", version="0")
    found = compare(then, month_of(fees(0.06)), METHOD)
    assert found.method_changed
    assert {one.state for one in found.findings} == {"unchanged"}


def test_a_target_answered_this_month_holds_for_last_month_too(month_of):
    """A target set now makes last month's rate fail as well: the business did not change."""
    target = Fact(id="q.aft.f2_target", value=0.5, unit="share", basis="said")
    level = second(0.40, -0.01)
    then = month_of(*level, day="2026-09-30")
    found = compare(then, month_of(*level, target), METHOD)
    one = next(one for one in found.findings if one.id == "AFT006")
    assert (one.was, one.rejudged, one.now) == ("pass", "fail", "fail")
    assert (one.state, one.method_state) == ("changed_method", "unchanged")
    assert found.lines_changed
    assert not found.method_changed


def test_a_rule_new_to_the_method_and_one_gone(month_of):
    then, now = month_of(fees(0.06), day="2026-09-30", version="0"), month_of(fees(0.06))
    less = {code: one for code, one in then.findings.items() if code != "PAY001"}
    new = next(
        one
        for one in compare(replace(then, findings=less), now, METHOD).findings
        if one.id == "PAY001"
    )
    assert (new.state, new.was, new.rejudged, new.now) == ("changed_method", None, "fail", "fail")
    less = {code: one for code, one in now.findings.items() if code != "PAY001"}
    gone = next(
        one
        for one in compare(then, replace(now, findings=less), _without("PAY001")).findings
        if one.id == "PAY001"
    )
    assert (gone.state, gone.was, gone.now) == ("changed_method", "fail", None)


def _without(code) -> object:
    rules: dict[str, Entry] = {k: v for k, v in METHOD.section("rules").items() if k != code}
    return replace(METHOD, sections={**METHOD.sections, "rules": rules})


def test_where_the_method_of_now_is_not_at_hand_last_month_stays_as_judged(month_of):
    then = month_of(fees(0.06), day="2026-09-30", thresholds={LINE: 0.08}, version="0")
    now = replace(month_of(fees(0.06)), method=(("version", "2"), ("toolkit", "f" * 64)))
    found = compare(then, now, METHOD)
    assert not found.recomputed
    assert _state(found) == "new"


def test_two_clients_and_months_in_the_wrong_order_are_refused(month_of):
    then = month_of(day="2026-09-30")
    with pytest.raises(UsageError, match="compare_clients"):
        compare(then, month_of(client_id="other"), METHOD)
    with pytest.raises(UsageError, match="compare_order"):
        compare(month_of(), then, METHOD)
