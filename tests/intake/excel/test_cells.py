"""What a cell becomes: the text a person would type, or a fault where no value can be trusted."""

from __future__ import annotations

import datetime

import openpyxl
import pytest
from handmade.answers import fields, first
from handmade.parts import Make, Raw

from toolkit.intake.values.cells import FAULT, fault_of

ERA = '[$-411]ggge"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (1200, "General", "1200"),
        (1200.0, "#,##0", "1200"),
        (-500, "¥#,##0;[Red]¥-#,##0", "-500"),
        (0, "General", "0"),
        (0.1, "General", "0.1"),
        (1234.5, '#,##0.00"円"', "1234.5"),
        (0.0000001, "General", "0.0000001"),
        (0.3, "0%", "0.3"),
        (123456789012345, "General", "123456789012345"),
        (True, "General", "TRUE"),
        (False, "General", "FALSE"),
        ("  0012 ", "General", "  0012 "),
        ("=笑=", "@", "=笑="),
        (datetime.date(2024, 4, 1), "yyyy/m/d", "2024-04-01"),
        (datetime.date(2019, 5, 1), ERA, "2019-05-01"),
        (datetime.date(2019, 5, 1), "ge.m.d", "2019-05-01"),
        (datetime.date(2024, 4, 1), 'm"月"d"日"(aaa)', "2024-04-01"),
        (datetime.date(2024, 4, 1), 'yyyy"年"m"月"', "2024-04-01"),
        (datetime.datetime(2024, 4, 1, 23, 5, 9), "yyyy-mm-dd h:mm", "2024-04-01 23:05:09"),
        (datetime.datetime(2024, 4, 1, 23, 5, 9), "yyyy-mm-dd", "2024-04-01 23:05:09"),
        (datetime.datetime(2024, 4, 1), "yyyy-mm-dd h:mm", "2024-04-01 00:00:00"),
        (datetime.time(9, 30), "h:mm", "09:30:00"),
        (datetime.time(9, 30), 'h"時"mm"分"', "09:30:00"),
        (datetime.timedelta(hours=26, minutes=5), "[h]:mm", "26:05:00"),
        (12, "00000", "00012"),
        (1000012, "000-0000", "100-0012"),
        (7, '"C"0000', "C0007"),
        (7, '0000"番"', "0007"),
        (123456, "0000", "123456"),
        (-12, "00000", "-12"),
        (1.5, "00000", "1.5"),
        (3, '0"個"', "3"),
        (12, "0000.00", "12"),
        (5, '#,##0 "months"', "5"),
        (5, r"#,##0\ \m\d", "5"),
    ],
)
def test_a_cell_is_the_text_a_person_would_type(
    make: Make, value: object, shown: str, text: str
) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["A1"] = value
        sheet["A1"].data_type = "s" if isinstance(value, str) else sheet["A1"].data_type
        sheet["A1"].number_format = shown

    assert first(make(fill)) == text


@pytest.mark.parametrize(("number", "text"), [(12, "012"), (1234, "123-4"), (1000001, "100-0001")])
def test_a_padded_format_may_depend_on_the_number(raw: Raw, number: int, text: str) -> None:
    path = raw(
        f'<row r="1"><c r="A1" s="0"><v>{number}</v></c></row>',
        formats=("[<=999]000;[<=9999]000-0;000-0000",),
    )
    assert first(path) == text


