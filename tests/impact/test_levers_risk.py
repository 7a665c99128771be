"""What stands to be lost: exposures without a probability and without a sum."""

import pytest

AMOUNTS = {
    "TOB001": "contracts.unused_accounts_arr",
    "TOB002": "contracts.no_core_use_arr",
    "TOB006": "contracts.pending_at_risk_arr",
    "TOB013": "acquisition.open_amount_yen",
}


@pytest.mark.parametrize(("code", "driver"), AMOUNTS.items())
def test_the_exposure_is_the_amount(impact_of, code, driver):
    found = impact_of({driver: 6_000_000}, code, model="saas")
    assert (found.yen[code].kind, found.yen[code].gap) == ("risk", pytest.approx(6_000_000))
    assert found.totals == {}


@pytest.mark.parametrize(("code", "driver"), AMOUNTS.items())
def test_without_the_amount_it_is_asked_for(impact_of, code, driver):
    yen = impact_of({driver: None}, code, model="saas").yen[code]
    assert (yen.gap, yen.reason) == (None, "no_input")
    assert set(yen.missing) <= {"contracts", "usage", "leads"}
    assert yen.missing


def test_the_first_account_of_a_contract_business(impact_of):
    # 0.35 × ¥10M × 12 × 80 %
    values = {
        "tob.top1_account_share": 0.35,
        "contracts.mrr": 10_000_000,
        "costs.contribution_margin_rate": 0.8,
    }
    yen = impact_of(values, "TOB017", model="saas").yen["TOB017"]
    assert (yen.kind, yen.gap) == ("risk", pytest.approx(33_600_000))


def test_the_first_account_of_a_maker(impact_of):
    # 0.35 × (¥30M new + ¥170M existing) × 30 %
    values = {
        "tob.top1_account_share": 0.35,
        "customers.new_sales_12m": 30_000_000,
        "customers.existing_sales_12m": 170_000_000,
        "costs.contribution_margin_rate": 0.3,
    }
    yen = impact_of(values, "TOB017", model="made_to_order").yen["TOB017"]
    assert yen.gap == pytest.approx(21_000_000)
    bare = impact_of(
        {**values, "costs.contribution_margin_rate": None}, "TOB017", model="made_to_order"
    )
    assert bare.yen["TOB017"].reason == "no_margin"


def test_three_views_of_unused_contracts_stand_side_by_side(impact_of):
    values = dict(zip(AMOUNTS.values(), (3e6, 5e6, 4e6, 9e6), strict=True))
    found = impact_of(values, "TOB001", "TOB002", "TOB006", "TOB013", model="saas")
    assert set(found.yen["TOB001"].overlaps) == {"TOB002", "TOB006"}
    assert found.yen["TOB013"].overlaps == ()
    # of the three the largest, 5.0M, is shared out
    assert sum(found.yen[one].share for one in ("TOB001", "TOB002", "TOB006")) == pytest.approx(5e6)
