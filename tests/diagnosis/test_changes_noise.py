"""The noise band of a figure, the leading figure of a rule, and the same month a year ago."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest

from toolkit.diagnosis.changes.leading import compared, leading
from toolkit.diagnosis.changes.noise import move
from toolkit.diagnosis.changes.year_ago import year_ago
from toolkit.facts import Fact, Facts, unknown
from toolkit.method import load_method

METHOD = load_method()
RULES = METHOD.section("rules")
LIMITS = {"change_share": 0.05, "change_points": 0.01}
YEAR, NEXT = ("2025-10-01", "2026-09-30"), ("2025-11-01", "2026-10-31")


def exact(value, unit="yen", **given):
    return Fact(id="x.figure", value=value, unit=unit, **given)


def rate(value, half=0.02, period=None, fact_id="x.rate"):
    ends = {"low95": value - half, "high95": value + half}
    return Fact(id=fact_id, value=value, unit="share", sampled=True, n=500, period=period, **ends)


@pytest.mark.parametrize(
    ("old", "new", "unit", "beyond"),
    [
        (1000.0, 1050.0, "yen", False),
        (1000.0, 1051.0, "yen", True),
        (1000.0, 949.0, "yen", True),
        (-1000.0, -1049.0, "yen", False),
        (-1000.0, -1051.0, "yen", True),
        (0.0, 1.0, "count", True),
        (0.0, 0.0, "count", False),
        (0.04, 0.0419, "share", False),
        (0.04, 0.0421, "share", True),
        (0.90, 0.911, "share", True),  # never more than a point
        (0.001, 0.0101, "points", False),
        (0.001, 0.0112, "points", True),
    ],
)
def test_an_exact_figure_moves_beyond_materiality(old, new, unit, beyond):
    assert move(exact(old, unit), exact(new, unit), LIMITS.__getitem__).beyond is beyond


def test_a_sampled_figure_moves_beyond_chance():
    found = move(rate(0.40), rate(0.43), LIMITS.__getitem__)
    assert found.noise == pytest.approx(0.02 * sqrt(2) * 2.5758 / 1.95996, rel=1e-4)
    assert not found.beyond
    assert move(rate(0.40), rate(0.44), LIMITS.__getitem__).beyond


def test_what_two_periods_share_cannot_differ():
    apart = move(rate(0.40), rate(0.43), LIMITS.__getitem__)
    found = move(rate(0.40, period=YEAR), rate(0.43, period=NEXT), LIMITS.__getitem__)
    assert found.noise < apart.noise / 2
    assert found.beyond
    names = {"fact_id": "x.rate_yoy"}  # its two stretches slide over each other
    test = [rate(0.40, period=YEAR, **names), rate(0.43, period=NEXT, **names)]
    assert move(*test, LIMITS.__getitem__).noise == apart.noise


def test_the_band_holds_a_steady_rate_in_99_of_100_months():
    """A rolling year of a steady rate, month after month: false moves, counted."""
    random, months, away = np.random.default_rng(5), 3000, 0
    orders, bought = 200, random.binomial(200, 0.3, size=months + 12)
    for month in range(months):
        old, new = (bought[month + s : month + s + 12].sum() for s in (0, 1))
        n = 12 * orders
        pair = []
        for hits, period in ((old, YEAR), (new, NEXT)):
            p = hits / n
            pair.append(rate(p, 1.96 * sqrt(p * (1 - p) / n), period))
        band = move(*pair, {"change_share": 0.0, "change_points": 0.0}.__getitem__)
        away += band.beyond
    assert away / months < 0.02


def test_a_sample_without_an_interval_never_moves():
    bare = Fact(id="x.rate", value=0.4, unit="share", sampled=True)
    found = move(bare, rate(0.9), LIMITS.__getitem__)
    assert (found.noise, found.beyond) == (None, False)
    assert found.change == pytest.approx(0.5)


def test_an_answer_moves_where_it_is_another_one():
    one, other = (exact(v, "code", basis="said") for v in ("no", "yes"))
    assert move(one, other, LIMITS.__getitem__).beyond
    assert not move(one, one, LIMITS.__getitem__).beyond
    assert move(exact(20, "hours", basis="said"), exact(20.5, "hours", basis="said"),
                LIMITS.__getitem__).beyond  # fmt: skip


@pytest.mark.parametrize("basis", ["said", "derived", "measured"])
def test_a_saved_figure_is_the_one_in_memory(basis):
    """diagnosis.json has ten digits: a third is a third."""
    found = move(exact(0.3333333333, basis=basis), exact(1 / 3, basis=basis), LIMITS.__getitem__)
    assert (found.change, found.beyond) == (0.0, False)


def test_what_is_not_known_on_one_side_does_not_move():
    found = move(unknown("x.figure", "no_table"), exact(3.0), LIMITS.__getitem__)
    assert (found.old, found.new, found.change, found.beyond) == (None, 3.0, None, False)
    assert move(None, exact(3.0), LIMITS.__getitem__).old is None


WORSE = {
    "AFT006": ("customers.f2_conversion_t3[window_days=180]", -1),
    "AFT009": ("customers.dormant_share_f2plus", 1),
    "FUL007": ("delivery.return_rate", 1),
    "PAY001": ("costs.system_cost_ratio_12m", 1),
    "SAL010": ("customers.existing_sales_share", -1),
    "SAL014": ("promotions.net_yen", -1),
    "TOB004": ("contracts.renewal_rate", -1),
    "BIL001": ("receivables.dso_days", 1),
}


@pytest.mark.parametrize("code", WORSE)
def test_the_leading_figure_and_which_way_is_worse(code, month_of):
    shown = [str(key) for key in RULES[code]["shows"]]
    facts = Facts(_fact(key) for key in dict.fromkeys([*shown, *compared(RULES[code])]))
    finding = month_of(*facts.values()).findings[code]
    if not finding.evidence.facts:  # this shop has no such rule: what it shows stands in
        from dataclasses import replace

        finding = replace(finding, evidence=replace(finding.evidence, facts=tuple(shown)))
    found = leading(RULES[code], finding, facts)
    if code == "BIL001":
        assert found.worse == 1
    else:
        assert (found.fact, found.worse) == WORSE[code]


def test_of_several_ways_to_fail_the_one_that_decided_leads(month_of):
    shown = {
        "receivables.overdue_90d_share": 0.0,
        "receivables.overdue_90d_share_yoy": 0.0,
        "receivables.collection_rate": 0.8,
        "receivables.collection_rate_yoy": -0.1,
    }
    facts = [Fact(id=key, value=value, unit="share") for key, value in shown.items()]
    finding = month_of(*facts).findings["BIL002"]
    assert finding.status == "fail"
    assert leading(RULES["BIL002"], finding, Facts(facts)).fact == "receivables.collection_rate"


def _fact(key):
    from toolkit.diagnosis.changes.leading import stem

    fact_id, _, cell = key.partition("[")
    by = dict([cell.rstrip("]").split("=")]) if cell else {}
    assert stem(key)
    return Fact(id=fact_id, value=0.5, unit="share", by=by)


def test_every_rule_that_compares_numbers_of_the_business_has_a_direction():
    """Answers in codes have none; so has the summary of other rules."""
    without = [
        code
        for code, rule in RULES.items()
        if (keys := [k for k in compared(rule) if not k.startswith("q.")])
        and leading(rule, _finding(keys), Facts(_fact(key) for key in keys)).worse == 0
    ]
    assert without == []


def _finding(keys):
    from toolkit.rules.finding import Evidence, Finding

    evidence = Evidence(facts=tuple(keys))
    return Finding(id="X", module="sales", status="fail", severity="check", evidence=evidence)


def test_a_year_ago_by_a_kept_month_by_the_year_before_and_by_the_test(month_of):
    own = Facts(
        [
            Fact(id="customers.sales_12m", value=120.0, unit="yen", period=NEXT),
            Fact(id="customers.sales_before_12m", value=100.0, unit="yen"),
            Fact(id="stock.slow", value=0.30, unit="share", period=NEXT),
            Fact(id="stock.slow_yoy", value=0.05, unit="points", period=("2024-11-01", NEXT[1])),
            Fact(id="all.time", value=0.30, unit="share", period=("2023-01-01", NEXT[1])),
            Fact(id="all.time_yoy", value=0.05, unit="points", period=("2024-11-01", NEXT[1])),
        ]
    )
    kept = month_of(Fact(id="customers.sales_12m", value=90.0, unit="yen"), day="2025-10-31")
    assert year_ago("customers.sales_12m", own, kept) == (90.0, "kept")
    assert year_ago("customers.sales_12m", own, None) == (100.0, "yoy")
    assert year_ago("stock.slow", own, kept) == (pytest.approx(0.25), "yoy")
    assert year_ago("all.time", own, None) == (None, None)  # not of a year: nothing to take off
    assert year_ago("nowhere", own, kept) == (None, None)
