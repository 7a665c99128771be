"""A share of counted units: its value, and the size it is worth where weeks differ."""

from datetime import date

import numpy as np
import pytest

from toolkit.measures.intervals import wilson
from toolkit.measures.months import day_number
from toolkit.measures.rates import Counts

MONDAY = float(day_number(date(2025, 1, 6)))


def weeks(*pairs):
    """Counts of one day a week: (units, events)."""
    days = np.array([MONDAY + 7 * i for i in range(len(pairs))])
    units, events = (np.array(part, dtype=float) for part in zip(*pairs, strict=True))
    return Counts(days=days, units=units, events=events)


def test_equal_weeks_are_worth_their_number():
    found = weeks(*[(100, 30)] * 10).stretch()
    assert (found.value, found.n) == (0.3, 1000)
    assert found.interval == wilson(300, 1000)


def test_unequal_weeks_are_worth_less():
    """Ten weeks of 100, five at 20 % and five at 40 %.

    Σ(events − 0.3 × units)² = 10 × 10² = 1,000, so the spread is √(1,000 ÷ 9) = 10.54, the
    error 10.54 × √10 ÷ 1,000 = 0.03333, and 0.3 × 0.7 ÷ 0.03333² = 189. Student's 95 % bound of
    nine degrees is 2.2622 where the normal one is 1.9600: 189 × (1.96 ÷ 2.2622)² = 141.9.
    """
    found = weeks(*[(100, 20), (100, 40)] * 5).stretch()
    by_hand = wilson(0.3 * 141.87, 141.87)
    assert found.value == pytest.approx(0.3)
    assert found.interval.low95 == pytest.approx(by_hand.low95, abs=1e-4)
    assert found.interval.high95 == pytest.approx(by_hand.high95, abs=1e-4)
    assert found.interval.low95 < wilson(300, 1000).low95 - 0.03


def test_days_of_one_week_are_one_draw():
    days = np.array([MONDAY + i for i in range(7)])
    whole = Counts(days=days, units=np.full(7, 100.0), events=np.full(7, 30.0))
    assert whole.interval() is None
    assert whole.stretch().value == 0.3
    over_two = Counts(days=days + 3, units=whole.units, events=whole.events)
    assert over_two.interval() is not None


def test_more_tests_widen():
    counts = weeks(*[(100, 20), (100, 40)] * 5)
    assert counts.interval(3).low95 < counts.interval(1).low95
    assert counts.interval(3).high > counts.interval(1).high


def test_no_units_or_more_events_than_units_is_no_share():
    assert weeks((0, 0), (0, 0)).stretch() is None
    assert weeks((10, 11), (10, 11)).stretch() is None
    assert weeks((10, 11), (10, 11)).interval() is None
    assert weeks((10, 10), (10, 10)).stretch().value == 1.0
