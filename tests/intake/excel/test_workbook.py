"""Excel books: what a cell becomes, which sheets count, and what is refused before it is parsed."""

from __future__ import annotations

import datetime
import io
import struct
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from toolkit.errors import InputError
from toolkit.intake.excel.formats import BUILT_IN, format_of
from toolkit.intake.excel.workbook import (
    is_workbook,
    read_sheet,
    sheet_notes,
    sheet_records,
    sniff_html,
    workbook_sheets,
)
from toolkit.intake.notes import Note
from toolkit.intake.values.cells import FAULT, fault_of
from toolkit.method import Method

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
ERA = '[$-411]ggge"年"m"月"d"日"'
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

Fill = Callable[[openpyxl.worksheet.worksheet.Worksheet], None]
Make = Callable[[Fill], Path]
Raw = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A book with one sheet, 受注, filled by a function, as openpyxl writes it."""

    def making(fill: Fill) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "受注"
        fill(sheet)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return making


@pytest.fixture
def raw(tmp_path: Path) -> Raw:
    """A book written byte by byte: rows of sheet XML, styles, shared texts and further members."""

    def writing(
        data: str = "",
        *,
        formats: tuple[str, ...] = (),
        shared: str = "",
        more: Mapping[str, bytes] | None = None,
        head: str = "",
        tail: str = "",
        book: str = "",
        space: str = MAIN,
        name: str = "raw.xlsx",
    ) -> Path:
        sheet = f'<worksheet xmlns="{space}">{head}<sheetData>{data}</sheetData>{tail}</worksheet>'
        members = {**parts(formats, shared, book, space), "xl/worksheets/sheet1.xml": sheet}
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part, content in {**members, **(more or {})}.items():
                archive.writestr(part, content)
        return path

    return writing


def parts(formats: tuple[str, ...], shared: str, book: str, space: str) -> dict[str, str]:
    codes = "".join(
        f'<numFmt numFmtId="{164 + place}" formatCode="{escape(code, {chr(34): "&quot;"})}"/>'
        for place, code in enumerate(formats)
    )
    numbered = "".join(f'<xf numFmtId="{164 + place}"/>' for place in range(len(formats)))
    relations = {
        "worksheet": "worksheets/sheet1.xml",
        "styles": "styles.xml",
        "sharedStrings": "sharedStrings.xml",
    }
    related = "".join(
        f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for kind, target in relations.items()
    )
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="a" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{OFFICE}">{book}<sheets>'
        '<sheet name="受注" sheetId="1" r:id="rworksheet"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{related}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{space}"><numFmts>{codes}</numFmts><cellStyleXfs>'
        f'<xf numFmtId="14"/></cellStyleXfs><cellXfs>{numbered}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{space}">{shared}</sst>',
    }


def fields(path: Path, sheet: str = "受注") -> list[list[str]]:
    return [record.fields for record in sheet_records(path, path.name, sheet)]


def first(path: Path) -> str:
    return fields(path)[0][0]


def code_of(call: Callable[[], object]) -> str:
    with pytest.raises(InputError) as refusal:
        call()
    assert refusal.value.code == "file_refused"
    return refusal.value.problems[0].code


def refusal(path: Path) -> str:
    """The code of the refusal, the same whichever question is asked first."""
    codes = {
        code_of(lambda: workbook_sheets(path, path.name)),
        code_of(lambda: list(sheet_records(path, path.name, "受注"))),
    }
    assert len(codes) == 1
    return codes.pop()


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


def test_dates_by_the_numbers_that_only_japanese_excel_knows() -> None:
    kinds = {number: format_of(code).kind for number, code in BUILT_IN.items()}
    assert {kinds[number] for number in (14, 27, 31, 36, 50, 55, 58)} == {"date"}
    assert {kinds[number] for number in (20, 32, 33, 45)} == {"time"}
    assert (kinds[46], kinds[11], kinds[48], kinds[9]) == ("elapsed", *["scientific"] * 2, "plain")
    assert {number for number in BUILTIN_FORMATS if number < 14} <= {*BUILT_IN, *range(9), 12, 13}


def test_a_built_in_era_format_without_a_definition_is_a_date(raw: Raw) -> None:
    styles = '<styleSheet xmlns="{}"><cellXfs><xf numFmtId="58"/></cellXfs></styleSheet>'
    path = raw(
        '<row r="1"><c r="A1" s="0"><v>43586</v></c></row>',
        more={"xl/styles.xml": styles.format(MAIN).encode()},
    )
    assert first(path) == "2019-05-01"


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        (0, "1900-01-00"),
        (1, "1900-01-01"),
        (59, "1900-02-28"),
        (60, "1900-02-29"),
        (61, "1900-03-01"),
    ],
)
def test_the_first_days_of_1900_are_those_excel_shows(raw: Raw, serial: int, text: str) -> None:
    path = raw(f'<row r="1"><c r="A1" s="0"><v>{serial}</v></c></row>', formats=("yyyy/m/d",))
    assert first(path) == text


def test_a_second_before_midnight_is_not_lost_to_rounding(raw: Raw) -> None:
    cells = '<c r="A1" s="0"><v>45383.999999999</v></c><c r="B1" s="0"><v>45383.99998843</v></c>'
    path = raw(f'<row r="1">{cells}</row>', formats=("yyyy/m/d h:mm",))
    assert fields(path) == [["2024-04-02 00:00:00", "2024-04-01 23:59:59"]]


def test_books_that_count_days_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.title = "受注"
    book.active.append([datetime.date(2024, 4, 1), datetime.time(9, 30)])
    book.save(tmp_path / "mac.xlsx")
    assert fields(tmp_path / "mac.xlsx") == [["2024-04-01", "09:30:00"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2024-04-01", "2024-04-01"),
        ("2024-04-01T00:00:00.000", "2024-04-01"),
        ("2024-04-01T09:30:00.000Z", "2024-04-01 09:30:00"),
        ("09:30", "09:30:00"),
        ("来週", "来週"),
    ],
)
def test_dates_stored_as_iso_text(raw: Raw, value: str, text: str) -> None:
    assert first(raw(f'<row r="1"><c r="A1" t="d"><v>{value}</v></c></row>')) == text


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


def test_rows_are_those_the_sheet_shows_and_all_of_one_width(make: Make) -> None:
    def fill(sheet: openpyxl.worksheet.worksheet.Worksheet) -> None:
        sheet["B2"], sheet["A4"], sheet["C4"] = "見出し", 1, 2
        sheet["F9"].number_format = "0.00"  # a format is nothing that stands in a cell

    path = make(fill)
    records = list(sheet_records(path, path.name, "受注"))
    assert [(found.row, found.line, found.fields) for found in records] == [
        (1, 1, ["", "", ""]),
        (2, 2, ["", "見出し", ""]),
        (3, 3, ["", "", ""]),
        (4, 4, ["1", "", "2"]),
    ]
    assert [found.blank for found in records] == [True, False, True, False]


@pytest.mark.parametrize("dimension", ["A1:B1", "A1:XFD1048576", "A1"])
def test_what_a_sheet_says_of_its_size_is_not_believed(raw: Raw, dimension: str) -> None:
    rows = "".join(f'<row r="{n}"><c r="C{n}"><v>{n}</v></c></row>' for n in (1, 2, 3))
    path = raw(rows, head=f'<dimension ref="{dimension}"/>')
    assert fields(path) == [["", "", "1"], ["", "", "2"], ["", "", "3"]]


def test_rows_and_cells_without_a_place_follow_each_other(raw: Raw) -> None:
    path = raw("<row><c><v>1</v></c><c><v>2</v></c></row><row/><row><c/><c><v>3</v></c></row>")
    assert fields(path) == [["1", "2"], ["", ""], ["", "3"]]


@pytest.mark.parametrize("space", [MAIN, STRICT])
def test_namespaces_and_prefixes_of_other_programs(raw: Raw, space: str) -> None:
    sheet = (
        f'<x:worksheet xmlns:x="{space}" xmlns="urn:other"><x:sheetData><x:row r="1"><x:c r="A1">'
        "<x:v>5</x:v><v>6</v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    path = raw(space=space, more={"xl/worksheets/sheet1.xml": sheet.encode("utf-16")})
    assert fields(path) == [["5"]]


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


def test_sheets_in_order_without_hidden_and_empty_ones(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "空"
    for name, state in (("売上　2024", "visible"), ("控え", "hidden"), ("鍵", "veryHidden")):
        sheet = book.create_sheet(name)
        sheet.append([name, 1])
        sheet.sheet_state = state
    book.create_chartsheet("図")
    book.create_sheet("R&D <1>").append(["x"])
    book.create_sheet("書式だけ")["B7"].number_format = "0.00"
    book.save(tmp_path / "book.xlsx")
    path = tmp_path / "book.xlsx"
    assert workbook_sheets(path, path.name) == ("売上　2024", "R&D <1>")
    assert fields(path, "R&D <1>") == [["x"]]
    assert fields(path, "控え") == [["控え", "1"]], "a hidden sheet is read where it is asked for"
    assert fields(path, "空") == []
    with pytest.raises(InputError) as refused:
        list(sheet_records(path, "data/book.xlsx", "賣上"))
    problem = refused.value.problems[0]
    assert (problem.code, problem.file) == ("sheet_missing", "data/book.xlsx")
    assert problem.params == {"sheet": "賣上", "found": "空, 売上　2024, R&D <1>, 書式だけ"}


def test_macros_links_and_nested_archives_are_not_looked_at(raw: Raw) -> None:
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as inner:
        inner.writestr("bomb", bytes(30_000_000))
    path = raw(
        '<row r="1"><c r="A1"><v>5</v></c></row>',
        more={
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 not a macro, and nobody looks",
            "xl/embeddings/inner.zip": nested.getvalue(),
            "xl/externalLinks/externalLink1.xml": b"<!DOCTYPE x><broken",
            "xl/connections.xml": b"<broken",
            "docProps/core.xml": b"<broken",
        },
        name="book.xlsm",
    )
    assert workbook_sheets(path, path.name) == ("受注",)
    assert fields(path) == [["5"]]


def test_a_book_is_known_by_its_content(raw: Raw, tmp_path: Path) -> None:
    book = raw('<row r="1"><c r="A1"><v>5</v></c></row>', name="orders.csv")
    assert is_workbook(book)
    assert fields(book) == [["5"]]
    prefixed = b"a,b\n" + book.read_bytes()
    for content in (
        prefixed,
        b"",
        b"a,b\n1,2\n",
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W",
    ):
        other = tmp_path / "other.xlsx"
        other.write_bytes(content)
        assert not is_workbook(other)
        assert code_of(lambda path=other: workbook_sheets(path, path.name)) == "excel_damaged"
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<x/>")
    assert not is_workbook(tmp_path / "letter.docx")


def test_a_file_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    assert not is_workbook(tmp_path)
    assert not is_workbook(tmp_path / "absent.xlsx")
    assert refusal(tmp_path) == "file_unreadable"
    assert refusal(tmp_path / "absent.xlsx") == "file_missing"


def test_a_sheet_is_known_to_hold_cells_without_reading_all_of_it(raw: Raw) -> None:
    path = raw('<row r="1"><c r="A1"><v>5</v></c></row>' + " " * 600_000 + "</broken>")
    assert workbook_sheets(path, path.name) == ("受注",)
    assert code_of(lambda: fields(path)) == "excel_damaged"


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"<html><body><table>", True),
        (b"\xef\xbb\xbf\r\n <!DOCTYPE html>", True),
        (b"<!-- made by x --><TABLE border=1>", True),
        ("<html>".encode("utf-16"), True),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            True,
        ),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", True),
        (b"\x8e\xf3\x92\x8d\x94\xd4\x8d\x86,<b>", False),
        ("<注文>,金額".encode(), False),
        (b"title,table\n<html>,1", False),
        (b"", False),
    ],
)
def test_web_pages_are_told_from_tables(data: bytes, found: bool) -> None:
    assert sniff_html(data) is found


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "_rels/.rels"]
)
def test_declarations_of_types_and_entities_are_refused(raw: Raw, part: str) -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
        f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t>'
        "</is></c></row></sheetData></worksheet>"
    )
    assert refusal(raw(more={part: bomb.encode("utf-16")})) == "excel_unsafe"


def test_bombs_are_refused_before_they_go_off(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    def unread(*_: object) -> None:
        raise AssertionError("a member was opened")

    many = {f"xl/media/{n}.png": b"" for n in range(10_001)}
    swollen = raw(more={"xl/media/a.bin": bytes(21 * 1024**2)}, name="swollen.xlsx")
    crowded = raw(more=many, name="crowded.xlsx")
    monkeypatch.setattr(zipfile.ZipFile, "open", unread)
    assert refusal(swollen) == "excel_bomb"
    assert refusal(crowded) == "excel_bomb"


def test_a_directory_too_large_to_list_is_refused(raw: Raw) -> None:
    path = raw('<row r="1"><c r="A1"><v>5</v></c></row>')
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.rfind(b"PK\x05\x06") + 12, 5 * 1024**2)
    path.write_bytes(data)
    assert is_workbook(path)
    assert refusal(path) == "excel_bomb"


def test_limits_of_the_whole_file(raw: Raw, monkeypatch: pytest.MonkeyPatch) -> None:
    path = raw('<row r="1"><c r="A1"><v>5</v></c></row>')
    monkeypatch.setattr("toolkit.intake.excel.limits.LARGEST_UNPACKED", 100)
    assert refusal(path) == "excel_too_large"
    monkeypatch.undo()
    monkeypatch.setattr("toolkit.intake.excel.limits.LARGEST_FILE", 100)
    assert refusal(path) == "excel_too_large"


def test_a_stray_value_far_away_does_not_fill_the_memory(raw: Raw) -> None:
    cell = '<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>'
    far = cell.format(row=1, column="XFD") + cell.format(row=1_048_576, column="A")
    assert code_of(lambda: fields(raw(far))) == "excel_sheet_too_large"
    rows = "".join(cell.format(row=row, column="XFD") for row in range(1, 1400))
    assert code_of(lambda: fields(raw(rows))) == "excel_sheet_too_large"


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


def old_office(stream: str) -> bytes:
    """The beginning and one directory entry of a file of old Office."""
    entry = f"{stream}\0".encode("utf-16-le").ljust(64, b"\0")
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entry.ljust(1024, b"\0")


def test_encrypted_and_binary_books_say_what_to_do(raw: Raw, tmp_path: Path) -> None:
    locked = tmp_path / "locked.xlsx"
    locked.write_bytes(old_office("EncryptedPackage"))
    assert is_workbook(locked)
    assert refusal(locked) == "excel_encrypted"
    letter = tmp_path / "letter.doc"
    letter.write_bytes(old_office("WordDocument"))
    assert not is_workbook(letter)
    binary = tmp_path / "book.xlsb"
    with zipfile.ZipFile(binary, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", b"\x83\x01\x00")
    assert is_workbook(binary)
    assert refusal(binary) == "excel_binary"
    path = raw('<row r="1"><c r="A1"><v>5</v></c></row>')
    data = bytearray(path.read_bytes())
    place = data.find(b"PK\x01\x02")
    while place >= 0:  # the flag of a password on each member
        data[place + 8] |= 1
        place = data.find(b"PK\x01\x02", place + 4)
    path.write_bytes(data)
    assert refusal(path) == "excel_encrypted"


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


def test_the_books_of_the_corpus(shared: Path) -> None:
    folder = shared / "corpus" / "xlsx"
    title = folder / "x01_merged_title.xlsx"
    rows = fields(title, *workbook_sheets(title, title.name))
    assert (rows[0][0], rows[2][:2], len(rows)) == (
        "2024年度 受注一覧",
        ["order_id", "customer_id"],
        23,
    )
    assert sum(int(row[3]) for row in rows[3:]) == 92_700
    formula = folder / "x07_formula_no_cache.xlsx"
    amounts = [row[3] for row in fields(formula, "Sheet")]
    faults = {place: fault for place, text in enumerate(amounts, 1) if (fault := fault_of(text))}
    assert faults == {
        2: ("formula_no_value", "=SUM(D3:D4)"),
        3: ("cell_error", "#REF!"),
    }
    assert sum(int(text) for text in amounts[3:]) == 88_900
    assert not is_workbook(folder / "x02_csv_named_xlsx.xlsx")
    assert refusal(folder / "x10_truncated.xlsx") == "excel_damaged"


def test_the_bomb_of_the_corpus_costs_nothing(shared: Path) -> None:
    resource = pytest.importorskip("resource")
    path = shared / "corpus" / "xlsx" / "x04_zip_bomb_40mb.xlsx"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(path) == "excel_bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000


def test_a_large_sheet_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("受注")
    for number in range(10_000):
        sheet.append([f"O{number}", number, number / 10, "発送済"])
    book.save(path)
    found = read_sheet(path, path.name, "受注")
    assert (found.height, found.width, found.rows[10_000]) == (
        10_000,
        4,
        ["O9999", "9999", "999.9", "発送済"],
    )
