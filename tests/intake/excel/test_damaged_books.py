"""Damaged books are refused with a code, and each code has its words."""

from __future__ import annotations

import openpyxl
import pytest
from handmade.answers import code_of, fields, refusal
from handmade.parts import Make, Raw

from toolkit.errors import InputError
from toolkit.intake.excel.workbook import is_workbook, sheet_records, workbook_sheets
from toolkit.method import Method

CODES = (
    "excel_too_large",
    "excel_bomb",
    "excel_sheet_too_large",
    "excel_encrypted",
    "excel_unsafe",
    "excel_damaged",
    "excel_old",
    "excel_binary",
    "sheet_missing",
    "html_not_table",
    "cell_error",
    "formula_no_value",
    "cell_digits_lost",
    "cell_date_outside",
)


@pytest.mark.parametrize(
    "data",
    [
        '<row r="0"><c r="A0"><v>1</v></c></row>',
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="x"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
        '<row r="1"><c r="11"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>7</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></row>',
    ],
)
def test_what_no_spreadsheet_program_writes_is_damage(raw: Raw, data: str) -> None:
    path = raw(data, shared="<si><t>a</t></si>")
    assert code_of(lambda: fields(path)) == "excel_damaged"


def test_one_part_cannot_be_many_sheets(raw: Raw) -> None:
    sheets = "".join(f'<sheet name="{n}" sheetId="{n}" r:id="rworksheet"/>' for n in range(2, 9))
    path = raw('<row r="1"/>', book=f"<sheets>{sheets}</sheets>")
    assert refusal(path) == "excel_damaged"


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.99])
def test_a_book_cut_short_is_damaged(make: Make, share: float) -> None:
    path = make(lambda sheet: sheet.append(["番号", "金額"]))
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert is_workbook(path)
    assert refusal(path) == "excel_damaged"


def test_flipped_bytes_give_a_refusal_or_a_sheet_and_never_a_traceback(make: Make) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        for number in range(20):
            sheet.append(["番号", number, "x" * number])

    path = make(fill)
    codes, data = set(), path.read_bytes()
    for place in range(0, len(data), 37):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :])
        try:
            workbook_sheets(path, path.name)
            list(sheet_records(path, path.name, "受注"))
        except InputError as error:
            codes.add(error.problems[0].code)
    assert "excel_damaged" in codes
    assert codes <= set(CODES)


def test_each_code_has_its_words_in_both_languages(method: Method) -> None:
    for book in (method.words["ja"], method.words["en"]):
        missing = [
            f"{code}.{part}"
            for code in CODES
            for part in ("message", "fix")
            if f"errors.{code}.{part}" not in book
        ]
        assert not missing
        assert "errors.notes.merged_filled" in book
