"""Contracts small enough to work out by hand."""

from datetime import date

import pandas as pd
import pytest

from toolkit.measures.survival import kaplan_meier

TODAY = "2025-03-31"


def contract(account, start, end=None, mrr=100, renewed=None, churned=None, plan="basic"):
    return {
        "account_id": account,
        "start": start,
        "end": end,
        "mrr": mrr,
        "renewed": renewed,
        "churned_at": churned,
        "plan": plan,
    }


BOOK = [
    contract("a", "2023-04-01", "2024-03-31", 100),  # taken over by the next row, at more
    contract("a", "2024-04-01", "2025-05-31", 150),
    contract("b", "2023-06-01", "2024-05-31", 200, renewed=False),  # ended
    contract("c", "2024-01-01", None, 300),  # open
    contract("d", "2023-10-01", "2024-09-30", 400, renewed=True),  # renewed, no further row
    contract("e", "2024-02-01", None, 50, churned="2024-12-15"),
    contract("f", "2024-11-01", "2025-10-31", 80, plan="pro"),  # new within the year
    contract("g", "2024-06-01", "2025-06-29", 70, plan="pro"),  # ends in exactly 90 days
    contract("h", "2024-07-01", "2025-06-30", 60),  # in 91
]


@pytest.fixture(scope="module")
def book(facts):
    return facts(TODAY, model="saas", contracts=BOOK)


@pytest.mark.parametrize(
    ("key", "value", "n"),
    [
        ("contracts.mrr", 150 + 300 + 400 + 80 + 70 + 60, 6),
        # ended 1 April 2024 to 31 March 2025: b (no), d (yes)
        ("contracts.renewal_rate", 0.5, 2),
        # a year ago: a 100, b 200, c 300, d 400, e 50; now a 150, c 300, d 400
        ("contracts.nrr", 850 / 1050, 5),
        ("contracts.grr", 800 / 1050, 5),
        ("contracts.expansion_account_share", 1 / 5, 5),
        ("contracts.logo_churn_rate", 2 / 8, 8),
        ("contracts.pending_renewals_90d", 2, 2),  # a and g
        ("contracts.pending_renewals_90d_arr", (150 + 70) * 12, 2),
        ("contracts.signed_count", 4, 4),  # a's second, f, g, h
        ("tob.top1_account_share", 400 / 1060, 6),
        ("tob.top1_account_share_yoy", 400 / 1060 - 400 / 1050, 6),
    ],
)
def test_by_hand(book, key, value, n):
    assert book[key].value == pytest.approx(value)
    assert book[key].n == n


def test_intervals_where_sampled(book):
    for name in ("renewal_rate", "nrr", "grr", "expansion_account_share", "logo_churn_rate"):
        fact = book[f"contracts.{name}"]
        assert fact.low95 <= fact.low <= fact.value <= fact.high <= fact.high95
    assert book["contracts.grr"].high95 <= 1


def test_churn_by_plan(book):
    assert book["contracts.logo_churn_rate[plan=basic]"].value == pytest.approx(2 / 6)
    assert book["contracts.logo_churn_rate[plan=pro]"].value == 0.0


def test_pending_renewals_name_the_accounts(book):
    items = book["contracts.pending_renewals_90d"].items
    assert [(item.key, item.value) for item in items] == [("a", "2025-05-31"), ("g", "2025-06-29")]


def test_survival_counts_begun_months_of_those_who_left(facts):
    rows = [
        contract("a", "2025-01-01", churned="2025-01-20"),
        contract("b", "2025-01-01", churned="2025-03-01"),
        contract("c", "2025-01-01"),
        contract("d", "2025-02-15"),
    ]
    found = facts(TODAY, model="saas", contracts=rows)
    # month 1: a of four leaves; d is seen one month only; month 2: b of the two left
    assert found.value("contracts.survival[month=1]") == 0.75
    assert found.value("contracts.survival[month=2]") == 0.375
    assert found["contracts.survival[month=2]"].n == 2


def test_kaplan_meier_by_hand():
    lost = pd.DataFrame({"months": [1, 2, 2, 3], "lost": [True, True, False, False]})
    curve = kaplan_meier(lost)
    assert [(step.month, step.at_risk) for step in curve] == [(0, 4), (1, 4), (2, 3), (3, 1)]
    assert [step.share for step in curve] == pytest.approx([1, 0.75, 0.5, 0.5])


@pytest.mark.parametrize(
    ("day", "mrr"), [("2024-05-31", 100), ("2024-06-01", 0), ("2024-05-01", 100)]
)
def test_a_contract_runs_through_its_last_day(facts, day, mrr):
    rows = [contract("b", "2023-06-01", "2024-05-31")]
    assert facts(day, model="saas", contracts=rows).value("contracts.mrr") == mrr


