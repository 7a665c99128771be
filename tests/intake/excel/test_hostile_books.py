"""Bombs, entities and far cells are refused before they cost time or memory."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest
from handmade.answers import code_of, fields, refusal
from handmade.parts import MAIN, Raw

from toolkit.intake.excel.workbook import is_workbook


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


def test_the_bomb_of_the_corpus_costs_nothing(shared: Path) -> None:
    resource = pytest.importorskip("resource")
    path = shared / "corpus" / "xlsx" / "x04_zip_bomb_40mb.xlsx"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert refusal(path) == "excel_bomb"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000
