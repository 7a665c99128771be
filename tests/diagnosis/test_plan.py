"""The order of actions, their net and payback, and when they can be done."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.diagnosis.plan import plan
from toolkit.intake.profiles.profile_actions import Agreed
from toolkit.rules.finding import Evidence, Finding, Threshold
from toolkit.rules.yen import Yen

CONSTANTS = {
    "rank_cash": 0.3, "rank_capacity": 0.5, "rank_risk": 0.1, "rank_high": 1.0, "rank_mid": 0.7,
    "rank_low": 0.4, "effort_days_S": 3.0, "effort_days_M": 15.0, "effort_days_L": 40.0,
    "plan_days_a_month": 10.0,
}  # fmt: skip


def finding(code, effect=None, **fields):
    kind = fields.pop("kind", "profit")
    yen = None if effect is None else Yen(kind=kind, gap=2 * effect, effect=effect)
    given = {"severity": "high", "confidence": "high", "effort": "S", **fields}
    return Finding(id=code, module="sales", status="fail", yen=yen, **given)


def order(*findings, agreed=None):
    return [one.findings[0] for one in plan(findings, CONSTANTS.__getitem__, agreed)]


def test_most_yen_for_the_effort_first():
    # 300 in 3 days is 100 a day, 900 in 15 days 60, 2,000 in 40 days 50.
    found = order(
        finding("L01", 2000, effort="L"), finding("M01", 900, effort="M"), finding("S01", 300)
    )
    assert found == ["S01", "M01", "L01"]


def test_the_less_sure_and_cash_count_for_less():
    # Per day: profit 100; mid 0.7 × 120 = 84; cash 0.3 × 250 = 75.
    found = order(
        finding("CASH", 750, kind="cash"),
        finding("MID", 360, confidence="mid"),
        finding("SURE", 300),
    )
    assert found == ["SURE", "MID", "CASH"]


def test_what_calls_for_action_stands_before_what_is_to_be_checked():
    assert order(finding("C01", 9e9, severity="check"), finding("A01", 1)) == ["A01", "C01"]


def test_a_high_finding_of_unknown_yen_counts_as_a_usual_one():
    found = order(finding("LOW", 10), finding("NULL"), finding("TOP", 90), finding("MIDDLE", 50))
    assert found == ["TOP", "MIDDLE", "NULL", "LOW"]
    found = order(finding("LOW", 10), finding("NULL", severity="medium"))
    assert found == ["LOW", "NULL"]


def test_a_house_number_is_not_among_the_first_three_while_others_can_be():
    house = Evidence(threshold=Threshold(name="t", value=1, unit="share", origin="house"))
    found = order(
        finding("H01", 9e9, evidence=house), *(finding(f"A0{n}", 10) for n in range(1, 5))
    )
    assert found.index("H01") == 4


def test_net_and_payback_from_stated_costs():
    agreed = {"A01": Agreed(initial_yen=300_000, monthly_yen=10_000, assignee="専務",
                            due=date(2027, 1, 31))}  # fmt: skip
    (action,) = plan([finding("A01", 480_000)], CONSTANTS.__getitem__, agreed)
    # 480,000 − 12 × 10,000 = 360,000 a steady year, 60,000 in the first; 300,000 ÷ 30,000 = 10.
    assert (action.net, action.steady_net, action.payback_months) == (60_000, 360_000, 10)
    assert (action.assignee, action.due) == ("専務", "2027-01-31")


def test_what_was_decided_against_comes_last_and_takes_no_time():
    found = [finding("A01", 9e9, effort="L"), finding("A02", 30), finding("A03", 20)]
    before = {one.findings[0]: one for one in plan(found, CONSTANTS.__getitem__)}
    dropped = {"A01": Agreed(status="dropped")}
    after = {one.findings[0]: one for one in plan(found, CONSTANTS.__getitem__, dropped)}
    assert (list(before), list(after)) == (["A01", "A02", "A03"], ["A02", "A03", "A01"])
    assert (before["A02"].horizon, after["A02"].horizon) == ("half_year", "days_30")
    assert after["A01"].horizon == after["A03"].horizon


def test_what_never_pays_has_no_payback():
    agreed = {"A01": Agreed(initial_yen=1.0, monthly_yen=50_000)}
    (action,) = plan([finding("A01", 480_000)], CONSTANTS.__getitem__, agreed)
    assert action.net == 480_000 - 600_000 - 1
    assert action.payback_months is None


@pytest.mark.parametrize("agreed", [Agreed(initial_yen=5.0), Agreed(monthly_yen=5.0), Agreed()])
def test_without_both_costs_there_is_no_net(agreed):
    (action,) = plan([finding("A01", 100)], CONSTANTS.__getitem__, {"A01": agreed})
    assert action.yen == 100
    assert action.net is None
    assert action.payback_months is None


def test_cash_comes_once():
    agreed = {"A01": Agreed(initial_yen=10.0, monthly_yen=1.0)}
    (action,) = plan([finding("A01", 100, kind="cash")], CONSTANTS.__getitem__, agreed)
    assert action.net == 100 - 10 - 12
    assert action.steady_net is None
    assert action.payback_months is None


def test_an_exposure_is_no_effect():
    (action,) = plan([finding("A01", 100, kind="risk")], CONSTANTS.__getitem__)
    assert action.yen is None


def test_one_after_the_other():
    # Ten person-days a month: 3 + 3 + 15 + 15 + 40 + 40 days are done after 9, 18, 63, 108, 228
    # and 348 days.
    findings = [
        finding("A", 9000), finding("B", 8000), finding("C", 9000, effort="M"),
        finding("D", 8000, effort="M"), finding("E", 9000, effort="L"),
        finding("F", 8000, effort="L"), finding("G", 10),
    ]  # fmt: skip
    found = {a.findings[0]: a.horizon for a in plan(findings, CONSTANTS.__getitem__)}
    assert found == {
        "A": "days_30", "B": "days_30", "C": "days_90", "D": "half_year", "E": "year",
        "F": "year", "G": "year",
    }  # fmt: skip
