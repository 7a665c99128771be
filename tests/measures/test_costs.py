"""Costs against sales of the same months, margins, plans and what a customer brings."""

import pytest

MONTHS = ("2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06")
COSTS = {"cogs": 300, "logistics": 80, "payment_fee": 30, "system": 60, "advertising": 150}


def _orders(*more):
    """A sale of 1,000 at the first and the last of each month, on the 15th in between."""
    days = [f"{month}-{day:02d}" for month in MONTHS for day in (1, 15)] + ["2025-06-30", *more]
    return [
        {"order_id": day, "customer_id": "ann", "order_date": day, "amount": 500}
        for day in days
        if day != "2025-06-15"
    ]


def _costs(months=MONTHS, **changed):
    items = {**COSTS, **changed}
    return [
        {"month": month, "item": item, "amount": amount}
        for month in months
        for item, amount in items.items()
    ]


@pytest.fixture(scope="module")
def shop(facts):
    return facts("2025-06-30", orders=_orders(), costs=_costs())


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("costs.contribution_margin_rate", 1 - (300 + 80 + 30) / 1000),
        ("costs.system_cost_ratio", 0.06),
        ("costs.payment_fee_ratio", 0.03),
        ("costs.advertising_ratio", 0.15),
        ("costs.cost_share_actual[item=cogs]", 0.30),
        ("costs.cost_share_actual[item=system]", 0.06),
    ],
)
def test_by_hand(shop, key, value):
    fact = shop[key]
    assert fact.value == pytest.approx(value)
    assert (fact.n, fact.low) == (6, None)
    assert fact.period == ("2025-01-01", "2025-06-30")


def test_months_of_one_table_alone_are_left_out(facts):
    costs = _costs([*MONTHS[2:], "2025-07", "2025-08"])
    fact = facts("2025-06-30", orders=_orders(), costs=costs)["costs.system_cost_ratio"]
    assert (fact.n, fact.period) == (4, ("2025-03-01", "2025-06-30"))


def test_a_month_that_was_not_over_is_left_out(facts):
    found = facts("2025-06-30", run_date="2025-06-29", orders=_orders(), costs=_costs())
    assert found["costs.system_cost_ratio"].n == 5


def test_a_month_the_orders_break_off_in_is_left_out(facts):
    """Silent for 26 days where the longest silence before was 16: the month is not whole."""
    rows = [row for row in _orders() if row["order_date"] <= "2025-06-04"]
    fact = facts("2025-06-04", run_date="2025-07-05", orders=rows, costs=_costs())[
        "costs.system_cost_ratio"
    ]
    assert (fact.n, fact.value) == (5, pytest.approx(0.06))


def test_the_same_month_and_item_twice_is_summed(facts):
    found = facts("2025-06-30", orders=_orders(), costs=_costs() + _costs(system=40))
    assert found.value("costs.system_cost_ratio") == pytest.approx(0.10)


def test_composition_is_of_the_last_six_months(facts):
    rows = _orders("2024-11-01", "2024-11-16", "2024-12-01", "2024-12-15")
    costs = _costs() + _costs(["2024-11", "2024-12"], system=900)
    found = facts("2025-06-30", orders=rows, costs=costs)
    assert found.value("costs.cost_share_actual[item=system]") == pytest.approx(0.06)
    assert found.value("costs.system_cost_ratio") == pytest.approx((6 * 60 + 2 * 900) / 8000)


def test_no_cost_of_goods_no_margin(facts):
    costs = [row for row in _costs() if row["item"] != "cogs"]
    found = facts("2025-06-30", orders=_orders(), costs=costs)
    assert found["costs.contribution_margin_rate"].reason == "no_rows"
    assert found["costs.system_cost_ratio"].known


def test_an_item_never_booked_is_not_zero(facts):
    costs = [row for row in _costs() if row["item"] != "system"]
    assert facts("2025-06-30", orders=_orders(), costs=costs)["costs.system_cost_ratio"].reason == (
        "no_rows"
    )


RATES = {("q.pla.cost_rates", "cogs"): 0.4, ("q.pla.cost_rates", "logistics"): 0.1}


def test_margin_from_the_rates_answered(facts):
    fact = facts("2025-06-30", orders=_orders(), answers=RATES)["costs.contribution_margin_rate"]
    assert (fact.value, fact.basis, fact.table) == (pytest.approx(0.5), "said", None)


def test_costs_come_before_answers(facts):
    found = facts("2025-06-30", orders=_orders(), costs=_costs(), answers=RATES)
    assert found["costs.contribution_margin_rate"].basis == "measured"


def test_a_rate_answered_unknown_leaves_the_margin_unknown(facts):
    answers = {**RATES, ("q.pla.cost_rates", "points"): "unknown"}
    found = facts("2025-06-30", orders=_orders(), answers=answers)
    assert found["costs.contribution_margin_rate"].reason == "answered_unknown"
    assert found["customers.ltv_12m_margin"].reason == "answered_unknown"


