"""Sales with a coupon or discount, this year and last."""

import pytest

from toolkit.measures.discounts import CHANGE, EXTRA, SHARE, discount_facts, reduced_orders


def _rows(months, columns=("coupon",)):
    """An order of 1,000 on the 1st and one of 500 on the 15th of each month; the first reduced."""
    rows = []
    for month, reduction in months.items():
        for day, amount, given in (("01", 1000, reduction), ("15", 500, 0)):
            row = {
                "order_id": f"{month}-{day}",
                "customer_id": f"c{day}",
                "order_date": f"{month}-{day}",
                "amount": amount,
            }
            rows.append(row | {name: given for name in columns})
    rows.append({**rows[-1], "order_id": "last", "order_date": f"{month}-28", "amount": 0})
    return rows


def _months(first, reductions):
    year, month = first
    found = {}
    for place, value in enumerate(reductions):
        at = month - 1 + place
        found[f"{year + at // 12}-{at % 12 + 1:02d}"] = value
    return found


# 25 months to June 2025. Coupons in three months of the earlier year, in nine of the later one.
YEARS = _months((2023, 6), [0, *[50] * 3, *[0] * 9, *[80] * 9, *[0] * 3])


def test_this_year_against_last(facts_of):
    found = facts_of(discount_facts, "2025-06-28", orders=_rows(YEARS))
    # 29 June 2024 to 28 June 2025: July to March have coupons, 9 × 1,000 of 12 × 1,500.
    share = found[SHARE]
    assert share.value == pytest.approx(9 / 18)
    assert share.period == ("2024-06-29", "2025-06-28")
    change = found[CHANGE]
    assert change.value == pytest.approx(9 / 18 - 3 / 18)  # July to September 2023 before
    assert change.period == ("2023-06-29", "2025-06-28")
    assert found.value(EXTRA) == 9 * 80 - 3 * 50
    assert change.n == 2  # two buyers


def test_buyers_not_orders_make_the_interval(facts_of):
    rows = [{**row, "customer_id": row["order_id"]} for row in _rows(YEARS)]
    found = facts_of(discount_facts, "2025-06-28", orders=rows)
    assert found[SHARE].n == 25  # each order its own buyer, the empty one too
    assert found[SHARE].low95 < 0.5 < found[SHARE].high95
    assert found[CHANGE].low95 > -0.1


def test_coupon_and_discount_both_count_points_do_not(summed, facts_of):
    rows = [
        {"order_id": "a", "customer_id": "x", "coupon": 10, "discount": 0, "points": 0},
        {"order_id": "b", "customer_id": "y", "coupon": 0, "discount": -20, "points": 0},
        {"order_id": "c", "customer_id": "z", "coupon": 0, "discount": 0, "points": 30},
        {"order_id": "d", "customer_id": "w", "coupon": None, "discount": None, "points": 0},
    ]
    rows = [{**row, "order_date": "2025-01-01", "amount": 100} for row in rows]
    assert facts_of(discount_facts, "2025-01-31", orders=rows).value(SHARE) == 0.5
    made = summed("2025-01-31", orders=rows)
    assert reduced_orders(made)["reduction"].tolist() == [10, 20, 0, 0]


def test_a_reduction_repeated_on_every_line_is_the_orders(summed):
    lines = [("a", 30), ("a", 30), ("b", 10), ("b", 5), ("c", 10), ("c", None)]
    rows = [
        {"order_id": order, "customer_id": order, "order_date": "2025-01-01", "amount": 1,
         "discount": given}
        for order, given in lines
    ]  # fmt: skip
    made = summed("2025-01-31", orders=rows)
    assert reduced_orders(made)["reduction"].tolist() == [30, 15, 10]


def test_a_column_kept_since_some_day_says_nothing_of_before(facts_of):
    blank = {month: None if month < "2024-03" else given for month, given in YEARS.items()}
    rows = [
        {**row, "coupon": None if row["order_date"] < "2024-03" else row["coupon"]}
        for row in _rows(blank)
    ]
    found = facts_of(discount_facts, "2025-06-28", orders=rows)
    assert found[SHARE].known
    assert (found[CHANGE].reason, found[EXTRA].reason) == ("immature", "immature")


def test_why_there_is_none(facts_of):
    plain = [{k: v for k, v in row.items() if k != "coupon"} for row in _rows(YEARS)]
    found = facts_of(discount_facts, "2025-06-28", orders=plain)
    assert {found[name].reason for name in (SHARE, CHANGE, EXTRA)} == {"no_column"}
    empty = [{**row, "coupon": None} for row in _rows(YEARS)]
    found = facts_of(discount_facts, "2025-06-28", orders=empty)
    assert {found[name].reason for name in (SHARE, CHANGE, EXTRA)} == {"no_rows"}
    short = _rows(_months((2025, 1), [10] * 6))
    found = facts_of(discount_facts, "2025-06-28", orders=short)
    assert found[SHARE].known
    assert {found[name].reason for name in (CHANGE, EXTRA)} == {"immature"}
