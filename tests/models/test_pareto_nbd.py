"""Pareto/NBD: the published figures, parameters found again, and what must hold of any fit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import hyp2f1

from toolkit.errors import InputError
from toolkit.models import ParetoNbd
from toolkit.models.departure import departure
from toolkit.models.patterns import histories

TRUE = {"r": 0.9, "alpha": 8.0, "s": 0.7, "beta": 15.0}
NONE = ((0.0,) * 4,) * 4
POSITIVE = st.floats(0.05, 20)


def model(**parameters):
    return ParetoNbd(**parameters, log_likelihood=0.0, standard_errors={}, n=1.0, covariance=NONE)


def rises(values):
    """Never falls, rounding apart."""
    return all(after >= before * (1 - 1e-12) for before, after in pairwise(values))


@pytest.fixture(scope="module")
def published(cdnow):
    return ParetoNbd.fit(cdnow.x, cdnow.t_x, cdnow.T)


def test_published_parameters(published):
    assert (round(published.r, 3), round(published.alpha, 2)) == (0.553, 10.58)
    assert (round(published.s, 3), round(published.beta, 2)) == (0.606, 11.67)
    assert published.log_likelihood == pytest.approx(-9594.97, abs=0.01)  # −9594.976


def test_published_expectation(published):
    assert round(published.expected_purchases(52, [26], [30.86], [31.0])[0], 3) == 25.456


def in_print(x, t_x, T, r, alpha, s, beta):
    """The case of having left as printed: a difference of two hypergeometric functions."""
    total = r + s + x
    near, second = (alpha, r + x) if alpha < beta else (beta, s + 1)
    far = max(alpha, beta)

    def part(t):
        series = hyp2f1(total, second, total + 1, (far - near) / (far + t))
        return series / (far + t) ** total

    return s / total * (part(t_x) - part(T))


@pytest.mark.parametrize(("alpha", "beta"), [(4.0, 12.0), (12.0, 4.0), (7.0, 7.0), (0.2, 90.0)])
@pytest.mark.parametrize(("x", "t_x", "T"), [(0, 0, 39), (3, 20, 39), (26, 30, 31)])
def test_the_case_of_having_left_is_that_in_print(alpha, beta, x, t_x, T):
    made = departure(histories([x], [t_x], [T]), 0.6, alpha, 0.7, beta)
    assert np.exp(made.leaves[0]) == pytest.approx(
        in_print(x, t_x, T, 0.6, alpha, 0.7, beta), rel=1e-8
    )


@pytest.mark.parametrize(("alpha", "beta"), [(4.0, 12.0), (12.0, 4.0)])
def test_where_the_printed_form_fails_ours_stands(alpha, beta):
    """Two thousand purchases, the last a minute before the end: both cases, no digit lost."""
    made = departure(histories([2000], [99.9999], [100]), 0.6, alpha, 0.7, beta)
    # over so short a stretch the integral is its length times the value at its middle
    middle = 99.99995
    log_height = -2000.6 * np.log(alpha + middle) - 1.7 * np.log(beta + middle)
    assert made.leaves[0] == pytest.approx(np.log(0.7) + log_height + np.log(1e-4), abs=1e-6)
    assert np.isfinite([made.stays[0], made.log_alpha[0], made.per_beta[0]]).all()


def test_bought_on_the_last_day_is_there():
    assert model(**TRUE).alive([3], [30], [30])[0] == 1.0


def test_gradient_is_the_slope(simulated):
    from toolkit.models.pareto_nbd import _Likelihood

    for at in ([0.7, 0.2, 0.6, 1.7], [0.7, 1.7, 0.6, 0.2]):  # alpha below and above beta
        x, t_x, T, _ = simulated(TRUE, 200)
        rows = _Likelihood(rows=histories(x, t_x / 60, T / 60))
        for place, slope in enumerate(rows(np.array(at))[1]):
            step = np.zeros(4)
            step[place] = 1e-6
            plus, minus = rows(at + step)[0], rows(at - step)[0]
            assert slope == pytest.approx((plus - minus) / 2e-6, rel=1e-4, abs=1e-4)


def test_parameters_are_found_again(simulated):
    x, t_x, T, _ = simulated(TRUE, 8000)
    found = ParetoNbd.fit(x, t_x, T)
    for name, value in TRUE.items():
        assert abs(found.parameters[name] - value) < 3 * found.standard_errors[name], name
        assert found.standard_errors[name] < 0.5 * value


def test_purchases_come_as_expected(simulated):
    x, t_x, T, later = simulated(TRUE, 40_000, ahead=30.0)
    assert model(**TRUE).expected_purchases(30.0, x, t_x, T).sum() == pytest.approx(
        later.sum(), rel=0.03
    )


def test_new_customers_buy_as_expected(simulated):
    x, _, T, _ = simulated(TRUE, 40_000)
    expected = sum(model(**TRUE).expected_new(t) for t in np.quantile(T, np.arange(0.05, 1, 0.1)))
    assert x.mean() == pytest.approx(expected / 10, rel=0.03)


def test_order_of_customers_and_collapsing_do_not_matter(simulated):
    x, t_x, T, _ = simulated(TRUE, 1500)
    t_x, T = np.floor(t_x), np.ceil(T)
    one = ParetoNbd.fit(x, t_x, T)
    assert ParetoNbd.fit(x[::-1], t_x[::-1], T[::-1]) == one
    plain = ParetoNbd.of_patterns(histories(x, t_x, T))
    assert plain.parameters == pytest.approx(one.parameters, rel=1e-5)


def test_the_unit_of_time_does_not_matter(simulated):
    x, t_x, T, _ = simulated(TRUE, 1500)
    weeks, days = ParetoNbd.fit(x, t_x, T), ParetoNbd.fit(x, t_x * 7, T * 7)
    assert (days.alpha, days.beta) == pytest.approx((7 * weeks.alpha, 7 * weeks.beta), rel=1e-5)
    assert days.log_likelihood == pytest.approx(
        weeks.log_likelihood - x.sum() * np.log(7), abs=1e-4
    )


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, st.integers(0, 200), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_what_holds_of_any_customer(r, alpha, s, beta, x, share):
    one = model(r=r, alpha=alpha, s=s, beta=beta)
    history = ([x], [60.0 * share if x else 0.0], [60.0])
    assert 0 <= one.alive(*history)[0] <= 1
    expected = [one.expected_purchases(t, *history)[0] for t in (0.0, 1.0, 10.0, 100.0)]
    assert expected[0] == 0
    assert rises(expected)
    new = [one.expected_new(t) for t in (0.0, 1.0, 10.0, 100.0)]
    assert rises(new)


def test_at_s_of_one_nothing_breaks():
    near = [model(r=0.6, alpha=5, s=s, beta=9).expected_new(50) for s in (1 - 1e-7, 1.0, 1 + 1e-7)]
    assert near[1] == pytest.approx(0.6 / 5 * 9 * np.log(59 / 9))
    assert near[0] == pytest.approx(near[2], rel=1e-5)


def test_nobody_who_bought_again():
    with pytest.raises(InputError) as caught:
        ParetoNbd.fit([0, 0], [0, 0], [10, 20])
    assert caught.value.code == "model_no_repeats"


def test_nobody_who_leaves_does_not_fix_the_parameters():
    random = np.random.default_rng(3)
    x = random.poisson(random.gamma(2.0, 5.0, 400)) + 1
    with pytest.raises(InputError) as caught:
        ParetoNbd.fit(x, np.full(400, 50.0), np.full(400, 50.0))  # all bought on the last day
    assert caught.value.code == "model_not_determined"
