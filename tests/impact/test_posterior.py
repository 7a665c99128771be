"""Draws of facts: mean and width as the fact says, alike wherever it is read."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit.facts import Fact
from toolkit.impact.posterior import DRAWS, draws


def sampled(value, low, high, unit):
    return Fact(id="x", value=value, low=low, high=high, unit=unit, sampled=True, n=200)


@pytest.mark.parametrize(
    ("fact", "within"),
    [
        (sampled(0.4, 0.36, 0.44, "share"), (0, 1)),
        (sampled(0.02, 0.012, 0.028, "share"), (0, 1)),
        (sampled(12.0, 10.0, 14.0, "ratio"), (0, np.inf)),
        (sampled(-0.05, -0.09, -0.01, "points"), (-1, 1)),
        (sampled(5000.0, 4000.0, 6500.0, "yen"), (-np.inf, np.inf)),
    ],
)
def test_the_draws_have_the_interval_of_the_fact(fact, within):
    made = draws(fact)
    assert len(made) == DRAWS
    assert within[0] <= made.min() <= made.max() <= within[1]
    width = fact.high - fact.low
    assert np.quantile(made, 0.1) == pytest.approx(fact.low, abs=0.08 * width)
    assert np.quantile(made, 0.9) == pytest.approx(fact.high, abs=0.08 * width)


def test_an_exact_fact_has_no_draws():
    assert draws(Fact(id="x", value=3.0, unit="yen")) is None
    assert draws(sampled(3.0, 3.0, 3.0, "yen")) is None
    assert draws(Fact(id="x", sampled=True, state="unknown", reason="no_rows")) is None


def test_one_fact_is_drawn_alike_and_another_is_not():
    one = sampled(0.4, 0.36, 0.44, "share")
    other = Fact(id="y", value=0.4, low=0.36, high=0.44, unit="share", sampled=True)
    assert (draws(one) == draws(one)).all()
    assert abs(np.corrcoef(draws(one), draws(other))[0, 1]) < 0.05
