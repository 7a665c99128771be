"""A seller whose rates never change is told of a fall in at most one month of twenty."""

import os
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from toolkit.facts import Fact, Facts
from toolkit.measures.ad_payback import ad_payback_facts
from toolkit.measures.funnel import funnel_facts
from toolkit.measures.leads import lead_facts
from toolkit.measures.paid_share import paid_share_facts
from toolkit.measures.summaries import Summaries
from toolkit.measures.traffic import traffic_facts
from toolkit.method import load_method
from toolkit.rules.judge import Client, judge_rule

pytestmark = pytest.mark.skipif(not os.environ.get("TOOLKIT_TEST_LONG"), reason="make long")
SEEDS, MOST, DEAL_DAYS = 200, 0.05, 900
END = date(2025, 3, 31)
METHOD = load_method()
NONE = dict.fromkeys(("orders", "customers", "cohorts", "contracts", "steps"))


def summaries(tables=None, *, answers=None, **frames):
    return Summaries(
        as_of=END,
        run_date=END,
        model="general",
        personal_columns=0,
        tables=tables or {},
        answers=answers or {},
        method=METHOD,
        **{**NONE, **frames},
    )


def days(count):
    return pd.to_datetime([END - timedelta(days=count - 1 - i) for i in range(count)])


def visits(random, noise=0.0):
    """Two years of days; with ``noise`` the rates of a week are lifted or lowered together."""
    count = 730
    week = np.exp(random.normal(0, noise, count // 7 + 1))[np.arange(count) // 7] if noise else 1.0
    sessions = random.poisson(120 * (1 + 0.4 * np.sin(np.arange(count) * 2 * np.pi / 7)))
    carts = random.binomial(sessions, 0.15 * np.minimum(week, 5))
    checkouts = random.binomial(carts, 0.5)
    orders = random.binomial(checkouts, 0.6)
    columns = {"sessions": sessions, "carts": carts, "checkouts": checkouts, "orders": orders}
    return pd.DataFrame({"date": days(count), **columns}).astype(dict.fromkeys(columns, float))


def deals(random, a_day):
    """Deals of thirty months, each won with 30 % after some weeks, else lost a little later."""
    made = np.sort(random.integers(0, DEAL_DAYS, DEAL_DAYS * a_day // 10))
    won = random.random(len(made)) < 0.3
    after = made + np.where(won, random.gamma(4, 6, len(made)), random.gamma(4, 9, len(made)))
    start = pd.Timestamp(END) - pd.Timedelta(days=DEAL_DAYS - 1)
    decided = pd.Series(start + pd.to_timedelta(after.astype(int), unit="D"))
    decided = decided.where(decided <= pd.Timestamp(END))
    return pd.DataFrame(
        {
            "lead_id": [str(i) for i in range(len(made))],
            "created_at": start + pd.to_timedelta(made, unit="D"),
            "won_at": decided.where(won),
            "lost_at": decided.where(~won),
        }
    )


def alarms(code, model, facts_of, least_judged=0.9):
    """In how many of the seeds the rule fails; nearly all of them must have been judged."""
    failed = judged = 0
    for seed in range(SEEDS):
        told = [Fact(id="q.pla.model", value=model), *facts_of(np.random.default_rng(seed))]
        found = judge_rule(METHOD.section("rules")[code], Facts(told), METHOD, Client())
        failed += found.status == "fail"
        judged += found.status in ("pass", "fail")
    assert judged >= least_judged * SEEDS
    return failed / SEEDS


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_steps(noise):
    def facts_of(random):
        return funnel_facts(summaries({"traffic": visits(random, noise)}))

    assert alarms("SAL006", "general", facts_of) <= MOST


def test_cart_drop():
    def facts_of(random):
        return traffic_facts(summaries({"traffic": visits(random)}))

    assert alarms("PAY007", "general", facts_of) <= MOST


@pytest.mark.parametrize("a_day", [10, 40])  # below and above a hundred decisions a quarter
def test_win_rate(a_day):
    def facts_of(random):
        return lead_facts(summaries({"leads": deals(random, a_day)}))

    assert alarms("SAL015", "made_to_order", facts_of) <= MOST


def test_leads_as_a_step():
    def facts_of(random):
        return funnel_facts(summaries({"leads": deals(random, 40)}))

    assert alarms("SAL006", "made_to_order", facts_of) <= MOST


def bought(random):
    """Three years of new customers by three channels; a first order and further ones."""
    count = 1500
    first = np.sort(random.integers(0, 1095, count)).astype(float) + 19000
    channel = random.choice(["a", "b", "c"], count)
    ids = np.array([f"c{i:05d}" for i in range(count)])
    more = random.poisson(0.8, count)
    who = np.repeat(np.arange(count), 1 + more)
    late = random.exponential(90, len(who)) * (np.arange(len(who)) != np.searchsorted(who, who))
    day = np.floor(first[who] + late)
    kept = day <= 19000 + 1094
    orders = pd.DataFrame(
        {
            "order_id": [f"o{i}" for i in range(len(who))],
            "customer_id": ids[who],
            "day_no": day,
            "amount": np.round(random.lognormal(8.5, 0.5, len(who))),
            "channel": channel[who],
        }
    )[kept]
    months = pd.to_datetime(day, unit="D")
    orders["month_no"] = (months.year * 12 + months.month - 1)[kept]
    customers = pd.DataFrame(
        {"customer_id": ids, "first_day": first, "first_channel": channel, "cohort_no": 0}
    )
    return orders, customers


MARGIN = {("q.pla.cost_rates", "cogs"): 0.5, ("q.sal.payback_months", None): 6}


def test_advertising_that_pays_back():
    """Margin in six months is some 4,700 yen a customer; each costs 3,800."""

    def facts_of(random):
        orders, customers = bought(random)
        spend = pd.DataFrame(
            [
                {"month": f"{year}-{month:02d}", "channel": name, "amount": 38000.0}
                for year in (2022, 2023, 2024)
                for month in range(1, 13)
                for name in "abc"
            ]
        ).assign(new_customers=10.0)
        return ad_payback_facts(
            summaries({"ad_spend": spend}, answers=MARGIN, orders=orders, customers=customers)
        )

    assert alarms("SAL005", "general", facts_of, least_judged=0.5) <= MOST


def test_the_paid_share_of_a_seller_that_does_not_change_is_seldom_said_to_fall():
    """Two years of a share of 80 %: its interval lies below zero in one month of forty."""
    fallen = 0
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        count = 1600
        listed = pd.DataFrame(
            {
                "customer_id": [str(i) for i in range(count)],
                "channel": np.where(random.random(count) < 0.8, "ads", "none"),
                "first_date": np.repeat(days(800), 2),
            }
        )
        spend = pd.DataFrame(
            [{"month": "2024-04", "channel": "ads", "amount": 1.0, "new_customers": 1.0}]
        )
        s = summaries({"customers": listed, "ad_spend": spend})
        upper = Facts(paid_share_facts(s)).number("acquisition.paid_share_change_upper")
        assert upper is not None
        fallen += upper < 0
    assert fallen / SEEDS <= MOST
