"""Margin of whole cohorts by months since the first order, by hand."""

from datetime import date, timedelta

import pytest

from toolkit.measures.cohort_margin import cohorts, days_of, lives
from toolkit.measures.intervals import mean
from toolkit.measures.realised_value import realised_value_facts, value_series

VALUE = "customers.ltv_margin"
GOODS = {("q.pla.cost_rates", "cogs"): 0.6}


def row(number, customer, day, amount):
    return {
        "order_id": f"o{number:05d}",
        "customer_id": customer,
        "order_date": day.isoformat() if isinstance(day, date) else day,
        "amount": amount,
    }


def shop(months, each, year=2024):
    """Some customers a month, each ordering 1,000 + 10 × place at once and 500 after 40 days."""
    rows = []
    for month in range(months):
        for place in range(each):
            first = date(year + month // 12, month % 12 + 1, 1 + place % 28)
            name = f"{month}-{place}"
            rows.append(row(len(rows), name, first, 1000 + 10 * place))
            rows.append(row(len(rows), name, first + timedelta(days=40), 500))
    return rows


def closed(rows, last):
    """The rows up to a day, and a guest's order on it, so that the orders speak for it."""
    kept = [one for one in rows if one["order_date"] <= last]
    return [*kept, {**row(99999, None, last, 1)}]


@pytest.fixture
def found(facts_of):
    def run(as_of, orders, answers=GOODS, **more):
        return facts_of(realised_value_facts, as_of, orders=orders, answers=answers, **more)

    return run


def own(**sizes):
    return {"value_cohort_customers": 2, "value_cohorts_most": 12, "value_lines_most": 5, **sizes}


def test_margin_by_hand(found):
    """January: 1,000 and 1,010 at once, 500 more after 40 days, at a margin of 40 %."""
    facts = found("2024-12-31", closed(shop(2, 2), "2024-12-31"), thresholds=own())
    first = facts[f"{VALUE}[cohort=2024-01,month=0]"]
    assert first.value == pytest.approx(0.4 * 1005)
    assert (first.n, first.basis) == (2, "said")
    assert first.period == ("2024-01-01", "2024-01-31")
    later = facts[f"{VALUE}[cohort=2024-01,month=3]"]
    assert later.value == pytest.approx(0.4 * 1505)
    assert later.period == ("2024-01-01", "2024-05-01")  # 91 days after the end of January
    import numpy as np

    spread = mean(np.array([0.4 * 1500, 0.4 * 1510]))
    assert (later.low, later.high95) == pytest.approx((spread.low, spread.high95))
    assert f"{VALUE}[cohort=2024-01,month=12]" not in facts  # eleven months have passed


def test_the_day_of_the_first_order_is_month_nought(found):
    """A second order on day 29 is in the first month, one on day 30 in the second."""
    rows = [
        row(1, "a", "2024-01-01", 100),
        row(2, "a", "2024-01-01", 10),
        row(3, "a", "2024-01-30", 20),
        row(4, "a", "2024-01-31", 40),
        row(5, "b", "2024-01-05", 100),
    ]
    assert [days_of(month) for month in (0, 1, 2, 3)] == [0, 30, 61, 91]
    facts = found("2024-06-30", closed(rows, "2024-06-30"), thresholds=own())
    assert facts.value(f"{VALUE}[cohort=2024-01,month=0]") == pytest.approx(0.4 * 210 / 2)


def test_curve_by_month(summed):
    rows = [
        row(1, "a", "2024-01-01", 100),
        row(2, "a", "2024-01-30", 20),
        row(3, "a", "2024-01-31", 40),
        row(4, "b", "2024-01-05", 100),
    ]
    s = summed("2024-04-05", orders=closed(rows, "2024-04-05"), answers=GOODS, thresholds=own())
    (line,) = value_series(s)
    assert line.rows[:3] == (
        ("2024-01", 0, pytest.approx(40.0), 2),
        ("2024-01", 1, pytest.approx(44.0), 2),
        ("2024-01", 2, pytest.approx(52.0), 2),
    )
    assert len(line.rows) == 3  # 31 January + 61 days = 1 April; 91 days are not over


def test_only_months_the_whole_cohort_has_lived(found):
    """31 January + 91 days = 1 May."""
    rows = shop(1, 2)
    before = found("2024-04-30", closed(rows, "2024-04-30"), thresholds=own())
    assert f"{VALUE}[cohort=2024-01,month=3]" not in before
    after = found("2024-05-01", closed(rows, "2024-05-01"), thresholds=own())
    assert after[f"{VALUE}[cohort=2024-01,month=3]"].n == 2


def test_cohorts_are_as_fine_as_their_size_allows(summed):
    def labels(each, least, most=12):
        orders = closed(shop(12, each), "2025-12-31")
        found = lives(summed("2025-12-31", orders=orders, answers=GOODS))
        return [cohort.label for cohort in cohorts(found, least, most)]

    assert labels(2, least=2)[:2] == ["2024-01", "2024-02"]
    quarters = ["2024-01–2024-03", "2024-04–2024-06", "2024-07–2024-09", "2024-10–2024-12"]
    assert labels(2, least=3) == labels(2, least=2, most=11) == quarters
    assert labels(2, least=7) == ["2024-01–2024-06", "2024-07–2024-12"]
    assert labels(2, least=99) == ["2024-01–2024-12"]


def test_a_cohort_that_the_orders_cover_in_part_is_left_out(summed):
    def labels(start, last):
        orders = [one for one in closed(shop(6, 28), last) if one["order_date"] >= start]
        found = lives(summed(last, orders=orders, answers=GOODS))
        return [cohort.label for cohort in cohorts(found, 1, 12)]

    assert labels("2024-01-01", "2024-06-30")[-1] == "2024-06"
    assert labels("2024-01-01", "2024-06-29")[-1] == "2024-05"
    assert labels("2024-01-20", "2024-06-30")[0] == "2024-02"


def test_costs_of_the_shop_before_the_answered_rate(found):
    """In January 2024 goods cost 900 of 2,010 yen."""
    costs = [{"month": "2024-01", "item": "cogs", "amount": 900}]
    facts = found("2024-12-31", closed(shop(1, 2), "2024-12-31"), costs=costs, thresholds=own())
    fact = facts[f"{VALUE}[cohort=2024-01,month=0]"]
    assert fact.value == pytest.approx(1005 * (1 - 900 / 2010))
    assert fact.basis == "measured"


def test_unknown_reasons(found, facts):
    orders = shop(2, 2)
    assert found("2024-12-31", orders, answers={})[VALUE].reason == "no_margin"
    assert found("2024-01-20", closed(orders, "2024-01-20"))[VALUE].reason == "immature"
    assert facts("2024-12-31", answers=GOODS)[VALUE].reason == "no_table"
    guests = [row(1, None, "2024-01-01", 5)]
    assert facts("2024-12-31", orders=guests, answers=GOODS)[VALUE].reason == "no_rows"


def test_series_has_the_latest_lines_and_the_cost(summed):
    """26 months of 40 customers: half-years, and advertising of 20,000 a month ÷ 40 as a level."""
    orders = closed(shop(26, 40), "2026-03-31")
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
    ads = [{"month": m, "channel": "search", "amount": 20000, "new_customers": 20} for m in months]
    s = summed("2026-03-31", orders=orders, answers=GOODS, ad_spend=ads)
    (made,) = value_series(s)
    names = dict.fromkeys(line for line, *_ in made.rows)
    halves = ["2024-01–2024-06", "2024-07–2024-12", "2025-01–2025-06", "2025-07–2025-12"]
    assert list(names) == [*halves, "cost"]
    # nobody is traced to search: all spending of the months ÷ all new customers
    assert {row[2] for row in made.rows if row[0] == "cost"} == {500.0}
    assert [row[1] for row in made.rows if row[0] == "cost"] == list(range(22))
    assert [row[1] for row in made.rows if row[0] == halves[0]] == list(range(22))
    # at the end of March 2026 the second half of 2025 is 90 days old: two months
    assert [row[1] for row in made.rows if row[0] == halves[3]] == [0, 1, 2]


def test_published_orders_counted_anew(found, shared):
    """CDNOW: first year of each month's customers at 30 %, against sums over the bare file."""
    import gzip

    first, spent, count = {}, {}, {}
    rows = []
    with gzip.open(shared / "CDNOW_master.txt.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number:
                who, day, _, amount = line.split()
                rows.append((date(int(day[:4]), int(day[4:6]), int(day[6:])), who, float(amount)))
    for day, who, amount in sorted(rows):
        begun = first.setdefault(who, day)
        count.setdefault(begun.month, set()).add(who)
        if (day - begun).days < 365:
            spent[begun.month] = spent.get(begun.month, 0.0) + amount
    orders = [row(number, who, day, amount) for number, (day, who, amount) in enumerate(rows)]
    facts = found("1998-06-30", orders, {("q.pla.cost_rates", "cogs"): 0.7})
    for month, customers in ((1, 7846), (2, 8476), (3, 7248)):
        fact = facts[f"{VALUE}[cohort=1997-{month:02d},month=12]"]
        assert fact.n == customers == len(count[month])
        assert fact.value == pytest.approx(0.3 * spent[month] / customers)
