"""Yen of findings on quotes, contracts, accounts and jobs, worked out by hand."""

import pytest

MARGIN = "costs.contribution_margin_rate"
QUOTES = {
    "acquisition.win_rate_now": (0.30, 0.27, 0.33),
    "acquisition.win_rate_now_gap": (-0.12, -0.16, -0.08),
    "acquisition.decided_12m_count": 300,
    "acquisition.won_amount_12m_yen": 500_000,
    MARGIN: 0.4,
}
CONTRACTS = {
    "contracts.grr": (0.82, 0.78, 0.86),
    "contracts.nrr": (0.85, 0.80, 0.90),
    "contracts.due_arr_12m": 80_000_000,
    "contracts.mrr_bridge[part=start]": 10_000_000,
    MARGIN: 0.8,
}
ACCOUNTS = {
    "tob.account_continuation_share": 0.80,
    "tob.account_continuation_share_yoy": -0.15,
    "tob.accounts_before_count": 80,
    "tob.stopped_account_sales_yen": 2_000_000,
    "tob.dormant_accounts_sales_yen": 30_000_000,
    MARGIN: 0.25,
}


@pytest.mark.parametrize("model", ["made_to_order", "saas"])
def test_a_lower_win_rate_costs_the_quotes_of_a_year(impact_of, model):
    # 0.12 × 300 quotes × ¥500,000 × 40 %
    yen = impact_of(QUOTES, "SAL015", model=model).yen["SAL015"]
    assert yen.gap == pytest.approx(7_200_000)
    assert (yen.kind, yen.pool, yen.formula) == ("profit", "acquisition", "quotes_won")
    # the difference alone is uncertain: ± 0.04 of it at 80 %, 300 × 500,000 × 0.4 = ¥60M a point
    assert yen.low == pytest.approx(4_800_000, rel=0.03)
    assert yen.high == pytest.approx(9_600_000, rel=0.03)


@pytest.mark.parametrize(
    ("lacking", "reason", "missing"),
    [
        (MARGIN, "no_margin", ("costs", "orders")),
        ("acquisition.won_amount_12m_yen", "no_input", ("leads",)),
        ("acquisition.win_rate_now_gap", "no_input", ("leads",)),
        ("acquisition.win_rate_now", "no_input", ("leads",)),
    ],
)
def test_quotes_without_an_input_have_no_yen(impact_of, lacking, reason, missing):
    yen = impact_of({**QUOTES, lacking: None}, "SAL015", model="saas").yen["SAL015"]
    assert (yen.gap, yen.reason) == (None, reason)
    assert set(yen.missing) == set(missing)


def test_renewals_below_the_target_by_value(impact_of):
    # (0.90 − 0.82) × ¥80M × 80 %
    yen = impact_of(CONTRACTS, "TOB004", model="saas").yen["TOB004"]
    assert yen.gap == pytest.approx(5_120_000)
    assert yen.steps[0].target == pytest.approx(0.90)
    assert yen.low < yen.gap < yen.high


def test_the_client_s_own_target_comes_first(impact_of):
    # (0.95 − 0.82) × ¥80M × 80 %
    found = impact_of({**CONTRACTS, "q.tob.renewal_target": 0.95}, "TOB004", model="saas")
    assert found.yen["TOB004"].gap == pytest.approx(8_320_000)


def test_renewals_kept_by_value_are_no_gain(impact_of):
    # few small accounts left: by count below the target, by value above it
    kept = impact_of({**CONTRACTS, "contracts.grr": 0.93}, "TOB004", model="saas").yen["TOB004"]
    assert (kept.gap, kept.reason) == (None, "no_gain")


def test_shrinking_accounts_contain_the_renewals(impact_of):
    found = impact_of(CONTRACTS, "TOB004", "TOB005", model="saas")
    # (1 − 0.85) × ¥10M × 12 × 80 %
    assert found.yen["TOB005"].gap == pytest.approx(14_400_000)
    assert found.totals["profit"].gap == pytest.approx(14_400_000)  # not 19.52M
    shares = [found.yen[code].share for code in ("TOB004", "TOB005")]
    assert sum(shares) == pytest.approx(14_400_000)


