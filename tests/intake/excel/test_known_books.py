"""What is a book by its content, and what other kinds of files say instead."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from handmade.answers import code_of, fields, refusal
from handmade.parts import Raw

from toolkit.intake.excel.workbook import is_workbook, sniff_html, workbook_sheets
from toolkit.intake.values.cells import fault_of


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
