"""Merged cells: a value over lines counts for each of them, a title stays in its first cell."""

from __future__ import annotations

import openpyxl
from handmade.answers import code_of, fields
from handmade.parts import Make, Raw

from toolkit.intake.excel.workbook import sheet_notes
from toolkit.intake.notes import Note


def test_a_value_merged_over_lines_counts_for_each_of_them(make: Make) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for row in (
            ["受注一覧", None, None, None],
            [None, None, None, None],
            ["注文番号", "顧客", "商品", "金額"],
            ["O1", "C1", "青汁", 100],
            [None, None, "美容液", 200],
            [None, None, "石けん", 300],
            ["O2", "C2", "青汁", 100],
        ):
            sheet.append(row)
        for merged in ("A1:D1", "A4:A6", "B4:B6"):
            sheet.merge_cells(merged)

    path = make(fill)
    assert fields(path) == [
        ["受注一覧", "", "", ""],
        ["", "", "", ""],
        ["注文番号", "顧客", "商品", "金額"],
        ["O1", "C1", "青汁", "100"],
        ["O1", "C1", "美容液", "200"],
        ["O1", "C1", "石けん", "300"],
        ["O2", "C2", "青汁", "100"],
    ]
    assert sheet_notes(path, path.name, "受注") == (Note(code="merged_filled", count=4),)


def test_titles_over_several_rows_stay_in_their_first_cell(make: Make) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"], sheet["D1"] = "受注一覧", "社外秘"
        sheet["A4"], sheet["B4"], sheet["C4"], sheet["D4"] = "番号", "顧客", "金額", "備考"
        sheet["A5"], sheet["B5"], sheet["C5"], sheet["D5"] = "O1", "C1", 100, "まとめ"
        for merged in ("A1:C2", "D1:D2", "C5:D5"):
            sheet.merge_cells(merged)

    path = make(fill)
    assert fields(path)[:2] == [["受注一覧", "", "", "社外秘"], [""] * 4]
    assert fields(path)[4] == ["O1", "C1", "100", ""]
    assert sheet_notes(path, path.name, "受注") == ()


def test_headers_of_two_rows_are_whole_in_the_lower_one(make: Make) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"], sheet["B1"], sheet["C1"] = "番号", "顧客", "金額"
        sheet["C2"], sheet["D2"] = "税込", "税抜"
        for merged in ("A1:A2", "B1:B2", "C1:D1"):
            sheet.merge_cells(merged)

    assert fields(make(fill)) == [["番号", "顧客", "金額", ""], ["番号", "顧客", "税込", "税抜"]]


def test_values_hidden_under_a_merged_cell_do_not_count(raw: Raw) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="B{n}"><v>{n}</v></c>'
        f'<c r="C{n}"><v>{n}</v></c></row>'
        for n in (1, 2, 3)
    )
    path = raw(rows, tail='<mergeCells><mergeCell ref="A2:B1048576"/></mergeCells>')
    assert fields(path) == [["1", "1", "1"], ["2", "", "2"], ["2", "", "3"]]
    assert sheet_notes(path, path.name, "受注")[0].count == 1


def test_ranges_that_overlap_without_end_are_refused_soon(raw: Raw) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 3001))
    merged = '<mergeCell ref="A1:A1048576"/>' * 60_000
    path = raw(rows, tail=f"<mergeCells>{merged}</mergeCells>")
    assert code_of(lambda: fields(path)) == "excel_damaged"
