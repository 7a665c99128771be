"""The search: a maximum is found from any start, and what is none is refused."""

import numpy as np
import pytest

from toolkit.errors import InputError
from toolkit.models.likelihood import delta_variance, maximise, slopes


def of_gamma(parameters):
    """A hundred customers: log-likelihood of an exponential rate whose maximum is 2, times two."""
    (a, b) = parameters
    value = 100 * (np.log(a) - a / 2) + 100 * (3 * np.log(b) - b)
    return value, np.array([100 * (1 / a - 1 / 2), 100 * (3 / b - 1)])


def test_the_maximum_and_its_curvature_by_hand():
    found = maximise(of_gamma, 100, [(1.0, 1.0)])
    assert found.parameters == pytest.approx((2, 3))
    # in logarithms the second derivatives are −100 and −300
    assert np.array(found.covariance) == pytest.approx(np.diag([1 / 100, 1 / 300]), abs=1e-7)
    assert found.errors == pytest.approx((0.2, 3 / 300**0.5), rel=1e-5)


def test_a_slope_that_never_ends_is_not_determined():
    with pytest.raises(InputError) as caught:
        maximise(lambda p: (-100 / p[0], np.array([100 / p[0] ** 2])), 100, [(1.0,)])
    assert caught.value.code == "model_not_determined"


def test_a_flat_top_is_not_determined():
    """The likelihood hangs on the product alone: no single pair is best."""

    def ridge(p):
        off = np.log(p[0] * p[1])
        return -100 * off**2, np.array([-200 * off / p[0], -200 * off / p[1]])

    with pytest.raises(InputError) as caught:
        maximise(ridge, 100, [(3.0, 2.0)])
    assert caught.value.code == "model_not_determined"


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_no_number_is_no_end():
    with pytest.raises(InputError) as caught:
        maximise(lambda p: (float("nan"), np.full(1, float("nan"))), 100, [(1.0,)])
    assert caught.value.code == "model_not_converged"


def test_the_next_start_is_tried():
    """A likelihood with a dead end on the left and a maximum at 5."""

    def two(p):
        if p[0] < 1:
            return -1000 + p[0] * 0, np.array([-1.0 / p[0]])
        return -100 * np.log(p[0] / 5) ** 2, np.array([-200 * np.log(p[0] / 5) / p[0]])

    assert maximise(two, 100, [(0.5,), (4.0,)]).parameters == pytest.approx((5.0,))


def test_delta_method_by_hand():
    """The product of two parameters with log-variances .01 and .04: its square times .05."""

    class Model:
        covariance = ((0.01, 0.0), (0.0, 0.04))

        def __init__(self, parameters):
            self.parameters = parameters

        def moved(self, parameters):
            return Model(parameters)

    def product(one):
        return one.parameters["a"] * one.parameters["b"]

    model = Model({"a": 2.0, "b": 3.0})
    assert delta_variance(model, slopes(model, product)) == pytest.approx(36 * 0.05, rel=1e-6)
