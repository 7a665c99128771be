"""Twelve months: states known by construction are told exactly; a steady business is left alone.

``TOOLKIT_TEST_LONG=1`` takes twelve months of more invented clients in place of three of one.
"""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import pairwise
from math import sqrt

import numpy as np
import pandas as pd
import pytest

import toolkit as tk
from toolkit.diagnosis.changes.compare import compare
from toolkit.diagnosis.changes.history import History
from toolkit.diagnosis.changes.month import month_of as month_of_diagnosis
from toolkit.facts import Fact, unknown
from toolkit.method import load_method
from toolkit.synth.client import write_client
from toolkit.synth.synth import synth

METHOD = load_method()
LONG = bool(os.environ.get("TOOLKIT_TEST_LONG"))
DAYS = [day.date().isoformat() for day in pd.date_range("2025-11-30", periods=12, freq="ME")]
FALSE = ("new", "worse", "resolved", "better", "reopened")
ALLOWED = 0.05


def states(months, code=None):
    """What is told month by month, as a client's history would have it: of one rule or of all."""
    told, before, failed = [], {}, set()
    for old, new in pairwise(months):
        history = History(before=before, failed=frozenset(failed))
        found = compare(old, new, METHOD, history).findings
        told.append(next(one.state for one in found if one.id == code) if code else found)
        before = {one.id: one.status for one in old.findings.values()}
        failed |= {key for key, status in before.items() if status == "fail"}
    return told


FEES = [4, 4, 4, 6, 6, 6, 8, 8, 6.2, 4, 4, 6]
ENTRIES = [0, 0, 2, 2, 3, 3, 1, 0, 0, None, 0, 2]
SAID = ["no", "no", "yes", "yes", None, "yes", "no", "no", None, "no", "yes", "yes"]
MATCH = [0.7, 0.7, 0.7, 0.3, 0.3, 0.3, 0.2, 0.2, 0.3, 0.7, 0.7, 0.3]
TRUTH = {
    "PAY001": ["unchanged", "unchanged", "new", "unchanged", "unchanged", "worse", "unchanged",
               "better", "resolved", "unchanged", "reopened"],
    "JRN004": ["unchanged", "new", "unchanged", "worse", "unchanged", "better", "resolved",
               "unchanged", "held_back", "newly_known", "reopened"],
    "SAL008": ["unchanged", "resolved", "unchanged", "held_back", "newly_known", "reopened",
               "unchanged", "held_back", "newly_known", "resolved", "unchanged"],
    "PLA003": ["unchanged", "unchanged", "new", "unchanged", "unchanged", "worse", "unchanged",
               "better", "resolved", "unchanged", "reopened"],
}  # fmt: skip


def drawn(seed):
    """Twelve months of facts about the true levels, with chance as small as exact books have."""
    random = np.random.default_rng(seed)
    jitter = 1 + random.uniform(-0.01, 0.01, size=12)
    for month, day in enumerate(DAYS):
        yield (
            day,
            [
                _exact("costs.system_cost_ratio_12m", FEES[month] / 100 * jitter[month], "share"),
                _exact("journey.double_entry_count", ENTRIES[month], "count"),
                _exact("q.sal.repeat_kpi", SAID[month], "code", basis="said"),
                _sampled("customers.target_match_share_top10", MATCH[month], 2000, random),
            ],
        )


def _exact(fact_id, value, unit, **given):
    if value is None:
        return unknown(fact_id, "not_asked", **given)
    return Fact(id=fact_id, value=value, unit=unit, **given)


def _sampled(fact_id, rate, n, random):
    value = random.binomial(n, rate) / n
    half = sqrt(value * (1 - value) / n)
    ends = {f"{end}{level}": value + sign * z * half
            for end, sign in (("low", -1), ("high", 1))
            for level, z in (("", 1.2816), ("95", 1.96))}  # fmt: skip
    return Fact(id=fact_id, value=value, unit="share", sampled=True, n=n, **ends)


@pytest.mark.parametrize("seed", range(20 if LONG else 5))
def test_twelve_months_of_known_states_are_told_exactly(month_of, seed):
    months = [month_of(*facts, day=day) for day, facts in drawn(seed)]
    for code, truth in TRUTH.items():
        assert states(months, code) == truth, code


def test_a_line_moved_in_between_is_the_methods_and_not_the_business(month_of):
    """Half-way the client's line goes from 5 % to 3 %: told once, and nothing else changes."""
    months = [
        month_of(
            _exact("costs.system_cost_ratio_12m", 0.04, "share"),
            day=day,
            thresholds={"system_cost_guide": 0.03} if month >= 6 else {},
        )
        for month, day in enumerate(DAYS)
    ]
    told = states(months, "PAY001")
    assert told == ["unchanged"] * 5 + ["changed_method"] + ["unchanged"] * 5


BORN = ("order_date", "date", "month", "created_at", "start", "invoiced_at", "first_date",
        "timestamp", "finished_at")  # fmt: skip
LATER = ("shipped_at", "delivered_at", "returned_at", "paid_at", "resolved_at", "won_at",
         "lost_at", "churned_at", "opt_in_at")  # fmt: skip


def as_known_on(frame, day):
    """A table as it stood on a day: later rows are not there, later dates not yet known."""
    born = next((name for name in BORN if name in frame.columns), None)
    if born is None:
        return frame
    known = frame[frame[born].astype(str).str[: 7 if born == "month" else 10] <= day].copy()
    for name in [one for one in LATER if one in known.columns]:
        late = known[name].notna() & (known[name].astype(str).str[:10] > day)
        also = [one for one in ("paid_amount", "matched") if name == "paid_at" and one in known]
        for column in (name, *also):
            known[column] = known[column].astype(object).mask(late, None)
    return known


def judged_months(client, count, folder):
    """The client diagnosed at so many month ends, each time from what was known by then."""
    ends = pd.date_range(end=str(client.profile["as_of"]), periods=count, freq="ME")
    for end in ends:
        day = end.date().isoformat()
        tables = {
            name: as_known_on(frame, day)
            for name, frame in client.tables.items()
            if name != "cash_plan"  # it was made on the last day
        }
        then = replace(client, tables=tables, profile={**client.profile, "as_of": day})
        write_client(then, folder / day)
        yield month_of_diagnosis(tk.diagnose(folder / day))


HEALTHY = [(model, seed) for model in ("gen", "saas", "mto") for seed in (1, 2)]


@pytest.mark.parametrize(("model", "seed"), HEALTHY if LONG else HEALTHY[:1])
def test_a_steady_business_is_told_of_few_changes(model, seed, tmp_path):
    months = list(judged_months(synth(model, seed, size=0.3), 12 if LONG else 3, tmp_path))
    told = [one for found in states(months) for one in found]
    judged = [one for one in told if {one.was, one.now} <= {"pass", "fail"}]
    false = [one for one in judged if one.state in FALSE]
    assert len(judged) > 100
    assert len(false) / len(judged) < ALLOWED, false


@pytest.mark.skipif(not LONG, reason="nine diagnoses")
def test_a_planted_fault_is_new_in_its_month_and_then_stands(tmp_path):
    """No mail goes out from May on: in June the silence is longer than sixty days."""
    client = synth("gen", 1, faults=["AFT008"], size=0.3)
    months = list(judged_months(client, 9, tmp_path))
    told = dict(zip([one.run_date for one in months[1:]], states(months, "AFT008"), strict=True))
    assert told.pop("2026-06-30") == "new"
    assert set(told.values()) == {"unchanged"}
