"""Cost of goods to sales by hand: from costs, from lines, against last year and plan."""

import pytest

SHARE = "products.cogs_share"


def lines(*cells):
    """Order lines of ``order day product amount quantity``."""
    return [
        {
            "order_id": order,
            "customer_id": f"c{order}",
            "order_date": day,
            "line_no": str(place),
            "product": product,
            "amount": amount,
            "quantity": quantity,
        }
        for place, (order, day, product, amount, quantity) in enumerate(cells)
    ]


PRODUCTS = [{"product": "tea", "cost": 30}, {"product": "cup", "cost": 200}]
LINES = lines(
    ("o1", "2026-01-10", "tea", 200, 2),
    ("o1", "2026-01-10", None, 50, 1),  # shipping: sales without goods
    ("o2", "2026-02-10", "cup", 350, 1),
    ("o3", "2026-03-10", "tea", 100, 1),
    ("o4", "2026-03-20", "jar", 100, 1),  # no cost known: the order stays out
)


def test_from_lines(facts):
    found = facts("2026-03-31", orders=LINES, products=PRODUCTS)
    # 60 of 250, 200 of 350, 30 of 100
    fact = found[SHARE]
    assert fact.value == pytest.approx(290 / 700)
    assert (fact.n, fact.low, fact.table) == (3, None, "orders")
    assert fact.period == ("2026-01-10", "2026-03-20")
    assert found.value(f"{SHARE}[product=tea]") == pytest.approx(90 / 300)
    assert found.value(f"{SHARE}[product=cup]") == pytest.approx(200 / 350)
    assert f"{SHARE}[product=jar]" not in found
    assert found[f"{SHARE}_yoy"].reason == "immature"


def test_totals_repeated_on_rows_still_give_the_whole(facts):
    rows = lines(("o1", "2026-01-10", "tea", 250, 2), ("o1", "2026-01-10", "cup", 250, 1))
    rows[1]["_repeated"] = True
    rows[0]["_repeated"] = False
    found = facts("2026-03-31", orders=rows, products=PRODUCTS)
    assert found.value(SHARE) == pytest.approx((60 + 200) / 250)
    assert f"{SHARE}[product=tea]" not in found


def without(rows, column):
    return [{k: v for k, v in row.items() if k != column} for row in rows]


@pytest.mark.parametrize(
    ("orders", "products", "reason"),
    [
        (LINES, None, "no_table"),
        (without(LINES, "product"), PRODUCTS, "no_column"),
        (without(LINES, "quantity"), PRODUCTS, "no_column"),
        (LINES, [{"product": "tea", "supplier": "Uji"}], "no_column"),
        (LINES, PRODUCTS[:1], "no_rows"),  # tea alone: 350 of 800
        ([{**row, "quantity": None} for row in LINES], PRODUCTS, "no_rows"),
        ([{**row, "amount": 0} for row in LINES], PRODUCTS, "zero_base"),
    ],
)
def test_no_share(facts, orders, products, reason):
    tables = {} if products is None else {"products": products}
    assert facts("2026-03-31", orders=orders, **tables)[SHARE].reason == reason


def year(number):
    """Four orders a month of one cup at 400, each by another buyer."""
    return lines(
        *(
            (f"{number}-{month}-{day}", f"{number}-{month:02d}-{day:02d}", "cup", 400, 1)
            for month in range(1, 13)
            for day in (1, 10, 19, 28)
        )
    )


def test_lines_against_last_year(facts):
    rows = year(2024) + year(2025)
    rows[-24:] = [{**row, "amount": 320} for row in rows[-24:]]
    fact = facts("2025-12-28", orders=rows, products=PRODUCTS)[f"{SHARE}_yoy"]
    # half of the year at 320: 48 × 200 ÷ (24 × 400 + 24 × 320) − 0.5
    assert fact.value == pytest.approx(9600 / 17280 - 0.5)
    assert (fact.n, fact.sampled) == (48, True)
    assert fact.low95 < fact.value < fact.high95
    assert fact.low95 > 0


MONTHS = [f"{y}-{m:02d}" for y in (2024, 2025) for m in range(1, 13)]


def booked(rates, months=MONTHS):
    """Daily sales of 100 as two orders a month (1,000 each) and goods at a rate."""
    orders = [
        {"order_id": f"{m}-{d}", "customer_id": "a", "order_date": f"{m}-{d}", "amount": 1000}
        for m in months
        for d in ("01", "16")
    ]
    last = months[-1]
    orders.append({"order_id": "z", "customer_id": "a", "order_date": f"{last}-31", "amount": 0})
    costs = [
        {"month": m, "item": "cogs", "amount": 2000 * rate}
        for m, rate in zip(months, rates, strict=True)
    ]
    return {"orders": orders, "costs": costs}


def test_booked_costs_come_first(facts):
    rates = [0.40] * 12 + [0.44, 0.46] * 6
    found = facts("2025-12-31", products=PRODUCTS, **booked(rates))
    share, rise = found[SHARE], found[f"{SHARE}_yoy"]
    assert (share.value, share.table) == (pytest.approx(0.45), "costs")
    assert share.period == ("2025-01-01", "2025-12-31")
    assert rise.value == pytest.approx(0.05)
    # months differ by 0.04 or 0.06: spread 0.01·√(12/11), ÷ √12, × t(11; 97.5 %) 2.201
    assert rise.high95 - rise.value == pytest.approx(2.200985 * 0.01 / 11**0.5)
    assert (rise.n, rise.sampled) == (24, True)
    assert found.value(f"{SHARE}_yoy_change") == pytest.approx(0.05 / 0.40)


def test_a_season_that_returns_is_no_rise(facts):
    season = [0.3, 0.5] * 6
    rise = facts("2025-12-31", **booked(season + season))[f"{SHARE}_yoy"]
    assert rise.value == pytest.approx(0.0)
    assert rise.high95 - rise.low95 == pytest.approx(0.0)


def test_one_year_of_costs(facts):
    found = facts("2025-12-31", **booked([0.4] * 12, MONTHS[12:]))
    assert found.value(SHARE) == pytest.approx(0.4)
    assert found[f"{SHARE}_yoy"].reason == "immature"
    assert found[f"{SHARE}_yoy_change"].reason == "immature"


PLAN = "q.pla.cost_plan"


@pytest.mark.parametrize(
    ("answers", "state", "value"),
    [
        ({(PLAN, "cogs"): 0.35}, "known", 0.05),
        ({(PLAN, "cogs"): 0.45}, "known", -0.05),
        ({(PLAN, "system"): 0.05}, "not_applicable", None),
        ({(PLAN, None): "no"}, "not_applicable", None),
        ({}, "not_asked", None),
        ({(PLAN, None): "unknown"}, "answered_unknown", None),
    ],
)
def test_against_the_plan(facts, answers, state, value):
    found = facts("2025-12-31", answers=answers, **booked([0.4] * 24))
    fact = found["products.cogs_over_plan"]
    assert state in (fact.state, fact.reason)
    assert fact.value == (None if value is None else pytest.approx(value))
    assert PLAN in fact.needs


def test_a_plan_without_figures(facts):
    fact = facts("2025-12-31", answers={(PLAN, "cogs"): 0.35})["products.cogs_over_plan"]
    assert (fact.reason, fact.needs) == ("no_table", ("costs", PLAN))
