"""Stock by hand: its value, how long it lasts, what lies still, what ran out."""

from datetime import date, timedelta

import pytest

PRODUCTS = [
    {"product": "tea", "cost": 100},
    {"product": "cup", "cost": 200},
    {"product": "jar", "cost": 50},
]


def sold(day, product, amount, quantity):
    return {
        "order_id": f"{day}{product}",
        "customer_id": "ann",
        "order_date": day,
        "line_no": "1",
        "product": product,
        "amount": amount,
        "quantity": quantity,
    }


def year(number, tea=730, jar=2):
    """A year of sales: tea 90 % of the money, cup 9, jar 1; from 1 January to 31 December."""
    return [
        sold(f"{number}-01-01", "tea", 450, tea / 2),
        sold(f"{number}-01-02", "cup", 45, 10),
        sold(f"{number}-01-03", "jar", 5, jar / 2),
        *(sold(f"{number}-{month:02d}-15", "tea", 0, 0) for month in range(2, 12)),
        sold(f"{number}-12-31", "tea", 450, tea / 2),
        sold(f"{number}-12-30", "cup", 45, 10),
        sold(f"{number}-12-29", "jar", 5, jar / 2),
    ]


def counted(day, **quantities):
    return [{"product": p, "date": day, "quantity": q} for p, q in quantities.items()]


NOW, BEFORE = "2025-12-31", "2024-12-31"


@pytest.fixture(scope="module")
def shop(facts):
    stock = counted(BEFORE, tea=20, cup=10, jar=10) + counted(NOW, tea=40, cup=10, jar=100)
    rows = year(2023) + year(2024) + year(2025)
    return facts(NOW, orders=rows, products=PRODUCTS, stock=stock)


def test_value_of_the_latest_count(shop):
    fact = shop["stock.value_yen"]
    assert (fact.value, fact.n, fact.period) == (40 * 100 + 10 * 200 + 100 * 50, 3, (NOW, NOW))


def test_days_on_hand(shop):
    # tea 730 a year = 2 a day; cup 20 and jar 2 a year
    assert shop.value("stock.days_on_hand[class=A]") == pytest.approx(40 / (730 / 365))
    assert shop.value("stock.days_on_hand[class=C]") == pytest.approx(
        (10 + 100) / (20 / 364 + 2 / 363)
    )
    assert shop["stock.days_on_hand[class=B]"].reason == "no_rows"
    assert shop.value("stock.days_on_hand") == pytest.approx(150 / (2 + 20 / 364 + 2 / 363))


def test_slow_stock_and_a_year_ago(shop):
    # cup lasts 182 days and jar 50 years: 2,000 and 5,000 of 11,000; then 2,000 and 500 of 4,500
    slow = shop["stock.slow_c_share"]
    assert slow.value == pytest.approx(7000 / 11000)
    assert [(item.key, item.value) for item in slow.items] == [("jar", 5000.0), ("cup", 2000.0)]
    rise = shop["stock.slow_c_share_yoy"]
    assert rise.value == pytest.approx(7000 / 11000 - 2500 / 4500)
    assert rise.period == (BEFORE, NOW)


def test_what_lasts_no_longer_than_the_limit_is_not_slow(facts):
    # cup: 20 a year at 364 days; 9 last 163.8 days
    stock = counted(NOW, tea=40, cup=9, jar=0)
    found = facts(NOW, orders=year(2025), products=PRODUCTS, stock=stock)
    assert found.value("stock.slow_c_share") == 0.0
    assert found["stock.slow_c_share_yoy"].reason == "immature"


def test_an_item_not_sold_for_a_year_is_slow(facts):
    stock = counted(NOW, tea=40, jar=10, urn=5)
    products = [*PRODUCTS, {"product": "urn", "cost": 300}]
    found = facts(NOW, orders=year(2025), products=products, stock=stock)
    assert found.value("stock.slow_c_share") == pytest.approx((500 + 1500) / 6000)
    new = [{**row, "launched_at": "2025-12-01"} for row in products]
    found = facts(NOW, orders=year(2025), products=new, stock=stock)
    assert found.value("stock.slow_c_share") == 0.0  # all just launched


def test_an_item_first_sold_lately_is_not_slow_yet(facts):
    rows = [*year(2025), sold("2025-12-01", "urn", 1, 1)]
    products = [*PRODUCTS, {"product": "urn", "cost": 300}]
    stock = counted(NOW, tea=40, urn=50)
    found = facts(NOW, orders=rows, products=products, stock=stock)
    assert found.value("stock.slow_c_share") == 0.0
    assert found.value("stock.days_on_hand[class=C]") == pytest.approx(50 / (1 / 31))


def test_value_given_stands_in_for_a_cost(facts):
    stock = [
        {"product": "tea", "date": NOW, "quantity": 10, "value": 7},
        {"product": "urn", "date": NOW, "quantity": 1, "value": 900},
    ]
    found = facts(NOW, orders=year(2025), products=PRODUCTS, stock=stock)
    assert found.value("stock.value_yen") == 10 * 100 + 900


