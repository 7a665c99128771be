"""Visits, carts and orders by hand."""

import pytest


def test_cart_drop(daily, facts):
    rows = daily("2025-01-06", 14, sessions=100, carts=20, orders=5)
    fact = facts("2025-01-31", traffic=rows)["traffic.cart_drop_share"]
    assert (fact.value, fact.n, fact.period) == (0.75, 280, ("2025-01-06", "2025-01-19"))
    assert fact.low95 < fact.low < 0.75 < fact.high < fact.high95


def test_cart_drop_of_three_months_against_nine(daily, facts):
    """75 % left behind for nine months, 90 % for three: +15 points, a fifth of 75 %."""
    rows = daily("2024-04-01", 275, sessions=100, carts=20, orders=5)
    rows += daily("2025-01-01", 90, sessions=100, carts=20, orders=2)
    found = facts("2025-03-31", traffic=rows)
    test = found["traffic.cart_drop_share_t3v9"]
    assert test.value == pytest.approx(0.15)
    assert test.low95 > 0
    assert found.value("traffic.cart_drop_share_t3v9_change") == pytest.approx(0.2)
    assert (test.n, test.period) == (1800, ("2024-04-01", "2025-03-31"))


def test_why_there_is_no_cart_drop(daily, facts):
    plain = daily("2025-01-06", 14, sessions=100, orders=5)
    assert facts("2025-01-31", traffic=plain)["traffic.cart_drop_share"].reason == "no_column"
    empty = daily("2025-01-06", 14, sessions=100, carts=None, orders=5)
    assert facts("2025-01-31", traffic=empty)["traffic.cart_drop_share"].reason == "no_rows"
    more = daily("2025-01-06", 14, sessions=100, carts=4, orders=5)
    assert facts("2025-01-31", traffic=more)["traffic.cart_drop_share"].reason == "beyond_whole"
    short = daily("2025-01-06", 60, sessions=100, carts=20, orders=5)
    found = facts("2025-03-31", traffic=short)
    assert found["traffic.cart_drop_share_t3v9"].reason == "immature"
    assert facts("2025-03-31")["traffic.cart_drop_share"].reason == "no_table"


def test_a_quarter_given_in_one_row_tells_nothing_of_weeks(facts):
    days = ("2024-06-30", "2024-09-30", "2024-12-31", "2025-03-31")
    rows = [{"date": day, "sessions": 900, "carts": 200, "orders": 50} for day in days]
    found = facts("2025-03-31", traffic=rows)
    assert found.value("traffic.cart_drop_share") == 0.75
    assert found["traffic.cart_drop_share_t3v9"].reason == "small_n"


SOURCES = [
    ("Organic Search", False, 30),
    ("自然検索", None, 20),
    ("ｏｒｇａｎｉｃ", False, 10),
    ("Organic Social", False, 40),
    ("organic", True, 50),  # marked as paid all the same
    ("Google広告", True, 100),
    ("direct", False, 150),
    (None, False, 999),  # no source: in neither part of the fraction
]


def test_unpaid_search_is_told_by_its_name(facts):
    rows = [
        {"date": f"2025-01-{6 + 7 * week:02d}", "channel": name, "paid": paid, "sessions": n}
        for week in range(2)
        for name, paid, n in SOURCES
    ]
    fact = facts("2025-01-31", traffic=rows)["traffic.organic_share"]
    assert (fact.value, fact.n) == (pytest.approx(60 / 400), 800)
    nameless = [{k: v for k, v in row.items() if k != "channel"} for row in rows]
    assert facts("2025-01-31", traffic=nameless)["traffic.organic_share"].reason == "no_column"


def test_unpaid_search_year_on_year(daily, facts):
    rows = [
        {**row, "channel": name, "sessions": n}
        for start, days, split in (("2023-04-01", 366, (40, 60)), ("2024-04-01", 365, (10, 90)))
        for row in daily(start, days)
        for name, n in zip(("organic", "ads"), split, strict=True)
    ]
    fact = facts("2025-03-31", traffic=rows)["traffic.organic_share_yoy"]
    assert fact.value == pytest.approx(-0.3)
    assert fact.high95 < -0.25
