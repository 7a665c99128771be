"""Quantiles and their intervals."""

import numpy as np
import pytest

from toolkit.measures.quantiles import quantile


def test_value_is_linear_between_two():
    value, interval = quantile(np.array([0.0, 1.0, 2.0, 3.0]), 0.9)
    assert value == pytest.approx(2.7)  # 0.9 · 3 = 2.7
    assert interval.low95 <= interval.low <= value <= interval.high <= interval.high95


def test_one_value_has_no_interval():
    assert quantile(np.array([3.0]), 0.9) == (3.0, None)


def test_interval_of_a_hundred_values():
    values = np.arange(100.0)
    _, interval = quantile(values, 0.5)
    # half-width of the share: 1.95996 · √(0.25 ÷ 99) (Student's spread); 0.5 ∓ 0.0985 of 99
    assert interval.low95 == pytest.approx(99 * (0.5 - 0.09849), abs=0.05)
    assert interval.high95 == pytest.approx(99 * (0.5 + 0.09849), abs=0.05)


def test_equal_values_still_have_a_spread():
    """Nine tenths at one day and a tenth at two: the quantile may be either in the next sample."""
    values = np.repeat([1.0, 2.0], [91, 9])
    value, interval = quantile(values, 0.9)
    assert (value, interval.low95, interval.high95) == (1.0, 1.0, 2.0)
    turned = np.repeat([1.0, 2.0], [89, 11])
    value, interval = quantile(turned, 0.9)
    assert (value, interval.low95, interval.high95) == (2.0, 1.0, 2.0)


def test_values_of_one_day_are_no_independent_draws():
    values = np.repeat(np.arange(20.0), 10)
    days = np.repeat(np.arange(20), 10)
    _, alone = quantile(values, 0.5)
    _, together = quantile(values, 0.5, days)
    assert together.high95 - together.low95 > 2 * (alone.high95 - alone.low95)


def test_nine_in_ten_samples_hold_the_truth():
    random = np.random.default_rng(7)
    held = 0
    for _ in range(400):
        _, interval = quantile(random.exponential(size=300), 0.9)
        held += interval.low <= np.log(10) <= interval.high
    assert 0.75 <= held / 400 <= 0.87  # an 80 % interval
