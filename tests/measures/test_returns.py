"""Returns and wrong shipments, by hand."""

from datetime import date, timedelta

import pytest

FIRST = date(2023, 1, 1)


def order(number, shipped, returned=None, **more):
    return {
        "order_id": number,
        "customer_id": "ann",
        "order_date": shipped or "2025-03-01",
        "amount": 100,
        "shipped_at": shipped,
        "returned_at": returned,
        **more,
    }


ORDERS = [
    order("1", "2025-03-01", "2025-03-09", wrong_item=None),
    order("2", "2025-03-02", wrong_item=True),
    order("3", "2025-03-03", wrong_item=None),
    order("4", "2025-03-04", wrong_item=None),
    order("5", None, "2025-03-09", wrong_item=True),  # never shipped
]


def test_rates_of_orders_shipped(facts):
    found = facts("2025-03-31", orders=ORDERS)
    returned = found["delivery.return_rate"]
    assert (returned.value, returned.n) == (0.25, 4)
    assert returned.low < 0.25 < returned.high
    wrong = found["delivery.wrong_ship_rate"]
    assert (wrong.value, wrong.n) == (0.25, 4)
    # exact Poisson: one event, 95 % from 0.0253 to 5.572 over four shipments
    assert wrong.low95 == pytest.approx(0.0253 / 4, abs=1e-4)
    assert wrong.high95 == pytest.approx(5.572 / 4, abs=1e-3)
    assert found.value("delivery.wrong_ship_per_1000") == 250.0


def test_what_nobody_recorded_is_no_zero(facts):
    rows = [order(row["order_id"], row["shipped_at"], wrong_item=None) for row in ORDERS]
    found = facts("2025-03-31", orders=rows)
    for name in ("return_rate", "return_rate_yoy", "wrong_ship_rate", "wrong_ship_rate_yoy"):
        assert found[f"delivery.{name}"].reason == "no_rows"


def test_recorded_without_a_single_one_is_zero(facts):
    rows = [order(str(number), "2025-03-01", wrong_item=False) for number in range(5)]
    assert facts("2025-03-31", orders=rows).value("delivery.wrong_ship_rate") == 0.0


@pytest.mark.parametrize("column", ["shipped_at", "returned_at"])
def test_reasons(facts, column):
    assert facts("2025-03-31")["delivery.return_rate"].reason == "no_table"
    rows = [{k: v for k, v in row.items() if k != column} for row in ORDERS]
    assert facts("2025-03-31", orders=rows)["delivery.return_rate"].reason == "no_column"


def test_nothing_shipped(facts):
    assert facts("2025-03-31", orders=ORDERS[4:])["delivery.return_rate"].reason == "no_rows"


def daily(days, back):
    """An order a day, shipped at once; ``back`` gives the day of return or None."""
    rows = []
    for number in range(days):
        shipped = FIRST + timedelta(days=number)
        returned = back(shipped)
        rows.append(order(str(number), f"{shipped}", returned and f"{returned}"))
    return rows


def test_returns_against_last_year(facts):
    def back(shipped):
        often = 3 if shipped < date(2024, 1, 2) else 6
        return shipped + timedelta(days=10) if shipped.day <= often else None

    # Orders to 2025-01-31: those of the last 30 days have not had their window.
    found = facts("2025-01-31", orders=daily(762, back))
    gap = found["delivery.return_rate_yoy"]
    assert gap.period == ("2023-01-02", "2025-01-01")
    # 72 of 366 days from 2024-01-02 (5 of January), 35 of 365 before (two of January 2023)
    now, before = 5 + 11 * 6 + 1, 2 + 11 * 3 + 1
    assert gap.value == pytest.approx(now / 366 - before / 365)
    assert gap.low95 > 0


def test_a_return_after_the_window_counts_in_neither_year(facts):
    def back(shipped):
        returned = shipped + timedelta(days=31 if shipped.year == 2023 else 30)
        return returned if returned <= date(2025, 1, 31) else None

    gap = facts("2025-01-31", orders=daily(762, back))["delivery.return_rate_yoy"]
    assert gap.value == pytest.approx(1 - 1 / 365)  # 2024-01-01 lies in the older year


def test_returns_that_began_to_be_written_down_last_spring(facts):
    def back(shipped):
        late = shipped >= date(2024, 4, 1) and shipped.day <= 6
        return shipped + timedelta(days=10) if late else None

    found = facts("2025-01-31", orders=daily(762, back))
    assert found["delivery.return_rate"].known
    assert found["delivery.return_rate_yoy"].reason == "immature"


def marked(mark):
    rows = daily(731, lambda shipped: None)
    return [{**row, "wrong_item": mark(date.fromisoformat(row["shipped_at"]))} for row in rows]


def test_wrong_shipments_against_last_year(facts):
    rows = marked(lambda day: day.day == 1 or (day.year == 2024 and day.day <= 5))
    gap = facts("2024-12-31", orders=rows)["delivery.wrong_ship_rate_yoy"]
    assert gap.value == pytest.approx(60 / 366 - 12 / 365)
    assert gap.n == 365
    assert gap.low95 > 0


def test_wrong_shipments_marked_only_since_this_year(facts):
    rows = marked(lambda day: (day.day == 1) if day.year == 2024 else None)
    found = facts("2024-12-31", orders=rows)
    assert found["delivery.wrong_ship_rate"].known
    assert found["delivery.wrong_ship_rate_yoy"].reason == "immature"


def _daily(returned, days=790):
    """An order a day from 2023 on; ``returned(day)`` tells which came back after five days."""
    return [
        order(
            f"d{number}",
            (FIRST + timedelta(days=number)).isoformat(),
            (FIRST + timedelta(days=number + 5)).isoformat() if returned(number) else None,
        )
        for number in range(days)
    ]


def test_this_year_s_side_of_the_comparison(facts):
    # one in ten in the first year, one in five since: the year that ends a window before the end
    rows = _daily(lambda n: n % (10 if n < 365 else 5) == 0, days=790)
    found = facts("2025-02-28", orders=rows)
    now, change = found["delivery.return_rate_12m"], found["delivery.return_rate_yoy"]
    assert now.value == pytest.approx(0.2, abs=0.003)
    assert now.value - change.value == pytest.approx(0.1, abs=0.03)
    assert now.low < now.value < now.high
    assert now.period[1] == change.period[1]


def test_shipments_of_a_year(facts):
    found = facts("2025-02-28", orders=_daily(lambda n: n % 5 == 0, days=790))
    fact = found["delivery.shipments_12m"]
    assert fact.value == 366  # the last is of 28 February 2025, 2024 has a 29th
    assert fact.period == ("2024-02-29", "2025-02-28")


def test_less_than_a_year_of_shipments(facts):
    found = facts("2025-03-31", orders=ORDERS)
    assert found["delivery.shipments_12m"].reason == "immature"
    assert not found["delivery.return_rate_12m"].known
