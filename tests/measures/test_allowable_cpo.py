"""What may be spent on a new customer, and when it came back, by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from toolkit.measures.allowable_cpo import allowable_cpo_facts, months_to
from toolkit.measures.intervals import bootstrap

MONTHS, OBSERVED = "customers.payback_months", "customers.payback_observed_months"
RECOVERED = "customers.payback_recovered_ratio"
COST, FIRST = "acquisition.cohort_cpo_yen", "acquisition.breakeven_cpo_first_order_yen"
ALLOWABLE, HEADROOM = "acquisition.allowable_cpo_yen", "acquisition.cpo_headroom_yen"
ALL = (MONTHS, OBSERVED, RECOVERED, COST, FIRST, ALLOWABLE, HEADROOM)
SAID = {"q.sal.payback_months": 6, ("q.pla.cost_rates", "cogs"): 0.6}
YEARS = [f"{year}-{month:02d}" for year in (2023, 2024) for month in range(1, 13)]


def shop(*sources, days=731):
    """A customer a day and source from January 2023: 3,000 at once, 2,000 after 100 days.

    A third order of 4,000 comes after 200 days, outside six months and inside twelve. Every
    second customer leaves a yen more, so that an interval has a width.
    """
    orders, listed = [], []
    for name in sources:
        for number in range(days):
            day, customer = date(2023, 1, 1) + timedelta(days=number), f"{name}{number}"
            listed.append({"customer_id": customer, "channel": name})
            for place, (after, amount) in enumerate(((0, 3000), (100, 2000), (200, 4000))):
                orders.append(
                    {
                        "order_id": f"{customer}-{place}",
                        "customer_id": customer,
                        "order_date": (day + timedelta(days=after)).isoformat(),
                        "amount": amount + number % 2,
                    }
                )
    kept = [one for one in orders if one["order_date"] <= "2025-01-01"]
    return {"orders": kept, "customers": listed}


def spend(months=YEARS, **channels):
    return [
        {"month": month, "channel": name, "amount": amount, "new_customers": count}
        for month in months
        for name, (amount, count) in channels.items()
    ]


@pytest.fixture(scope="module")
def found(facts_of):
    def run(answers=SAID, as_of="2025-01-01", **tables):
        return facts_of(allowable_cpo_facts, as_of, answers=answers, **tables)

    return run


@pytest.fixture(scope="module")
def advertised(found):
    return found(ad_spend=spend(search=(80000, 50)), **shop("search", "organic"))


def test_margin_within_the_allowed_months(advertised):
    """(3,000.5 + 2,000.5) × 0.4 = 2,000.4 in six months against 80,000 ÷ 50 = 1,600 a customer.

    The latest month whose customers have all lived a year by 1 January 2025 is December 2023
    (31 December + 365 days = 30 December 2024); January to June 2023 are too near the start.
    """
    fact = advertised[ALLOWABLE]
    assert fact.value == pytest.approx(2000.4, abs=0.01)
    assert fact.period == ("2023-07-01", "2023-12-31")
    assert (fact.n, fact.basis) == (184, "said")  # those traced to search alone
    assert fact.low95 <= fact.low < fact.value < fact.high <= fact.high95
    assert advertised.value(COST) == 1600
    assert advertised[COST].n == 6 * 50
    headroom = advertised[HEADROOM]
    assert headroom.value == pytest.approx(400.4, abs=0.01)
    assert (headroom.low, headroom.high95) == pytest.approx((fact.low - 1600, fact.high95 - 1600))


def test_first_order_alone(advertised):
    assert advertised.value(FIRST) == pytest.approx(3000.5 * 0.4, abs=0.01)


def test_payback_in_the_month_of_the_second_order(advertised):
    """1,200.2 at once is not enough, 2,000.4 after 100 days is: in the fourth month (122 days)."""
    fact = advertised[MONTHS]
    assert (fact.value, fact.n, fact.period) == (4, 184, ("2023-07-01", "2023-12-31"))
    assert (fact.low, fact.high95) == (4, 4)
    assert advertised.value(OBSERVED) == 12
    # with the third order 9,001.5 × 0.4 = 3,600.6 in twelve months
    assert advertised.value(RECOVERED) == pytest.approx(3600.6 / 1600, abs=1e-4)


def test_not_paid_back_is_no_number(found):
    facts = found(ad_spend=spend(search=(200000, 50)), **shop("search"))
    assert (facts[MONTHS].state, facts[MONTHS].reason) == ("unknown", "not_paid_back")
    assert (facts[MONTHS].value, facts[MONTHS].n) == (None, 184)
    assert facts.value(OBSERVED) == 12
    assert facts.value(RECOVERED) == pytest.approx(3600.6 / 4000, abs=1e-4)
    assert facts[HEADROOM].value == pytest.approx(2000.4 - 4000, abs=0.01)


def test_allowed_months_above_a_year_are_observed_in_full(found):
    answers = {**SAID, "q.sal.payback_months": 15}
    facts = found(answers, ad_spend=spend(search=(200000, 50)), **shop("search"))
    assert facts.value(OBSERVED) == 15
    assert facts[ALLOWABLE].period == ("2023-07-01", "2023-09-30")  # + 456 days = 29 December
    assert facts.value(ALLOWABLE) == pytest.approx(3600.6, abs=0.01)


def test_without_sources_all_new_customers_bear_all_spending(found):
    """Search and organic bring 368 new customers; 480,000 of advertising ÷ 368."""
    tables = {"orders": shop("search", "organic")["orders"]}
    facts = found(ad_spend=spend(search=(80000, 50)), **tables)
    assert facts[ALLOWABLE].n == 368
    assert facts.value(COST) == pytest.approx(480000 / 368)


def test_as_booked_where_there_is_no_report(found):
    costs = [
        {"month": month, "item": item, "amount": amount}
        for month in YEARS
        for item, amount in (("advertising", 46000), ("cogs", 0))
    ]
    facts = found(costs=costs, orders=shop("search")["orders"])
    assert facts.value(COST) == pytest.approx(6 * 46000 / 184)
    assert facts[COST].table == "costs"


def test_a_channel_that_brought_nobody_is_not_charged_to_the_traced(found):
    ads = spend(search=(80000, 50), print=(900000, 50))
    assert found(ad_spend=ads, **shop("search")).value(COST) == 1600


def test_months_to_and_its_interval():
    """Two customers with 1 and 3 a month: the mean is 2 a month, reached from the first on."""
    sums = np.array([[1.0, 2.0, 3.0, 4.0, 5.0], [3.0, 6.0, 9.0, 12.0, 15.0]])
    assert months_to(sums, 2.0).value == 0
    assert months_to(sums, 6.0).value == 2
    assert months_to(sums, 6.1).value == 3
    assert months_to(sums, 6.0).low is None  # the lower end does not come that far
    assert months_to(sums, 10.1).reason == "not_paid_back"
    many = np.repeat(sums, 500, axis=0)
    fact = months_to(many, 5.8)
    assert (fact.value, fact.low, fact.high, fact.high95) == (2, 2, 2, 2)
    # 80 % ends of month 2 are 6 ± 3 ÷ √1,000 × 1.28 = 6 ± 0.12: a cost inside is back in 2 or 3
    fact = months_to(many, 6.05)
    assert (fact.value, fact.low, fact.high, fact.low95, fact.high95) == (3, 2, 3, 2, 3)


def test_interval_of_few_is_resampled_of_many_is_students(found):
    few = found(ad_spend=spend(search=(80000, 50)), **shop("search"))[FIRST]
    values = np.sort(np.array([1200.0, 1200.4] * 92))
    spread = bootstrap(lambda drawn: float(drawn.mean()), values)
    assert (few.low, few.high95) == pytest.approx((spread.low, spread.high95))
    own = {"bootstrap_customers_most": 183}
    many = found(ad_spend=spend(search=(80000, 50)), thresholds=own, **shop("search"))[FIRST]
    assert many.low == pytest.approx(few.low, abs=0.01)
    assert many.low != few.low


def test_what_is_missing_is_told_apart(found, facts):
    known, ads = shop("search"), spend(search=(80000, 50))
    margin = {("q.pla.cost_rates", "cogs"): 0.6}
    unasked = found(margin, ad_spend=ads, **known)
    for one in (ALLOWABLE, HEADROOM):
        assert (unasked[one].reason, unasked[one].needs) == ("not_asked", ("q.sal.payback_months",))
    assert unasked.value(MONTHS) == 4
    unsure = found({**margin, "q.sal.payback_months": "unknown"}, ad_spend=ads, **known)
    assert unsure[ALLOWABLE].reason == "answered_unknown"
    free = found(**known)
    for one in (MONTHS, RECOVERED, COST, HEADROOM):
        assert (free[one].reason, free[one].needs) == ("no_table", ("ad_spend", "costs"))
    assert free.value(ALLOWABLE) == pytest.approx(2000.4, abs=0.01)
    bare = found({"q.sal.payback_months": 6}, ad_spend=ads, **known)
    assert {bare[one].reason for one in ALL} == {"no_margin"}
    young = found({**SAID, "q.sal.payback_months": 60}, ad_spend=ads, **known)
    assert {young[one].reason for one in ALL} == {"immature"}
    nobody = found(ad_spend=spend(search=(80000, 0)), **known)
    assert nobody[COST].reason == "no_rows"
    given = found(ad_spend=spend(search=(0, 50)), **known)
    assert (given.value(MONTHS), given[RECOVERED].reason) == (0, "zero_base")
    assert facts("2025-01-01", answers=SAID)[MONTHS].reason == "no_table"


def test_fewer_than_thirty_customers_are_too_few(found):
    def few(customers):
        rows = [
            {
                "order_id": f"o{n}",
                "customer_id": f"c{n}",
                "order_date": f"2023-07-{n:02d}",
                "amount": n,
            }
            for n in range(1, customers + 1)
        ]
        old = {"order_id": "x", "customer_id": "old", "order_date": "2023-01-01", "amount": 1}
        late = {"order_id": "y", "customer_id": "old", "order_date": "2025-01-01", "amount": 1}
        return found(orders=[old, *rows, late], ad_spend=spend(search=(80000, 50)))

    assert few(29)[ALLOWABLE].reason == "small_n"
    assert few(29)[MONTHS].n == 29
    assert few(30)[ALLOWABLE].n == 30
