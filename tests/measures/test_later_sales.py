"""What customers buy after a second order, a step-up, a delivery, by hand."""

import pytest

from toolkit.measures.later_sales import MAIN, SECOND, STARTERS, TRIALS, later_sales_facts

NEXT, THIRD = "subs.second_delivery_sales_365d", "subs.third_delivery_sales_365d"

# ann: second after 180 days, 300 + 50 within 365 days, 999 a day too late. bob: second after 40
# days, 100. cat: second after 181 days. dan: too young. A late order sets the last day.
BUYERS = """
    ann 2024-01-01 1000
    ann 2024-06-29 300
    ann 2024-12-30 50
    ann 2024-12-31 999
    bob 2024-02-01 1000
    bob 2024-03-12 100
    cat 2024-01-01 1000
    cat 2024-06-30 700
    dan 2025-03-01 1000
    dan 2025-03-02 900
    zoe 2025-06-30 1
"""


def test_sales_after_the_first_order(facts, orders):
    fact = facts("2025-06-30", orders=orders(BUYERS))[SECOND]
    assert (fact.value, fact.n) == ((350 + 100) / 2, 2)
    assert fact.low < 225 < fact.high
    assert fact.period == ("2024-01-01", "2024-02-01")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a 2025-01-01 1\na 2025-01-05 1", "immature"),
        ("a 2023-01-01 1\na 2024-01-05 1", "no_rows"),  # the second came after 180 days
    ],
)
def test_nobody_to_measure(facts_of, orders, text, reason):
    assert facts_of(later_sales_facts, "2025-02-01", orders=orders(text))[SECOND].reason == reason


def test_no_customers_no_figures(facts, orders):
    found = facts("2025-06-30", orders=orders("- 2025-01-01 1"))
    assert not found[SECOND].known


def _trials(text, orders):
    rows = orders(text)
    return [{**row, "trial": row["amount"] == "980"} for row in rows]


# ann and bob go on in time; bob's further trial counts as bought; cat does not go on; dan's main
# order comes after 91 days; eve began with a main order; fay is too young to measure.
TRIED = """
    ann 2024-01-01 980
    ann 2024-02-01 5000
    bob 2024-03-01 980
    bob 2024-03-20 4000
    bob 2024-09-01 980
    cat 2024-04-01 980
    dan 2024-01-01 980
    dan 2024-04-02 7000
    eve 2024-01-01 6000
    eve 2024-01-02 980
    eve 2024-01-03 6000
    fay 2025-05-01 980
    fay 2025-05-09 3000
    fay 2025-06-30 1
"""


def test_what_stepped_up_buyers_buy(facts, orders):
    found = facts("2025-06-30", orders=_trials(TRIED, orders))
    assert (found.value(MAIN), found[MAIN].n) == ((5000 + 4980) / 2, 2)
    assert found.value(TRIALS) == 1  # fay, since July 2024


def test_trials_unknown(facts, orders):
    found = facts("2025-06-30", orders=orders(BUYERS))
    assert (found[TRIALS].reason, found[MAIN].reason) == ("no_column", "no_column")
    young = facts("2025-06-30", orders=_trials("a 2025-05-01 980\na 2025-05-09 3000", orders))
    assert (young[TRIALS].reason, young[MAIN].reason) == ("immature", "immature")
    none = facts("2025-06-30", orders=_trials("a 2024-01-01 10\na 2025-05-09 3000", orders))
    assert (none.value(TRIALS), none[MAIN].reason) == (0, "no_rows")


# ann gets five (the last a day too late), bob two, cat one, dan's second comes too late (91 days).
DELIVERIES = """
    ann 2024-01-01 100 1
    ann 2024-02-01 200 2
    ann 2024-03-01 300 3
    ann 2024-04-01 400 4
    ann 2024-12-31 900 5
    bob 2024-01-01 100 1
    bob 2024-02-01 210 2
    cat 2024-01-01 100 1
    dan 2024-01-01 100 1
    dan 2024-04-01 500 2
    eve 2025-03-01 100 1
    eve 2025-06-30 100 2
"""


def _boxes(text):
    cells = [line.split() for line in text.splitlines() if line.strip()]
    return [
        {
            "order_id": f"o{place:03d}",
            "customer_id": who,
            "order_date": day,
            "amount": amount,
            "subscription_count": float(number),
        }
        for place, (who, day, amount, number) in enumerate(cells)
    ]


def test_sales_from_a_delivery_on(facts):
    found = facts("2025-06-30", orders=_boxes(DELIVERIES))
    assert found.value("subs.wait_days") == 90
    assert (found.value(NEXT), found[NEXT].n) == ((900 + 210) / 2, 2)
    assert (found.value(THIRD), found[THIRD].n) == (700.0, 1)
    assert found.value(STARTERS) == 1  # eve


def test_deliveries_unknown(facts, orders):
    found = facts("2025-06-30", orders=orders(BUYERS))
    assert {found[one].reason for one in (NEXT, THIRD, STARTERS)} == {"no_column"}
    young = facts("2025-06-30", orders=_boxes("a 2025-05-01 1 1\na 2025-06-01 1 2"))
    assert {young[one].reason for one in (NEXT, STARTERS)} == {"immature"}
    assert young[THIRD].reason == "no_rows"
    blank = [{**row, "subscription_count": None} for row in _boxes(DELIVERIES)]
    assert facts("2025-06-30", orders=blank)[NEXT].reason == "no_rows"
