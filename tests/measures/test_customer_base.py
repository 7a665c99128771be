"""Orders to come, and how the models fared on months that are over."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from toolkit.measures.customer_base import (
    ACTUAL,
    AHEAD,
    ALIVE,
    ERROR,
    MARGIN,
    MONTHS,
    ORDERS,
    PLAIN,
    PLAIN_ERROR,
    PREDICTED,
    SALES_ERROR,
    TESTED,
    customer_base_facts,
    customer_base_series,
)
from toolkit.measures.forecast import forecast
from toolkit.measures.months import day_number
from toolkit.measures.purchase_days import histories_at, purchase_days, repeats_between

FIRST, LAST = date(2023, 4, 1), date(2025, 3, 31)
DAYS = (LAST - FIRST).days
CUT = date(2024, 9, 30)  # the last six of 24 months are held out
COSTS = {("q.pla.cost_rates", "cogs"): 0.6}
EVERY = (*TESTED, *AHEAD)


def shop(customers=600, *, seed=1, leaving=(0.8, 2.5)):
    """Orders of a shop whose customers buy and leave as the BG/NBD has it."""
    random = np.random.default_rng(seed)
    rows = [{"order_id": "last", "customer_id": None, "order_date": LAST.isoformat(), "amount": 1}]
    for number in range(customers):
        day = float(random.integers(0, 600)) if number else 0.0
        rate, chance = random.gamma(0.8, 1 / 50), random.beta(*leaving)
        own = random.gamma(4.0, 800.0)
        while day <= DAYS:
            placed = FIRST + timedelta(days=int(day))
            spent = round(float(random.gamma(6.0, own / 6.0)) + 1)
            order = {"order_id": f"o{len(rows):05d}", "customer_id": f"c{number:04d}"}
            rows.append({**order, "order_date": placed.isoformat(), "amount": spent})
            if random.random() < chance and day > 0:
                break
            day += random.exponential(1 / rate)
    return rows


@pytest.fixture(scope="module")
def rows():
    return shop()


@pytest.fixture(scope="module")
def tried(facts_of, rows):
    return facts_of(customer_base_facts, LAST.isoformat(), orders=rows, answers=COSTS)


def counted(rows, after, upto):
    """Repeat purchase days between two days of customers who came by the cut, without pandas."""
    days = sorted({(row["customer_id"], row["order_date"]) for row in rows if row["customer_id"]})
    first = {}
    for who, day in days:
        first.setdefault(who, day)
    low, high = after.isoformat(), upto.isoformat()
    known = {who for who, day in first.items() if day <= CUT.isoformat()}
    return sum(who in known and first[who] < day and low < day <= high for who, day in days)


def test_what_came_and_the_plain_rule_are_counted(tried, rows):
    assert tried.value(MONTHS) == 6
    assert tried[ACTUAL].period == ("2024-10-01", "2025-03-31")
    assert tried.value(ACTUAL) == counted(rows, CUT, LAST)
    assert tried.value(PLAIN) == counted(rows, date(2024, 3, 30), CUT)
    assert tried[PREDICTED].n == tried[ACTUAL].n < 600


def test_errors_are_shares_of_what_came(tried):
    came = tried.number(ACTUAL)
    assert tried.number(ERROR) == pytest.approx(tried.number(PREDICTED) / came - 1)
    assert tried.number(PLAIN_ERROR) == pytest.approx(tried.number(PLAIN) / came - 1)
    assert abs(tried.number(ERROR)) < 0.15
    assert abs(tried.number(SALES_ERROR)) < 0.2


def test_what_is_to_come_has_its_interval(tried):
    for fact_id in (PREDICTED, *AHEAD):
        fact = tried[fact_id]
        assert fact.low95 < fact.low < fact.value < fact.high < fact.high95, fact_id
        assert fact.sampled
    assert tried[ORDERS].period == ("2023-04-01", "2025-03-31")
    assert 0 < tried.number(ALIVE) < 1
    assert tried[ALIVE].n < tried[ORDERS].n == 600


def test_repeat_customers_alone_are_called_active(tried, summed, rows):
    from toolkit.models import BgNbd

    s = summed(LAST.isoformat(), orders=rows)
    known = histories_at(purchase_days(s), day_number(LAST))
    model = BgNbd.fit(known["x"], known["t_x"], known["T"])
    again = known[known["x"] > 0]
    there = model.alive(again["x"], again["t_x"], again["T"])
    assert tried.number(ALIVE) == pytest.approx(there.mean())
    assert tried[ALIVE].n == len(again)
    weeks = 365 / 7
    assert tried.number(ORDERS) == pytest.approx(
        model.expected_purchases(weeks, known["x"], known["t_x"], known["T"]).sum()
    )


def test_margin_is_orders_times_value_times_rate(tried, facts_of, rows):
    half = facts_of(
        customer_base_facts,
        LAST.isoformat(),
        orders=rows,
        answers={("q.pla.cost_rates", "cogs"): 0.8},
    )
    assert half.number(MARGIN) == pytest.approx(tried.number(MARGIN) / 2)
    assert half[MARGIN].low == pytest.approx(tried[MARGIN].low / 2)
    # an order is worth some 3,200 on average, of which 40% stay
    per_order = tried.number(MARGIN) / tried.number(ORDERS) / 0.4
    assert 2600 < per_order < 3900
    assert tried[MARGIN].basis == "said"


def test_no_margin_no_yen(facts_of, rows):
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=rows)
    assert found[MARGIN].reason == "no_margin"
    assert found[ORDERS].known


def test_histories_by_hand(summed, orders):
    lines = """
        ann 2024-01-01 100
        ann 2024-01-15 200
        ann 2024-01-15 300
        ann 2024-01-29 0
        bob 2024-01-08 50
        -   2024-01-09 70
        cat 2024-03-01 10
    """
    days = purchase_days(summed("2024-03-31", orders=orders(lines)))
    known = histories_at(days, day_number(date(2024, 2, 12)))
    assert list(known.index) == ["ann", "bob"]
    rows = known[["x", "t_x", "T", "paid", "mean_value"]].to_numpy().tolist()
    assert rows == [[2, 4.0, 6.0, 1, 500.0], [0, 0.0, 5.0, 0, 0.0]]
    came = repeats_between(days, known["first"])
    assert came.to_numpy().tolist() == [[2, 500.0], [0, 0.0]]


def test_orders_of_a_subscription_are_left_out(summed):
    rows = [
        {"order_id": "1", "customer_id": "a", "order_date": "2024-01-01", "amount": 1},
        {"order_id": "2", "customer_id": "a", "order_date": "2024-02-01", "amount": 2},
        {"order_id": "3", "customer_id": "b", "order_date": "2024-02-01", "amount": 3},
    ]
    rows = [{**row, "subscription_count": n} for row, n in zip(rows, (None, 2, 0), strict=True)]
    days = purchase_days(summed("2024-03-31", orders=rows))
    assert days["customer_id"].tolist() == ["a", "b"]
    assert days["amount"].tolist() == [1.0, 3.0]


def test_order_of_rows_does_not_matter(facts_of, rows, tried):
    turned = pd.DataFrame(rows).sample(frac=1, random_state=2)
    other = facts_of(customer_base_facts, LAST.isoformat(), orders=turned, answers=COSTS)
    assert list(other.values()) == list(tried.values())


def test_too_far_off_nothing_is_said_of_the_future(facts_of, rows):
    """Four in five orders of the months held out never came: the model could not know."""
    later = [row for row in rows if row["order_date"] > CUT.isoformat() and row["customer_id"]]
    gone = {row["order_id"] for row in later} - {row["order_id"] for row in later[::5]}
    kept = [row for row in rows if row["order_id"] not in gone]
    found = facts_of(
        customer_base_facts,
        LAST.isoformat(),
        orders=kept,
        answers=COSTS,
        thresholds={"models_holdout_orders": 5},
    )
    assert found.number(ERROR) > 0.2
    assert {found[fact_id].reason for fact_id in AHEAD} == {"model_missed"}
    wider = facts_of(
        customer_base_facts,
        LAST.isoformat(),
        orders=kept,
        answers=COSTS,
        thresholds={"models_holdout_orders": 5, "models_error_limit": 99},
    )
    assert all(wider[fact_id].known for fact_id in AHEAD)


def test_sales_too_far_off_hold_the_margin_back_alone(facts_of, rows):
    """In the months held out as many orders, each of a third of its amount."""
    cheap = [
        {**row, "amount": row["amount"] / 3} if row["order_date"] > CUT.isoformat() else row
        for row in rows
    ]
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=cheap, answers=COSTS)
    assert found.number(SALES_ERROR) > 1
    assert found[ORDERS].known
    assert found[MARGIN].reason == "model_missed"


@pytest.mark.parametrize(
    ("model", "reason", "state"),
    [
        ("saas", "not_applicable", "not_applicable"),
        ("single_item_subscription", "not_applicable", "not_applicable"),
        (None, "not_asked", "unknown"),
    ],
)
def test_only_where_every_order_is_free(facts_of, rows, model, reason, state):
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=rows, model=model)
    assert {(found[i].reason, found[i].state) for i in EVERY} == {(reason, state)}


@pytest.mark.parametrize("model", ["general", "marketplace_led", "shop_service", "made_to_order"])
def test_where_orders_are_free(facts_of, rows, model):
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=rows, model=model)
    assert found[ORDERS].known


def test_less_than_a_year_is_immature(facts_of, rows):
    young = [row for row in rows if row["order_date"] >= "2024-04-02"]
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=young)
    assert {found[fact_id].reason for fact_id in EVERY} == {"immature"}
    year = [row for row in rows if row["order_date"] >= "2024-04-01"]
    year.append({**rows[0], "order_id": "x", "order_date": "2024-04-01", "customer_id": "c0"})
    assert facts_of(customer_base_facts, LAST.isoformat(), orders=year).value(MONTHS) == 3


@pytest.mark.parametrize("name", ["models_customers", "models_repeaters"])
def test_few_customers_are_not_modelled(facts_of, rows, name):
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=rows, thresholds={name: 5000})
    assert {found[fact_id].reason for fact_id in EVERY} == {"small_n"}


def test_few_orders_held_out_are_no_test(facts_of, rows):
    found = facts_of(
        customer_base_facts,
        LAST.isoformat(),
        orders=rows,
        thresholds={"models_holdout_orders": 100_000},
    )
    assert found[PREDICTED].known
    assert {found[i].reason for i in (ERROR, PLAIN_ERROR, SALES_ERROR, *AHEAD)} == {"small_n"}


def test_customers_all_alike_fix_no_model(facts_of):
    """Everyone orders on the first of each month."""
    days = pd.date_range(FIRST, LAST, freq="MS").strftime("%Y-%m-%d")
    alike = [
        {"order_id": f"{who}-{day}", "customer_id": f"c{who}", "order_date": day, "amount": 9}
        for who in range(250)
        for day in days
    ]
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=alike)
    assert {found[fact_id].reason for fact_id in EVERY} == {"not_fitted"}


def test_amounts_all_alike_leave_the_orders_known(facts_of, rows):
    alike = [{**row, "amount": 1000} for row in rows]
    found = facts_of(customer_base_facts, LAST.isoformat(), orders=alike, answers=COSTS)
    assert found[ORDERS].known
    assert (found[SALES_ERROR].reason, found[MARGIN].reason) == ("not_fitted", "not_fitted")


def test_guests_alone_give_no_row(facts_of, measured, orders):
    guests = orders("- 2024-01-01 10\n- 2025-03-01 10")
    assert not facts_of(customer_base_facts, "2025-03-31", orders=guests)
    from toolkit.facts import Facts

    assert Facts(measured("2025-03-31", orders=guests).facts)[ORDERS].reason == "no_rows"


def test_the_interval_holds_what_comes(facts_of):
    """Of shops made by the model, some four in five lie within the 80% interval."""
    held = []
    for seed in range(30):
        found = facts_of(customer_base_facts, LAST.isoformat(), orders=shop(400, seed=100 + seed))
        if found[PREDICTED].known:  # a small shop now and then fixes no model
            held.append(found[PREDICTED].low <= found.number(ACTUAL) <= found[PREDICTED].high)
    assert len(held) >= 27
    assert 0.6 <= sum(held) / len(held) <= 0.97


def test_the_chart_adds_up_to_the_facts(summed, tried, rows):
    (one,) = customer_base_series(summed(LAST.isoformat(), orders=rows))
    table = one.to_frame()
    assert table["label"].tolist() == ["0", "1", "2", "3", "4", "5", "6", "7+"]
    assert table["customers"].sum() == tried[PREDICTED].n
    assert table["value"].sum() == tried.value(ACTUAL)
    assert table["target"].sum() == pytest.approx(tried.number(PREDICTED))
    assert table["plain"].sum() == tried.value(PLAIN)
    # whoever had no repeat before the cut cannot have one in the stretch before it
    assert table["plain"].iloc[0] == 0 < table["value"].iloc[0]


@pytest.mark.parametrize("model", ["saas", None])
def test_no_chart_where_orders_are_not_free(summed, rows, model):
    assert not list(customer_base_series(summed(LAST.isoformat(), orders=rows, model=model)))


def test_no_chart_without_a_test(summed, rows):
    young = [row for row in rows if row["order_date"] >= "2024-06-01"]
    assert not list(customer_base_series(summed(LAST.isoformat(), orders=young)))


def test_a_variance_without_end_gives_no_interval(summed, rows):
    """Values so wide that their square has no mean: the total stands, without bounds."""
    from dataclasses import replace

    s = summed(LAST.isoformat(), orders=rows)
    known = histories_at(purchase_days(s), day_number(CUT))
    made = forecast(known)
    assert made.ahead(10).sales.interval() is not None
    wide = replace(made, values=replace(made.values, q=1.8))
    assert wide.ahead(10).sales.interval() is None
    assert wide.ahead(10).sales.value > 0


@pytest.fixture(scope="module")
def cdnow(facts_of, test_data):
    rows = pd.read_csv(
        test_data / "data" / "CDNOW_sample.txt",
        sep=r"\s+",
        header=None,
        names=["master", "customer_id", "order_date", "quantity", "amount"],
        dtype={"customer_id": str, "order_date": str},
    )
    rows["order_date"] = pd.to_datetime(rows["order_date"]).dt.strftime("%Y-%m-%d")
    rows["order_id"] = [str(number) for number in range(len(rows))]
    columns = ["order_id", "customer_id", "order_date", "amount"]
    return facts_of(customer_base_facts, "1998-06-30", orders=rows[columns], answers=COSTS)


def test_real_customers_are_predicted_better_than_by_the_plain_rule(cdnow):
    assert (cdnow.value(MONTHS), cdnow.value(ACTUAL), cdnow.value(PLAIN)) == (4, 765, 903)
    assert cdnow.number(ERROR) == pytest.approx(0.050, abs=5e-4)
    assert cdnow.number(PLAIN_ERROR) == pytest.approx(903 / 765 - 1)
    assert cdnow[PREDICTED].low <= 765 <= cdnow[PREDICTED].high
    assert abs(cdnow.number(SALES_ERROR)) < 0.1
    assert cdnow[ORDERS].known
    assert cdnow[MARGIN].known
