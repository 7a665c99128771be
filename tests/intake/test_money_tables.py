"""Cash plans, accounts and invoices as Japanese firms keep them."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.intake.case import load_case
from toolkit.intake.mappings.recognising import named_like

AS_OF = date(2026, 4, 6)
PLAN = """予定日,入出金区分,項目,金額,固定費
2026/4/6,入金,前月繰越,"12,000,000",
2026/4/27,出金,家賃,"300,000",○
2026/5/31,入金,売掛金回収,"1,500,000",
2026/6/30,支払,仕入,80万円,×
"""
ACCOUNTS = """年度,勘定科目,金額,決算日
2025年度,売上高,"240,000",2026/3/31
2025年度,長期借入金,"60,000",2026/3/31
2025年度,純資産合計,"60,000",2026/3/31
2025年度,棚卸資産,"25,000",2026/3/31
2025年度,雑収入,10,2026/3/31
"""
INVOICES = """請求番号,取引先コード,請求日,支払期日,請求金額,入金日,消込状況
S1,A1,2026/2/28,2026/3/31,1000,2026/3/31,消込済
S2,A1,2026/3/31,2026/4/30,2000,,
S3,A2,2026/3/20,2026/4/20,500,2026/4/1,未消込
"""


def test_a_cash_plan_reaches_into_the_future(make_client, method) -> None:
    case = load_case(make_client({"data/資金.csv": PLAN}), method=method, as_of=AS_OF)
    plan = case.tables["cash_plan"].frame
    assert plan["date"].dt.date.max() == date(2026, 6, 30)
    assert case.as_of == AS_OF  # what is planned is no fact of the past
    assert plan["direction"].tolist() == ["in", "out", "in", "out"]
    assert plan["item"].tolist() == ["opening", "家賃", "collection", "仕入"]
    assert plan["amount"].tolist() == [12_000_000, 300_000, 1_500_000, 800_000]
    assert plan["fixed"].fillna(False).tolist() == [False, True, False, False]


def test_accounts_keep_items_and_the_closing_day(make_client, method) -> None:
    case = load_case(make_client({"data/決算.csv": ACCOUNTS}), method=method, as_of=AS_OF)
    books = case.tables["accounts"].frame
    items = ["sales", "long_term_debt", "equity", "inventory", "雑収入"]
    assert books["item"].tolist() == items
    assert books["closed_on"].dt.date.unique().tolist() == [date(2026, 3, 31)]
    assert case.as_of == AS_OF  # the day a year closed moves no figure


def test_the_state_of_matching_is_kept_as_written(make_client, method) -> None:
    case = load_case(make_client({"data/請求.csv": INVOICES}), method=method, as_of=AS_OF)
    frame = case.tables["receivables"].frame
    assert frame["matched"].fillna("").tolist() == ["消込済", "", "未消込"]
    assert case.as_of == date(2026, 4, 1)


@pytest.mark.parametrize("name", ["資金繰り表_2026.csv", "cash_plan.csv", "入出金予定表.csv"])
def test_names_that_speak_of_a_cash_plan(name, setting) -> None:
    from pathlib import Path

    found = named_like(Path(name), setting.kinds)
    assert found[0].name == "cash_plan"
