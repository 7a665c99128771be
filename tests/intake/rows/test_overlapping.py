"""One order in two exports counts once; equal numbers of two shops are two orders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.intake.case import Case, load_case
from toolkit.method import Method

FIXTURES = Path(__file__).parents[1] / "adapters" / "fixtures"
BASE = (
    "注文ID,注文日時,氏(請求先),メールアドレス(請求先),商品名,価格,数量,合計金額,送料,支払い方法,"
    "発送状況"
)


@pytest.fixture
def case(make_client: Callable[..., Path], method: Method) -> Callable[..., Case]:
    def reading(**files: bytes) -> Case:
        folder = make_client({f"data/{name}.csv": data for name, data in files.items()})
        return load_case(folder, method=method)

    return reading


def lines(header: str, *rows: str) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def test_two_exports_of_one_system_hold_one_order(case, method) -> None:
    new = (FIXTURES / "amazon_new_orders" / "new_orders_utf8.txt").read_bytes()
    head, *rows = new.decode().splitlines()
    columns = head.split("\t")
    first = dict(zip(columns, rows[0].split("\t"), strict=True))
    every = (FIXTURES / "amazon_all_orders").glob("*utf8*")
    text = next(iter(sorted(every))).read_bytes().decode("utf-8-sig")
    header, line, *_ = text.splitlines()
    cells = dict(zip(header.split("\t"), line.split("\t"), strict=True))
    cells["amazon-order-id"], cells["purchase-date"] = first["order-id"], first["purchase-date"]
    again = "\n".join((header, "\t".join(cells.values()), "")).encode()
    alone = case(new=new).tables["orders"].report
    both = case(new=new, every=again).tables["orders"].report
    assert both.figures == alone.figures
    assert both.rows_deduplicated == (alone.rows_deduplicated or 0) + 1
    assert "order_elsewhere" in {note.code for note in both.notes}


def base_rows(*ids: str) -> bytes:
    tail = "石鹸,1000,1,1000,0,card,発送済"
    rows = (
        f"{order},2025-04-0{day} 10:00,山田,a{day}@example.jp,{tail}"
        for day, order in enumerate(ids, start=1)
    )
    return lines(BASE, *rows)


def test_equal_numbers_of_two_shops_are_two_orders(case) -> None:
    other = lines(
        "売上ID,受注日,購入者 顧客ID,購入者 名前,決済方法,総合計金額,入金状態,購入商品 型番",
        *(f"{n},2024-12-2{n},C{n},佐藤,card,500,済,x" for n in (1, 2)),
    )
    report = case(base=base_rows("1", "2"), colorme=other).tables["orders"].report
    assert report.figures["orders"] == 4
    assert report.figures["amount_sum"] == 3000
    assert not report.problems


def test_what_a_mall_and_its_software_both_tell_counts_once(case) -> None:
    path = next((FIXTURES / "next_engine_orders").glob("*.csv"))
    header = path.read_bytes().decode("cp932").splitlines()[0].split(",")
    known = {"支払方法": "card", "商品計": "1000", "税金": "0", "発送料": "0", "合計金額": "1000"}
    rows = []
    for n in (1, 2, 3):
        own = {"店舗伝票番号": f"B{n}", "受注日": f"2025-04-0{n}", "受注名": "山田"}
        cells = {**known, **own, "受注メールアドレス": f"a{n}@example.jp"}
        rows.append(",".join(cells.get(name, "") for name in header))
    engine = lines(",".join(header), *rows)
    report = case(base=base_rows("B1", "B2"), engine=engine).tables["orders"].report
    assert report.figures["orders"] == 3
    assert report.figures["distinct_customers"] == 3
    assert report.rows_deduplicated == 2
