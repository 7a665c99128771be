"""Logistics by hand: share of sales, a parcel, what customers pay of it, this year and last."""

import pytest

MONTHS = [f"{y}-{m:02d}" for y in (2024, 2025) for m in range(1, 13)]
PARCEL, PAID = "delivery.yen_per_parcel", "delivery.customer_share_of_shipping"
PLAN = "q.pla.cost_plan"


def orders(months=MONTHS, **columns):
    """Two orders of 1,000 a month with 2 and 3 parcels, each charged 300 for shipping."""
    made = [
        {
            "order_id": f"{month}-{day}",
            "customer_id": "ann",
            "order_date": f"{month}-{day}",
            "amount": 1000,
            "parcels": parcels,
            "shipping_fee": 300,
        }
        for month in months
        for day, parcels in (("01", 2), ("16", 3))
    ]
    made.append({**made[0], "order_id": "z", "order_date": "2025-12-31", "amount": 0})
    made[-1] |= {"parcels": 0, "shipping_fee": 0}
    return [{**row, **columns} for row in made]


def costs(carriage, packing=None, months=MONTHS):
    made = [
        {"month": month, "item": "logistics", "amount": amount}
        for month, amount in zip(months, carriage, strict=bool(carriage))
        if amount is not None
    ]
    if packing is not None:
        made += [{"month": month, "item": "packing", "amount": packing} for month in months]
    return made


@pytest.fixture(scope="module")
def shop(facts):
    carriage = [800] * 12 + [880, 920] * 6
    return facts("2025-12-31", orders=orders(), costs=costs(carriage, packing=100))


def test_the_last_twelve_months(shop):
    share = shop["delivery.cost_share"]
    assert (share.value, share.n) == (pytest.approx((900 + 100) / 2000), 12)
    assert share.period == ("2025-01-01", "2025-12-31")
    parcel = shop[PARCEL]
    assert (parcel.value, parcel.n, parcel.low) == (pytest.approx(1000 / 5), 60, None)
    paid = shop[PAID]
    assert (paid.value, paid.n) == (pytest.approx(600 / 900), 25)


def test_a_year_ago(shop):
    rise = shop[f"{PARCEL}_yoy"]
    assert rise.value == pytest.approx(1000 / 5 - 900 / 5)
    # the months' differences are 16 and 24 yen: ± 4·√(12/11) ÷ √12 · t(11; 97.5 %)
    assert rise.high95 - rise.value == pytest.approx(2.200985 * 4 / 11**0.5)
    assert (rise.n, rise.sampled) == (60, True)
    assert shop.value(f"{PARCEL}_yoy_change") == pytest.approx(20 / 180)
    fall = shop[f"{PAID}_yoy"]
    assert fall.value == pytest.approx(600 / 900 - 600 / 800)
    assert fall.high95 < 0


@pytest.mark.parametrize(
    ("plan", "over"),
    [
        ({"logistics": 0.40}, 0.45 - 0.40),
        ({"logistics": 0.40, "packing": 0.08}, 0.50 - 0.48),
    ],
)
def test_against_the_plan(facts, plan, over):
    answers = {(PLAN, item): share for item, share in plan.items()}
    found = facts("2025-12-31", orders=orders(), costs=costs([900] * 24, 100), answers=answers)
    fact = found["delivery.cost_over_plan"]
    assert (fact.value, fact.basis) == (pytest.approx(over), "measured")


def test_a_plan_without_logistics_is_no_plan_for_it(facts):
    answers = {(PLAN, "cogs"): 0.3}
    found = facts("2025-12-31", orders=orders(), costs=costs([900] * 24), answers=answers)
    assert found["delivery.cost_over_plan"].state == "not_applicable"
    found = facts("2025-12-31", orders=orders(), costs=costs([900] * 24))
    assert found["delivery.cost_over_plan"].reason == "not_asked"


def test_months_without_a_bill_are_left_out(facts):
    found = facts("2025-12-31", orders=orders(), costs=costs([*[900] * 23, None], 100))
    assert found["delivery.cost_share"].period == ("2024-12-01", "2025-11-30")
    assert found.value(PARCEL) == pytest.approx(200)
    assert found[f"{PARCEL}_yoy"].reason == "immature"


def test_an_orders_figure_repeated_on_its_lines_counts_once(facts):
    rows = orders(MONTHS[12:])
    lines = [{**row, "amount": 500, "line_no": str(n)} for row in rows for n in (1, 2)]
    found = facts("2025-12-31", orders=lines, costs=costs([900] * 12, months=MONTHS[12:]))
    assert found.value(PARCEL) == pytest.approx(900 / 5)
    assert found.value(PAID) == pytest.approx(600 / 900)


def test_a_fee_on_the_first_line_alone_counts(facts):
    rows = orders(MONTHS[12:])
    lines = [
        {**row, "amount": 500, "line_no": str(n), "shipping_fee": 300 if n == 1 else None}
        for row in rows
        for n in (1, 2)
    ]
    found = facts("2025-12-31", orders=lines, costs=costs([900] * 12, months=MONTHS[12:]))
    assert found.value(PAID) == pytest.approx((24 + 1) * 300 / (12 * 900))


