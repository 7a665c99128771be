"""Cancelled orders and refunds by hand."""

import pytest

ROWS = [
    ("1", 100, False),
    ("1", 50, True),  # one line of two: the order stands
    ("2", 300, True),
    ("3", 400, False),
    ("4", -100, False),
]
ORDERS = [
    {
        "order_id": order,
        "customer_id": "ann",
        "order_date": "2025-01-05",
        "amount": amount,
        "_cancelled": cancelled,
    }
    for order, amount, cancelled in ROWS
]


def test_cancelled_and_refunded(facts):
    found = facts("2025-01-31", orders=ORDERS)
    cancelled = found["delivery.cancel_rate"]
    assert (cancelled.value, cancelled.n) == (0.25, 4)
    assert cancelled.low < 0.25 < cancelled.high
    assert found.value("delivery.refund_rate") == pytest.approx(100 / 500)


def test_no_status_and_no_cancelled_order_is_no_rate(facts):
    rows = [{**row, "_cancelled": False} for row in ORDERS]
    assert facts("2025-01-31", orders=rows)["delivery.cancel_rate"].reason == "no_column"
    shown = [{**row, "status": "sent"} for row in rows]
    assert facts("2025-01-31", orders=shown).value("delivery.cancel_rate") == 0.0


def test_refunds_of_nothing(facts):
    found = facts("2025-01-31", orders=[{**ORDERS[4]}])
    assert found["delivery.refund_rate"].reason == "zero_base"
