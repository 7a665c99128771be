"""Gamma-Gamma: the published figures, parameters found again, edges."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import InputError, UsageError
from toolkit.models import GammaGamma

TRUE = {"p": 5.0, "q": 4.0, "gamma": 20.0}
NONE = ((0.0,) * 3,) * 3


def model(**parameters):
    return GammaGamma(**parameters, log_likelihood=0.0, standard_errors={}, n=1.0, covariance=NONE)


def spent(n, seed=1):
    """Orders and their mean value, of customers made by the model, and a further order of each."""
    random = np.random.default_rng(seed)
    x = random.integers(1, 8, n).astype(float)
    rate = random.gamma(TRUE["q"], 1 / TRUE["gamma"], n)
    return x, random.gamma(TRUE["p"] * x) / rate / x, random.gamma(TRUE["p"], size=n) / rate


def test_published_parameters(cdnow):
    found = GammaGamma.fit(cdnow.repeats, cdnow.value)
    assert found.n == 946
    # in print 6.25, 3.74, 15.45; the search for the last stopped a little later here
    assert (round(found.p, 2), round(found.q, 2)) == (6.25, 3.74)
    assert found.gamma == pytest.approx(15.45, abs=0.01)


def test_parameters_are_found_again():
    found = GammaGamma.fit(*spent(20_000)[:2])
    for name, value in TRUE.items():
        assert abs(found.parameters[name] - value) < 3 * found.standard_errors[name], name
        assert found.standard_errors[name] < 0.1 * value


def test_further_orders_are_worth_what_is_expected():
    x, mean, further = spent(40_000)
    expected = model(**TRUE).expected_value(x, mean)
    for group in (mean < 15, mean > 60):
        assert further[group].mean() == pytest.approx(expected[group].mean(), rel=0.03)
    square = model(**TRUE).expected_square(x, mean)
    spread = square / TRUE["p"] + square - expected**2
    assert ((further - expected) ** 2).mean() == pytest.approx(spread.mean(), rel=0.1)


def test_expected_value_by_hand():
    # 5 × (20 + 3 × 40) ÷ (5 × 3 + 4 − 1), and 5 × 20 ÷ (4 − 1) for all customers
    found = model(**TRUE).expected_value([3, 0], [40, 0])
    assert found == pytest.approx([700 / 18, 100 / 3])


def test_expected_square_by_hand():
    assert model(**TRUE).expected_square([3], [40]) == pytest.approx([700**2 / (18 * 17)])
    assert model(p=5, q=1.5, gamma=20).expected_square([0], [0])[0] == np.inf


def test_gradient_is_the_slope():
    from toolkit.models.gamma_gamma import _Likelihood

    x, mean, _ = spent(200)
    rows = _Likelihood(x=x, z=mean / mean.mean(), weight=np.full(200, 2.0))
    at = np.array([3.0, 2.0, 0.7])
    for place, slope in enumerate(rows(at)[1]):
        step = np.zeros(3)
        step[place] = 1e-6
        assert slope == pytest.approx((rows(at + step)[0] - rows(at - step)[0]) / 2e-6, rel=1e-5)


def test_order_weights_and_currency_do_not_matter():
    x, mean, _ = spent(1000)
    one = GammaGamma.fit(x, mean)
    assert GammaGamma.fit(x[::-1], mean[::-1]) == one
    twice = GammaGamma.fit(x, mean, np.full(1000, 2.0))
    assert twice.parameters == pytest.approx(one.parameters, rel=1e-5)
    assert twice.standard_errors["p"] == pytest.approx(one.standard_errors["p"] / 2**0.5, rel=1e-3)
    yen = GammaGamma.fit(x, mean * 150)
    assert yen.gamma == pytest.approx(150 * one.gamma, rel=1e-5)
    assert yen.log_likelihood == pytest.approx(one.log_likelihood - 1000 * np.log(150), abs=1e-4)


def test_customers_without_repeats_are_left_out():
    x, mean, _ = spent(1000)
    more = GammaGamma.fit(np.append(x, [0, 0]), np.append(mean, [0, np.nan]))
    assert more == GammaGamma.fit(x, mean)


@given(st.floats(0.2, 20), st.floats(1.1, 20), st.floats(1, 5000), st.integers(1, 99))
@settings(max_examples=60, deadline=None)
def test_a_customer_lies_between_their_own_mean_and_that_of_all(p, q, gamma, x):
    one = model(p=p, q=q, gamma=gamma)
    everybody = one.expected_value([0], [0])[0]
    for own in (everybody / 3, everybody * 3):
        value = one.expected_value([x], [own])[0]
        assert min(own, everybody) <= value * (1 + 1e-9)
        assert value <= max(own, everybody) * (1 + 1e-9)


def test_no_mean_is_an_error_not_a_figure():
    with pytest.raises(InputError) as caught:
        model(p=5, q=0.9, gamma=20).expected_value([0], [0])
    assert caught.value.code == "model_no_mean"


def test_equal_values_do_not_fix_the_parameters():
    with pytest.raises(InputError) as caught:
        GammaGamma.fit(np.full(200, 3), np.full(200, 1000.0))
    assert caught.value.code == "model_not_determined"


def test_nobody_with_repeats():
    with pytest.raises(InputError) as caught:
        GammaGamma.fit([0, 0], [0, 0])
    assert caught.value.code == "model_no_repeats"


@pytest.mark.parametrize("value", [0.0, -1.0, float("nan"), float("inf")])
def test_a_value_that_is_none_is_refused(value):
    with pytest.raises(UsageError) as caught:
        GammaGamma.fit([1, 2], [100, value])
    assert caught.value.params == {"rule": "mean_value > 0", "row": "1"}


def test_lengths_that_differ_are_refused():
    with pytest.raises(UsageError) as caught:
        GammaGamma.fit([1, 2], [100])
    assert caught.value.code == "model_lengths"
