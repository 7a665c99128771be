"""Days from shipping to the invoice by hand: which invoices are on a closing day, and the best."""

from datetime import date, timedelta

import pytest

LAG, OVER = "receivables.invoice_lag_days", "receivables.invoice_lag_over_best_days"
A_DAY = "receivables.shipped_a_day_yen"


def order(number, customer, shipped, invoiced):
    return {
        "order_id": f"o{number:04d}",
        "customer_id": customer,
        "order_date": shipped,
        "amount": 100,
        "shipped_at": shipped,
        "invoiced_at": invoiced,
    }


def run(facts, rows, answers=None):
    return facts("2025-12-31", model="made_to_order", orders=rows, answers=answers)


# Lags 2, 6 and 7 days; an invoice before shipping (advance) and one not yet raised are left out.
PLAIN = [
    order(1, "a", "2025-09-01", "2025-09-03"),
    order(2, "a", "2025-10-01", "2025-10-07"),
    order(3, "b", "2025-11-10", "2025-11-17"),
    order(4, "b", "2025-11-20", "2025-11-15"),
    order(5, "b", "2025-11-21", None),
]


def test_mean_days_to_the_invoice(facts):
    lag = run(facts, PLAIN)[LAG]
    assert (lag.value, lag.n) == (pytest.approx(5.0), 3)
    assert lag.low < 5 < lag.high
    assert lag.period == ("2025-05-11", "2025-11-10")


def test_shipments_of_several_days_on_one_invoice_are_a_closing_date(facts):
    gathered = [
        order(6, "c", "2025-11-02", "2025-11-20"),
        order(7, "c", "2025-11-05", "2025-11-20"),
    ]
    assert run(facts, PLAIN + gathered)[LAG].value == pytest.approx(5.0)
    two = [order(6, "c", "2025-11-02", "2025-11-20"), order(7, "d", "2025-11-05", "2025-11-20")]
    # two customers, one invoice each: 18 and 15 days count
    assert run(facts, PLAIN + two)[LAG].value == pytest.approx((2 + 6 + 7 + 18 + 15) / 5)


def test_the_agreed_closing_day_is_left_out(facts):
    late = [order(6, "c", "2025-10-05", "2025-10-31")]
    assert run(facts, PLAIN + late)[LAG].n == 4
    answers = {("q.bil.terms", "closing_day"): 31}
    agreed = run(facts, PLAIN + late, answers)[LAG]
    assert (agreed.value, agreed.n) == (pytest.approx(5.0), 3)


def test_a_customer_mostly_invoiced_on_one_day_has_a_closing_day(facts):
    """Two of three invoice days are a month's last: these two are left out, the third counts."""
    monthly = [
        order(6, "c", "2025-08-05", "2025-08-31"),
        order(7, "c", "2025-09-05", "2025-09-30"),
        order(8, "c", "2025-10-05", "2025-10-06"),
    ]
    lag = run(facts, PLAIN + monthly)[LAG]
    assert (lag.value, lag.n) == (pytest.approx((2 + 6 + 7 + 1) / 4), 4)
    two = run(facts, PLAIN + monthly[:2])[LAG]  # two invoices tell no habit
    assert two.n == 5


def test_lines_of_one_order_wait_for_the_last_parcel(facts):
    rows = [
        order(1, "a", "2025-09-01", "2025-09-11"),
        order(1, "a", "2025-09-08", "2025-09-11"),
        order(2, "b", "2025-09-08", "2025-09-09"),
    ]
    assert run(facts, rows)[LAG].value == pytest.approx((3 + 1) / 2)


def daily(start, days, lag, first):
    """One order a day, each of its own customer, so that no closing day is seen."""
    begin = date.fromisoformat(start)
    return [
        order(
            first + n,
            f"k{first + n}",
            (begin + timedelta(days=n)).isoformat(),
            (begin + timedelta(days=n + lag + n % 3)).isoformat(),
        )
        for n in range(days)
    ]


def test_against_the_best_half_year(facts):
    """Means lag + 1 day: 2 days in July–December 2024, 5 in January–June, 8 since July 2025."""
    rows = [
        *daily("2024-06-29", 185, 1, 1000),
        *daily("2024-12-31", 181, 4, 2000),
        *daily("2025-06-30", 183, 7, 3000),
    ]
    found = facts("2025-12-31", model="made_to_order", orders=rows)
    assert found.value(LAG) == pytest.approx(8.0, abs=0.05)
    # an order of 100 yen a day in the 183 days up to the last shipment
    last = found["receivables.shipped_a_day_yen"]
    assert (last.value, last.n) == (pytest.approx(100), 183)
    over = found[OVER]
    assert over.value == pytest.approx(6.0, abs=0.05)
    assert over.low95 > 5
    (best,) = over.items
    assert best.value == pytest.approx(2.0, abs=0.05)
    assert best.key.startswith("2024-0")


def test_what_is_shipped_a_day_leaves_closing_dates_out(facts):
    rows = daily("2025-01-01", 365, 1, 1)
    gathered = [{**order(900 + n, "c", f"2025-12-{n + 10}", "2025-12-31")} for n in range(5)]
    found = facts("2025-12-31", model="made_to_order", orders=rows + gathered)
    assert found.value(A_DAY) == pytest.approx(100)


def test_less_than_a_half_year_of_shipments_is_no_rate_a_day(facts):
    found = facts("2025-12-31", model="made_to_order", orders=daily("2025-09-01", 60, 1, 1))
    assert (found[LAG].known, found[A_DAY].reason) == (True, "immature")


def test_one_half_year_has_no_best_before(facts):
    found = facts("2025-12-31", model="made_to_order", orders=daily("2025-09-01", 60, 1, 1))
    assert found[OVER].reason == "immature"
    few = daily("2025-01-01", 20, 1, 1) + daily("2025-09-01", 60, 1, 100)
    assert facts("2025-12-31", model="made_to_order", orders=few)[OVER].reason == "immature"


def test_why_there_is_no_lag(facts, orders):
    assert facts("2025-12-31")[LAG].reason == "no_table"
    assert facts("2025-12-31", orders=orders("a 2025-01-01 1"))[LAG].reason == "no_column"
    closing = [order(6, "c", "2025-11-02", "2025-11-20"), order(7, "c", "2025-11-05", "2025-11-20")]
    assert run(facts, closing)[LAG].reason == "no_rows"
    # the plain invoices are older than the half-year that the closing-date ones reach
    old = [order(1, "a", "2025-01-01", "2025-01-02"), *closing]
    reasons = [run(facts, old)[name].reason for name in (LAG, OVER, A_DAY)]
    assert reasons == ["no_rows"] * 3
