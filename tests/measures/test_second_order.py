"""Second orders by window, and the latest cohorts against the twelve before."""

from datetime import date, timedelta

import numpy as np
import pytest

from toolkit.measures.second_order import second_order_facts

SHOP = """
    ann 2025-01-01 1
    ann 2025-04-01 1
    bob 2025-01-01 1
    bob 2025-04-02 1
    cat 2025-02-01 1
    cat 2025-02-01 1
    dan 2025-06-01 1
    dan 2025-06-02 1
"""


@pytest.mark.parametrize(
    ("window", "value", "n"),
    [
        (90, 2 / 3, 3),  # ann on day 90 in, bob on day 91 out, cat the same day in, dan too young
        (180, 1.0, 2),  # ann and bob are 181 days old; cat is 150
    ],
)
def test_by_window(facts, orders, window, value, n):
    fact = facts("2025-07-01", orders=orders(SHOP))[
        f"customers.f2_conversion[window_days={window}]"
    ]
    assert (fact.value, fact.n) == (value, n)


def test_too_young_is_immature(facts, orders):
    found = facts("2025-07-01", orders=orders(SHOP))
    assert found["customers.f2_conversion[window_days=365]"].reason == "immature"
    assert found["customers.f2_conversion_t3v12[window_days=180]"].reason == "immature"


@pytest.mark.parametrize(("as_of", "n"), [("2025-03-31", 0), ("2025-04-01", 1)])
def test_exactly_as_old_as_the_window_counts(facts, orders, as_of, n):
    fact = facts(as_of, orders=orders("ann 2025-01-01 1"))[
        "customers.f2_conversion[window_days=90]"
    ]
    assert (fact.n or 0) == n


def _cohorts(sizes, again):
    """Customers of each month from January 2023, some of whom come again after 30 days."""
    rows = []
    for index, (size, hits) in enumerate(zip(sizes, again, strict=True)):
        first = date(2023 + index // 12, index % 12 + 1, 1)
        for number in range(size):
            days = [first, first + timedelta(days=30)][: 2 if number < hits else 1]
            rows += [
                {
                    "order_id": f"{index}-{number}-{place}",
                    "customer_id": f"{index}-{number}",
                    "order_date": day.isoformat(),
                    "amount": 10,
                }
                for place, day in enumerate(days)
            ]
    return rows


def test_three_mature_cohorts_against_twelve(facts):
    # 30 months; the last order, 1 July 2025, makes April 2025 too young for 90 days: its end
    # lies 62 days back. So January to March are the latest three, 2024 is before.
    sizes = [10] * 30
    again = [0] * 12 + [6] * 12 + [3] * 3 + [9] * 3
    found = facts("2025-07-01", orders=_cohorts(sizes, again))
    latest = found["customers.f2_conversion_t3[window_days=90]"]
    assert (latest.value, latest.n, latest.period) == (0.3, 30, ("2025-01-01", "2025-03-31"))
    test = found["customers.f2_conversion_t3v12[window_days=90]"]
    assert test.value == pytest.approx(0.3 - 0.6)
    assert test.n == 30
    assert test.period == ("2024-01-01", "2025-03-31")
    assert test.low95 < test.low < test.value < test.high < test.high95 < 0
    assert test.unit == "points"


def test_a_year_of_history_is_compared_plainly(facts):
    """With a year or more before the cohorts, only first orders decide, as Newcombe has it."""
    from toolkit.measures.intervals import difference, wilson

    sizes, again = [10] * 30, [5] * 27 + [0] * 3
    fact = facts("2025-07-01", orders=_cohorts(sizes, again))[
        "customers.f2_conversion_t3v12[window_days=90]"
    ]
    plain = difference(0.5, wilson(15, 30), 0.5, wilson(60, 120))
    assert (fact.low, fact.high95) == (plain.low, plain.high95)


def _healthy_orders(seed, months, shown):
    """A shop with constant rates, of whose life the export shows the last months only."""
    random = np.random.default_rng(seed)
    start, end = date(2020, 1, 1), date(2020, 1, 1) + timedelta(days=int(30.4 * months))
    cut = end - timedelta(days=int(30.4 * shown))
    rows = []
    for customer in range(60 * months):
        day = start + timedelta(days=int(random.integers(0, (end - start).days)))
        loyal = random.random() < 0.3
        while day <= end:
            if day > cut:
                rows.append((f"c{customer}", day))
            if random.random() < (0.06 if loyal else 0.8):
                break
            day += timedelta(days=int(random.exponential(70)) + 1)
    return [
        {"order_id": str(i), "customer_id": who, "order_date": day.isoformat(), "amount": 10}
        for i, (who, day) in enumerate(rows)
    ], end


def test_an_export_that_starts_in_mid_business_raises_no_alarm(facts_of):
    """The old regulars of the first months must not look like better cohorts of the past."""
    alarms = 0
    for seed in range(12):
        rows, end = _healthy_orders(seed, months=60, shown=22)
        found = facts_of(second_order_facts, end.isoformat(), orders=rows)
        fact = found["customers.f2_conversion_t3v12[window_days=180]"]
        assert fact.known
        alarms += fact.high95 < -0.03
    assert alarms == 0
