"""Business accounts by hand, and the key that joins orders to customers."""

import pytest

ACCOUNTS = """
    a 2023-04-01 100
    b 2023-06-01 300
    c 2023-09-01 100
    a 2024-04-01 400
    a 2024-10-01 200
    b 2025-03-31 200
"""


def test_dependence_on_the_first_account(facts, orders):
    found = facts("2025-03-31", model="made_to_order", orders=orders(ACCOUNTS))
    top = found["tob.top1_account_share"]
    assert (top.value, top.low, top.period) == (0.75, None, ("2024-04-01", "2025-03-31"))
    assert [(item.key, item.value) for item in top.items] == [("a", 600.0)]
    assert found.value("tob.top1_account_share_yoy") == pytest.approx(0.75 - 0.6)


def test_accounts_that_order_again(facts, orders):
    found = facts("2025-03-31", model="made_to_order", orders=orders(ACCOUNTS))
    stay = found["tob.account_continuation_share"]
    assert (stay.value, stay.n) == (pytest.approx(2 / 3), 3)
    assert found["tob.account_continuation_share_yoy"].reason == "immature"


def test_continuation_against_a_year_ago(facts, orders):
    rows = orders("a 2022-04-01 1\n b 2022-05-01 1\n" + ACCOUNTS)
    found = facts("2025-03-31", model="made_to_order", orders=rows)
    assert found.value("tob.account_continuation_share_yoy") == pytest.approx(2 / 3 - 1.0)


def test_accounts_past_their_interval(facts, orders):
    rows = orders(
        "a 2023-01-01 500\n a 2024-01-31 100\n a 2024-03-01 100\n a 2024-03-31 100\n"
        "b 2024-01-01 9\n b 2024-07-01 9\n b 2025-01-01 9"
    )
    answers = {("q.pla.cost_rates", "cogs"): 0.6}
    found = facts("2025-03-31", model="made_to_order", orders=rows, answers=answers)
    count = found["tob.dormant_accounts_count"]
    assert (count.value, count.n, [item.key for item in count.items]) == (1, 2, ["a"])
    # the 365 days to the last order hold three of its four: 300 × 0.4
    assert found.value("tob.dormant_accounts_yen") == pytest.approx(120.0)
    assert found.value("tob.dormant_accounts_sales_yen") == 300


def test_without_margin_no_yen(facts, orders):
    rows = orders("a 2024-01-01 1\n a 2024-01-31 1\n a 2024-03-01 1")
    found = facts("2025-03-31", model="made_to_order", orders=rows)
    assert found.value("tob.dormant_accounts_count") == 1
    assert found["tob.dormant_accounts_yen"].reason == "no_table"
    assert found.value("tob.dormant_accounts_sales_yen") == 3


def test_a_shop_for_consumers_has_no_accounts(facts, orders):
    fact = facts("2025-03-31", model="general", orders=orders(ACCOUNTS))["tob.top1_account_share"]
    assert (fact.state, fact.reason) == ("not_applicable", "not_applicable")


def test_key_match(facts, orders):
    rows = orders("a 2025-01-01 1\n a 2025-01-02 1\n b 2025-01-03 1\n - 2025-01-04 1")
    found = facts("2025-03-31", orders=rows, customers=[{"customer_id": "a"}])
    fact = found["crm.key_match_share"]
    assert (fact.value, fact.n) == (pytest.approx(2 / 3), 3)
    assert facts("2025-03-31", orders=rows)["crm.key_match_share"].reason == "no_table"


def test_personal_columns_are_counted(make_case):
    from dataclasses import replace

    from toolkit.facts import Facts
    from toolkit.measures import measure
    from toolkit.method import load_method

    case = make_case("2025-03-31", customers=[{"customer_id": "a"}])
    found = Facts(measure(replace(case, personal_columns=3), load_method()).facts)
    assert found.value("crm.personal_columns_count") == 3
    empty = Facts(measure(make_case("2025-03-31"), load_method()).facts)
    assert not empty["crm.personal_columns_count"].known
