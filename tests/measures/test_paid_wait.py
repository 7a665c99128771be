"""Paid orders that wait, by hand: working days between payment and shipping."""

import pytest

WAIT = "delivery.paid_wait_share"


def order(number, paid, shipped, **more):
    return {
        "order_id": f"o{number}",
        "customer_id": f"c{number}",
        "order_date": "2025-11-01",
        "amount": 100,
        "paid_at": paid,
        "shipped_at": shipped,
        **more,
    }


# 2025-12-01 is a Monday, 2025-12-05 a Friday.
ROWS = [
    order(1, "2025-12-01", "2025-12-01"),  # the same day
    order(2, "2025-12-01", "2025-12-02"),  # one working day
    order(3, "2025-12-01", "2025-12-03"),  # two: waits
    order(4, "2025-12-05", "2025-12-08"),  # Friday to Monday: one
    order(5, "2025-12-05", "2025-12-09"),  # two: waits
    order(6, "2025-12-10", "2025-12-03"),  # paid after delivery
    order(7, None, "2025-12-03"),
]


def test_share_that_waits_more_than_a_working_day(facts):
    wait = facts("2025-12-31", orders=ROWS)[WAIT]
    assert (wait.value, wait.n) == (pytest.approx(2 / 5), 5)
    assert wait.low < 0.4 < wait.high
    assert wait.period == ("2025-09-11", "2025-12-09")


def test_what_waits_by_agreement_is_left_out(facts):
    more = [
        order(8, "2025-12-01", "2025-12-09", promised_at="2025-12-09"),  # eight days ahead
        order(9, "2025-12-01", "2025-12-09", promised_at="2025-12-08"),  # seven: it waits
        order(10, "2025-12-01", "2025-12-09", subscription_no="T1"),
        order(11, "2025-12-01", "2025-12-09", _cancelled=True),
        order(12, "2025-08-01", "2025-09-10"),  # more than 90 days before the last shipment
    ]
    rows = [{"_cancelled": False, **row} for row in (*ROWS, *more)]
    wait = facts("2025-12-31", orders=rows)[WAIT]
    assert (wait.value, wait.n) == (pytest.approx(3 / 6), 6)


def test_an_order_is_sent_with_its_first_parcel(facts):
    rows = [order(1, "2025-12-01", "2025-12-02"), order(1, "2025-12-01", "2025-12-20")]
    assert facts("2025-12-31", orders=rows).value(WAIT) == 0.0


def test_why_there_is_no_share(facts, orders):
    assert facts("2025-12-31")[WAIT].reason == "no_table"
    assert facts("2025-12-31", orders=orders("a 2025-01-01 1"))[WAIT].reason == "no_column"
    assert facts("2025-12-31", orders=ROWS[5:])[WAIT].reason == "no_rows"
