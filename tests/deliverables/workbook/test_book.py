"""The workbook read back by another library: our formulas alone, and each gives its figure."""

import math
import re
from dataclasses import replace

import pandas as pd
import pytest
from openpyxl.formula import Tokenizer

from toolkit.deliverables.tables.listing import figure_keys
from toolkit.deliverables.workbook.book import workbook_bytes
from toolkit.deliverables.workbook.excel import FUNCTIONS

SHOP_SHEETS = ["はじめに", "要約", "所見", "打ち手", "数値", "金額", "図", "図_継続の表"]
FIRM_SHEETS = ["Start here", "Summary", "Findings", "Actions", "Figures", "Amounts", "Charts"]
HEAD = 7  # row of the heads among the figures
SHOP_LIVE = {
    "customers.count",
    "customers.orders",
    "customers.net_sales",
    "customers.sales_12m",
    "customers.aov",
    "customers.repeat_rate",
    "customers.f2_conversion[window_days=180]",
    "customers.top_decile_sales_share",
    "customers.sales_gini",
    "costs.contribution_margin_rate",
    "receivables.overdue_rate",
    "work.manual_minutes_per_day",
}
FIRM_LIVE = {
    "contracts.mrr",
    "contracts.logo_churn_rate",
    "contracts.active_account_rate",
    "acquisition.win_rate",
    "receivables.dso_days",
    "costs.system_cost_ratio",
}
HOSTILE = ("=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-1+1", "http://example.com/", "\t=1", "{=1}")


def figures(values, sheet):
    """Rows of the figures by key: what stands under each head."""
    page = values[sheet]
    heads = [one.value for one in page[HEAD]]
    rows = ([one.value for one in row] for row in page.iter_rows(min_row=HEAD + 1))
    return {row[-1]: dict(zip(heads, row, strict=True)) for row in rows if row[-1]}


def test_sheets_stand_in_their_order(shop_bytes, firm_bytes, opened):
    for data, names in ((shop_bytes, SHOP_SHEETS), (firm_bytes, FIRM_SHEETS)):
        assert opened(data)[0].sheetnames[: len(names)] == names


def test_every_figure_printed_or_used_stands_with_its_raw_value(
    shop, shop_material, shop_bytes, opened
):
    found = figures(opened(shop_bytes)[1], "数値")
    assert set(found) == figure_keys(shop, shop_material.document)
    assert len(found) > 150
    for key, row in found.items():
        assert row["値（レポート）"] == pytest.approx(shop.facts[key].number, rel=1e-15)


@pytest.mark.parametrize(("which", "least"), [("shop", 100), ("firm", 80)])
def test_each_formula_gives_what_is_stored(request, which, least, evaluated):
    found = evaluated(request.getfixturevalue(f"{which}_bytes"))
    assert len(found) > least
    for sheet, cell, text, stored, given in found:
        if isinstance(given, str):
            assert (stored or "") == given, (sheet, cell, text)
        else:
            assert math.isclose(stored, given, rel_tol=1e-9, abs_tol=1e-9), (sheet, cell, text)


def test_the_leading_figures_are_live_and_agree(shop_bytes, firm_bytes, opened):
    shop = figures(opened(shop_bytes)[1], "数値")
    live = {key for key, row in shop.items() if row["照合"] == "一致"}
    wanted = {key for key in SHOP_LIVE if key in shop}
    assert len(wanted) >= 8
    assert wanted <= live
    firm = figures(opened(firm_bytes)[1], "Figures")
    live = {key for key, row in firm.items() if row["Check"] == "agrees"}
    wanted = {key for key in FIRM_LIVE if key in firm}
    assert len(wanted) >= 4
    assert wanted <= live


def test_a_changed_row_changes_the_figure(shop, material, opened, evaluated):
    """A formula that only repeated its figure would not notice a row too many."""
    customers = shop.evidence["orders"]
    doubled = {"orders": pd.concat([customers, customers.head(1)])}
    data = workbook_bytes(material(replace(shop, evidence=doubled)))
    row = figures(opened(data)[1], "数値")["customers.count"]
    assert row["計算式（根拠から）"] == "値のみ"
    assert row["照合"] == "—"


def test_rows_cut_off_leave_a_value(shop, material, opened):
    cut = {"costs": shop.evidence["costs"], "orders": shop.evidence["orders"].head(100)}
    found = figures(opened(workbook_bytes(material(replace(shop, evidence=cut))))[1], "数値")
    assert found["customers.net_sales"]["照合"] == "—"
    assert found["costs.contribution_margin_rate"]["照合"] == "一致"


