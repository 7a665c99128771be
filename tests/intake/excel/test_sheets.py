"""Which sheets of a book count, and which rows of a sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from handmade.answers import code_of, fields
from handmade.parts import MAIN, Make, Raw

from toolkit.errors import InputError
from toolkit.intake.excel.workbook import read_sheet, sheet_records, workbook_sheets

STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


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


def test_a_sheet_is_known_to_hold_cells_without_reading_all_of_it(raw: Raw) -> None:
    path = raw('<row r="1"><c r="A1"><v>5</v></c></row>' + " " * 600_000 + "</broken>")
    assert workbook_sheets(path, path.name) == ("受注",)
    assert code_of(lambda: fields(path)) == "excel_damaged"


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
