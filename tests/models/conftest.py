"""Histories the models are tried on: the published sample, and customers made by each model."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

CALIBRATED = pd.Timestamp("1997-09-30")


@pytest.fixture(scope="session")
def cdnow(test_data):
    """Histories of the published sample in weeks, and the mean of the repeat purchases."""
    rows = pd.read_csv(
        test_data / "data" / "CDNOW_sample.txt",
        sep=r"\s+",
        header=None,
        names=["master", "customer", "day", "quantity", "value"],
    )
    rows["day"] = pd.to_datetime(rows["day"].astype(str))
    days = rows.groupby(["customer", "day"], as_index=False)["value"].sum()
    known = days[days["day"] <= CALIBRATED]
    groups = known.groupby("customer")["day"]
    first, last = groups.min(), groups.max()
    again = known[known["day"] > known["customer"].map(first)].groupby("customer")["value"]
    return SimpleNamespace(
        x=(groups.size() - 1).to_numpy(float),
        t_x=((last - first).dt.days / 7).to_numpy(float),
        T=((CALIBRATED - first).dt.days / 7).to_numpy(float),
        repeats=again.size().to_numpy(float),
        value=again.mean().to_numpy(float),
        later=int((days["day"] > CALIBRATED).sum()),
    )


def _bought(rate, leave, T, ahead, random):
    """Histories up to T, and purchases within ``ahead`` after it; ``leave`` ends each customer."""
    x, t_x, later = np.zeros(len(T)), np.zeros(len(T)), np.zeros(len(T))
    now, there = np.zeros(len(T)), np.arange(len(T))
    while len(there):
        now[there] += random.exponential(1 / rate[there])
        there = there[now[there] <= (T + ahead)[there]]
        there = there[~leave.before(there, now)]
        seen = there[now[there] <= T[there]]
        x[seen] += 1
        t_x[seen] = now[seen]
        later[there[now[there] > T[there]]] += 1
        there = there[~leave.after(there)]
    return x, t_x, T, later


@pytest.fixture(scope="session")
def simulated():
    """Function: histories of customers whose rates and leaving follow a model, and what came."""

    def make(model, n, *, seed=1, ahead=26.0):
        random = np.random.default_rng(seed)
        T = random.uniform(20, 100, n)
        rate = random.gamma(model["r"], 1 / model["alpha"], n)
        if "s" in model:
            gone = random.exponential(1 / random.gamma(model["s"], 1 / model["beta"], n))
            leave = SimpleNamespace(
                before=lambda there, now: now[there] > gone[there],
                after=lambda there: np.zeros(len(there), dtype=bool),
            )
        else:
            chance = random.beta(model["a"], model["b"], n)
            leave = SimpleNamespace(
                before=lambda there, now: np.zeros(len(there), dtype=bool),
                after=lambda there: random.random(len(there)) < chance[there],
            )
        return _bought(rate, leave, T, ahead, random)

    return make
