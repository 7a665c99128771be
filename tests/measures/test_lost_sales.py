"""Sales missed on days without stock, by hand."""

from datetime import date, timedelta

import pytest

from toolkit.measures.lost_sales import LOST

FIRST, DAYS = date(2025, 1, 1), 365


def _day(number):
    return (FIRST + timedelta(days=number)).isoformat()


def shop(sold, out=range(0), days=DAYS, first=0):
    """Tea in stock on every day but those ``out``; ``sold(day)`` is the day's sale of tea."""
    orders = [
        {
            "order_id": f"o{number}",
            "customer_id": "ann",
            "order_date": _day(number),
            "line_no": "1",
            "product": "tea",
            "amount": sold(number),
            "quantity": 1,
        }
        for number in range(DAYS)
    ]
    stock = [
        {"product": "tea", "date": _day(number), "quantity": 0 if number in out else 5}
        for number in range(first, first + days)
    ]
    return {"orders": orders, "stock": stock}


def test_usual_sales_of_the_days_without_stock(facts):
    # 20 days out at ¥100 a day of those in stock; nothing is sold on them
    tables = shop(lambda n: 0 if n < 20 else 100, out=range(20))
    fact = facts("2025-12-31", **tables)[LOST]
    assert (fact.value, fact.n) == (pytest.approx(2000), 20)
    assert (fact.low, fact.low95) == (0.0, 0.0)  # what went elsewhere is not known
    assert fact.high == pytest.approx(2000)  # each day in stock was alike


def test_what_was_sold_on_those_days_is_not_missed(facts):
    tables = shop(lambda n: 60 if n < 20 else 100, out=range(20))
    assert facts("2025-12-31", **tables)[LOST].value == pytest.approx(800)


def test_the_upper_end_comes_from_how_days_differ(facts):
    # 345 days in stock of ¥0 and ¥200 in turn: mean 200 × 172 ÷ 345
    tables = shop(lambda n: 0 if n < 20 else 200 * (n % 2), out=range(20))
    fact = facts("2025-12-31", **tables)[LOST]
    usual = 200 * 172 / 345
    assert fact.value == pytest.approx(20 * usual)
    half = 1.2816 * 20 * (172 * 173 / 345 / 344 * 200**2 / 345) ** 0.5
    assert fact.high - fact.value == pytest.approx(half, rel=1e-3)


def test_never_out_of_stock(facts):
    fact = facts("2025-12-31", **shop(lambda n: 100))[LOST]
    assert (fact.value, fact.n, fact.low) == (0.0, 0, None)


def test_too_few_days_counted(facts):
    tables = shop(lambda n: 100, out=range(300, 310), days=80, first=285)
    assert facts("2025-12-31", **tables)[LOST].reason == "small_n"


def test_no_stock_table(facts):
    tables = shop(lambda n: 100)
    assert facts("2025-12-31", orders=tables["orders"])[LOST].reason == "no_table"
