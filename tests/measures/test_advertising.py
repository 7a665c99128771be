"""What a new customer costs, by hand."""

import pytest

SPEND = [
    {"month": "2025-01", "channel": "search", "amount": 30000, "new_customers": 10},
    {"month": "2025-02", "channel": "search", "amount": 50000, "new_customers": 10},
    {"month": "2025-01", "channel": "social", "amount": 20000, "new_customers": 0},
]
COSTS = [
    {"month": month, "item": item, "amount": amount}
    for month in ("2025-01", "2025-02")
    for item, amount in (("advertising", 45000), ("personnel", 100000), ("cogs", 1))
]


def daily(orders):
    """An order of a new customer on each day of January and February 2025."""
    days = [f"2025-01-{d:02d}" for d in range(1, 32)] + [f"2025-02-{d:02d}" for d in range(1, 29)]
    return orders("\n".join(f"c{number} {day} 100" for number, day in enumerate(days)))


def test_cost_per_order(facts):
    found = facts("2025-02-28", ad_spend=SPEND)
    assert found.value("acquisition.cpo") == 5000  # 100,000 ÷ 20, the vain spending included
    assert found["acquisition.cpo"].n == 20
    assert found["acquisition.cpo"].period == ("2025-01-01", "2025-02-28")
    assert found.value("acquisition.cpo[channel=search]") == 4000
    assert found["acquisition.cpo[channel=social]"].reason == "zero_base"
    assert facts("2025-02-28")["acquisition.cpo"].reason == "no_table"


def test_cost_with_people_says_what_is_in_it(facts, orders):
    # (90,000 + 200,000) ÷ 59 new customers
    found = facts("2025-02-28", ad_spend=SPEND, costs=COSTS, orders=daily(orders))
    fact = found["acquisition.cac"]
    assert fact.value == pytest.approx(290000 / 59)
    assert [(item.key, item.value) for item in fact.items] == [
        ("advertising", 90000.0),
        ("personnel", 200000.0),
    ]
    assert (fact.n, fact.basis) == (59, "measured")


def test_the_share_of_people_who_sell_is_taken_where_told(facts, orders):
    said = {"q.tob.sales_people_share": 0.25}
    found = facts("2025-02-28", answers=said, costs=COSTS, orders=daily(orders))
    fact = found["acquisition.cac"]
    assert fact.value == pytest.approx((90000 + 50000) / 59)
    assert fact.basis == "said"


def test_advertising_reports_stand_in_for_the_books(facts, orders):
    books = [row for row in COSTS if row["item"] != "advertising"]
    found = facts("2025-02-28", ad_spend=SPEND, costs=books, orders=daily(orders))
    assert found.value("acquisition.cac") == pytest.approx((100000 + 200000) / 59)
    partly = [row for row in SPEND if row["month"] == "2025-01"]
    lacking = facts("2025-02-28", ad_spend=partly, costs=books, orders=daily(orders))
    assert lacking["acquisition.cac"].reason == "no_rows"


def test_why_there_is_no_cost_with_people(facts, orders):
    alone = [row for row in COSTS if row["item"] != "personnel"]
    found = facts("2025-02-28", ad_spend=SPEND, costs=alone, orders=daily(orders))
    assert found["acquisition.cac"].reason == "no_rows"
    assert facts("2025-02-28", ad_spend=SPEND)["acquisition.cac"].reason == "no_table"
    guests = [{**row, "customer_id": None} for row in daily(orders)]
    nobody = facts("2025-02-28", ad_spend=SPEND, costs=COSTS, orders=guests)
    assert nobody["acquisition.cac"].reason == "zero_base"
