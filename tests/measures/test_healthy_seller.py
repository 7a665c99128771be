"""A seller at constant rates: the tests against its own past leave it in peace."""

import os
from collections import Counter
from datetime import datetime

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom

from toolkit.facts import Fact, Facts
from toolkit.measures.lateness import lateness_facts
from toolkit.measures.returns import return_facts
from toolkit.measures.rework import rework_facts
from toolkit.measures.ship_hours import ship_hour_facts
from toolkit.measures.summaries import summarise
from toolkit.measures.work import work_facts
from toolkit.method import load_method
from toolkit.rules.judge import Client, judge_rule

MEASURES = (ship_hour_facts, lateness_facts, return_facts, rework_facts, work_facts)
RULES = ("FUL005", "FUL006", "FUL007", "FUL010", "AFT005", "JRN010")
SEEDS = 60 if os.environ.get("TOOLKIT_TEST_LONG") else 30
FIRST, DAYS = np.datetime64("2023-01-01", "us"), 820
END = FIRST + np.timedelta64(DAYS, "D")
PEOPLE = np.array(["ann", "bob", "cid", "dee", "eve", "fay"])


def days(numbers):
    return (np.asarray(numbers) * 86_400_000_000).astype("timedelta64[us]")


def happened(moments):
    return np.where(moments < END, moments, np.datetime64("NaT", "us"))


def orders(random):
    n = random.poisson(6 * DAYS)
    placed = FIRST + days(np.sort(random.uniform(0, DAYS, n)))
    shipped = placed + days(random.gamma(2, 0.6, n))
    delivered = shipped + days(random.uniform(1, 4, n))
    back = np.where(random.random(n) < 0.05, random.integers(3, 25, n), 10 * DAYS)
    return pd.DataFrame(
        {
            "order_id": [f"o{number}" for number in range(n)],
            "customer_id": [f"c{number % 97}" for number in range(n)],
            "order_date": placed,
            "amount": 1000.0,
            "shipped_at": happened(shipped),
            "promised_at": placed.astype("datetime64[D]").astype("datetime64[us]") + days(5),
            "delivered_at": happened(delivered),
            "returned_at": happened(shipped + days(back)),
            "wrong_item": random.random(n) < 0.0005,
        }
    )


def contacts(random):
    n = random.poisson(0.5 * DAYS)
    when = FIRST + days(random.integers(0, DAYS, n))
    return pd.DataFrame({"contact_id": [str(number) for number in range(n)], "date": when})


def events(random):
    """Four steps a case; one case in eight has its last step done again."""
    n = 900
    begun, steps = random.uniform(0, DAYS, n), np.cumsum(random.exponential(1, (5, n)), axis=0)
    rows = [(number, step) for number in range(n) for step in range(4)]
    rows += [(number, 4) for number in np.flatnonzero(random.random(n) < 0.125)]
    case, step = np.array(rows).T
    frame = pd.DataFrame(
        {
            "case_id": [f"k{number}" for number in case],
            "activity": [f"step {min(one, 3)}" for one in step],
            "timestamp": FIRST + days(begun[case] + steps[step, case]),
            "resource": PEOPLE[random.integers(0, 6, len(case))],
        }
    )
    return frame[frame["timestamp"] < END]


@pytest.fixture(scope="module")
def statuses(make_case):
    method = load_method()
    last = datetime.fromisoformat(str(END - np.timedelta64(1, "D"))).date()
    found = {code: Counter() for code in RULES}
    for seed in range(SEEDS):
        random = np.random.default_rng(seed)
        tables = {"orders": orders(random), "contacts": contacts(random), "events": events(random)}
        summaries = summarise(make_case(f"{last}", **tables), method)
        facts = [fact for measure in MEASURES for fact in measure(summaries)]
        client = {"q.pla.model": "general", "profile.currency": "JPY"}
        known = Facts([*facts, *(Fact(id=name, value=value) for name, value in client.items())])
        for code in RULES:
            finding = judge_rule(method.section("rules")[code], known, method, Client())
            found[code][finding.status] += 1
    return found


@pytest.mark.parametrize("code", RULES)
def test_false_alarms_are_at_most_one_in_twenty(statuses, code):
    most = binom.ppf(0.95, SEEDS, 0.05)  # what one in twenty gives by chance
    assert statuses[code]["fail"] <= most


@pytest.mark.parametrize("code", ["FUL005", "FUL007", "FUL010", "AFT005", "JRN010"])
def test_the_seller_was_judged(statuses, code):
    assert statuses[code]["pass"] >= SEEDS * 0.9
