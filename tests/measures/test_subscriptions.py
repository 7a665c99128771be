"""Subscriptions from one delivery to the next, and how long each is given."""

from datetime import date, timedelta

import pytest

from toolkit.measures.subscriptions import deliveries, subscription_facts, subscription_series


def _row(customer, day, number, **more):
    return {
        "order_id": f"{customer}-{day}-{number}",
        "customer_id": customer,
        "order_date": day.isoformat() if isinstance(day, date) else day,
        "amount": 100,
        "subscription_count": number,
        **more,
    }


# Fewer than 30 intervals: each delivery is given 90 days. ann goes on after 90, bob after 91,
# cat stops, dan's first is 89 days old on 30 June.
FEW = [
    _row("ann", "2025-01-01", 1),
    _row("ann", "2025-04-01", 2),
    _row("ann", "2025-05-01", 3),
    _row("bob", "2025-01-01", 1),
    _row("bob", "2025-04-02", 2),
    _row("cat", "2025-02-01", 1),
    _row("dan", "2025-04-02", 1),
]


def test_from_the_first_to_the_second(facts_of):
    found = facts_of(subscription_facts, "2025-06-30", orders=FEW)
    assert found.value("subs.wait_days") == 90
    keep = found["subs.keep_1to2"]
    assert (keep.value, keep.n) == (1 / 3, 3)  # ann of ann, bob and cat
    later = found["subs.keep_2to3"]
    assert (later.value, later.n) == (1.0, 1)  # ann's second, 90 days old; bob's is 89


def test_exactly_as_old_as_the_wait_counts(facts_of):
    found = facts_of(subscription_facts, "2025-07-01", orders=FEW)
    assert (found["subs.keep_1to2"].n, found["subs.keep_2to3"].n) == (4, 2)


def test_the_wait_is_the_clients_own_interval(facts_of):
    # 50 intervals: 48 of 30 days, one of 60 and one of 400. 98 % of them came within 60 days.
    gaps = [30] * 48 + [60, 400]
    rows = []
    for place, gap in enumerate(gaps):
        first = date(2024, 1, 1)
        rows += [
            _row(f"c{place}", first, 1),
            _row(f"c{place}", first + timedelta(days=gap), 2),
        ]
    found = facts_of(subscription_facts, "2025-06-30", orders=rows)
    assert found.value("subs.wait_days") == 60
    keep = found["subs.keep_1to2"]
    assert (keep.value, keep.n) == (0.98, 50)  # who came after 400 days had stopped by then


def test_nobody_is_waited_for_longer_than_half_a_year(facts_of):
    rows = []
    for place in range(30):
        rows += [_row(f"c{place}", "2023-01-01", 1), _row(f"c{place}", "2024-01-01", 2)]
    found = facts_of(subscription_facts, "2025-06-30", orders=rows)
    assert (found.value("subs.wait_days"), found.value("subs.keep_1to2")) == (180, 0.0)


def test_a_subscription_is_told_by_its_own_number(facts_of):
    rows = [
        _row("ann", "2025-01-01", 1, subscription_no="A"),
        _row("ann", "2025-01-05", 1, subscription_no="B"),
        _row("ann", "2025-02-05", 2, subscription_no="B"),
    ]
    found = facts_of(subscription_facts, "2025-06-30", orders=rows)["subs.keep_1to2"]
    assert (found.value, found.n) == (0.5, 2)
    plain = [{key: row[key] for key in row if key != "subscription_no"} for row in rows]
    found = facts_of(subscription_facts, "2025-06-30", orders=plain)["subs.keep_1to2"]
    assert (found.value, found.n) == (1.0, 1)  # without numbers a customer is one subscription


def test_what_is_no_delivery(facts_of):
    rows = [
        _row("ann", "2025-01-01", 1),
        _row("ann", "2025-02-01", 2, _cancelled=True),
        _row("bob", "2025-01-01", 1),
        _row("bob", "2025-01-20", 1),  # sent again: the first counts
        _row("bob", "2025-03-30", 3),  # the second is missing
        _row("cat", "2025-01-01", 0),
        _row(None, "2025-01-01", 1),
    ]
    rows = [{"_cancelled": False, **row} for row in rows]
    found = facts_of(subscription_facts, "2025-06-30", orders=rows)["subs.keep_1to2"]
    assert (found.value, found.n) == (0.0, 2)  # ann and bob


def _monthly(starts, upto):
    """Subscriptions begun on the first of each month, told how many deliveries each has."""
    rows = []
    for month, lengths in starts.items():
        first = date.fromisoformat(f"{month}-01")
        for number, length in enumerate(lengths):
            days = [first + timedelta(days=30 * place) for place in range(length)]
            rows += [
                _row(f"{month}.{number}", day, place)
                for place, day in enumerate(days, start=1)
                if day <= upto
            ]
    return rows


def test_latest_three_months_against_twelve(facts_of):
    upto = date(2025, 6, 30)
    months = [f"{2024 - 1 + index // 12}-{index % 12 + 1:02d}" for index in range(30)]
    starts = {month: [1] * 10 + [9] * 30 for month in months}  # three quarters stay
    starts |= {month: [1] * 30 + [9] * 10 for month in ("2025-03", "2025-04", "2025-05")}
    found = facts_of(subscription_facts, "2025-06-30", orders=_monthly(starts, upto))
    assert found.value("subs.wait_days") == 30
    latest = found["subs.keep_1to2_t3"]
    assert (latest.value, latest.n, latest.period) == (0.25, 120, ("2025-03-01", "2025-05-31"))
    change = found["subs.keep_1to2_t3v12"]
    assert (change.value, change.n) == (pytest.approx(0.25 - 0.75), 120)
    assert change.high95 < -0.03
    assert found["subs.keep_2to3_t3v12"].value == 0.0  # who reached the second always goes on


def test_the_curve_is_the_product_of_what_went_on(summed):
    # Of 100 first deliveries 60 go on, of these 45; the fourth is reached by too few to draw.
    lengths = [1] * 40 + [2] * 15 + [3] * 20 + [4] * 25
    rows = _monthly({"2024-01": lengths}, date(2025, 6, 30))
    (curve,) = subscription_series(summed("2025-06-30", orders=rows))
    assert curve.rows == (
        (1, 1.0, 100),
        (2, pytest.approx(0.6), 60),
        (3, pytest.approx(0.45), 45),
    )


def test_why_there_is_none(summed, facts):
    rows = [{key: row[key] for key in row if key != "subscription_count"} for row in FEW]
    found = facts("2025-06-30", orders=rows)
    assert {found[f"subs.{name}"].reason for name in ("wait_days", "keep_1to2_t3v12")} == {
        "no_column"
    }
    found = facts("2025-06-30", orders=[_row("ann", "2025-01-01", None)])
    assert found["subs.keep_1to2"].reason == "no_rows"
    found = facts("2025-06-30", orders=[_row("ann", "2025-06-01", 1)])
    assert found["subs.keep_1to2"].reason == "immature"
    assert found["subs.keep_2to3"].reason == "no_rows"
    assert not list(subscription_series(summed("2025-06-30", orders=FEW)))
    assert deliveries(summed("2025-06-30", orders=[_row("ann", "2025-01-01", None)])) is None
