"""Deliveries after the promise, by hand."""

from datetime import date, timedelta

import pytest

from toolkit.measures.intervals import wilson


def order(number, promised, delivered, ordered="2025-03-01"):
    return {
        "order_id": number,
        "customer_id": "ann",
        "order_date": ordered,
        "amount": 100,
        "promised_at": promised,
        "delivered_at": delivered,
    }


ORDERS = [
    order("1", "2025-03-05", "2025-03-05 14:00"),  # on the day: late only by the clock
    order("2", "2025-03-05", "2025-03-06 09:00"),  # late
    order("3", "2025-03-05", "2025-03-04 09:00"),
    order("4", "2025-03-05", None),  # under way
    order("5", None, "2025-03-04 09:00"),  # nothing promised
    order("6", "2025-03-09", "2025-03-09 00:00"),
]


def test_by_day_and_by_time(facts):
    found = facts("2025-03-31", orders=ORDERS)
    by_day = found["delivery.late_rate_by_day"]
    assert (by_day.value, by_day.n) == (0.25, 4)
    assert by_day.low < 0.25 < by_day.high
    by_time = found["delivery.late_rate_by_timestamp"]
    assert (by_time.value, by_time.n) == (0.5, 4)


def test_one_late_line_makes_an_order_late(facts):
    rows = [order("1", "2025-03-05", "2025-03-04"), order("1", "2025-03-05", "2025-03-07")]
    found = facts("2025-03-31", orders=rows)["delivery.late_rate_by_day"]
    assert (found.value, found.n) == (1.0, 1)


def test_lines_with_promises_of_their_own(facts):
    """A line in time for its own promise is not late for that of another."""
    rows = [order("1", "2025-03-05", "2025-03-04"), order("1", "2025-03-20", "2025-03-10")]
    assert facts("2025-03-31", orders=rows).value("delivery.late_rate_by_day") == 0.0


def test_reasons(facts):
    fact_id = "delivery.late_rate_by_day"
    assert facts("2025-03-31")[fact_id].reason == "no_table"
    plain = [{k: v for k, v in row.items() if k != "promised_at"} for row in ORDERS]
    assert facts("2025-03-31", orders=plain)[fact_id].reason == "no_column"
    assert facts("2025-03-31", orders=ORDERS[3:5])[fact_id].reason == "no_rows"


def daily(days, late_days):
    first = date(2023, 1, 1)
    rows = []
    for number in range(days):
        promised = first + timedelta(days=number)
        delivered = promised + timedelta(days=1 if late_days(promised) else 0)
        rows.append(order(str(number), f"{promised}", f"{delivered}", f"{promised}"))
    return rows


def test_against_last_year(facts):
    rows = daily(731, lambda day: day.day <= (3 if day.year == 2023 else 6))
    gap = facts("2024-12-31", orders=rows)["delivery.late_rate_by_day_yoy"]
    assert gap.value == pytest.approx(72 / 366 - 36 / 365)
    assert gap.n == 365
    assert gap.low95 > 0
    assert gap.period == ("2023-01-01", "2024-12-31")


def test_one_year_is_immature(facts):
    rows = daily(500, lambda day: day.day <= 3)
    assert facts("2024-12-31", orders=rows)["delivery.late_rate_by_day_yoy"].reason == "immature"


def test_orders_of_one_day_are_late_together(facts):
    """Twenty days of ten orders, two of the days wholly late: two chances, not twenty."""
    rows = [
        order(
            f"{day}-{number}",
            "2025-05-01",
            f"2025-05-{1 + (day < 2):02d}",
            f"2025-04-{1 + day:02d}",
        )
        for day in range(20)
        for number in range(10)
    ]
    found = facts("2025-05-31", orders=rows)["delivery.late_rate_by_day"]
    assert (found.value, found.n) == (0.1, 200)
    one_by_one = wilson(20, 200)
    assert found.high - found.low > 2 * (one_by_one.high - one_by_one.low)
