"""A million customers fitted: equal histories counted once, against every customer by itself.

    python tests/bench/bench_models.py [--customers N] [--times K] [--days] [--model NAME]

Both fit the same simulated customers (two years, histories in whole weeks, or days with
``--days``) in one process, taken in turn; each is the best of K times. The estimates are compared
before anything is printed. Prints seconds, CPU seconds, the ratio and the peak memory.
"""

from __future__ import annotations

import argparse
import math
import resource
import sys
import time
from collections.abc import Callable

import numpy as np

from toolkit.models import BgNbd, ParetoNbd
from toolkit.models.patterns import histories

MODELS = {"bg_nbd": BgNbd, "pareto_nbd": ParetoNbd}
TARGET_SECONDS = 10.0
DAYS, LONGEST = 7, 728


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=2)
    parser.add_argument("--days", action="store_true", help="histories in days, not weeks")
    parser.add_argument("--model", choices=MODELS, default="bg_nbd")
    given = parser.parse_args()
    model = MODELS[given.model]
    x, t_x, T = simulated(given.customers, whole_weeks=not given.days)
    fits: dict[str, Callable[[], BgNbd | ParetoNbd]] = {
        "collapsed": lambda: model.fit(x, t_x, T),
        "every customer": lambda: model.of_patterns(histories(x, t_x, T)),
    }
    runs = measured(fits, given.times)
    (_, _, ours), (_, _, other) = runs.values()
    for name, value in ours.parameters.items():
        assert math.isclose(value, other.parameters[name], rel_tol=1e-4), name
    distinct = len(np.unique(np.stack([x, t_x, T]), axis=1).T)
    print(f"{given.model}, {given.customers:,} customers, {distinct:,} different histories")
    for name, (seconds, cpu, _) in runs.items():
        print(f"{name:16} {seconds:6.2f} s  {cpu:6.2f} CPU s")
    ratio = runs["collapsed"][0] / runs["every customer"][0]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"ratio {ratio:.2f}; at most {TARGET_SECONDS:.0f} s; peak memory {peak:,.0f} MB")
    return 0 if runs["collapsed"][0] <= TARGET_SECONDS else 1


def measured(fits: dict[str, Callable[[], object]], times: int) -> dict[str, tuple]:
    """The best seconds, the CPU seconds of that run and the model, of several runs in turn."""
    best: dict[str, tuple] = {}
    for _ in range(times):
        for name, fit in fits.items():
            start, cpu = time.perf_counter(), time.process_time()
            found = fit()
            taken = time.perf_counter() - start, time.process_time() - cpu, found
            if name not in best or taken[0] < best[name][0]:
                best[name] = taken
    return best


def simulated(customers: int, *, whole_weeks: bool) -> tuple[np.ndarray, ...]:
    """Histories of customers who buy and leave as the BG/NBD has it; the same on every run."""
    random = np.random.default_rng(1)
    T = random.integers(1, LONGEST, customers) / DAYS
    rate = random.gamma(0.6, 1 / 8.0, customers)
    leaving = random.beta(0.8, 2.5, customers)
    x, t_x = np.zeros(customers), np.zeros(customers)
    now = np.zeros(customers)
    there = np.arange(customers)
    while len(there):
        now[there] += random.exponential(1 / rate[there])
        there = there[now[there] <= T[there]]
        x[there] += 1
        t_x[there] = now[there]
        there = there[random.random(len(there)) >= leaving[there]]
    step = 1 if whole_weeks else DAYS
    T = np.ceil(T * step) / step
    return x, np.minimum(np.round(t_x * step) / step, T), T


if __name__ == "__main__":
    sys.exit(main())
