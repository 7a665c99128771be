"""What is proposed for rows: orders or lines, completed records, guests, cancelled orders."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from proposed.answers import Look, asked, headers, read_through
from proposed.layouts import EXPECTED, KINTONE, STORES

from toolkit.intake.mappings.mapping import Condition, FillDown
from toolkit.intake.setting import Setting


def test_an_order_whose_total_stands_on_each_row_is_counted_once(look: Look) -> None:
    proposal = look(STORES)
    assert (proposal.rows.model, proposal.model_reason) == ("orders", "total_repeated")
    assert proposal.rows.cancelled == (
        Condition(column="ステータス", operator="contains", operand="キャンセル"),
    )


def test_lines_of_an_order_have_amounts_of_their_own(look: Look) -> None:
    text = "注文番号,会員番号,注文日,金額計\n" + "".join(
        f"A{i // 2},C{i % 3},2026-01-0{1 + i // 2},{1000 + i * 10}\n" for i in range(8)
    )
    proposal = look(text)
    assert (proposal.rows.model, proposal.model_reason) == ("lines", "amounts_differ")


def test_two_orders_of_several_rows_do_not_show_the_row_model(look: Look) -> None:
    rows = ["A1,C1,2026-01-05,900", "A1,C1,2026-01-05,900", "A2,C2,2026-01-06,800"]
    proposal = look("受注No.,顧客CD,受注日付,購入額\n" + "\n".join(rows) + "\n")
    assert (proposal.rows.model, proposal.model_reason) == ("orders", "few")
    assert asked(proposal)["rows.model"] == ("few", (), False)
    assert proposal.ready


def test_the_rows_of_a_record_are_completed_as_kintone_leaves_them_out(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    proposal = look(KINTONE)
    assert proposal.rows.fill_down == FillDown(
        by="レコード番号", columns=("レコード番号", "受注日", "得意先コード", "進捗")
    )
    assert proposal.rows.model == "lines"
    report = read_through(proposal, tmp_path / "file.csv", setting)
    assert (report.rows_accepted, report.rows_cancelled) == (6, 1)
    assert report.figures["amount_sum"] == 9000
    assert report.figures["orders"] == 2


def test_kintone_that_repeats_the_record_on_each_row(
    look: Look, setting: Setting, tmp_path: Path
) -> None:
    rows = KINTONE.splitlines()
    whole, last = [rows[0]], []
    for row in csv.reader(rows[1:]):
        last = row if row[0] else ["", *last[1:6], *row[6:10], last[10]]
        whole.append(",".join(last))
    proposal = look("\n".join(whole) + "\n")
    assert headers(proposal) == EXPECTED["kintone"][2]
    assert proposal.rows.fill_down is None
    assert read_through(proposal, tmp_path / "file.csv", setting).figures["amount_sum"] == 9000


def test_guests_are_known_by_their_mail(look: Look) -> None:
    rows = "".join(
        f"A{i},{'' if i % 4 == 0 else f'C{i}'},p{i}@example.com,2026-01-0{i},¥{i}00\n"
        for i in range(1, 9)
    )
    proposal = look("受注No,顧客CD,メールアドレス,受注日付,購入額\n" + rows)
    assert headers(proposal)["customer_id"] == "first: 顧客CD + メールアドレス"
    assert (proposal.rows.guests, proposal.rows.persons) == ("quarantine", "match")


def test_guests_without_any_key_are_kept(look: Look) -> None:
    rows = "".join(
        f"A{i},{'' if i % 4 == 0 else f'C{i}'},2026-01-0{i},¥{i}00\n" for i in range(1, 9)
    )
    assert look("受注No,顧客CD,受注日付,購入額\n" + rows).rows.guests == "keep"


@pytest.mark.parametrize(
    ("head", "cells", "expected"),
    [
        ("状況", ["出荷済", "お客様都合キャンセル", "返品"], ("contains", "キャンセル")),
        ("状況", ["出荷済", "キャンセル", "キャンセル不可"], ("one_of", ("キャンセル",))),
        ("キャンセル日", ["", "2026-01-09", ""], ("blank", False)),
        ("取消フラグ", ["0", "1", "0"], ("one_of", ("1",))),
        ("区分", ["通常", "キャンセル", "通常"], ("contains", "キャンセル")),
        ("状況", ["出荷済", "返品", "入荷待ち"], None),
    ],
)
def test_what_marks_a_cancelled_order(
    look: Look, head: str, cells: list[str], expected: tuple[str, object] | None
) -> None:
    rows = "".join(
        f"A{i},C{i % 3},2026-01-0{i},¥{i}00,{cells[i % len(cells)]}\n" for i in range(1, 10)
    )
    found = look(f"受注No,顧客CD,受注日付,購入額,{head}\n" + rows).rows.cancelled
    assert [(test.operator, test.operand) for test in found] == ([expected] if expected else [])