def _plan(**shares):
    return {("q.pla.cost_plan", item): share for item, share in shares.items()}


def test_largest_excess_over_the_plan(facts):
    answers = _plan(cogs=0.25, system=0.02, advertising=0.20, personnel=0.1, profit=0.4)
    fact = facts("2025-06-30", orders=_orders(), costs=_costs(), answers=answers)[
        "planning.cost_over_plan_max"
    ]
    assert fact.value == pytest.approx(0.05)
    assert [(item.key, round(item.value, 3)) for item in fact.items] == [
        ("cogs", 0.05),
        ("system", 0.04),
    ]


@pytest.mark.parametrize(
    ("answers", "months", "reason"),
    [
        ({}, MONTHS, "not_asked"),
        ({("q.pla.cost_plan", None): "no"}, MONTHS, "no_rows"),
        (_plan(cogs=0.3), MONTHS[1:], "immature"),
        (_plan(personnel=0.3), MONTHS, "no_rows"),
    ],
)
def test_no_plan_no_excess(facts, answers, months, reason):
    found = facts("2025-06-30", orders=_orders(), costs=_costs(months), answers=answers)
    assert found["planning.cost_over_plan_max"].reason == reason


YEAR = [
    {"order_id": str(i), "customer_id": "ann", "order_date": day, "amount": 300_000}
    for i, day in enumerate(["2024-07-01", "2024-10-01", "2025-01-01", "2025-06-30"])
]


@pytest.mark.parametrize(
    ("fees", "expected"), [("excluded", 0.05), ("included", None), (None, None)]
)
def test_system_cost_as_answered(facts, fees, expected):
    answers = {"q.pay.system_cost": 60_000.0, "q.pay.system_cost_fees": fees}
    fact = facts("2025-06-30", orders=YEAR, answers=answers)["costs.system_cost_ratio"]
    assert fact.value == (None if expected is None else pytest.approx(expected))
    assert fact.basis == ("said" if expected else "measured")


FEES = {("q.bil.fee_rates", "card"): 0.03, ("q.bil.fee_rates", "transfer"): 0.01}


def test_contract_fee_rate_is_weighted_by_sales(facts):
    rows = [
        {**YEAR[0], "payment_method": "card"},
        {**YEAR[1], "payment_method": "card"},
        {**YEAR[2], "payment_method": "transfer"},
    ]
    found = facts("2025-06-30", orders=rows, answers=FEES)
    assert found.value("costs.contract_fee_rate") == pytest.approx(0.07 / 3)
    rows[0]["payment_method"] = "cheque"  # a method whose rate was not answered
    assert facts("2025-06-30", orders=rows, answers=FEES)["costs.contract_fee_rate"].reason == (
        "no_rows"
    )


def test_contract_rates_meet_the_words_of_an_export(facts):
    words = ["クレジットカード決済", "銀行振込（前払い）", "コンビニ決済"]
    rows = [{**row, "payment_method": word} for row, word in zip(YEAR, words, strict=False)]
    rates = FEES | {("q.bil.fee_rates", "convenience"): 0.05}
    found = facts("2025-06-30", orders=rows, answers=rates)
    assert found.value("costs.contract_fee_rate") == pytest.approx((0.03 + 0.01 + 0.05) / 3)
    rows[2]["payment_method"] = "コンビニ後払い"  # paid after delivery: not the counter's rate
    found = facts("2025-06-30", orders=rows, answers=rates)
    assert found["costs.contract_fee_rate"].reason == "no_rows"
    found = facts("2025-06-30", orders=rows, answers=FEES | {("q.bil.fee_rates", "後払い"): 0.05})
    assert found.value("costs.contract_fee_rate") == pytest.approx(0.03)


def test_one_contract_rate_needs_no_weights(facts):
    found = facts("2025-06-30", orders=YEAR, answers={("q.bil.fee_rates", "card"): 0.034})
    assert found.value("costs.contract_fee_rate") == 0.034
    assert facts("2025-06-30", orders=YEAR, answers=FEES)["costs.contract_fee_rate"].reason == (
        "no_column"
    )


def test_value_of_a_customer_in_twelve_months(facts, orders):
    rows = orders(
        "ann 2024-01-01 100\n ann 2024-12-30 60\n ann 2024-12-31 900\n"
        "bob 2024-01-01 40\n cat 2024-06-01 500\n bob 2025-01-01 1"
    )
    fact = facts("2025-01-01", orders=rows, answers=RATES)["customers.ltv_12m_margin"]
    # ann 160 within 365 days (the 366th day does not count), bob 40; cat is too young
    assert (fact.value, fact.n, fact.basis) == (pytest.approx(50.0), 2, "said")


def test_value_of_young_customers_is_immature(facts, orders):
    found = facts("2024-06-30", orders=orders("ann 2024-01-01 100"), answers=RATES)
    assert found["customers.ltv_12m_margin"].reason == "immature"
    assert facts("2024-06-30", orders=orders("ann 2024-01-01 100"))[
        "customers.ltv_12m_margin"
    ].reason == ("no_table")
