"""Sales of accounts past their usual interval, by hand."""

import pytest

SHARE, YOY = "tob.dormant_sales_share", "tob.dormant_sales_share_yoy"
TODAY = "2025-03-31"


def test_share_by_hand(facts, orders):
    rows = orders("""
        a 2024-01-01 100
        a 2024-02-01 100
        a 2024-03-01 100
        b 2024-04-01 50
        b 2024-09-01 50
        b 2025-03-31 50
        c 2024-01-01 70
        c 2024-01-11 70
        old 2023-03-31 999
    """)
    # a is silent for a year at an interval of a month; b is on time; c has two orders only; the
    # order of 24 months ago to the day is out of sight
    fact = facts(TODAY, model="made_to_order", orders=rows)[SHARE]
    assert (fact.value, fact.n) == (pytest.approx(300 / 590), 3)
    assert fact.period == ("2023-04-01", TODAY)


ACCOUNT_A = """
    a 2022-05-01 100
    a 2022-06-01 100
    a 2022-07-01 100
"""
ACCOUNT_B = """
    b 2022-04-01 50
    b 2022-12-01 50
    b 2023-08-01 50
    b 2024-03-31 50
    b 2024-11-30 50
    b 2025-03-31 50
"""
ACCOUNT_C = """
    c 2023-10-01 200
    c 2023-11-01 200
    c 2023-12-01 200
"""


def test_against_a_year_ago_with_equal_history(facts, orders):
    found = facts(TODAY, model="made_to_order", orders=orders(ACCOUNT_A + ACCOUNT_B + ACCOUNT_C))
    # in the 24 months to March 2025 c of c 600 and b 200 is silent; in those to March 2024 a and
    # c of a 300, b 200 and c 600
    assert found[YOY].value == pytest.approx(600 / 800 - 900 / 1100)
    assert found[YOY].n == 2
    assert found[YOY].period == ("2022-04-01", TODAY)


def test_a_silence_that_came_within_the_year(facts, orders):
    rows = orders(ACCOUNT_B + ACCOUNT_C.replace("2023", "2024"))
    found = facts(TODAY, model="made_to_order", orders=rows)
    assert found[YOY].value == pytest.approx(600 / 800 - 0.0)


def test_unknown_reasons(facts, orders):
    young = orders("a 2024-01-01 1\n a 2025-03-31 1")
    found = facts(TODAY, model="made_to_order", orders=young)
    assert (found[SHARE].value, found[YOY].reason) == (0.0, "immature")
    free = orders("a 2022-01-01 0\n a 2025-03-31 0")
    found = facts(TODAY, model="made_to_order", orders=free)
    assert (found[SHARE].reason, found[YOY].reason) == ("zero_base", "zero_base")
    guest = orders("- 2022-01-01 5\n - 2025-03-31 5")
    assert facts(TODAY, model="made_to_order", orders=guest)[SHARE].reason == "no_rows"
    assert facts(TODAY, model="made_to_order")[YOY].reason == "no_table"
    assert facts(TODAY, model="general", orders=young)[SHARE].state == "not_applicable"
