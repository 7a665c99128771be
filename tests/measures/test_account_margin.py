"""Margins of accounts by hand: the level, and falls that prices did not follow."""

from itertools import product

import numpy as np
import pytest

TODAY = "2025-03-31"
RATE, YOY, LOSS = (
    "tob.account_margin_rate",
    "tob.account_margin_rate_yoy",
    "tob.account_margin_loss_yen",
)
MONTHS = [f"{year}-{month:02d}" for year, month in product((2023, 2024, 2025), range(1, 13))][3:27]
COSTS = [{"product": "bolt", "cost": 60}, {"product": "nut", "cost": 10}]


def order(name, customer, day, amount, item="bolt", quantity=1):
    return {
        "order_id": name,
        "customer_id": customer,
        "order_date": day,
        "amount": amount,
        "product": item,
        "quantity": quantity,
    }


LEVEL = [
    order("1", "a", "2025-01-10", 200, quantity=2),  # costs 120
    order("2", "a", "2025-02-10", 100, "nut", 5),  # 50
    order("3", "b", "2025-03-31", 100, quantity=1),  # 60
    order("4", "b", "2024-03-31", 900, quantity=1),  # a year ago to the day
    order("5", "b", "2025-03-01", 50, "ring", 1),  # a product without a cost
]


def test_level_by_hand(facts):
    found = facts(TODAY, model="made_to_order", orders=LEVEL, products=COSTS)
    # 400 of sales with a cost, 230 of goods
    assert (found[RATE].value, found[RATE].n) == (pytest.approx(1 - 230 / 400), 2)
    assert found.value(f"{RATE}[account=a]") == pytest.approx(1 - 170 / 300)
    assert found.value(f"{RATE}[account=b]") == pytest.approx(0.4)
    assert found[f"{RATE}[account=a]"].n == 2


def test_too_little_of_known_cost_is_no_margin(facts):
    rows = [LEVEL[0], order("6", "b", "2025-03-01", 999, "ring", 1)]
    found = facts(TODAY, model="made_to_order", orders=rows, products=COSTS)
    assert found[RATE].reason == "no_margin"


def trade(customer, now_price, before_price, per_month=3):
    """Orders of one bolt each in every one of the 24 months, at the price of each year."""
    return [
        order(
            f"{customer}{month}{place}",
            customer,
            f"{month}-{10 * place + 1:02d}",
            now_price if number >= 12 else before_price,
        )
        for number, month in enumerate(MONTHS)
        for place in range(per_month)
    ]


def booked(before, now):
    """Cost of goods in the books by month."""
    return [
        {"month": month, "item": "cogs", "amount": now if number >= 12 else before}
        for number, month in enumerate(MONTHS)
    ]


def end(rows):
    """An order on the last day makes March whole."""
    return [*rows, order("end", "last", TODAY, 60)]


def run(facts, rows, costs, **more):
    return facts(
        TODAY, model="made_to_order", orders=end(rows), products=COSTS, costs=costs, **more
    )


def test_a_cost_rise_not_passed_on(facts):
    # "same" pays 100 in both years, "raised" 100 and then 130; buying cost 60 a bolt, then 72
    rows = [*trade("same", 100, 100), *trade("raised", 130, 100)]
    costs = booked(6 * 60, 6 * 72)
    costs[-1]["amount"] += 72  # the one order more on the last day
    found = run(facts, rows, costs)
    cell = found[f"{YOY}[account=same]"]
    assert (cell.value, cell.n) == (pytest.approx(0.28 - 0.40), 36)
    assert cell.high95 == pytest.approx(-0.12, abs=1e-9)  # months and orders alike: no doubt
    assert found.value(f"{YOY}[account=raised]") is None
    assert found[YOY].value == pytest.approx(-0.12)
    assert [item.key for item in found[YOY].items] == ["same"]
    assert (found[LOSS].value, found[LOSS].n) == (pytest.approx(0.12 * 36 * 100), 1)


def test_books_that_go_up_and_down_by_themselves_are_no_rise(facts):
    random = np.random.default_rng(5)
    costs = booked(6 * 60, 6 * 60)
    for row in costs:
        row["amount"] *= random.uniform(0.6, 1.4)
    found = run(facts, [*trade("same", 100, 100), *trade("other", 100, 100)], costs)
    assert found[YOY].low95 < 0 < found[YOY].high95
    assert found.value(LOSS) == 0


@pytest.mark.parametrize(("price", "stood"), [(100, True), (101, True), (102, False)])
def test_prices_count_as_unchanged_within_a_percent(facts, price, stood):
    found = run(facts, trade("a", price, 100), booked(3 * 60, 3 * 60))
    assert (f"{YOY}[account=a]" in found) is stood
    assert (found[YOY].state == "not_applicable") is not stood
    assert (found[LOSS].state == "not_applicable") is not stood


def test_what_counts_as_unchanged_is_the_clients_to_set(facts):
    own = {"price_stood_still": 0.05}
    found = run(facts, trade("a", 104, 100), booked(180, 180), thresholds=own)
    assert found[YOY].known


def test_prices_are_compared_for_goods_bought_in_both_years(facts):
    rows = trade("a", 100, 100)
    for row in rows[36:]:
        row["product"] = "nut"  # other goods altogether
    assert run(facts, rows, booked(180, 180))[YOY].state == "not_applicable"


def test_unknown_reasons(facts):
    rows, costs = trade("a", 100, 100), booked(180, 180)
    assert run(facts, trade("a", 100, 100, per_month=2), costs)[YOY].reason == "small_n"
    assert run(facts, rows, costs[1:])[YOY].reason == "immature"
    other = [{**row, "item": "system"} for row in costs]
    assert run(facts, rows, other)[YOY].reason == "no_rows"
    without = facts(TODAY, model="made_to_order", orders=end(rows), products=COSTS)
    assert (without[YOY].reason, without[LOSS].reason) == ("no_table", "no_table")
    assert without[YOY].needs == ("orders", "products", "costs")
    assert facts(TODAY, model="made_to_order", orders=rows)[RATE].reason == "no_table"
    bare = [{k: v for k, v in row.items() if k != "quantity"} for row in rows]
    assert facts(TODAY, model=None, orders=bare, products=COSTS)[RATE].reason == "no_column"


def test_a_shop_for_consumers_has_no_accounts(facts):
    found = facts(TODAY, model="general", orders=LEVEL, products=COSTS)
    for name in (RATE, YOY, LOSS):
        assert found[name].state == "not_applicable"


def test_what_the_books_leave_open_counts_for_all_accounts_alike(facts):
    """Two accounts of 3,600 yen and 60 % goods each: the error of the books is not averaged out.

    Buying cost moves by ±12 yen a bolt from month to month around 72.
    """
    rows = [*trade("a", 100, 100), *trade("b", 100, 100)]
    costs = booked(6 * 60, 6 * 72)
    for number, row in enumerate(costs[12:]):
        row["amount"] += 72 if number % 2 else -72
    costs[-1]["amount"] += 72  # the one order more on the last day
    found = run(facts, rows, costs)
    loss = found[LOSS]
    assert loss.value == pytest.approx(0.12 * 7_200, rel=1e-3)
    shift = np.array([-1, 1] * 6) * 72 / (12 * 360 + 60)  # of a yen of standard cost
    error = shift.std(ddof=1) * 12**0.5 * 0.6 * 7_200
    assert loss.high - loss.value == pytest.approx(1.363430 * error, rel=0.01)  # t of 11, 80 %
    assert loss.value - loss.low == pytest.approx(loss.high - loss.value)