@pytest.mark.parametrize(
    ("cell", "shown", "fault"),
    [
        ("<v>1234567890123456</v>", "0", ("cell_digits_lost", "1.23457E+15")),
        ("<v>4.9012345678901E+17</v>", "General", ("cell_digits_lost", "4.90123E+17")),
        ("<v>490123000000</v>", "0.00E+00", ("cell_digits_lost", "4.90123E+11")),
        ("<v>-1</v>", "yyyy/m/d", ("cell_date_outside", "-1")),
        ("<v>20240401</v>", "yyyy/m/d", ("cell_date_outside", "20240401")),
        ("<v>-0.5</v>", "[h]:mm", ("cell_date_outside", "-0.5")),
    ],
)
def test_a_number_that_cannot_be_trusted_is_none(
    raw: Raw, cell: str, shown: str, fault: tuple[str, str]
) -> None:
    path = raw(f'<row r="1"><c r="A1" s="0">{cell}</c></row>', formats=(shown,))
    assert fault_of(first(path)) == fault


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<v>0.10000000000000001</v>", "0.1"),
        ("<v>1.2E3</v>", "1200"),
        ("<v>0E+00</v>", "0"),
        ("<v>-0</v>", "0"),
        ("<v>NaN</v>", "NaN"),
        ("<v>二百</v>", "二百"),
        ("<v></v>", ""),
    ],
)
def test_numbers_as_other_programs_store_them(raw: Raw, cell: str, text: str) -> None:
    path = raw(f'<row r="1"><c r="A1">{cell}</c><c r="B1" t="b"><v>1</v></c></row>')
    assert fields(path) == [[text, "TRUE"]]


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("<f>C2*2</f>", ("formula_no_value", "=C2*2")),
        ("<f>SUM(D3:D4)</f><v/>", ("formula_no_value", "=SUM(D3:D4)")),
        ('<f t="shared" si="0"/>', ("formula_no_value", "=…")),
    ],
)
def test_a_formula_never_calculated_has_no_value(
    raw: Raw, cell: str, fault: tuple[str, str]
) -> None:
    assert fault_of(first(raw(f'<row r="1"><c r="A1">{cell}</c></row>'))) == fault


def test_a_formula_gives_the_value_that_was_stored(raw: Raw) -> None:
    row = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>A1&amp;""</f><v>青汁_x000D_</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1"><f>B1*0</f><v>0</v></c>'
    )
    assert fields(raw(f'<row r="1">{row}</row>')) == [["2", "青汁\r", "", "0"]]


def test_a_placeholder_zero_in_a_book_never_calculated_is_no_value(raw: Raw) -> None:
    row = '<c r="A1"><f>1+1</f><v>0</v></c><c r="B1"><v>0</v></c><c r="C1"><f>1+1</f><v>2</v></c>'
    path = raw(f'<row r="1">{row}</row>', book='<calcPr fullCalcOnLoad="1"/>')
    found = fields(path)[0]
    assert fault_of(found[0]) == ("formula_no_value", "=1+1")
    assert found[1:] == ["0", "2"]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#SPILL!"])
def test_an_error_is_no_value(raw: Raw, error: str) -> None:
    cells = f'<c r="A1" t="e"><v>{error}</v></c><c r="B1" t="e"><f>1/0</f><v>{error}</v></c>'
    assert [fault_of(text) for text in fields(raw(f'<row r="1">{cells}</row>'))[0]] == [
        ("cell_error", error)
    ] * 2


def test_texts_are_joined_over_runs_without_their_reading(raw: Raw) -> None:
    ruby = '<rPh sb="0" eb="2"><t>アオキ</t></rPh><phoneticPr fontId="1"/>'
    runs = f"<r><rPr><b/></rPr><t>青木</t></r><r><t> 商店</t></r>{ruby}"
    path = raw(
        '<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c>'
        f'<c r="C1" t="inlineStr"><is>{runs}</is></c><c r="D1" t="s"><v>2</v></c></row>',
        shared=f"<si><t>東京{ruby and ''}</t>{ruby}</si><si>{runs}</si><si><t/></si>",
    )
    assert fields(path) == [["青木 商店", "東京", "青木 商店"]]


def test_escapes_in_texts_are_resolved_once(raw: Raw) -> None:
    row = "".join(
        f'<c r="{letter}1" t="inlineStr"><is><t>{text}</t></is></c>'
        for letter, text in zip(
            "ABCD", ("a_x000D_\nb", "_x005F_x000D_", "_xD83D__xDE00_", "x_x0000_y"), strict=True
        )
    )
    assert fields(raw(f'<row r="1">{row}</row>')) == [["a\r\nb", "_x000D_", "😀", "xy"]]


def test_a_text_cannot_pass_for_a_fault(raw: Raw) -> None:
    text = f"{FAULT}cell_error{FAULT}x"
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    assert fault_of(first(raw(row))) is None
