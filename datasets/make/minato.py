"""Make the folder of Minato Seisakusho, a made-up maker of metal parts to order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from chance import Chance
from minato_books import (
    Contact,
    Quote,
    account_rows,
    all_contacts,
    all_jobs,
    all_quotes,
    cash_rows,
    cost_rows,
    members,
)
from minato_flow import write_flow
from minato_orders import PARTS, Order, all_accounts, all_orders
from minato_truth import STATUSES, all_facts
from sheet import write_expected, write_rows

SEED = 20230401
SUPPLIERS = ("例示鋼材、仮名特殊鋼", "架空伸銅、試作非鉄", "見本外注工業、例示鋼材")
HEADERS = {
    "受注明細": "伝票番号 行番号 受注日 得意先コード 品名 数量 単価 金額 状態 納期 出荷日 納品日 "
    "請求日 支払期日 返品日",
    "得意先台帳": "得意先コード 初回受注日 業種 都道府県",
    "商品マスタ": "品名 分類 原価 仕入先",
    "売掛金一覧": "請求番号 得意先コード 請求日 支払期日 請求金額 入金日 入金額",
    "見積一覧": "見積番号 見積日 きっかけ 段階 受注日 失注日 見積金額 営業担当",
    "案件別原価": "製番 得意先コード 完了日 見積原価 実際原価 受注金額",
    "問合せ台帳": "受付番号 受付日 得意先コード 種別 誰が 何を いつ どこで なぜ どのように 対応者 "
    "完了日 結果連絡 開発共有",
    "費用": "計上月 科目 金額",
    "決算": "年度 科目 金額 決算日",
    "資金繰り表": "予定日 入出金 項目 金額 固定費",
}


def make(folder: Path) -> None:
    """Write ``data/`` and ``expected.json`` under a folder."""
    chance = Chance(SEED)
    accounts = all_accounts(chance)
    orders = all_orders(chance, accounts)
    quotes = all_quotes(Chance(SEED + 1))
    jobs = all_jobs(Chance(SEED + 2), orders)
    contacts = all_contacts(Chance(SEED + 3), orders)
    costs = cost_rows(Chance(SEED + 4), orders)
    tables: dict[str, Sequence[Sequence[object]]] = {
        "受注明細": [row for order in orders for row in _lines(order)],
        "得意先台帳": members(accounts, orders),
        "商品マスタ": _parts(),
        "売掛金一覧": [_invoice(order) for order in orders if order.invoiced],
        "見積一覧": [_quote(place, quote) for place, quote in enumerate(quotes, start=1)],
        "案件別原価": [
            (j.number, j.account, _day(j.finished), j.estimate, j.actual, j.amount) for j in jobs
        ],
        "問合せ台帳": [_contact(place, one) for place, one in enumerate(contacts, start=1)],
        "費用": costs,
        "決算": account_rows(orders, costs),
        "資金繰り表": [
            (_day(day), way, item, f"{yen:,}", fixed) for day, way, item, yen, fixed in cash_rows()
        ],
    }
    for name, rows in tables.items():
        path = folder / "data" / f"{name}.csv"
        write_rows(path, [HEADERS[name].split(), *rows], "cp932", "\r\n")
    write_flow(folder / "data")
    facts = all_facts(orders, quotes, jobs, contacts, costs)
    write_expected(folder / "expected.json", facts, STATUSES)


def _day(day: date | None) -> str:
    return f"{day:%Y/%m/%d}" if day else ""


def _plain(day: date | None) -> str:
    """Eight figures, as the sales management software writes them."""
    return f"{day:%Y%m%d}" if day else ""


def _lines(order: Order) -> list[tuple[object, ...]]:
    state = "キャンセル" if order.cancelled else "納品済" if order.delivered else "製作中"
    days = (order.promised, order.shipped, order.delivered, order.invoiced, order.due)
    return [
        (
            order.number,
            place,
            _plain(order.day),
            order.account,
            line.part,
            line.quantity,
            line.price,
            line.amount,
            state,
            *(_plain(day) for day in days),
            _plain(line.returned if order.delivered else None),
        )
        for place, line in enumerate(order.lines, start=1)
    ]


def _parts() -> list[tuple[object, ...]]:
    kinds = ("切削", "板金", "切削")
    return [
        (part, kinds[place % 3], row[1], SUPPLIERS[place % 3])
        for place, (part, row) in enumerate(PARTS.items())
    ]


def with_tax(amount: int) -> int:
    """What is invoiced: ten per cent on top, fractions dropped."""
    return amount * 110 // 100


def _invoice(order: Order) -> tuple[object, ...]:
    amount = with_tax(order.amount)
    return (
        f"S{order.number}",
        order.account,
        _day(order.invoiced),
        _day(order.due),
        f"{amount:,}",
        _day(order.paid),
        f"{amount:,}" if order.paid else "",
    )


def _quote(place: int, quote: Quote) -> tuple[object, ...]:
    stage = "受注" if quote.won else "失注" if quote.lost else "検討中"
    return (
        f"E{place:05d}",
        _day(quote.made),
        quote.source,
        stage,
        _day(quote.won),
        _day(quote.lost),
        quote.amount,
        quote.staff,
    )


def _contact(place: int, contact: Contact) -> tuple[object, ...]:
    return (
        f"T{place:04d}",
        _day(contact.day),
        contact.account,
        contact.kind,
        *contact.cells,
        contact.staff,
        _day(contact.done),
        contact.told,
        contact.passed_on,
    )
