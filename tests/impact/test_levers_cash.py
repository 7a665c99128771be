"""Cash that lies with others: once, never beside profit, worked out by hand."""

import pytest

from toolkit.facts import unknown

LATE = {
    "receivables.excess_days": 18,
    "receivables.credit_sales_a_day_yen": 800_000,
    "receivables.ageing[bucket=90+]": 3_000_000,
    "receivables.invoice_lag_days": (9.5, 9.0, 10.0),
    "receivables.shipped_a_day_yen": 600_000,
}
WEEKS = {"cash.week13_min_yen": 2_000_000, "cash.month_fixed_yen": 14_000_000}
PAYBACK = {
    "contracts.cac_payback_months": 20,
    "contracts.new_gross_profit_yen": 300_000,
    "q.sal.payback_months": 12,
}


@pytest.mark.parametrize("model", ["made_to_order", "saas"])
def test_days_beyond_the_term(impact_of, model):
    # 18 days × ¥800,000
    found = impact_of(LATE, "BIL001", model=model)
    assert found.yen["BIL001"].gap == pytest.approx(14_400_000)
    assert "profit" not in found.totals
    assert found.totals["cash"].gap == pytest.approx(14_400_000)


def test_long_overdue_is_the_bucket(impact_of):
    assert impact_of(LATE, "BIL002", model="general").yen["BIL002"].gap == pytest.approx(3_000_000)


def test_an_empty_bucket_is_no_gain(impact_of):
    values = {"receivables.ageing[bucket=90+]": 0.0}
    assert impact_of(values, "BIL002", model="made_to_order").yen["BIL002"].reason == "no_gain"


def test_invoices_late_by_days_of_what_is_shipped(impact_of):
    # 9.5 days × ¥600,000, ± half a day at 80 %
    yen = impact_of(LATE, "BIL010", model="made_to_order").yen["BIL010"]
    assert yen.gap == pytest.approx(5_700_000)
    assert (yen.low, yen.high) == pytest.approx((5_400_000, 6_000_000), rel=0.02)


def test_what_is_overdue_or_invoiced_late_is_among_the_days_beyond(impact_of):
    found = impact_of(LATE, "BIL001", "BIL002", "BIL010", model="made_to_order")
    assert found.totals["cash"].gap == pytest.approx(14_400_000)  # 8.7M of it told apart
    assert sum(y.share for y in found.yen.values()) == pytest.approx(14_400_000)


def test_the_parts_count_where_they_are_more_than_the_whole(impact_of):
    values = {**LATE, "receivables.excess_days": 5}  # 4.0M
    found = impact_of(values, "BIL001", "BIL002", "BIL010", model="made_to_order")
    assert found.totals["cash"].gap == pytest.approx(8_700_000)


def test_shortfall_to_a_month_of_fixed_costs(impact_of):
    assert impact_of(WEEKS, "BIL004").yen["BIL004"].gap == pytest.approx(12_000_000)
    below = {**WEEKS, "cash.week13_min_yen": -1_000_000}
    assert impact_of(below, "BIL004").yen["BIL004"].gap == pytest.approx(15_000_000)


def test_shortfall_below_zero_where_fixed_costs_are_not_marked(impact_of):
    values = {"cash.week13_min_yen": -1_000_000, "cash.month_fixed_yen": None}
    assert impact_of(values, "BIL004").yen["BIL004"].gap == pytest.approx(1_000_000)


def test_what_comes_in_fills_the_shortfall_and_is_not_added(impact_of):
    values = {**LATE, **WEEKS}
    found = impact_of(values, "BIL001", "BIL004", model="made_to_order")
    assert found.totals["cash"].gap == pytest.approx(14_400_000)  # above the 12.0M lacking
    larger = impact_of({**values, "receivables.excess_days": 10}, "BIL001", "BIL004", model="saas")
    assert larger.totals["cash"].gap == pytest.approx(12_000_000)


def test_payback_beyond_the_months_allowed(impact_of):
    # (20 − 12) months × ¥300,000 a month
    yen = impact_of(PAYBACK, "TOB014", model="saas").yen["TOB014"]
    assert (yen.kind, yen.gap) == ("cash", pytest.approx(2_400_000))


def test_payback_with_the_cost_of_people_unknown_asks_for_it(impact_of):
    asked, months = "q.tob.sales_people_share", "contracts.cac_payback_months"
    values = {**PAYBACK, months: unknown(months, "not_asked", needs=(asked,))}
    yen = impact_of(values, "TOB014", model="saas").yen["TOB014"]
    assert (yen.gap, yen.reason, yen.missing) == (None, "no_input", (asked,))


@pytest.mark.parametrize(
    ("code", "lacking", "missing"),
    [
        ("BIL001", "receivables.excess_days", {"receivables"}),
        ("BIL001", "receivables.credit_sales_a_day_yen", {"receivables"}),
        ("BIL002", "receivables.ageing[bucket=90+]", {"receivables"}),
        ("BIL010", "receivables.shipped_a_day_yen", {"orders"}),
        ("BIL004", "cash.week13_min_yen", {"cash_plan"}),
    ],
)
def test_what_is_unknown_is_asked_for(impact_of, code, lacking, missing):
    values = {**LATE, **WEEKS, lacking: None}
    yen = impact_of(values, code, model="made_to_order").yen[code]
    assert (yen.gap, yen.reason, set(yen.missing)) == (None, "no_input", missing)
