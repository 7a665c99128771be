"""Yen of findings on winning customers, worked out by hand."""

import pytest

MARGIN = "costs.contribution_margin_rate"
GROUPS = {
    "acquisition.ltv_minus_cpo": (-2000, -2500, -1500),
    "acquisition.ltv_minus_cpo[channel=sns]": (-2000, -2500, -1500),
    "acquisition.ltv_minus_cpo[channel=flyer]": (-500, -800, -200),
    "acquisition.ltv_minus_cpo[channel=search]": (900, 600, 1200),
    "acquisition.ad_group_new_customers[channel=sns]": 300,
    "acquisition.ad_group_new_customers[channel=flyer]": 100,
    "acquisition.ad_group_new_customers[channel=search]": 500,
}
STEPS = {
    "acquisition.step_rate_3m[step=sessions_carts]": 0.08,
    "acquisition.step_rate_t3v9[step=sessions_carts]": (-0.02, -0.03, -0.01),
    "acquisition.step_units_12m[step=sessions_carts]": 100_000,
    "acquisition.step_sales_yen[step=sessions_carts]": 3000,
    "acquisition.step_rate_3m[step=checkouts_orders]": 0.70,
    "acquisition.step_rate_t3v9[step=checkouts_orders]": (0.01, -0.01, 0.03),
    "acquisition.step_units_12m[step=checkouts_orders]": 4000,
    "acquisition.step_sales_yen[step=checkouts_orders]": 8000,
    MARGIN: 0.5,
}
CARTS = {
    "traffic.cart_drop_share_3m": 0.75,
    "traffic.cart_drop_share_t3v9": (0.05, 0.03, 0.07),
    "traffic.carts_12m": 10_000,
    "customers.aov": 8000,
    MARGIN: 0.5,
}
ENTRY = {
    "customers.entry_ltv_vs_rest": (-800, -1000, -600),
    "customers.entry_new_customers_12m": 400,
}
MARKET = {
    "acquisition.top_marketplace_share": (0.8, 0.78, 0.82),
    "customers.sales_12m": 50_000_000,
    MARGIN: 0.5,
}
PROMOTIONS = {"promotions.loss_yen": 180_000}
NAMED = {"SAL005": ("sns", "flyer"), "SAL006": ("sessions_carts",)}


def test_groups_that_do_not_pay_back(impact_of):
    # 2,000 × 300 + 500 × 100; the group that pays back is no part of it
    yen = impact_of(GROUPS, "SAL005", items=NAMED).yen["SAL005"]
    assert yen.gap == pytest.approx(650_000)
    assert (yen.kind, yen.pool, yen.formula) == ("profit", "acquisition", "ad_groups")
    # off by 500 × 300 and 300 × 100 at 80 %, drawn apart: √(150,000² + 30,000²) = 152,971
    assert yen.low == pytest.approx(650_000 - 152_971, rel=0.03)


def test_a_step_back_to_the_months_before(impact_of):
    # 2 points × 100,000 visits × ¥3,000 a cart × 50 %
    yen = impact_of(STEPS, "SAL006", items=NAMED).yen["SAL006"]
    assert yen.gap == pytest.approx(3_000_000)
    assert [one.fact for one in yen.steps] == ["acquisition.step_rate_3m[step=sessions_carts]"]
    assert yen.steps[0].target == pytest.approx(0.10)
    assert yen.low == pytest.approx(1_500_000, rel=0.05)


def test_carts_left_behind(impact_of):
    # 5 points × 10,000 carts × ¥8,000 × 50 %
    yen = impact_of(CARTS, "PAY007").yen["PAY007"]
    assert yen.gap == pytest.approx(2_000_000)
    assert yen.steps[0].target == pytest.approx(0.70)


def test_an_entry_that_brings_weaker_customers(impact_of):
    # ¥800 × 400
    assert impact_of(ENTRY, "MLO003").yen["MLO003"].gap == pytest.approx(320_000)


def test_promotions_below_their_cost(impact_of):
    assert impact_of(PROMOTIONS, "SAL014").yen["SAL014"].gap == pytest.approx(180_000)


def test_one_marketplace_is_a_risk(impact_of):
    # 80 % of ¥50M × 50 %
    found = impact_of(MARKET, "SAL012", model="marketplace_led")
    assert found.yen["SAL012"].gap == pytest.approx(20_000_000)
    assert (found.yen["SAL012"].kind, found.totals) == ("risk", {})


@pytest.mark.parametrize(
    ("code", "values", "model"),
    [("SAL006", STEPS, "general"), ("PAY007", CARTS, "general"), ("SAL012", MARKET, "general")],
)
def test_without_a_margin_there_is_no_yen(impact_of, code, values, model):
    found = impact_of({**values, MARGIN: None}, code, model=model, items=NAMED)
    assert (found.yen[code].gap, found.yen[code].reason) == (None, "no_margin")


@pytest.mark.parametrize(
    ("code", "values", "lacking", "missing"),
    [
        ("SAL005", GROUPS, "acquisition.ad_group_new_customers[channel=sns]", {"ad_spend"}),
        ("SAL006", STEPS, "acquisition.step_units_12m[step=sessions_carts]", {"traffic"}),
        ("SAL006", STEPS, "acquisition.step_sales_yen[step=sessions_carts]", {"traffic"}),
        ("SAL006", STEPS, "acquisition.step_rate_3m[step=sessions_carts]", {"traffic"}),
        ("PAY007", CARTS, "traffic.carts_12m", {"traffic"}),
        ("PAY007", CARTS, "customers.aov", {"orders"}),
        ("MLO003", ENTRY, "customers.entry_new_customers_12m", {"orders"}),
        ("SAL014", PROMOTIONS, "promotions.loss_yen", {"promotions"}),
        ("SAL012", MARKET, "customers.sales_12m", {"orders"}),
    ],
)
def test_without_an_input_there_is_no_yen(impact_of, code, values, lacking, missing):
    yen = impact_of({**values, lacking: None}, code, items=NAMED).yen[code]
    assert (yen.gap, yen.reason) == (None, "no_input")
    assert set(yen.missing) == missing


def test_carts_are_a_part_of_the_steps(impact_of):
    found = impact_of({**STEPS, **CARTS}, "SAL006", "PAY007", items=NAMED)
    assert found.totals["profit"].gap == pytest.approx(3_000_000)


def test_entries_are_a_part_of_what_does_not_pay_back(impact_of):
    found = impact_of({**GROUPS, **ENTRY}, "SAL005", "MLO003", items=NAMED)
    assert found.totals["profit"].gap == pytest.approx(650_000)


def test_groups_are_a_part_of_the_channel_that_loses(impact_of):
    values = {**GROUPS, "costs.loss_makers_yen": 900_000}
    found = impact_of(values, "SAL005", "SAL013", items=NAMED)
    assert found.totals["profit"].gap == pytest.approx(900_000)


def test_promotions_are_a_part_of_advertising_above_plan(impact_of):
    values = {
        **PROMOTIONS,
        "customers.sales_12m": 50_000_000,
        "costs.excess_over_plan[item=advertising]": 0.05,
    }
    found = impact_of(values, "PLA009", "SAL014", items={"PLA009": ("advertising",)})
    assert found.totals["profit"].gap == pytest.approx(2_500_000)
