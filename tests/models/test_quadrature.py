"""Gauss's rules: exact for polynomials, and for every shape of the Beta."""

import numpy as np
import pytest
from scipy.special import beta as beta_function

from toolkit.models.quadrature import beta_rule, unit_rule


@pytest.mark.parametrize("first", [0.05, 0.7, 1.0, 3.5, 40.0])
@pytest.mark.parametrize("second", [0.05, 1.0, 2.5, 300.0, 20_000.0])
def test_moments_of_the_beta(first, second):
    at, weight = beta_rule(first, np.array([second]))
    assert weight.sum() == pytest.approx(1)
    assert ((at >= 0) & (at <= 1)).all()
    mean = first / (first + second)
    square = mean * (first + 1) / (first + second + 1)
    assert float((weight * at).sum()) == pytest.approx(mean, rel=1e-9)
    assert float((weight * at**2).sum()) == pytest.approx(square, rel=1e-8)


def test_a_row_for_each_second_parameter():
    at, weight = beta_rule(0.8, np.array([2.0, 5.0]))
    powers = (weight * at**1.5).sum(axis=1)
    exact = [beta_function(2.3, b) / beta_function(0.8, b) for b in (2.0, 5.0)]
    assert powers == pytest.approx(exact, rel=1e-5)


def test_plain_mean():
    at, weight = unit_rule()
    assert float((weight * np.exp(at)).sum()) == pytest.approx(np.e - 1, rel=1e-12)
