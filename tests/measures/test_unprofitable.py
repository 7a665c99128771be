"""Customers whose last year left a loss: goods by cost, sending by order, fees by sales."""

import pytest

from toolkit.facts import Facts
from toolkit.measures.intervals import wilson
from toolkit.measures.summaries import summarise
from toolkit.measures.unprofitable import LOSS, LOSS_SHARE, SHARE, unprofitable_facts

PRODUCTS = [{"product": "tea", "cost": 300}, {"product": "jar", "cost": 900}]
MONTHS = [f"2024-{month:02d}" for month in range(1, 13)]


def _order(customer, day, amount, product="tea", quantity=1, **more):
    return {
        "order_id": f"{customer}{day}{product}",
        "customer_id": customer,
        "order_date": day,
        "amount": amount,
        "product": product,
        "quantity": quantity,
        **more,
    }


# All began in 2023 but new. In 2024 ann buys well every month; bob bought a jar below cost and
# cat a small tea; dan did not order; new is younger than a year.
SHOP = [
    *(_order(name, "2023-12-01", 1000) for name in ("ann", "bob", "cat", "dan")),
    *(_order("ann", f"{month}-01", 1000) for month in MONTHS),
    *(_order("ann", f"{month}-31", 1000) for month in ("2024-01", "2024-12")),
    _order("bob", "2024-06-01", 800, "jar"),
    _order("cat", "2024-06-01", 500),
    _order("new", "2024-07-01", 100),
]
# 2024: sales 15,400 in 17 orders. Logistics 3,400 = 200 an order; payment fees 1,540 = 10 %.
COSTS = [
    {"month": "2024-06", "item": "logistics", "amount": 3400},
    {"month": "2024-06", "item": "payment_fee", "amount": 1540},
    {"month": "2024-06", "item": "advertising", "amount": 99_999},
    *({"month": month, "item": "logistics", "amount": 0} for month in MONTHS if month != "2024-06"),
]


def _found(make_case, orders=SHOP, **tables):
    given = {"products": PRODUCTS, "costs": COSTS} | tables
    case = make_case("2024-12-31", orders=orders, **{k: v for k, v in given.items() if v})
    return Facts(unprofitable_facts(summarise(case)))


def test_who_left_a_loss(make_case):
    found = _found(make_case)
    # ann 14 × (1,000 − 300 − 200 − 100) = 5,600; bob 800 − 900 − 200 − 80 = −380;
    # cat 500 − 300 − 200 − 50 = −50; dan 0; new 100 − 300 − 200 − 10 = −410, not counted as old.
    share = found[SHARE]
    assert (share.value, share.n) == (2 / 4, 4)
    assert share.period == ("2024-01-01", "2024-12-31")
    assert [(item.key, item.value) for item in share.items] == [
        ("bob", pytest.approx(-380)),
        ("cat", pytest.approx(-50)),
    ]
    assert (share.low95, share.high95) == (wilson(2, 4).low95, wilson(2, 4).high95)
    assert found.value(LOSS) == pytest.approx(-430)
    assert found.value(LOSS_SHARE) == pytest.approx(430 / (5600 - 380 - 50 - 410))


def test_losses_that_leave_nothing_are_the_whole_of_it(make_case):
    # Goods at 1,500 each: ann loses 800 an order, and no order leaves anything.
    dear = [{"product": "tea", "cost": 1500}, {"product": "jar", "cost": 1500}]
    assert _found(make_case, products=dear).value(LOSS_SHARE) == 1.0
    # Goods at 680: ann 14 × 20 = 280, bob 800 − 680 − 200 − 80 = −160, cat −430, new −790.
    slim = [{"product": "tea", "cost": 680}, {"product": "jar", "cost": 680}]
    assert _found(make_case, products=slim).value(LOSS_SHARE) == 1.0