def test_two_contracts_that_meet_on_a_day_count_once(facts):
    rows = [
        contract("a", "2024-04-01", "2025-03-31", 100),
        contract("a", "2025-03-31", "2026-03-31", 120),
    ]
    assert facts(TODAY, model="saas", contracts=rows).value("contracts.mrr") == 120


def test_two_contracts_side_by_side_both_count(facts):
    rows = [
        contract("a", "2024-04-01", "2025-12-31", 100, plan="base"),
        contract("a", "2024-09-01", "2025-12-31", 30, plan="extra"),
    ]
    assert facts(TODAY, model="saas", contracts=rows).value("contracts.mrr") == 130


def test_renewal_without_a_record_is_told_by_a_later_contract(facts):
    rows = [
        contract("a", "2023-12-01", "2024-11-30"),
        contract("a", "2024-12-01", "2025-11-30"),
        contract("b", "2023-12-01", "2024-11-30"),
        contract("c", "2023-12-01", "2024-11-30", plan="base"),
        contract("c", "2024-02-01", "2024-11-30", plan="extra"),  # both ended: none renewed
    ]
    fact = facts(TODAY, model="saas", contracts=rows)["contracts.renewal_rate"]
    assert (fact.value, fact.n) == (0.25, 4)


def test_a_young_book_has_no_year_before(facts):
    found = facts(TODAY, model="saas", contracts=[contract("a", "2024-06-01")])
    for name in ("nrr", "grr", "expansion_account_share", "expansion_account_share_yoy"):
        assert found[f"contracts.{name}"].reason == "immature"
    assert found["contracts.renewal_rate"].reason == "no_rows"


def test_expansion_against_the_year_before(facts):
    rows = [
        contract("a", "2023-01-01", "2024-03-31", 100),
        contract("a", "2024-04-01", "2025-12-31", 100),
        contract("b", "2023-01-01", "2023-12-31", 100),
        contract("b", "2024-01-01", "2025-12-31", 200),
    ]
    fact = facts(TODAY, model="saas", contracts=rows)["contracts.expansion_account_share_yoy"]
    assert fact.value == pytest.approx(0.0 - 0.5)


def _usage(account, day, users):
    return {"account_id": account, "date": day, "active_users": users}


def test_accounts_in_use_in_thirty_days(facts):
    usage = [
        _usage("a", "2025-03-02", 1),  # 29 days ago
        _usage("c", "2025-03-01", 5),  # 30 days ago: too long
        _usage("d", "2025-03-31", 0),
        _usage("e", "2025-03-31", 9),  # left in December
    ]
    found = facts(TODAY, model="saas", contracts=BOOK, usage=usage)
    fact = found["contracts.active_account_rate"]
    assert (fact.value, fact.n) == (pytest.approx(1 / 6), 6)
    assert fact.period == ("2025-03-02", "2025-03-31")
    assert found["contracts.active_account_rate_yoy"].reason == "immature"


def test_use_against_a_year_ago(facts):
    usage = [_usage("a", "2024-02-01", 1), _usage("b", "2024-03-20", 1), _usage("c", TODAY, 2)]
    fact = facts(TODAY, model="saas", contracts=BOOK, usage=usage)[
        "contracts.active_account_rate_yoy"
    ]
    assert fact.value == pytest.approx(1 / 6 - 1 / 5)


def test_without_usage_the_rate_is_unknown(book):
    fact = book["contracts.active_account_rate"]
    assert (fact.reason, fact.needs) == ("no_table", ("contracts", "usage"))


def test_without_amounts_there_is_no_revenue(facts):
    rows = [{key: value for key, value in row.items() if key != "mrr"} for row in BOOK]
    found = facts(TODAY, model="saas", contracts=rows)
    assert found["contracts.mrr"].reason == "no_column"
    assert found.value("contracts.renewal_rate") == 0.5


def test_revenue_by_month(measured):
    series = {one.id: one for one in measured(TODAY, model="saas", contracts=BOOK).series}
    rows = series["mrr_by_month"].rows
    assert rows[0] == ("2023-04", 100.0, 1)
    assert rows[-1] == ("2025-03", 1060.0, 6)
    assert len(rows) == 24
    assert series["survival"].rows[0] == (0, 1.0, 8)


def test_evidence_has_a_row_per_account(measured):
    frame = measured(TODAY, model="saas", contracts=BOOK).evidence["contracts"]
    assert list(frame["account_id"]) == list("abcdefgh")
    first = frame.iloc[0]
    assert (first["start"], first["mrr"], bool(first["lost"])) == ("2023-04-01", 150.0, False)
    assert date.fromisoformat(frame.iloc[5]["start"]) == date(2024, 11, 1)


def test_accounts_without_a_fee_are_resampled_without_a_warning(facts):
    paid = contract("paid", "2023-01-01", None, 1000)
    free = [contract(f"free{number}", "2023-01-01", None, 0) for number in range(3)]
    nrr = facts(TODAY, contracts=[paid, *free])["contracts.nrr"]
    assert (nrr.value, nrr.low, nrr.high) == (1, 1, 1)
