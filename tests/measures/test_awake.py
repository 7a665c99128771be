"""What being awake is worth, and what the silent best customers bought, by hand."""

import pytest

from toolkit.measures.awake import AWAKE, NOW, OVERDUE, REPEATERS

# On 31 March 2024 ann and bob are awake, cat and dan past twice their interval of ten days. In
# the year after they buy 900 and 500, 100 and 0. A look-back of twelve months each.
SHOP = """
    x 2023-04-01 1
    ann 2024-02-01 1
    ann 2024-03-01 1
    bob 2024-02-10 1
    bob 2024-03-10 1
    cat 2023-06-01 1
    cat 2023-06-11 1
    dan 2023-07-01 1
    dan 2023-07-11 1
    ann 2024-05-01 900
    bob 2024-06-01 500
    cat 2024-09-01 100
    y 2025-03-31 1
"""


def test_awake_against_dormant_a_year_ago(facts, orders):
    found = facts("2025-03-31", orders=orders(SHOP))
    fact = found[AWAKE]
    assert (fact.value, fact.n) == ((900 + 500) / 2 - (100 + 0) / 2, 2)
    assert fact.low < 650 < fact.high
    assert fact.period == ("2024-04-01", "2025-03-31")


def test_the_share_of_the_comparison_s_own_months(facts, orders):
    rows = orders(
        SHOP + "eve 2024-05-01 1\n eve 2024-05-02 1\n fay 2025-03-01 1\n fay 2025-03-20 1"
    )
    found = facts("2025-03-31", orders=rows)
    # in the last twelve months eve and fay bought twice; eve is silent
    assert (found.value(NOW), found[NOW].n) == (0.5, 2)
    assert found.value(REPEATERS) == 2
    assert found[NOW].low < 0.5 < found[NOW].high


def test_too_short_a_history(facts, orders):
    found = facts("2025-03-31", orders=orders("a 2024-04-02 1\na 2024-05-01 1\na 2025-03-31 1"))
    assert {found[one].reason for one in (AWAKE, NOW, REPEATERS)} == {"immature"}


@pytest.mark.parametrize("who", ["ann", "cat"])
def test_nobody_on_one_side(facts, orders, who):
    sides = {"ann": "ann bob", "cat": "cat dan"}[who].split()
    kept = [line for line in SHOP.splitlines() if not any(name in line for name in sides)]
    assert facts("2025-03-31", orders=orders("\n".join(kept)))[AWAKE].reason == "no_rows"


def test_a_year_of_the_best_who_fell_silent(facts, orders):
    best = "top 2024-03-01 5000\n top 2024-04-01 9000\n top 2024-05-01 9000"
    fact = facts("2025-03-31", orders=orders(SHOP + best))[OVERDUE]
    assert (fact.value, fact.n) == (18_000.0, 1)  # March 2024 is longer ago than a year
    none = facts("2025-03-31", orders=orders("bob 2024-05-01 1\nbob 2024-05-03 1"))[OVERDUE]
    assert (none.value, none.n) == (0.0, 0)  # two orders are no rhythm


def test_no_orders(facts):
    assert facts("2025-03-31")[OVERDUE].reason == "no_table"
