"""Customers past twice their own interval, now and a year ago."""

import pytest


def _rhythm(name, *days, amount=10):
    return [(name, day, amount) for day in days]


def _rows(*groups):
    return [
        {"order_id": f"{who}{day}", "customer_id": who, "order_date": day, "amount": amount}
        for group in groups
        for who, day, amount in group
    ]


NOW = _rows(
    _rhythm("ann", "2024-11-01", "2024-12-01", "2024-12-31"),  # silent 90 days, twice is 60
    _rhythm("bob", "2025-01-01", "2025-03-01"),  # silent 30, twice is 118
    _rhythm("cat", "2024-12-01", "2024-12-11"),  # silent 110, twice is 20
    _rhythm("dan", "2025-03-31"),  # one order: no interval
    _rhythm("old", "2022-01-01", "2022-02-01"),  # not active in 24 months
)


def test_dormant_share_of_repeat_buyers(facts):
    fact = facts("2025-03-31", orders=NOW)["customers.dormant_share_f2plus"]
    assert (fact.value, fact.n) == (pytest.approx(2 / 3), 3)
    assert fact.period == ("2023-04-01", "2025-03-31")


def test_top_customers_overdue_are_listed(facts):
    best = _rhythm("top", "2024-06-01", "2024-07-01", "2024-08-01", amount=9000)
    found = facts("2025-03-31", orders=NOW + _rows(best))
    share = found["customers.top10_overdue_share"]
    assert (share.value, share.reason, share.n) == (None, "small_n", 1)  # the top tenth of six
    assert [(item.key, item.value) for item in share.items] == [("top", 27000.0)]
    assert found.value("customers.top10_overdue_count") == 1


def test_top_customers_with_fewer_than_three_orders_are_not_judged(facts):
    found = facts("2025-03-31", orders=NOW + _rows(_rhythm("big", "2025-01-01", amount=9000)))
    assert found["customers.top10_overdue_share"].reason == "no_rows"
    assert not found["customers.top10_overdue_count"].known


def test_a_year_ago_by_a_history_of_equal_length(facts):
    rows = _rows(
        _rhythm("ann", "2023-04-01", "2023-05-01"),  # a year ago dormant, now out of the year
        _rhythm("bob", "2024-01-01", "2024-03-01"),  # a year ago awake
        _rhythm("cat", "2024-06-01", "2024-06-11"),  # now dormant
        _rhythm("dan", "2025-03-01", "2025-03-31"),  # now awake
        _rhythm("eve", "2024-09-01", "2024-09-03"),  # now dormant
    )
    fact = facts("2025-03-31", orders=rows)["customers.dormant_share_f2plus_yoy"]
    # 24 months of data leave a history of 12: now cat, dan, eve; a year ago ann and bob
    assert (fact.value, fact.n) == (pytest.approx(2 / 3 - 1 / 2), 2)
    assert fact.low < fact.value < fact.high


def test_overdue_top_customers_a_year_ago(facts):
    rows = _rows(
        _rhythm("ann", "2023-04-01", "2023-05-01", "2023-06-01"),
        _rhythm("bob", "2025-01-31", "2025-02-28", "2025-03-31"),
    )
    fact = facts("2025-03-31", orders=rows)["customers.top10_overdue_share_yoy"]
    assert fact.value == -1.0


def test_less_than_two_years_cannot_look_a_year_back(facts):
    rows = _rows(_rhythm("ann", "2023-04-02", "2023-06-01", "2025-03-31"))
    found = facts("2025-03-31", orders=rows)
    assert found["customers.dormant_share_f2plus_yoy"].reason == "immature"
    assert found["customers.top10_overdue_share_yoy"].reason == "immature"