def test_without_evidence_every_figure_is_a_value(shop, material, opened):
    formulas, values = opened(workbook_bytes(material(replace(shop, evidence={}))))
    assert {row["照合"] for row in figures(values, "数値").values()} == {"—"}
    assert not any(name.startswith("根拠_") for name in formulas.sheetnames)


@pytest.mark.parametrize("which", ["shop", "firm"])
def test_only_functions_of_the_list_are_called(request, which, opened):
    formulas, _ = opened(request.getfixturevalue(f"{which}_bytes"))
    called = set()
    for sheet in formulas:
        for row in sheet.iter_rows():
            for one in row:
                if one.data_type == "f":
                    called |= {
                        token.value[:-1].removeprefix("_xlfn.")
                        for token in Tokenizer(one.value).items
                        if token.type == "FUNC" and token.subtype == "OPEN"
                    }
    assert called <= set(FUNCTIONS)
    assert {"SUM", "COUNTIFS", "IF"} <= called


def test_a_clients_text_is_text(shop, material, opened):
    frame = shop.evidence["journey"].copy()
    for row, text in enumerate(HOSTILE):
        frame.loc[frame.index[row], "step"] = text
    hostile = replace(
        shop,
        client={**shop.client, "company_name": HOSTILE[0]},
        evidence={"journey": frame, "products": frame.rename(columns=_odd)},
    )
    formulas, _ = opened(workbook_bytes(material(hostile)))
    page = formulas["根拠_業務の流れ"]
    found = {one.value: one for row in page.iter_rows() for one in row if one.value in HOSTILE}
    assert set(found) == set(HOSTILE)
    for sheet in formulas:
        for row in sheet.iter_rows():
            for one in row:
                if one.data_type == "f":
                    assert "cmd" not in one.value
                if one.hyperlink is not None:
                    assert one.hyperlink.target is None  # inside the workbook alone
    assert all(one.data_type == "s" and one.hyperlink is None for one in found.values())
    assert formulas["はじめに"]["A2"].value.startswith(HOSTILE[0])


def _odd(name):
    return f"=[{name}]#'@" if name == "tool" else name


def test_the_same_material_gives_the_same_bytes(shop, shop_bytes, material):
    assert workbook_bytes(material(shop)) == shop_bytes


def test_a_number_is_shown_as_on_the_page(shop_bytes, opened):
    page = opened(shop_bytes)[0]["数値"]
    formats = {row[-1].value: row[2].number_format for row in page.iter_rows(min_row=HEAD + 1)}
    assert formats["customers.net_sales"] == '#,##0"円";"−"#,##0"円"'
    assert formats["customers.count"] == '#,##0"人";"−"#,##0"人"'
    assert formats["customers.repeat_rate"] == '0.0%;"−"0.0%'


@pytest.mark.parametrize("which", ["shop", "firm"])
def test_links_lead_to_places_that_are_there(request, which, opened):
    formulas, _ = opened(request.getfixturevalue(f"{which}_bytes"))
    links = [
        one.hyperlink.location
        for sheet in formulas
        for row in sheet.iter_rows()
        for one in row
        if one.hyperlink is not None
    ]
    assert len(links) > 50
    for link in links:
        name, cell = re.fullmatch(r"'(.+)'!([A-Z]+\d+)", link).groups()
        assert formulas[name][cell].value is not None, link


def test_a_finding_leads_to_its_figure(shop_bytes, opened):
    formulas, _ = opened(shop_bytes)
    page = formulas["所見"]
    heads = [one.value for one in page[4]]
    row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "AFT006")
    link = row[heads.index("判定に用いた指標")].hyperlink.location
    target = formulas["数値"][int(re.search(r"\d+$", link)[0])]
    assert target[-1].value == "customers.f2_conversion_t3[window_days=180]"


@pytest.mark.parametrize("which", ["shop", "firm"])
def test_every_sheet_is_ready_to_print_and_charts_are_there(request, which, opened):
    formulas, _ = opened(request.getfixturevalue(f"{which}_bytes"))
    for sheet in formulas:
        assert sheet.page_setup.paperSize == 9
        assert sheet.page_setup.fitToWidth in (None, 1)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert formulas["数値" if which == "shop" else "Figures"].print_title_rows == "$7:$7"
    charts = formulas["図" if which == "shop" else "Charts"]._charts
    assert len(charts) >= 6
