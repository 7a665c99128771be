"""Formulas of measure cards: read once, counted here, written for Excel."""

import pandas as pd
import pytest

from toolkit.deliverables.workbook.excel import FUNCTIONS, MOST_PAIRS, Places, excel_formula
from toolkit.deliverables.workbook.formula import columns_of, formula_of, tables_of
from toolkit.deliverables.workbook.value import value_of
from toolkit.facts import Fact
from toolkit.method import load_method

FRAMES = {
    "orders": pd.DataFrame(
        {
            "key": ["a", "b", "c", "d"],
            "orders": [1.0, 2.0, 3.0, 4.0],
            "amount": [10.0, 20.0, 30.0, 40.0],
            "second": [None, 9.0, 8.0, 20.0],
            "lost": [True, False, None, True],
        }
    )
}
FRAMES["orders"]["second"] = FRAMES["orders"]["second"].astype(float)
PLACES = Places(
    reference=lambda c: f"客[{c.name}]" if c.name in FRAMES["orders"] else None,
    tables={"orders": "客[key]"},
    sizes={"orders": 4},
    cells={"start": "$J8", "end": "$K8", "cell": "$Q8"},
    label=lambda column, code: {"a": "甲"}.get(code, code),
)
NAMES = {"start": 8, "end": 9, "cell": "b"}
CASES = {
    "rows(orders)": (4, "=ROWS(客[key])"),
    "sum(orders.amount)": (100, "=SUM(客[amount])"),
    "sum(orders.amount, orders.gone)": (100, "=SUM(客[amount])"),
    "sum(orders.amount, orders.orders) / 2": (55, "=(SUM(客[amount])+SUM(客[orders]))/2"),
    "rows(orders.orders >= 2) / rows(orders)": (
        0.75,
        '=COUNTIFS(客[orders],">=2")/ROWS(客[key])',
    ),
    "rows(orders.second >= start, orders.second <= end)": (
        2,
        '=COUNTIFS(客[second],">="&$J8,客[second],"<="&$K8)',
    ),
    "sum(orders.amount, orders.second <= end)": (50, '=SUMIFS(客[amount],客[second],"<="&$K8)'),
    "rows(orders.lost == True)": (2, "=SUMPRODUCT(--(客[lost]=TRUE))"),
    "sum(orders.amount, orders.key == cell)": (20, "=SUMPRODUCT(--(客[key]=$Q8),客[amount])"),
    "rows(orders.key != 'a')": (3, '=SUMPRODUCT(--(客[key]<>"甲"))'),
    "rows(orders.second - orders.orders <= 6)": (
        1,
        '=SUMPRODUCT((客[second]<>"")*(客[orders]<>"")*(客[second]-客[orders]<=6))',
    ),
    "mean(orders.amount)": (25, "=AVERAGE(客[amount])"),
    "mean(orders.amount, orders.orders > 2)": (35, '=AVERAGEIFS(客[amount],客[orders],">2")'),
    "median(orders.amount)": (25, "=MEDIAN(客[amount])"),
    "most(orders.amount)": (40, "=MAX(客[amount])"),
    "product(orders.orders, orders.amount)": (300, "=SUMPRODUCT(客[orders],客[amount])"),
    "gini(orders.amount)": (
        0.25,
        "=SUMPRODUCT(2*_xlfn.RANK.AVG(客[amount],客[amount],1)-ROWS(客[amount])-1,客[amount])"
        "/(ROWS(客[amount])*SUM(客[amount]))",
    ),
    "most_of(orders.amount, orders.key)": (
        40,
        "=SUMPRODUCT(MAX(SUMIF(客[key],客[key],客[amount])))",
    ),
    "1 - (1 + 2) / (3 * 4)": (0.75, "=1-((1+2)/(3*4))"),
}


def part_of(text, **by):
    return formula_of({"formula": text}, Fact(id="x", value=1, by=by))


@pytest.mark.parametrize("text", CASES)
def test_a_formula_has_one_meaning_here_and_in_excel(text):
    value, written = CASES[text]
    part = part_of(text, channel="b")
    assert value_of(part, FRAMES, NAMES) == pytest.approx(value)
    assert excel_formula(part, PLACES) == written


def test_the_largest_part_counts_equal_amounts_once():
    part = part_of("top(orders.amount, 0.3)")
    assert value_of(part, FRAMES, NAMES) == 70
    written = excel_formula(part, PLACES)
    assert "ROUNDUP(0.3*ROWS(客[amount])-1E-9,0)" in written


def test_a_condition_on_a_cell_falls_away_where_there_is_none():
    text = "sum(orders.amount, orders.key == cell)"
    assert value_of(part_of(text), FRAMES, NAMES) == 100
    assert excel_formula(part_of(text), PLACES) == "=SUM(客[amount])"


def test_the_breakdown_may_name_the_column():
    part = part_of("sum(orders[cell])", item="amount")
    assert [one.name for one in columns_of(part)] == ["amount"]
    assert part_of("sum(orders[cell])") is None


def test_cells_made_in_different_ways_have_a_formula_each():
    card = {"formula": {"step=a": "rows(orders)", "": "sum(orders.amount)"}}
    names = [
        formula_of(card, Fact(id="x", value=1, by=by)) and True
        for by in ({"step": "a"}, {}, {"step": "b"})
    ]
    assert names == [True, True, None]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "rows(",
        "__import__('os')",
        "open('x')",
        "orders.amount.sum()",
        "a if b else c",
        "x ** 2",
    ],
)
def test_what_is_no_formula_is_none(text):
    assert part_of(text) is None


def test_missing_rows_and_columns_give_no_value():
    for text in ("sum(orders.gone)", "rows(nothing)", "sum(orders.amount) / sum(orders.gone)"):
        assert value_of(part_of(text), FRAMES, NAMES) is None
    assert value_of(part_of("1 / (1 - 1)"), FRAMES, NAMES) is None
    assert excel_formula(part_of("sum(orders.gone)"), PLACES) is None


def test_each_with_each_is_left_to_the_value_where_rows_are_many():
    many = Places(
        reference=PLACES.reference,
        tables=PLACES.tables,
        sizes={"orders": MOST_PAIRS + 1},
        cells=PLACES.cells,
        label=PLACES.label,
    )
    assert excel_formula(part_of("gini(orders.amount)"), many) is None
    assert excel_formula(part_of("top(orders.amount, 0.1)"), many) is not None


def test_quotes_in_a_text_stay_inside_it():
    assert excel_formula(part_of("rows(orders.key == 'x\"y')"), PLACES) == (
        '=SUMPRODUCT(--(客[key]="x""y"))'
    )


CARDS = load_method().section("measures")


@pytest.mark.parametrize("name", CARDS)
def test_a_card_that_says_live_has_a_formula_that_reads(name):
    card = CARDS[name]
    given = card.get("formula")
    assert (card["live"] != "none") == (given is not None)
    texts = given.values() if hasattr(given, "values") else [given] if given else []
    for text in texts:
        assert list(tables_of(part_of(text, cell="x"))), name


def test_only_functions_that_every_excel_has_are_used():
    assert "INDIRECT" not in FUNCTIONS
    assert "HYPERLINK" not in FUNCTIONS
