"""The 80 % interval of a yen holds the truth in about four of five samples, in the sum as well."""

from __future__ import annotations

import numpy as np
import pytest

from toolkit.facts import Fact
from toolkit.measures.intervals import bounded, difference, mean, wilson

TRIALS = 300
HELD = (0.75, 0.85)
NEW, SHIPPED, ORDER, MARGIN = 2000, 9000, 6000.0, 0.5
SECOND = "customers.f2_conversion_t3"


def of_second_orders(random):
    """Second orders of 400 customers fell from 0.40 to 0.30; what one brings is a mean of 120."""
    now, before = random.binomial(400, 0.30), random.binomial(1600, 0.40)
    sides = wilson(now, 400), wilson(before, 1600)
    values = random.gamma(2.0, 10_000, 120)
    by = {"window_days": "180"}
    plain = {"by": by, "sampled": True}
    gap = Fact(id=f"{SECOND}v12", value=now / 400 - before / 1600, unit="points", n=400, **plain)
    worth = Fact(id="customers.second_buyer_sales_365d", value=float(values.mean()), unit="yen")
    return {
        f"{SECOND}[window_days=180]": bounded(
            Fact(id=SECOND, value=now / 400, unit="share", n=400, **plain), sides[0]
        ),
        f"{SECOND}v12[window_days=180]": bounded(
            gap, difference(now / 400, sides[0], before / 1600, sides[1])
        ),
        "customers.second_buyer_sales_365d": bounded(worth, mean(values)),
        "acquisition.new_customers_12m": NEW,
    }


def of_returns(random):
    """Returns rose from 2 % to 4 % of 3,000 parcels a year."""
    now, before = random.binomial(3000, 0.04), random.binomial(3000, 0.02)
    sides = wilson(now, 3000), wilson(before, 3000)
    gap = Fact(id="delivery.return_rate_yoy", value=(now - before) / 3000, unit="points", n=3000)
    return {
        "delivery.return_rate_12m": bounded(
            Fact(id="delivery.return_rate_12m", value=now / 3000, unit="share", n=3000), sides[0]
        ),
        "delivery.return_rate_yoy": bounded(
            gap, difference(now / 3000, sides[0], before / 3000, sides[1])
        ),
        "delivery.shipments_12m": SHIPPED,
        "customers.aov": ORDER,
        "delivery.yen_per_parcel": 700.0,
    }


SECOND_TRUTH = NEW * 0.10 * 20_000 * MARGIN
RETURN_TRUTH = SHIPPED * 0.02 * (ORDER * MARGIN + 2 * 700)


@pytest.mark.parametrize(
    ("facts_of", "codes", "truth"),
    [
        ((of_second_orders,), ("AFT006",), SECOND_TRUTH),
        ((of_returns,), ("FUL007",), RETURN_TRUTH),
        ((of_second_orders, of_returns), ("AFT006", "FUL007"), SECOND_TRUTH + RETURN_TRUTH),
    ],
)
def test_intervals_cover(impact_of, facts_of, codes, truth):
    held = 0
    for seed in range(TRIALS):
        random = np.random.default_rng(seed)
        values = {key: one for make in facts_of for key, one in make(random).items()}
        made = impact_of({**values, "costs.contribution_margin_rate": MARGIN}, *codes)
        total = made.totals["profit"]
        held += total.low <= truth <= total.high
    assert HELD[0] <= held / TRIALS <= HELD[1]
