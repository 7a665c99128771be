"""Use of a product by its accounts, small enough to work out by hand."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from toolkit.measures.paired import paired_interval

TODAY = "2025-03-31"
ADOPTION, EVENTS = "usage.core_adoption_share", "usage.core_events_per_week"
ACTIVE = "contracts.active_account_rate"


def contract(account, start="2023-01-01", mrr=100, churned=None):
    return {"account_id": account, "start": start, "mrr": mrr, "churned_at": churned}


def use(account, day, users=1, core=0, minutes=0.0):
    return {
        "account_id": account,
        "date": day,
        "active_users": users,
        "core_events": core,
        "minutes": minutes,
    }


BOOK = [contract(name) for name in "abc"] + [contract("gone", churned="2025-01-01")]
USE = [
    use("a", "2025-03-02", users=4, core=30, minutes=100),  # 29 days ago
    use("a", "2025-03-20", users=6, core=30, minutes=200),
    use("b", "2025-03-31", users=2, core=0, minutes=20),
    use("c", "2025-03-01", users=9, core=9, minutes=900),  # 30 days ago: too long
    use("gone", "2025-03-31", users=9, core=9, minutes=900),  # no contract
]


@pytest.fixture(scope="module")
def used(facts):
    return facts(TODAY, model="saas", contracts=BOOK, usage=USE)


def test_adoption(used):
    fact = used[ADOPTION]
    assert (fact.value, fact.n) == (pytest.approx(1 / 3), 3)  # a of a, b, c
    assert fact.period == ("2025-03-02", TODAY)
    assert fact.low95 < fact.low < fact.value < fact.high < fact.high95


def test_frequency_per_active_account_and_week(used):
    # a 60 and b 0 in 30 days: (60 + 0) ÷ 2 ÷ (30 ÷ 7)
    assert used[EVENTS].value == pytest.approx(60 / 2 / (30 / 7))
    assert used[EVENTS].n == 2


def test_minutes_per_user(used):
    # a 300 minutes with at most 6 users, b 20 with 2
    fact = used["usage.minutes_per_user"]
    assert (fact.value, fact.n) == (320 / 8, 2)


def test_accounts_without_use_and_their_amount(facts):
    fact = facts(TODAY, model="saas", contracts=BOOK, usage=USE)["contracts.unused_accounts_arr"]
    assert (fact.value, fact.n, [item.key for item in fact.items]) == (1200.0, 1, ["c"])


def test_an_export_that_ends_early_is_no_lack_of_use(facts):
    orders = [
        {"order_id": "1", "customer_id": "x", "order_date": "2025-06-30", "amount": 1},
    ]
    daily = [use("a", day.date().isoformat()) for day in pd.date_range("2025-02-01", TODAY)]
    found = facts("2025-06-30", contracts=BOOK, usage=daily, orders=orders)
    assert found[ACTIVE].value == pytest.approx(1 / 3)
    assert found[ACTIVE].period == ("2025-03-02", TODAY)


def monthly(account, months, users=1, core=0):
    """A record at the end of each month, the last one March 2025; months counts back from 0."""
    ends = [pd.Timestamp(TODAY) - pd.offsets.MonthEnd(back) for back in months]
    return [use(account, end.date().isoformat(), users=users, core=core) for end in ends]


HISTORY = [
    *monthly("a", range(13), core=10),
    *monthly("b", range(3, 13), core=20),  # silent in the last three months
    *monthly("c", [0, 1, 2], core=10),  # began to use it three months ago
    *monthly("c", range(3, 6)),  # launched three of the nine months before, no core function
]


def test_three_months_against_the_nine_before(facts):
    found = facts(TODAY, model="saas", contracts=BOOK[:3], usage=HISTORY)
    # launched account-months: now a 3 + c 3 of 9; before a 9 + b 9 + c 3 of 27
    active = found[f"{ACTIVE}_t3v9"]
    assert (active.value, active.n) == (pytest.approx(6 / 9 - 21 / 27), 3)
    assert found.value(f"{ACTIVE}_t3v9_change") == pytest.approx((6 / 9 - 21 / 27) / (21 / 27))
    # core: now a 3 + c 3 of 9; before a 9 + b 9 of 27
    assert found.value(f"{ADOPTION}_t3v9") == pytest.approx(6 / 9 - 18 / 27)
    assert found.value(f"{ADOPTION}_t3v9_change") == pytest.approx(0.0)
    assert active.period == ("2024-04-01", TODAY)


def test_frequency_against_the_nine_months_before(facts):
    found = facts(TODAY, model="saas", contracts=BOOK[:3], usage=HISTORY)
    # now: (a 30 + c 30) ÷ 2 accounts ÷ 90 days; before: (a 90 + b 180) ÷ account-days in use:
    # a and b 275 days each, c the 92 days from October to December
    now = 60 / (2 * 90 / 7)
    before = 270 / ((275 + 275 + 92) / 7)
    assert found.value(f"{EVENTS}_t3v9") == pytest.approx(now - before)
    assert found.value(f"{EVENTS}_t3v9_change") == pytest.approx((now - before) / before)


def test_an_account_that_never_changes_is_no_sign_of_change():
    steady = pd.DataFrame({"top": [3.0, 0.0], "bottom": [3.0, 3.0]}, index=["x", "y"])
    interval = paired_interval(steady, steady * 3)
    assert (interval.low95, interval.high95) == pytest.approx((0.0, 0.0))


def test_interval_of_a_paired_change_by_hand():
    now = pd.DataFrame({"top": [1.0, 0.0, 1.0], "bottom": [1.0] * 3}, index=list("xyz"))
    before = pd.DataFrame({"top": [1.0, 1.0, 1.0], "bottom": [1.0] * 3}, index=list("xyz"))
    # influences now: (1 − 2/3)/3, (0 − 2/3)/3, (1 − 2/3)/3 = 1/9, −2/9, 1/9; before all nought
    # standard error √((1 + 4 + 1)/81 × 3/2) = 1/3; Student's 97.5 % point with 2 degrees 4.3027
    interval = paired_interval(now, before)
    assert interval.low95 == pytest.approx(-1 / 3 - 4.3027 / 3, abs=1e-4)
    assert interval.high95 == pytest.approx(-1 / 3 + 4.3027 / 3, abs=1e-4)


def test_measures_looked_at_together_share_the_error():
    now = pd.DataFrame({"top": [1.0, 0.0, 1.0], "bottom": [1.0] * 3}, index=list("xyz"))
    before = pd.DataFrame({"top": [1.0, 1.0, 1.0], "bottom": [1.0] * 3}, index=list("xyz"))
    # 98.75 % point of Student's distribution with 2 degrees: 6.2053
    assert paired_interval(now, before, 2).low95 == pytest.approx(-1 / 3 - 6.2053 / 3, abs=1e-4)


def test_months_of_any_length_hold_one_record_each(facts):
    """Counted from the last day: from 30 September the months would run from the 30th."""
    ends = [day.date().isoformat() for day in pd.date_range("2024-11-30", "2025-12-31", freq="ME")]
    usage = [use("a", day, core=10) for day in ends]
    found = facts("2025-12-31", contracts=BOOK[:1], usage=usage)
    assert found[f"{ACTIVE}_t3v9"].value == 0.0
    # ten uses a month: 30 in 92 days against 90 in 273
    gap = 30 / (92 / 7) - 90 / (273 / 7)
    assert found[f"{EVENTS}_t3v9"].value == pytest.approx(gap)


def test_unknown_reasons(facts):
    bare = [{key: row[key] for key in ("account_id", "date", "active_users")} for row in USE]
    found = facts(TODAY, contracts=BOOK, usage=bare)
    assert found[ADOPTION].reason == found[EVENTS].reason == "no_column"
    assert found["usage.minutes_per_user"].reason == "no_column"
    assert facts(TODAY, contracts=BOOK)[ADOPTION].reason == "no_table"
    short = facts(TODAY, contracts=BOOK, usage=USE)
    for name in (ACTIVE, ADOPTION, EVENTS):
        assert short[f"{name}_t3v9"].reason == "immature"
        assert short[f"{name}_t3v9_change"].reason == "immature"
    idle = facts(TODAY, contracts=BOOK, usage=[use("a", TODAY, users=0)])
    assert idle[EVENTS].reason == idle["usage.minutes_per_user"].reason == "zero_base"
    closed = [contract("a", churned="2024-12-01")]
    assert facts(TODAY, contracts=closed, usage=USE)[ADOPTION].reason == "no_rows"


def test_nothing_used_before_has_no_relative_change(facts):
    rows = [*monthly("a", range(13)), *monthly("a", [0], core=5)]
    found = facts(TODAY, contracts=BOOK[:1], usage=rows)
    assert found[f"{ADOPTION}_t3v9"].value == pytest.approx(1 / 3)
    assert found[f"{ADOPTION}_t3v9_change"].reason == "zero_base"


@pytest.mark.parametrize(
    ("answers", "value", "reason"),
    [
        ({"q.tob.value_output": 1.2}, 1.2, None),
        ({"q.tob.value_output": "unknown"}, None, "answered_unknown"),
        ({}, None, "not_asked"),
    ],
)
def test_results_as_answered(facts, answers, value, reason):
    fact = facts(TODAY, model="saas", answers=answers)["usage.value_output"]
    assert (fact.value, fact.reason, fact.basis) == (value, reason, "said")
    assert fact.needs == ("q.tob.value_output",)


def test_accounts_in_use_by_month(measured):
    daily = [
        use("a", (date(2025, 1, 1) + timedelta(days=place)).isoformat()) for place in range(90)
    ]
    found = measured(TODAY, contracts=BOOK, usage=[*daily, use("b", "2025-02-10")])
    series = {one.id: one for one in found.series}["usage_by_month"]
    assert series.columns == ("month", "accounts", "active")
    assert series.rows == (("2025-01", 3, 1), ("2025-02", 3, 2), ("2025-03", 3, 1))


def test_evidence_of_use(measured):
    frame = measured(TODAY, contracts=BOOK, usage=USE).evidence["usage"]
    assert list(frame["account_id"]) == ["a", "b", "c"]
    assert list(frame["core_events"]) == [60.0, 0.0, 0.0]
    assert {"health", "mrr", "file", "row"} <= set(frame.columns)


def test_a_steady_business_rarely_looks_like_a_falling_one():
    """Accounts with habits of their own and months that hang together, nothing changing."""
    random = np.random.default_rng(11)
    alarms, seeds, accounts = 0, 400, 60
    for _ in range(seeds):
        habit = random.beta(3, 1, accounts)[:, None]
        fresh = random.random((accounts, 12)) < habit
        again = random.random((accounts, 12)) < 0.6
        for month in range(1, 12):  # most months repeat the one before
            fresh[:, month] = np.where(again[:, month], fresh[:, month - 1], fresh[:, month])
        sides = [
            pd.DataFrame({"top": part.sum(axis=1).astype(float), "bottom": float(part.shape[1])})
            for part in (fresh[:, 9:], fresh[:, :9])
        ]
        interval = paired_interval(*sides)
        alarms += interval.high95 < 0
    assert 0.005 <= alarms / seeds <= 0.05
