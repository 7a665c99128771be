"""Items that carry the shop, and those that hang on one supplier, by hand."""

from typing import ClassVar

import pytest


def lines(*cells, day="2026-03-01", **more):
    """Order lines of ``order product amount quantity``, numbered within their order."""
    return [
        {
            "order_id": order,
            "customer_id": "ann",
            "order_date": day,
            "line_no": str(place),
            "product": product,
            "amount": amount,
            "quantity": quantity,
            **more,
        }
        for place, (order, product, amount, quantity) in enumerate(cells)
    ]


# tea 500 = 50 %, cup 300 (80 %), pot 120 (92 %), tin 50 (97 %), lid 30
SALES = lines(
    ("o1", "tea", 200, 2),
    ("o1", "cup", 300, 1),
    ("o2", "tea", 300, 3),
    ("o2", "pot", 120, 1),
    ("o3", "tin", 50, 1),
    ("o3", "lid", 30, 1),
)


def test_largest_item_and_a_items(facts):
    found = facts("2026-03-31", orders=SALES)
    top = found["products.top1_sales_share"]
    assert (top.value, top.n, top.low) == (0.5, 3, None)
    assert [(item.key, item.value) for item in top.items] == [("tea", 500.0)]
    items = found["products.a_items_count"]
    assert (items.value, items.n) == (2, 5)
    assert [(item.key, item.value) for item in items.items] == [("tea", 500.0), ("cup", 300.0)]
    assert top.period == ("2026-03-01", "2026-03-01")


def test_one_large_item_is_an_a_item_by_itself(facts):
    rows = lines(("o1", "tea", 900, 1), ("o2", "cup", 100, 1))
    found = facts("2026-03-31", orders=rows)
    assert found.value("products.a_items_count") == 1
    assert found.value("products.top1_sales_share") == 0.9


def test_only_the_last_twelve_months_count(facts):
    old = lines(("x1", "jar", 9_000, 1), day="2025-03-01")
    found = facts("2026-03-31", orders=old + SALES)
    assert found.value("products.top1_sales_share") == 0.5
    assert found["products.top1_sales_share"].period == ("2025-03-02", "2026-03-01")


def test_classes():
    import pandas as pd

    from toolkit.measures.assortment import abc_classes

    class Ours:
        method = None
        own_sizes: ClassVar = {}

    sales = pd.Series({"a": 50.0, "b": 30.0, "c": 15.0, "d": 5.0, "e": -20.0})
    # 50, 80 | 95 | 100, and returns alone are C
    assert "".join(abc_classes(Ours(), sales)) == "AABCC"


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{**row, "product": None} for row in SALES], "no_rows"),
        ([{**row, "_repeated": row["line_no"] == "1"} for row in SALES], "no_column"),
        ([{**row, "amount": 0} for row in SALES], "zero_base"),
        ([{k: v for k, v in row.items() if k != "product"} for row in SALES], "no_column"),
    ],
)
def test_no_sales_by_item(facts, rows, reason):
    found = facts("2026-03-31", orders=rows)
    for fact_id in ("products.top1_sales_share", "products.a_items_count"):
        assert found[fact_id].reason == reason


def test_a_fifth_without_a_name_is_still_known_and_more_is_not(facts):
    rows = lines(("o1", "tea", 80, 1), ("o1", None, 20, 1))
    assert facts("2026-03-31", orders=rows).value("products.top1_sales_share") == 0.8
    rows = lines(("o1", "tea", 79, 1), ("o1", None, 21, 1))
    assert facts("2026-03-31", orders=rows)["products.top1_sales_share"].reason == "no_rows"


def products(**suppliers):
    return [{"product": p, "cost": 10, "supplier": s} for p, s in suppliers.items()]


@pytest.mark.parametrize(
    ("suppliers", "value", "named"),
    [
        ({"tea": "Uji", "cup": "Seto、Mino"}, 1, ["tea"]),
        ({"tea": "Uji", "cup": None}, 1, ["tea"]),  # what is found stands
        ({"tea": "Uji / Shizuoka", "cup": "Seto; Mino"}, 0, []),
        ({"tea": "Foo Co., Ltd.", "cup": "Seto,Mino"}, 1, ["tea"]),
        ({"tea": "Uji、uji ", "cup": "Seto"}, 2, ["tea", "cup"]),
    ],
)
def test_single_suppliers(facts, suppliers, value, named):
    found = facts("2026-03-31", orders=SALES, products=products(lid="X", **suppliers))
    fact = found["products.sole_supplier_a_count"]
    assert (fact.value, [item.key for item in fact.items]) == (value, named)


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        (None, "no_table"),
        ([{"product": "tea", "cost": 10}], "no_column"),
        (products(lid="X"), "no_rows"),
        (products(tea="Uji、Shizuoka"), "no_rows"),  # none found, and cup not looked into
    ],
)
def test_no_supplier_known(facts, table, reason):
    tables = {} if table is None else {"products": table}
    found = facts("2026-03-31", orders=SALES, **tables)
    assert found["products.sole_supplier_a_count"].reason == reason
    assert found["products.sole_supplier_a_count"].needs == ("products",)


def test_sales_of_the_items_with_one_supplier(facts):
    year = [*lines(("x", "tea", 40, 1), day="2025-03-02"), *SALES]
    found = facts("2026-03-31", orders=year, products=products(tea="X", cup="X、Y"))
    assert found.value("products.sole_supplier_sales_yen") == 540.0  # tea alone
    short = facts("2026-03-31", orders=SALES, products=products(tea="X", cup="X、Y"))
    assert short["products.sole_supplier_sales_yen"].reason == "immature"


def test_no_supplier_no_sales_of_theirs(facts):
    fact = facts("2026-03-31", orders=SALES)["products.sole_supplier_sales_yen"]
    assert (fact.reason, fact.needs) == ("no_table", ("products",))
