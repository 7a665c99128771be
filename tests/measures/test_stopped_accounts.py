"""Accounts that stopped ordering, and what they used to buy, by hand."""

import pytest

BEFORE, STOPPED = "tob.accounts_before_count", "tob.stopped_account_sales_yen"
ORDERS = """
    stays 2023-06-01 100
    stays 2024-06-01 100
    early 2022-10-01 50
    early 2022-12-01 70
    early 2023-11-15 30
    late 2024-03-30 700
    new 2025-03-31 900
    old 2022-04-01 999
"""


def run(facts, rows):
    return facts("2025-03-31", model="made_to_order", orders=rows)


def test_sales_of_a_year_up_to_the_last_order(facts, orders):
    found = run(facts, orders(ORDERS))
    # April 2023 to March 2024: stays, early and late; early and late are not seen since
    assert found.value(BEFORE) == 3
    stopped = found[STOPPED]
    # early: 70 + 30 in the 365 days up to 15 November 2023; late: 700
    assert (stopped.value, stopped.n) == (400, 2)
    assert [(item.key, item.value) for item in stopped.items] == [("late", 700.0), ("early", 100.0)]
    assert stopped.low < 400 < stopped.high
    assert stopped.period == ("2023-04-01", "2025-03-31")


def test_nobody_stopped(facts, orders):
    rows = orders("a 2023-04-01 1\n a 2025-03-31 1\n b 2024-01-01 2\n b 2024-12-01 2")
    found = run(facts, rows)
    assert (found.value(BEFORE), found[STOPPED].reason) == (2, "no_rows")


def test_orders_without_a_known_account_are_none(facts, orders):
    rows = orders(ORDERS + "- 2024-01-01 5000")
    assert run(facts, rows).value(BEFORE) == 3


@pytest.mark.parametrize("fact_id", [BEFORE, STOPPED])
def test_unknown_reasons(facts, orders, fact_id):
    recent = orders("\n".join(f"a 2024-{month:02d}-01 1" for month in range(1, 13)))
    assert run(facts, recent)[fact_id].reason == "immature"
    assert facts("2025-03-31", model="made_to_order")[fact_id].reason == "no_table"
    shop = facts("2025-03-31", model="general", orders=orders(ORDERS))
    assert shop[fact_id].state == "not_applicable"
