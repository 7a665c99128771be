"""Make the folder of Aoba Satoyama-do, a made-up mail-order shop for health food."""

from __future__ import annotations

from pathlib import Path

from aoba_books import all_contacts, all_costs
from aoba_files import (
    damaged,
    write_contacts,
    write_costs,
    write_members,
    write_orders,
    write_table,
)
from aoba_flow import write_flow
from aoba_parcels import all_parcels
from aoba_sales import all_buyers, all_lines, all_visits
from aoba_shelf import (
    account_rows,
    advertising_rows,
    cash_rows,
    goods_rows,
    log_rows,
    mailing_rows,
    settlement_rows,
    stock_rows,
    visit_rows,
)
from aoba_truth import STATUSES, all_facts
from chance import Chance
from sheet import write_expected

SEED = 20231001
HEADERS = {
    "商品マスタ": "商品名 分類 原価 仕入先",
    "在庫": "日付 商品名 在庫数",
    "販促": "実施日 施策 送付数 費用 反応数",
    "アクセス": "日付 流入元 広告 セッション数 カート数 購入手続き数 注文数",
    "広告費": "年月 媒体 金額 新規顧客数",
    "売掛金一覧": "請求番号 取引先 請求日 支払期日 請求金額 入金日 入金額 消込",
    "業務ログ": "案件ID 作業 日時 担当",
    "決算": "年度 科目 金額 決算日",
    "資金繰り表": "予定日 入出金 項目 金額 固定費",
}


def make(folder: Path) -> None:
    """Write ``data/`` and ``expected.json`` under a folder."""
    chance = Chance(SEED)
    buyers = all_buyers(chance)
    lines = all_lines(chance, all_visits(chance, buyers))
    torn = damaged(Chance(SEED + 1), lines)
    costs = all_costs(Chance(SEED + 2), lines)
    contacts = all_contacts(Chance(SEED + 3), lines)
    data = folder / "data"
    parcels = all_parcels(Chance(SEED + 5), lines)
    write_orders(data, Chance(SEED + 4), lines, torn, parcels)
    write_members(data, buyers)
    write_costs(data, costs)
    write_contacts(data, contacts)
    write_flow(data)
    for name, rows in {
        "商品マスタ": goods_rows(),
        "在庫": stock_rows(lines),
        "販促": mailing_rows(Chance(SEED + 6)),
        "アクセス": visit_rows(Chance(SEED + 7)),
        "広告費": advertising_rows(costs, lines),
        "売掛金一覧": settlement_rows(lines),
        "業務ログ": log_rows(Chance(SEED + 8)),
        "決算": account_rows(costs, lines),
        "資金繰り表": cash_rows(),
    }.items():
        write_table(data / f"{name}.csv", HEADERS[name], rows)
    facts = all_facts(lines, torn, costs, contacts, parcels)
    write_expected(folder / "expected.json", facts, STATUSES)