def test_a_blank_fee_is_free_where_the_file_shows_fees(facts):
    rows = orders(MONTHS[12:])
    rows = [{**row, "shipping_fee": None if i % 2 else 300} for i, row in enumerate(rows)]
    found = facts("2025-12-31", orders=rows, costs=costs([900] * 12, months=MONTHS[12:]))
    assert found.value(PAID) == pytest.approx((12 + 1) * 300 / (12 * 900))


def drop(rows, column):
    return [{k: v for k, v in row.items() if k != column} for row in rows]


@pytest.mark.parametrize(
    ("rows", "booked", "fact_id", "reason"),
    [
        (orders(), None, "delivery.cost_share", "no_table"),
        (orders(), None, PARCEL, "no_table"),
        (orders(), [{"month": "2025-01", "item": "cogs", "amount": 5}], PAID, "no_rows"),
        (orders(), costs([5], months=["2020-01"]) + costs([], 5, ["2025-01"]), PAID, "no_rows"),
        (drop(orders(), "parcels"), costs([900] * 24), PARCEL, "no_column"),
        (drop(orders(), "parcels"), costs([900] * 24), f"{PARCEL}_yoy", "no_column"),
        (drop(orders(), "shipping_fee"), costs([900] * 24), f"{PAID}_yoy", "no_column"),
        (orders(parcels=None), costs([900] * 24), PARCEL, "no_rows"),
        (orders(shipping_fee=None), costs([900] * 24), PAID, "no_rows"),
        (orders(amount=0), costs([900] * 24), "delivery.cost_share", "zero_base"),
        (orders(), costs([0] * 24), PAID, "zero_base"),
        (orders(), costs([0] * 24), f"{PAID}_yoy", "zero_base"),
        (orders(shipping_fee=0), costs([900] * 24), f"{PAID}_yoy_change", "zero_base"),
    ],
)
def test_reasons(facts, rows, booked, fact_id, reason):
    tables = {} if booked is None else {"costs": booked}
    assert facts("2025-12-31", orders=rows, **tables)[fact_id].reason == reason


def test_a_steady_shop_is_seldom_alarmed():
    """Bills that differ by a tenth from month to month, without a trend: at most 5 in 100."""
    import numpy as np
    import pandas as pd

    from toolkit.measures.monthly import year_against_year

    random, alarms = np.random.default_rng(7), 0
    for _ in range(400):
        parcels = random.poisson(1000, 24)
        bills = parcels * 700 * random.normal(1, 0.1, 24)
        months = pd.DataFrame(
            {"top": bills, "bottom": parcels, "n": parcels}, index=range(24300, 24324)
        )
        rise, change = year_against_year("x", months)
        alarms += rise.low95 > 0 and change.value > 0.05
    assert alarms <= 0.05 * 400


def test_sums_of_the_year(shop):
    # two orders of 2 and 3 parcels a month; 880 and 920 in turn
    assert shop.value("delivery.parcels_12m") == 60
    assert shop.value("delivery.carriage_yen_12m") == 12 * 900
    assert shop["delivery.parcels_12m"].period == ("2025-01-01", "2025-12-31")


def test_a_parcel_as_planned(facts):
    carriage = [800] * 12 + [880, 920] * 6
    planned = {(PLAN, "logistics"): 0.36}
    tables = {"orders": orders(), "costs": costs(carriage, packing=100)}
    found = facts("2025-12-31", answers=planned, **tables)
    # 36 % of 24,000 and the 1,200 of packing, which the plan does not name, over 60 parcels
    fact = found["delivery.planned_yen_per_parcel"]
    assert fact.value == pytest.approx((0.36 * 24_000 + 1200) / 60)
    both = {**planned, (PLAN, "packing"): 0.04}
    found = facts("2025-12-31", answers=both, **tables)
    assert found.value("delivery.planned_yen_per_parcel") == pytest.approx(0.40 * 24_000 / 60)


def test_no_plan_for_parcels(shop, facts):
    assert shop["delivery.planned_yen_per_parcel"].reason == "not_asked"
    other = {(PLAN, "cogs"): 0.3}
    found = facts("2025-12-31", answers=other, orders=orders(), costs=costs([900] * 24))
    assert found["delivery.planned_yen_per_parcel"].reason == "no_rows"


def test_fewer_than_twelve_months_are_no_year(facts):
    months = MONTHS[-6:]
    tables = {"orders": orders(months), "costs": costs([900] * 6, months=months)}
    found = facts("2025-12-31", answers={(PLAN, "logistics"): 0.36}, **tables)
    for name in ("parcels_12m", "carriage_yen_12m", "planned_yen_per_parcel"):
        assert found[f"delivery.{name}"].reason == "immature"