def test_contracts_without_amounts_wait_for_them(impact_of):
    values = {**CONTRACTS, "contracts.due_arr_12m": None, "contracts.nrr": None}
    found = impact_of(values, "TOB004", "TOB005", model="saas")
    assert {code: (y.reason, y.missing) for code, y in found.yen.items()} == {
        "TOB004": ("no_input", ("contracts",)),
        "TOB005": ("no_input", ("contracts",)),
    }


def test_accounts_that_stopped(impact_of):
    # 0.15 × 80 accounts × ¥2M × 25 %
    yen = impact_of(ACCOUNTS, "TOB015", model="made_to_order").yen["TOB015"]
    assert yen.gap == pytest.approx(6_000_000)
    assert yen.steps[0].target == pytest.approx(0.95)


def test_silent_accounts(impact_of):
    # ¥30M × 25 %
    yen = impact_of(ACCOUNTS, "TOB016", model="made_to_order").yen["TOB016"]
    assert yen.gap == pytest.approx(7_500_000)


def test_accounts_without_a_margin(impact_of):
    found = impact_of({**ACCOUNTS, MARGIN: None}, "TOB015", "TOB016", model="made_to_order")
    assert {y.reason for y in found.yen.values()} == {"no_margin"}
    assert "profit" not in found.totals


def test_accounts_and_quotes_lost_are_views_of_one_loss(impact_of):
    values = {**QUOTES, **ACCOUNTS}  # at a margin of 25 %: 4.5M, 6.0M and 7.5M
    found = impact_of(values, "SAL015", "TOB015", "TOB016", model="made_to_order")
    assert found.yen["SAL015"].gap == pytest.approx(4_500_000)
    assert found.totals["profit"].gap == pytest.approx(7_500_000)
    assert set(found.yen["SAL015"].overlaps) == {"TOB015", "TOB016"}


def test_a_note_on_few_silent_accounts_stays_out_of_the_sum(impact_of):
    found = impact_of(ACCOUNTS, "TOB016", model="made_to_order", severity="note")
    assert found.yen["TOB016"].gap == pytest.approx(7_500_000)
    assert (found.yen["TOB016"].counted, found.totals) == (False, {})


def test_overrun_of_jobs_is_profit_without_a_margin(impact_of):
    yen = impact_of({"tob.job_overrun_yen": 4_311_000}, "TOB018", model="made_to_order")
    assert yen.yen["TOB018"].gap == pytest.approx(4_311_000)
    assert (yen.yen["TOB018"].low, yen.yen["TOB018"].high) == (None, None)  # booked, not sampled


def test_jobs_told_in_words_wait_for_their_costs(impact_of):
    yen = impact_of({"tob.job_overrun_yen": None}, "TOB018", model="made_to_order").yen["TOB018"]
    assert (yen.gap, yen.reason, yen.missing) == (None, "no_input", ("jobs",))


def test_jobs_below_the_estimates_of_the_last_year_are_no_gain(impact_of):
    found = impact_of({"tob.job_overrun_yen": -200_000}, "TOB018", model="made_to_order")
    assert found.yen["TOB018"].reason == "no_gain"


def test_margin_lost_by_accounts(impact_of):
    values = {"tob.account_margin_loss_yen": (1_500_000, 1_000_000, 2_000_000)}
    yen = impact_of(values, "TOB019", model="made_to_order").yen["TOB019"]
    assert yen.gap == pytest.approx(1_500_000)
    assert (yen.low, yen.high) == pytest.approx((1_000_000, 2_000_000), rel=0.03)


def test_what_is_unknown_of_accounts_margins_is_asked_for(impact_of):
    yen = impact_of({}, "TOB019", model="made_to_order").yen["TOB019"]
    assert (yen.reason, set(yen.missing)) == ("no_input", {"orders", "products", "costs"})
