"""Days and times: by the formats of Excel, from 1900 or 1904, and as ISO text."""

from __future__ import annotations

import datetime
from pathlib import Path

import openpyxl
import pytest
from handmade.answers import fields, first
from handmade.parts import MAIN, Raw
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from toolkit.intake.excel.formats import BUILT_IN, format_of


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
