"""Intervals against closed results, and their coverage on simulated data."""

import numpy as np
import pytest

from toolkit.facts import Fact
from toolkit.measures import intervals
from toolkit.measures.concentration import gini, lorenz, top_share
from toolkit.measures.existing import _normal
from toolkit.measures.intervals import bounded, difference, poisson_rate, wilson

RUNS = 1500


def _coverage(draw, truth, runs=RUNS):
    """Share of runs in which the 80 % and the 95 % interval hold the truth."""
    random = np.random.default_rng(20260401)
    found = [draw(random) for _ in range(runs)]
    return (
        np.mean([one.low <= truth <= one.high for one in found]),
        np.mean([one.low95 <= truth <= one.high95 for one in found]),
    )


def _assert_nominal(coverage):
    at80, at95 = coverage
    assert 0.75 <= at80 <= 0.85
    assert 0.92 <= at95 <= 0.98


@pytest.mark.parametrize(("share", "n"), [(0.3, 200), (0.05, 400), (0.5, 60)])
def test_wilson_covers(share, n):
    _assert_nominal(_coverage(lambda r: wilson(int(r.binomial(n, share)), n), share))


def test_difference_of_proportions_covers():
    def draw(random):
        a, b = int(random.binomial(150, 0.35)), int(random.binomial(600, 0.40))
        return difference(a / 150, wilson(a, 150), b / 600, wilson(b, 600))

    _assert_nominal(_coverage(draw, -0.05))


def test_poisson_rate_covers():
    _assert_nominal(_coverage(lambda r: poisson_rate(int(r.poisson(60.0)), 12.0), 5.0))


def test_difference_of_poisson_rates_covers():
    def draw(random):
        a, b = int(random.poisson(90)), int(random.poisson(240))
        return difference(a / 3, poisson_rate(a, 3), b / 9, poisson_rate(b, 9))

    _assert_nominal(_coverage(draw, 30 - 240 / 9))


def test_mean_covers():
    _assert_nominal(_coverage(lambda r: intervals.mean(r.gamma(2.0, 5.0, 80)), 10.0))


def test_median_covers():
    truth = np.log(2) * 30
    _assert_nominal(_coverage(lambda r: intervals.median(r.exponential(30.0, 200)), truth))


def test_median_of_clustered_gaps_covers():
    """Each customer's gaps hang together; taken as independent, 80 % would cover far less."""

    def draw(random):
        sizes = random.integers(1, 9, 150)
        who = np.repeat(np.arange(150), sizes)
        own = np.repeat(random.lognormal(3, 0.8, 150), sizes)
        gaps = own * random.lognormal(0, 0.3, len(who))
        return intervals.median(gaps, who)

    _assert_nominal(_coverage(draw, np.exp(3)))


def test_ratio_of_clustered_orders_covers():
    def draw(random):
        orders = 1 + random.poisson(1.5, 250)
        level = random.lognormal(0, 0.5, 250)
        sums = level * orders * 1000
        return intervals.ratio(sums, orders.astype(float))

    _assert_nominal(_coverage(draw, np.exp(0.125) * 1000))


def test_share_of_sum_covers():
    def draw(random):
        sales = random.lognormal(8, 0.8, 300)
        kept = random.binomial(1, 0.85, 300) * sales
        return intervals.share_of_sum(kept, sales)

    _assert_nominal(_coverage(draw, 0.85))


def test_normal_of_a_random_number_of_customers_covers():
    def draw(random):
        amounts = random.gamma(2.0, 500.0, random.poisson(300))
        return _normal(float(amounts.sum()), amounts)

    _assert_nominal(_coverage(draw, 300_000.0))


def test_bootstrap_of_a_ratio_covers():
    def draw(random):
        start = random.lognormal(3, 0.4, 80)
        later = start * random.binomial(1, 0.9, 80) * random.lognormal(0.05, 0.2, 80)
        rows = np.column_stack([later, start])
        return intervals.bootstrap(lambda x: float(x[:, 0].sum() / x[:, 1].sum()), rows, 300)

    truth = 0.9 * np.exp(0.05 + 0.02)
    _assert_nominal(_coverage(draw, truth, runs=500))


def test_bootstrap_is_the_same_twice():
    values = np.arange(30.0).reshape(15, 2)
    one, two = (intervals.bootstrap(lambda x: float(x.mean()), values) for _ in range(2))
    assert one == two


def test_gini_covers():
    from scipy.stats import norm

    truth = 2 * norm.cdf(0.9 / 2**0.5) - 1
    _assert_nominal(_coverage(lambda r: gini(r.lognormal(0, 0.9, 500))[1], truth))


def test_top_share_covers():
    from scipy.stats import norm

    truth = norm.cdf(norm.ppf(0.1) + 0.7)
    _assert_nominal(_coverage(lambda r: top_share(r.lognormal(0, 0.7, 500), 0.1)[1], truth))


def test_newcombe_as_published():
    found = difference(56 / 70, wilson(56, 70), 48 / 80, wilson(48, 80))
    assert (round(found.low95, 4), round(found.high95, 4)) == (0.0524, 0.3339)


def test_garwood_as_published():
    assert round(poisson_rate(0, 1.0).high95, 4) == 3.6889
    assert poisson_rate(0, 1.0).low == 0.0
    assert poisson_rate(3, 0.0) is None


@pytest.mark.parametrize("hits", [0, 5])
def test_wilson_stays_within_bounds_at_the_ends(hits):
    found = wilson(hits, 5)
    assert 0 <= found.low95 <= found.low <= hits / 5 <= found.high <= found.high95 <= 1
    assert found.low < found.high


def test_share_without_spread_is_as_uncertain_as_its_weights():
    kept = np.array([100.0, 100.0, 100.0, 100.0])
    assert intervals.share_of_sum(kept, kept) == wilson(4, 4)


@pytest.mark.parametrize(
    "found",
    [
        intervals.mean(np.array([1.0])),
        intervals.median(np.array([1.0])),
        intervals.ratio(np.array([1.0]), np.array([1.0])),
        intervals.ratio(np.array([1.0, 1.0]), np.array([0.0, 0.0])),
        intervals.of_influence(0.5, np.array([1.0])),
        intervals.bootstrap(lambda x: float(x.sum()), np.array([1.0])),
        difference(0.5, None, 0.4, wilson(4, 10)),
    ],
)
def test_one_case_has_no_interval(found):
    assert found is None


def test_bounded_keeps_a_fact_without_interval():
    fact = Fact(id="customers.aov", value=1.0)
    assert bounded(fact, None) is fact
    assert bounded(fact, wilson(1, 2)).sampled


def test_lorenz_ends_at_the_corners():
    points = lorenz(np.array([1.0, 3.0, 6.0]))
    assert points == [(0.0, 0.0), (1 / 3, 0.1), (2 / 3, 0.4), (1.0, 1.0)]
    assert len(lorenz(np.ones(5000))) == 101
