"""Monthly cohorts pooled: which are mature, and the latest three against the twelve before."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from toolkit.facts import Facts
from toolkit.measures.cohorts import Entries, latest_cohorts
from toolkit.measures.intervals import difference, wilson
from toolkit.measures.months import Coverage, month_number


def _entries(months, *, last=date(2025, 6, 30), first=date(2023, 1, 1), window=30):
    """Rows from ``{"YYYY-MM": (entered, went on)}``; nobody has an earlier order."""
    rows = [
        (month_number(date.fromisoformat(f"{month}-01")), float("nan"), number < hits)
        for month, (size, hits) in months.items()
        for number in range(size)
    ]
    frame = pd.DataFrame(rows, columns=["month_no", "month_before", "again"])
    covered = Coverage(first=first, last=last, silence=0)
    return Entries(fact_id="x.keep", frame=frame, window=window, covered=covered)


def test_three_latest_against_twelve():
    # On 30 June, May is 30 days old: March to May are the latest, March 2024 to February before.
    months = {"2025-03": (40, 10), "2025-05": (60, 20), "2025-06": (99, 99), "2024-03": (100, 50)}
    found = Facts(latest_cohorts(_entries(months)))
    latest = found["x.keep_t3"]
    assert (latest.value, latest.n, latest.period) == (0.3, 100, ("2025-03-01", "2025-05-31"))
    assert (latest.low95, latest.high95) == (wilson(30, 100).low95, wilson(30, 100).high95)
    change = found["x.keep_t3v12"]
    assert change.value == pytest.approx(0.3 - 0.5)
    assert (change.n, change.period) == (100, ("2024-03-01", "2025-05-31"))
    plain = difference(0.3, wilson(30, 100), 0.5, wilson(50, 100))
    assert (change.low95, change.high95) == (plain.low95, plain.high95)


@pytest.mark.parametrize(("last", "newest"), [("2025-06-30", "2025-05"), ("2025-06-29", "2025-04")])
def test_a_month_is_mature_on_the_day_its_window_ends(last, newest):
    months = {"2025-04": (10, 5), "2025-05": (10, 5)}
    found = Facts(latest_cohorts(_entries(months, last=date.fromisoformat(last))))
    assert found["x.keep_t3"].period[1][:7] == newest


def test_too_young_is_immature():
    found = Facts(latest_cohorts(_entries({"2025-05": (10, 5)}, first=date(2025, 4, 1))))
    assert {fact.reason for fact in found.values()} == {"immature"}


def test_no_year_before_is_immature_for_the_change_alone():
    found = Facts(latest_cohorts(_entries({"2025-05": (10, 5)}, first=date(2024, 4, 1))))
    assert found["x.keep_t3"].value == 0.5
    assert found["x.keep_t3v12"].reason == "immature"


def test_nobody_entered():
    found = Facts(latest_cohorts(_entries({"2024-05": (10, 5)})))
    assert {fact.reason for fact in found.values()} == {"no_rows"}


def test_old_regulars_of_a_short_export_widen_the_interval():
    """Three months of history: with one look-back for all, the earlier cohorts are others too."""
    entries = _entries({"2024-03": (100, 80), "2025-05": (100, 40)}, first=date(2023, 12, 1))
    back = pd.DataFrame(  # came again after six months: new by a look-back of three
        {
            "month_no": [month_number(date(2024, 9, 1))] * 100,
            "month_before": float(month_number(date(2024, 3, 1))),
            "again": [False] * 100,
        }
    )
    both = Entries(
        fact_id="x.keep",
        frame=pd.concat([entries.frame, back]),
        window=30,
        covered=entries.covered,
    )
    fact = Facts(latest_cohorts(both))["x.keep_t3v12"]
    plain = difference(0.4, wilson(40, 100), 0.8, wilson(80, 100))
    alike = difference(0.4, wilson(40, 100), 0.4, wilson(80, 200))
    assert (fact.low95, fact.high95) == (plain.low95, alike.high95)


def test_constant_rates_raise_no_alarm():
    """Fifteen months of 150 at one rate: a fall of three points is seen in few of 200 shops."""
    alarms = 0
    for seed in range(200):
        random = np.random.default_rng(seed)
        months = {
            f"{2024 + (place + 2) // 12}-{(place + 2) % 12 + 1:02d}": (
                150,
                random.binomial(150, 0.3),
            )
            for place in range(15)
        }
        found = Facts(latest_cohorts(_entries(months)))["x.keep_t3v12"]
        assert found.n == 450
        alarms += found.high95 < -0.03
    assert alarms <= 0.05 * 200
