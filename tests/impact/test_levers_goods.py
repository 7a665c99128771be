"""Yen of findings on parcels that go astray, returns and stock, worked out by hand."""

import pytest

MARGIN = "costs.contribution_margin_rate"
ASTRAY = {
    "delivery.yen_per_parcel": 900,
    "customers.aov": 8000,
    "products.cogs_share": 0.35,
}
WRONG = {**ASTRAY, "delivery.wrong_ship_rate": (0.002, 0.0015, 0.0025),
         "delivery.shipments_12m": 20_000}  # fmt: skip
FAILED = {
    **ASTRAY,
    "orders.cod_refused_extra_count": (30, 20, 40),
    "receivables.deferred_unpaid_extra_count": (-5, -12, 2),
}
RETURNS = {
    "delivery.return_rate_12m": 0.05,
    "delivery.return_rate_yoy": (0.02, 0.015, 0.025),
    "delivery.shipments_12m": 20_000,
    "delivery.yen_per_parcel": 900,
    "customers.aov": 8000,
    MARGIN: 0.5,
}
MISSED = {"stock.lost_sales_yen": (1_000_000, 0, 1_200_000), MARGIN: 0.5}
SLOW = {"stock.slow_c_share": 0.3, "stock.value_yen": 4_000_000}
SOLE = {"products.sole_supplier_sales_yen": 10_000_000, MARGIN: 0.5}


def test_wrong_shipments(impact_of):
    # 40 a year × (2 × 900 + 8,000 × 35 %)
    yen = impact_of(WRONG, "FUL006").yen["FUL006"]
    assert yen.gap == pytest.approx(40 * 4600)
    assert yen.pool == "margin"
    assert yen.low == pytest.approx(30 * 4600, rel=0.03)


def test_refused_and_unpaid_orders_more_than_last_year(impact_of):
    # 30 more refused × 4,600; fewer unpaid are set against nothing
    found = impact_of(FAILED, "BIL005")
    assert found.yen["BIL005"].gap == pytest.approx(138_000)
    both = {**FAILED, "receivables.deferred_unpaid_extra_count": 10}
    assert impact_of(both, "BIL005").yen["BIL005"].gap == pytest.approx(184_000)


def test_one_way_of_paying_alone(impact_of):
    alone = {**FAILED, "receivables.deferred_unpaid_extra_count": None}
    assert impact_of(alone, "BIL005").yen["BIL005"].gap == pytest.approx(138_000)


def test_returns_more_than_last_year(impact_of):
    # 2 points × 20,000 × (8,000 × 50 % + 2 × 900)
    yen = impact_of(RETURNS, "FUL007").yen["FUL007"]
    assert yen.gap == pytest.approx(400 * 5800)
    assert yen.steps[0].target == pytest.approx(0.03)
    assert (yen.low, yen.high) == (pytest.approx(300 * 5800, rel=0.03),
                                   pytest.approx(500 * 5800, rel=0.03))  # fmt: skip


def test_sales_missed_begin_at_nothing(impact_of):
    # ¥1M × 50 %; substitution may have taken up all of it
    yen = impact_of(MISSED, "PRO009").yen["PRO009"]
    assert yen.gap == pytest.approx(500_000)
    assert yen.low == pytest.approx(0, abs=25_000)
    assert yen.high == pytest.approx(600_000, rel=0.02)


def test_slow_stock_is_cash(impact_of):
    # 30 % of ¥4M
    found = impact_of(SLOW, "PRO005")
    assert (found.yen["PRO005"].gap, found.yen["PRO005"].kind) == (pytest.approx(1_200_000), "cash")
    assert set(found.totals) == {"cash"}


def test_a_single_supplier_is_a_risk(impact_of):
    # ¥10M × 50 %
    found = impact_of(SOLE, "PRO008")
    assert (found.yen["PRO008"].gap, found.yen["PRO008"].kind) == (5_000_000, "risk")
    assert found.totals == {}


@pytest.mark.parametrize(
    ("code", "values"), [("FUL007", RETURNS), ("PRO009", MISSED), ("PRO008", SOLE)]
)
def test_without_a_margin_there_is_no_yen(impact_of, code, values):
    yen = impact_of({**values, MARGIN: None}, code).yen[code]
    assert (yen.gap, yen.reason) == (None, "no_margin")


@pytest.mark.parametrize(
    ("code", "values", "lacking", "missing"),
    [
        ("FUL006", WRONG, "delivery.yen_per_parcel", {"costs", "orders"}),
        ("FUL006", WRONG, "products.cogs_share", {"orders", "products"}),
        ("BIL005", FAILED, "delivery.yen_per_parcel", {"costs", "orders"}),
        ("FUL007", RETURNS, "delivery.yen_per_parcel", {"costs", "orders"}),
        ("FUL007", RETURNS, "delivery.return_rate_12m", {"orders"}),
        ("PRO005", SLOW, "stock.value_yen", {"stock"}),
        ("PRO008", SOLE, "products.sole_supplier_sales_yen", {"orders", "products"}),
        ("PRO009", MISSED, "stock.lost_sales_yen", {"stock", "orders"}),
    ],
)
def test_without_an_input_there_is_no_yen(impact_of, code, values, lacking, missing):
    yen = impact_of({**values, lacking: None}, code).yen[code]
    assert (yen.gap, yen.reason) == (None, "no_input")
    assert set(yen.missing) == missing


def test_sales_missed_are_part_of_a_fall_of_existing_sales(impact_of):
    values = {
        **MISSED,
        "customers.existing_sales_12m": 20_000_000,
        "customers.existing_sales_yoy": -4_000_000,
        "customers.new_sales_12m": 10_000_000,
        "customers.sales_12m": 30_000_000,
    }
    found = impact_of(values, "SAL010", "PRO009")
    assert found.totals["profit"].gap == pytest.approx(2_000_000)  # not 2,500,000
