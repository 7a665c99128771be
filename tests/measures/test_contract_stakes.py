"""Recurring revenue that fell due, or runs without the core function, by hand."""

import pytest

TODAY = "2025-03-31"
DUE, NO_CORE = "contracts.due_arr_12m", "contracts.no_core_use_arr"


def contract(account, start, end=None, mrr=100):
    return {"account_id": account, "start": start, "end": end, "mrr": mrr}


BOOK = [
    contract("yearly", "2024-01-01", "2024-12-31", 100),
    contract("yearly", "2025-01-01", "2025-12-31", 120),  # renewed at more: due at the old amount
    contract("three years", "2023-01-01", "2025-12-31", 500),  # does not fall due in the year
    contract("young", "2024-06-01", "2024-12-31", 900),  # not there a year ago
    contract("gone", "2023-04-01", "2024-03-31", 40),  # ended on the day a year ago
]
MONTHLY = [contract("monthly", f"2024-{m:02d}-01", f"2024-{m:02d}-28", 10) for m in range(3, 13)]


def test_each_account_falls_due_once_at_what_it_paid_a_year_ago(facts):
    found = facts(TODAY, model="saas", contracts=BOOK)[DUE]
    assert (found.value, found.n) == (1_200, 1)
    assert found.period == ("2024-03-31", TODAY)


def test_contracts_of_a_month_are_no_twelvefold_year(facts):
    rows = [*BOOK, contract("monthly", "2024-03-01", "2024-04-30", 10), *MONTHLY[2:]]
    assert facts(TODAY, model="saas", contracts=rows).value(DUE) == 1_200 + 120


def test_no_account_a_year_ago(facts):
    rows = [contract("new", "2024-06-01", "2024-12-31")]
    assert facts(TODAY, model="saas", contracts=rows)[DUE].reason == "immature"


@pytest.mark.parametrize("lacking", ["end", "mrr"])
def test_without_a_column(facts, lacking):
    rows = [{k: v for k, v in row.items() if k != lacking} for row in BOOK]
    assert facts(TODAY, model="saas", contracts=rows)[DUE].reason == "no_column"
    assert facts(TODAY, model="saas")[DUE].reason == "no_table"


def use(account, day, core):
    return {"account_id": account, "date": day, "active_users": 3, "core_events": core}


USED = [
    contract("core", "2024-01-01"),
    contract("plain", "2024-01-01", mrr=30),
    contract("never", "2024-01-01", mrr=7),
    contract("left", "2024-01-01", "2025-03-01", mrr=800),
]
USE = [
    use("core", "2025-03-31", 1),
    use("plain", "2025-03-30", 0),
    use("plain", "2025-03-01", 5),  # 30 days ago: too long
]


def test_accounts_that_leave_the_core_function_be(facts):
    found = facts(TODAY, model="saas", contracts=USED, usage=USE)[NO_CORE]
    assert (found.value, found.n) == (12 * (30 + 7), 2)
    assert [item.key for item in found.items] == ["plain", "never"]
    assert found.period == ("2025-03-02", TODAY)


def test_core_use_that_is_not_known(facts):
    plain = [{k: v for k, v in row.items() if k != "core_events"} for row in USE]
    assert facts(TODAY, contracts=USED, usage=plain)[NO_CORE].reason == "no_column"
    over = [contract("over", "2023-01-01", "2024-01-01")]
    assert facts(TODAY, contracts=over, usage=USE)[NO_CORE].reason == "no_rows"
    assert facts(TODAY, contracts=USED)[NO_CORE].reason == "no_table"