@pytest.mark.parametrize(
    ("tables", "reason"),
    [
        ({}, "no_column"),  # no cost and no value anywhere
        ({"products": [{"product": "urn", "cost": 5}]}, "no_rows"),
    ],
)
def test_no_value(facts, tables, reason):
    stock = counted(NOW, tea=10, cup=10)
    found = facts(NOW, orders=year(2025), stock=stock, **tables)
    assert found["stock.value_yen"].reason == reason
    assert found["stock.slow_c_share"].reason == reason
    assert found["stock.days_on_hand[class=A]"].known


@pytest.mark.parametrize(
    ("orders", "reason"),
    [
        (None, "no_table"),
        ([{k: v for k, v in row.items() if k != "quantity"} for row in year(2025)], "no_column"),
        ([{k: v for k, v in row.items() if k != "product"} for row in year(2025)], "no_column"),
        (year(2025)[10:], "immature"),
        ([{**row, "product": None} for row in year(2025)], "no_rows"),
    ],
)
def test_no_sales_beside_the_stock(facts, orders, reason):
    tables = {} if orders is None else {"orders": orders}
    stock = counted(NOW, tea=10, cup=10)
    found = facts(NOW, products=PRODUCTS, stock=stock, **tables)
    assert found["stock.slow_c_share"].reason == reason
    assert found["stock.days_on_hand[class=C]"].reason == reason
    assert found.value("stock.value_yen") == 3000


def test_nothing_left_in_stock(facts):
    found = facts(NOW, orders=year(2025), products=PRODUCTS, stock=counted(NOW, tea=0, cup=-1))
    assert found.value("stock.value_yen") == 0.0
    assert found["stock.slow_c_share"].reason == "zero_base"
    assert found["stock.days_on_hand[class=A]"].reason == "no_rows"


def test_places_of_store_are_added(facts):
    stock = counted(NOW, tea=10) + counted(NOW, tea=5)
    assert facts(NOW, products=PRODUCTS, stock=stock).value("stock.value_yen") == 1500


def days(first, count, of):
    """Daily rows of tea: ``of`` gives the quantity by number of the day."""
    start = date.fromisoformat(first)
    return [
        {"product": "tea", "date": (start + timedelta(days=i)).isoformat(), "quantity": of(i)}
        for i in range(count)
    ]


def test_days_out_of_stock(facts):
    stock = days("2025-10-03", 90, lambda i: 0 if i < 9 else 5)
    stock += [{**row, "product": "jar", "quantity": 0} for row in stock]  # no A-item
    fact = facts(NOW, orders=year(2025), stock=stock)["stock.out_days_share_a"]
    assert (fact.value, fact.n, fact.low) == (0.1, 90, None)
    assert [(item.key, item.value) for item in fact.items] == [("tea", 9)]
    assert fact.period == ("2025-10-03", NOW)


def test_a_list_of_changes_holds_until_the_next(facts):
    stock = [
        *counted("2025-09-23", tea=8),
        *counted("2025-10-03", tea=0),
        *counted("2025-10-13", tea=6),
        *counted("2025-09-24", jar=1),
        *counted("2025-09-25", cup=1),
        *counted(NOW, jar=1),
    ]
    fact = facts(NOW, orders=year(2025), stock=stock)["stock.out_days_share_a"]
    # tea known from 23 September to 31 December: 100 days, ten of them at nought
    assert (fact.value, fact.n) == (pytest.approx(0.1), 100)


@pytest.mark.parametrize(
    ("stock", "reason"),
    [
        (days("2025-10-04", 89, lambda i: 0), "immature"),
        (days("2025-01-31", 335, lambda i: 0)[::28], "small_n"),
        ([{**row, "product": "jar"} for row in days("2025-10-03", 90, lambda i: 0)], "no_rows"),
    ],
)
def test_too_little_stock_history(facts, stock, reason):
    assert facts(NOW, orders=year(2025), stock=stock)["stock.out_days_share_a"].reason == reason


def test_no_product_in_orders(facts):
    rows = [{k: v for k, v in row.items() if k != "product"} for row in year(2025)]
    found = facts(NOW, orders=rows, stock=days("2025-10-03", 90, lambda i: 0))
    assert found["stock.out_days_share_a"].reason == "no_column"
    assert found["stock.out_days_share_a_yoy"].reason == "no_column"


def test_out_of_stock_against_last_year(facts):
    """2024: one day a month out; 2025: three days, in one month four and in one two."""

    def quantity(i):
        day = date(2024, 1, 1) + timedelta(days=i)
        out = 1 if day.year == 2024 else {1: 4, 2: 2}.get(day.month, 3)
        return 0 if day.day <= out else 5

    found = facts(NOW, orders=year(2024) + year(2025), stock=days("2024-01-01", 731, quantity))
    fact = found["stock.out_days_share_a_yoy"]
    assert fact.value == pytest.approx(36 / 365 - 12 / 366)
    assert (fact.n, fact.sampled, fact.low95 > 0) == (365, True, True)
    assert fact.period == ("2024-01-01", NOW)
    assert found.value("stock.out_days_share_a_yoy_change") == pytest.approx(
        (36 / 365 - 12 / 366) / (12 / 366)
    )
    half = facts(NOW, orders=year(2025), stock=days("2024-01-01", 731, quantity))
    assert half["stock.out_days_share_a_yoy"].reason == "immature"
    short = facts(NOW, orders=year(2025), stock=days("2025-01-01", 365, quantity))
    assert short["stock.out_days_share_a_yoy"].reason == "immature"
