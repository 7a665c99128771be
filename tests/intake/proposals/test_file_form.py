"""The form of a file: sheet, row of the header, encoding, separator; and how much is looked at."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from proposed.answers import Look, headers, read_through
from proposed.layouts import ROMAJI, STORES

from toolkit.errors import InputError
from toolkit.intake.files.grid import ReadOptions
from toolkit.intake.proposals.proposal import propose
from toolkit.intake.setting import Setting


def test_a_book_with_a_title_a_second_sheet_and_free_headers(
    setting: Setting, tmp_path: Path
) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["この表は社内用です"])
    sheet = book.create_sheet("売上")
    sheet.append(["売上明細表"])
    sheet.append(["2026年1月〜2月"])
    sheet.append([])
    sheet.append(
        ["伝票No.", "売上日付", "お客様コード", "お客様名", "品番", "数", "売上金額（税抜）"]
    )
    for i in range(30):
        row = [f"D{1000 + i // 2}", f"2026/1/{1 + i // 2}", f"{i // 2 % 7:04d}", "見本"]
        sheet.append([*row, f"P-{i % 5}", i % 3 + 1, 1000 + i * 37])
    sheet.append(["合計", None, None, None, None, None, 46095])
    path = tmp_path / "売上.xlsx"
    book.save(path)
    proposal = propose(path, path.name, setting.kinds["orders"], setting)
    assert proposal.read == ReadOptions(sheet="売上", header_row=4)
    assert headers(proposal) == {
        "order_id": "伝票No.",
        "customer_id": "お客様コード",
        "order_date": "売上日付",
        "amount": "売上金額（税抜）",
        "product": "品番",
        "quantity": "数",
    }
    assert proposal.rows.model == "lines"
    assert proposal.rows.guests == "quarantine"  # the row of totals is no guest
    report = read_through(proposal, path, setting)
    assert (report.rows_total, report.rows_accepted) == (31, 30)
    assert report.figures["amount_sum"] == sum(1000 + i * 37 for i in range(30))


def test_encoding_separator_and_the_row_of_the_header_are_found(look: Look) -> None:
    text = "受注一覧\t\t\n出力日：2026/2/1\t\t\n" + "伝票No\tお客様コード\t売上日付\t売上金額計\n"
    rows = "".join(f"D{i}\t000{i}\t2026/1/{i}\t{i}000\n" for i in range(1, 9))
    found = look((text + rows).encode("cp932"))
    assert found.read == ReadOptions(encoding="cp932", separator="\t", header_row=3)
    assert set(headers(found)) == {"order_id", "customer_id", "order_date", "amount"}
    assert look(ROMAJI).read == ReadOptions(separator=";")
    assert look(STORES).read == ReadOptions()
    assert look(STORES.encode("utf-8-sig")).read == ReadOptions()


def test_a_file_that_cannot_be_read_has_no_proposal(look: Look) -> None:
    with pytest.raises(InputError) as caught:
        look('"受注No,購入額\nA1,100\n')
    assert [problem.code for problem in caught.value.problems] == ["quote_not_closed"]
    assert not look("受注No,購入額\n").columns


def test_only_the_first_rows_are_looked_at(look: Look) -> None:
    rows = "".join(f"A{i},C{i % 9},2026-01-05,{i}\n" for i in range(1, 1001))
    whole = look(f"受注No,顧客CD,受注日付,購入額\n{rows}" + "B1,C1,soon,many\n" * 2000)
    assert headers(whole)["order_date"] == "受注日付"
