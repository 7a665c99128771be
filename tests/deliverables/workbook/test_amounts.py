"""The yen on their sheet: cells to change, and effects, nets and totals that follow."""

from dataclasses import replace

import pytest

from toolkit.deliverables.workbook.book import workbook_bytes

HEAD = 5


def amounts(opened, data, sheet="金額"):
    formulas, values = opened(data)
    heads = [one.value for one in formulas[sheet][HEAD]]
    rows = {}
    for row in formulas[sheet].iter_rows(min_row=HEAD + 1):
        if row[0].value and len(str(row[0].value)) == 6:
            rows[row[0].value] = {
                head: (cell.value, values[sheet][cell.coordinate].value)
                for head, cell in zip(heads, row, strict=True)
            }
    return rows


def test_effects_follow_the_part_closed(shop, shop_bytes, opened):
    rows = amounts(opened, shop_bytes)
    priced = {one.id: one.yen for one in shop.judged if one.yen is not None and one.yen.gap}
    assert set(rows) == set(priced)
    for code, row in rows.items():
        if priced[code].kind == "risk":
            assert row["効果の見込み"][0] in (None, "")
            assert row["合計に含む"][0] == "—"
            continue
        formula, value = row["効果の見込み"]
        assert formula.startswith("=H")
        assert value == pytest.approx(priced[code].effect, rel=1e-9)
        assert row["差額"][0] == pytest.approx(priced[code].gap, rel=1e-15)


def test_costs_agreed_give_the_nets_of_the_plan(shop, material, opened):
    actions = list(shop.actions)
    first = actions[0]
    actions[0] = replace(
        first, initial_yen=100_000.0, monthly_yen=1_000.0,
        net=first.yen - 112_000.0, steady_net=first.yen - 12_000.0,
    )  # fmt: skip
    data = workbook_bytes(material(replace(shop, actions=tuple(actions), evidence={})))
    row = amounts(opened, data)[first.findings[0]]
    assert row["差引（初年度）"][1] == pytest.approx(first.yen - 112_000.0)
    assert row["差引（2年目以降）"][1] == pytest.approx(first.yen - 12_000.0)


def test_every_net_comes_out_again(shop, material, evaluated):
    actions = [
        replace(one, initial_yen=50_000.0, monthly_yen=500.0, net=(one.yen or 0) - 56_000.0,
                steady_net=(one.yen or 0) - 6_000.0)
        for one in shop.actions
    ]  # fmt: skip
    data = workbook_bytes(material(replace(shop, actions=tuple(actions), evidence={})))
    found = [one for one in evaluated(data) if one[0] == "金額" and one[1][0] in "MN"]
    assert len(found) > 10
    assert all(stored == pytest.approx(given) for *_, stored, given in found)


def test_totals_add_up_live(firm, firm_bytes, opened):
    formulas, values = opened(firm_bytes)
    page = formulas["Amounts"]
    sums = [
        (cell.coordinate, cell.value)
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f" and "SUMIFS" in cell.value
    ]
    assert len(sums) == 4
    found = [values["Amounts"][place].value for place, _ in sums]
    totals = firm.totals
    wanted = [totals.profit.gap, totals.profit.effect, totals.capacity.gap, totals.capacity.effect]
    assert found == pytest.approx(wanted)


def test_a_sum_that_is_held_is_not_shown(shop, shop_bytes, opened):
    assert shop.totals.held
    _, values = opened(shop_bytes)
    shown = [one.value for row in values["金額"].iter_rows() for one in row]
    assert shop.totals.profit.effect not in shown
    assert shown.count("前提の確認が必要") == 2


def test_a_client_without_amounts_is_told_so(shop, material, opened):
    bare = replace(
        shop, evidence={}, judged=tuple(replace(one, yen=None) for one in shop.judged),
        actions=tuple(replace(one, yen=None, kind=None) for one in shop.actions),
        totals=replace(shop.totals, profit=None, cash=None, capacity=None, first_year=None,
                       steady_year=None, held=False),
    )  # fmt: skip
    _, values = opened(workbook_bytes(material(bare)))
    assert values["金額"]["A5"].value == "金額に換算できた診断項目はありません。"
