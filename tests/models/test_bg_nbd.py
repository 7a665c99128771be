"""BG/NBD: the published figures, parameters found again, and what must hold of any fit."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import hyp2f1

from toolkit.errors import InputError, UsageError
from toolkit.models import BgNbd
from toolkit.models.patterns import histories

TRUE = {"r": 0.8, "alpha": 6.0, "a": 0.7, "b": 3.0}
NONE = ((0.0,) * 4,) * 4
POSITIVE = st.floats(0.05, 20)


def model(**parameters):
    return BgNbd(**parameters, log_likelihood=0.0, standard_errors={}, n=1.0, covariance=NONE)


def rises(values):
    """Never falls, rounding apart."""
    return all(after >= before * (1 - 1e-12) for before, after in pairwise(values))


@pytest.fixture(scope="module")
def published(cdnow):
    return BgNbd.fit(cdnow.x, cdnow.t_x, cdnow.T)


def test_published_parameters(published):
    found = {name: round(value, 4) for name, value in published.parameters.items()}
    assert found == {"r": 0.2426, "alpha": 4.4136, "a": 0.7929, "b": 2.4259}
    # in print, rounded from a search that stopped a little sooner
    printed = {"r": 0.2426, "alpha": 4.4135, "a": 0.7929, "b": 2.4258}
    for name, value in printed.items():
        assert published.parameters[name] == pytest.approx(value, abs=1.1e-4)
    assert round(published.log_likelihood, 2) == -9582.43
    assert published.n == 2357


def test_published_expectation(published):
    assert round(published.expected_purchases(39, [2], [30.43], [38.86])[0], 3) == 1.226


def test_published_parameters_are_the_best(published, cdnow):
    """No neighbour has a greater likelihood, computed apart from the code that searches."""
    from scipy.special import betaln, gammaln

    def likelihood(r, alpha, a, b):
        x, t_x, T = cdnow.x, cdnow.t_x, cdnow.T
        common = gammaln(r + x) - gammaln(r) + r * np.log(alpha)
        stays = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + T)
        bought = np.maximum(x, 1)
        leaves = betaln(a + 1, b + bought - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x)
        return (common + np.where(x > 0, np.logaddexp(stays, leaves), stays)).sum()

    best = likelihood(**published.parameters)
    assert best == pytest.approx(published.log_likelihood, abs=1e-6)
    for name, value in published.parameters.items():
        for times in (0.99, 1.01):
            assert likelihood(**{**published.parameters, name: value * times}) < best


def test_standard_errors_are_those_of_the_curvature(published, cdnow):
    """The likelihood falls by half one standard error away, the other parameters following."""
    error = published.standard_errors["r"]
    covariance = np.array(published.covariance)
    step = covariance[:, 0] / covariance[0, 0] * error / published.r
    moved = dict(
        zip(
            published.parameters,
            np.array(list(published.parameters.values())) * np.exp(step),
            strict=True,
        )
    )
    from toolkit.models.bg_nbd import _Likelihood

    rows = _Likelihood.of(histories(cdnow.x, cdnow.t_x, cdnow.T))
    scaled = np.array(list(moved.values())) / [1, rows.scale, 1, 1]
    fallen = published.log_likelihood + (cdnow.x.sum() * np.log(rows.scale)) - rows(scaled)[0]
    assert fallen == pytest.approx(0.5, rel=0.1)


def test_gradient_is_the_slope(simulated):
    from toolkit.models.bg_nbd import _Likelihood

    rows = _Likelihood.of(histories(*simulated(TRUE, 300)[:3]))
    at = np.array([0.7, 0.2, 0.6, 1.7])
    for place, slope in enumerate(rows(at)[1]):
        step = np.zeros(4)
        step[place] = 1e-6
        assert slope == pytest.approx((rows(at + step)[0] - rows(at - step)[0]) / 2e-6, rel=1e-5)


def test_parameters_are_found_again(simulated):
    found = BgNbd.fit(*simulated(TRUE, 20_000)[:3])
    for name, value in TRUE.items():
        assert abs(found.parameters[name] - value) < 3 * found.standard_errors[name], name
        assert found.standard_errors[name] < 0.2 * value


def test_purchases_come_as_expected_and_as_widely(simulated):
    x, t_x, T, later = simulated(TRUE, 40_000, ahead=30.0)
    mean, variance = model(**TRUE).purchases(30.0, x, t_x, T)
    assert later.sum() == pytest.approx(mean.sum(), abs=3 * variance.sum() ** 0.5)
    assert ((later - mean) ** 2).sum() == pytest.approx(variance.sum(), rel=0.1)


def test_chance_to_be_there_is_that_of_those_who_buy_again(simulated):
    x, t_x, T, later = simulated(TRUE, 40_000, ahead=500.0)
    likely = model(**TRUE).alive(x, t_x, T) > 0.9
    assert 0.8 < (later[likely & (x > 3)] > 0).mean() <= 1
    gone = model(**TRUE).alive(x, t_x, T) < 0.1
    assert (later[gone] > 0).mean() < 0.1


def test_order_of_customers_weights_and_collapsing_do_not_matter(simulated):
    x, t_x, T, _ = simulated(TRUE, 2000)
    t_x, T = np.floor(t_x), np.ceil(T)
    one = BgNbd.fit(x, t_x, T)
    turned = np.random.default_rng(5).permutation(2000)
    assert BgNbd.fit(x[turned], t_x[turned], T[turned]) == one
    plain = BgNbd.of_patterns(histories(x, t_x, T))
    rows, weights = np.unique(np.stack([x, t_x, T]), axis=1, return_counts=True)
    weighted = BgNbd.fit(*rows, weights)
    for other in (plain, weighted):
        assert other.parameters == pytest.approx(one.parameters, rel=1e-6)
        assert other.log_likelihood == pytest.approx(one.log_likelihood, abs=1e-6)
        assert other.n == 2000


def test_the_unit_of_time_does_not_matter(simulated):
    x, t_x, T, _ = simulated(TRUE, 2000)
    weeks, days = BgNbd.fit(x, t_x, T), BgNbd.fit(x, t_x * 7, T * 7)
    assert days.alpha == pytest.approx(7 * weeks.alpha, rel=1e-6)
    assert days.standard_errors["alpha"] == pytest.approx(
        7 * weeks.standard_errors["alpha"], rel=1e-3
    )
    assert (days.r, days.a, days.b) == pytest.approx((weeks.r, weeks.a, weeks.b), rel=1e-6)
    assert days.log_likelihood == pytest.approx(
        weeks.log_likelihood - x.sum() * np.log(7), abs=1e-4
    )


@given(POSITIVE, POSITIVE, POSITIVE, POSITIVE, st.integers(0, 200), st.floats(0, 1))
@settings(max_examples=80, deadline=None)
def test_what_holds_of_any_customer(r, alpha, a, b, x, share):
    one = model(r=r, alpha=alpha, a=a, b=b)
    history = ([x], [60.0 * share if x else 0.0], [60.0])
    assert 0 <= one.alive(*history)[0] <= 1
    expected = [one.expected_purchases(t, *history)[0] for t in (0.0, 1.0, 10.0, 100.0)]
    assert expected[0] == 0
    assert rises(expected)
    new = [one.expected_new(t) for t in (0.0, 1.0, 10.0, 100.0)]
    assert new[0] == 0
    assert rises(new)
    mean, variance = one.purchases(10.0, *history)
    assert mean[0] == pytest.approx(expected[2])
    assert variance[0] >= 0


@pytest.mark.parametrize("a", [0.3, 0.999, 1.001, 2.5])
@pytest.mark.parametrize(
    ("x", "t_x", "T", "t"), [(0, 0, 30, 10), (3, 20, 30, 40), (20, 29, 30, 15)]
)
def test_expectation_is_that_in_print(a, x, t_x, T, t):
    r, alpha, b = 0.6, 5.0, 2.2
    one = model(r=r, alpha=alpha, a=a, b=b)
    shape = ((alpha + T) / (alpha + T + t)) ** (r + x)
    series = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
    while_there = (a + b + x - 1) / (a - 1) * (1 - shape * series)
    there = one.alive([x], [t_x], [T])[0]
    assert one.expected_purchases(t, [x], [t_x], [T])[0] == pytest.approx(
        there * while_there, rel=1e-7
    )


def test_at_a_of_one_nothing_breaks():
    near = [model(r=0.6, alpha=5, a=a, b=2).expected_new(50) for a in (1 - 1e-6, 1.0, 1 + 1e-6)]
    assert near[1] == pytest.approx(near[0], rel=1e-5)
    assert near[1] == pytest.approx(near[2], rel=1e-5)


def test_a_customer_without_a_repeat_counts_as_there():
    assert model(**TRUE).alive([0], [0], [90])[0] == 1.0


def test_silence_after_many_purchases_tells_most():
    there = model(**TRUE).alive([20, 2], [10, 10], [60, 60])
    assert there[0] < 0.01 < there[1]


def test_nobody_who_bought_again():
    with pytest.raises(InputError) as caught:
        BgNbd.fit([0, 0], [0, 0], [10, 20])
    assert caught.value.code == "model_no_repeats"


def test_customers_all_alike_do_not_fix_the_parameters():
    T = np.full(300, 50.0)
    with pytest.raises(InputError) as caught:
        BgNbd.fit(np.full(300, 10), np.full(300, 49.0), T)
    assert caught.value.code == "model_not_determined"


@pytest.mark.parametrize(
    ("x", "t_x", "T", "code"),
    [
        ([1], [5], [4], "model_history"),
        ([0], [1], [4], "model_history"),
        ([1.5], [1], [4], "model_history"),
        ([-1], [0], [4], "model_history"),
        ([1], [float("nan")], [4], "model_history"),
        ([1], [1], [float("inf")], "model_history"),
        ([1, 2], [1], [4], "model_lengths"),
        ([], [], [], "model_lengths"),
    ],
)
def test_what_is_no_history_is_refused(x, t_x, T, code):
    with pytest.raises(UsageError) as caught:
        BgNbd.fit(x, t_x, T)
    assert caught.value.code == code


def test_a_negative_weight_is_refused():
    with pytest.raises(UsageError) as caught:
        BgNbd.fit([1], [1], [4], [-1])
    assert caught.value.params == {"rule": "weights ≥ 0", "row": "0"}