def test_goods_without_a_cost_cost_what_the_others_do(make_case):
    orders = [*SHOP, _order("dan", "2024-06-05", 1000, "gift")]
    found = _found(make_case, orders)
    # Known goods: 14 × 300 + 900 + 300 + 300 = 5,700 of 15,400; the gift's 1,000 at that rate.
    # Costs are rates on the sales of the year, 16,400 now: the booked months hold all of it.
    loss = found.value(LOSS)
    per_order, fee = 3400 / 18, 1540 / 16_400
    assert loss == pytest.approx(-(900 + per_order - 800 * (1 - fee)) + min(
        0, 500 * (1 - fee) - 300 - per_order
    ))  # fmt: skip
    assert found[SHARE].n == 4


def test_too_little_known_of_the_goods(make_case):
    orders = [*SHOP, *(_order("dan", f"{month}-05", 1000, "gift") for month in MONTHS)]
    assert _found(make_case, orders)[SHARE].reason == "no_margin"


def test_a_returned_order_keeps_the_cost_of_sending(make_case):
    back = {**_order("dan", "2024-06-05", 1000), "returned_at": "2024-06-20"}
    orders = [{"returned_at": None, **row} for row in SHOP] + [back]
    found = _found(make_case, orders)
    items = {item.key: item.value for item in found[SHARE].items}
    # 18 orders and 16,400 of sales now; of dan's order sale and goods are undone.
    assert items["dan"] == pytest.approx(-3400 / 18 - 1540 * 1000 / 16_400)


def test_a_refund_in_the_file_is_not_taken_twice(make_case):
    refund = _order("ann", "2024-06-25", -1000, returned_at="2024-06-25")
    orders = [{"returned_at": None, **row} for row in SHOP]
    orders[4]["returned_at"] = "2024-01-20"  # ann's first of the year, paid back in June
    items = {item.key for item in _found(make_case, [*orders, refund])[SHARE].items}
    assert "ann" not in items
    found = _found(make_case, [*SHOP, refund])
    # The tea came back with the refund: 1,000 − 300 less is left of all; the fees stay paid.
    assert found.value(LOSS_SHARE) == pytest.approx(430 / (4760 - 700))


def test_rates_that_were_answered_are_said(make_case):
    answers = {("q.pla.cost_rates", "cogs"): 0.3, ("q.pla.cost_rates", "logistics"): 0.2}
    case = make_case("2024-12-31", orders=SHOP, products=PRODUCTS, answers=answers)
    found = Facts(unprofitable_facts(summarise(case)))
    assert found[SHARE].basis == "said"


@pytest.mark.parametrize(
    ("orders", "tables", "reason"),
    [
        (SHOP, {"products": None}, "no_table"),
        (SHOP, {"costs": None}, "no_margin"),
        ([{k: v for k, v in row.items() if k != "quantity"} for row in SHOP], {}, "no_column"),
        ([row for row in SHOP if row["order_date"] >= "2024-06"], {}, "immature"),
        ([row for row in SHOP if row["order_date"] > "2024-01-01"], {}, "immature"),
    ],
)
def test_why_there_is_none(make_case, orders, tables, reason):
    found = _found(make_case, orders, **tables)
    assert {found[name].reason for name in (SHARE, LOSS, LOSS_SHARE)} == {reason}


def test_no_contribution_to_compare_the_loss_with(make_case):
    orders = [row for row in SHOP if row["customer_id"] != "ann"]
    orders += [_order("dan", f"{month}-{day}", 1) for month in MONTHS for day in ("01", "31")
               if not (month[5:] in ("02", "04", "06", "09", "11") and day == "31")]  # fmt: skip
    found = _found(make_case, orders)
    assert found[LOSS].value < 0
    assert found.value(LOSS_SHARE) == 1.0  # all that could be left and more
    young = [_order("eva", f"{month}-01", 1) for month in MONTHS[1:]]
    old = [_order("dan", "2023-12-01", 1000)]
    found = _found(make_case, [*young, *old])
    assert (found.value(LOSS), found[LOSS_SHARE].reason) == (0, "zero_base")
