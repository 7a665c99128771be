"""Renewals by plan, by hand."""

import pytest

TODAY = "2025-03-31"


def due(account, plan, renewed, end="2024-12-31"):
    return {
        "account_id": account,
        "start": "2024-01-01",
        "end": end,
        "mrr": 100,
        "plan": plan,
        "renewed": renewed,
    }


BOOK = [
    due("a", "basic", True),
    due("b", "basic", False),
    due("c", "basic", False),
    due("d", "pro", True),
    due("e", "pro", True, "2025-06-30"),  # not due yet
    due("f", "old", False, "2024-03-30"),  # due more than 365 days ago
]


def test_rate_by_plan(facts):
    found = facts(TODAY, model="saas", contracts=BOOK)
    assert found["contracts.renewal_rate"].value == 2 / 4
    basic, pro = (found[f"contracts.renewal_rate[plan={plan}]"] for plan in ("basic", "pro"))
    assert (basic.value, basic.n) == (pytest.approx(1 / 3), 3)
    assert (pro.value, pro.n) == (1.0, 1)
    assert "contracts.renewal_rate[plan=old]" not in found


def test_plans_looked_at_together_have_wider_intervals(facts):
    alone = facts(TODAY, contracts=[row for row in BOOK if row["plan"] == "basic"])
    together = facts(TODAY, contracts=BOOK)["contracts.renewal_rate[plan=basic]"]
    assert "contracts.renewal_rate[plan=basic]" not in alone  # one plan is the whole
    whole = alone["contracts.renewal_rate"]
    assert (whole.value, whole.n) == (together.value, together.n)
    assert together.low95 < whole.low95 < whole.high95 < together.high95


def test_unknown_reasons(facts):
    early = [due("a", "basic", True, "2025-12-31")]
    assert facts(TODAY, contracts=early)["contracts.renewal_rate"].reason == "no_rows"
    endless = [{key: value for key, value in BOOK[0].items() if key != "end"}]
    assert facts(TODAY, contracts=endless)["contracts.renewal_rate"].reason == "no_column"
    assert facts(TODAY)["contracts.renewal_rate"].reason == "no_table"
