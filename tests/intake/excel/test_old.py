"""Excel 97-2003 books: records built by hand, read as another reader does, and then better."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from toolkit.errors import InputError
from toolkit.intake.excel.workbook import is_workbook, sheet_notes, sheet_records, workbook_sheets
from toolkit.intake.notes import Note
from toolkit.intake.values.cells import fault_of

FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
PLAIN, PADDED, DAY = 0, 1, 2
GLOBALS, SHEET, CHART = 0x0005, 0x0010, 0x0020


def record(number: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", number, len(data)) + data


def begin(kind: int, version: int = 0x0600) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", version, kind, 0, 0, 0, 0x06000006))


def wide(text: str, length: str = "H") -> bytes:
    return struct.pack(f"<{length}B", len(text), 1) + text.encode("utf-16-le")


def shared(place: tuple[int, int, int], number: int) -> bytes:
    return record(0x00FD, struct.pack("<3HI", *place, number))


def number(place: tuple[int, int, int], value: float) -> bytes:
    return record(0x0203, struct.pack("<3Hd", *place, value))


def formula(place: tuple[int, int, int], result: bytes) -> bytes:
    return record(0x0006, struct.pack("<3H", *place) + result + struct.pack("<HIH", 0, 0, 0))


def special(kind: int, value: int = 0) -> bytes:
    return struct.pack("<6BH", kind, 0, value, 0, 0, 0, 0xFFFF)


def stream(sheets: list[tuple[str, int, bytes]], *extra: bytes, texts: bytes = b"") -> bytes:
    """A book's stream: styles plain, 00000 and yyyy/m/d; sheets as (name, state, records)."""
    head = begin(GLOBALS) + record(0x0042, struct.pack("<H", 1200)) + b"".join(extra)
    head += record(0x041E, struct.pack("<H", 164) + wide("00000"))
    for shown in (0, 164, 14):
        head += record(0x00E0, struct.pack("<HH", 0, shown).ljust(20, b"\0"))
    bound = [(state, wide(name, "B")) for name, state, _ in sheets]
    tail = texts + record(0x000A)
    place = len(head) + sum(4 + 6 + len(name) for _, name in bound) + len(tail)
    bodies = [begin(SHEET) + cells + record(0x000A) for *_, cells in sheets]
    for (state, name), body in zip(bound, bodies, strict=True):
        head += record(0x0085, struct.pack("<IBB", place, state, 0) + name)
        place += len(body)
    return head + tail + b"".join(bodies)


def compound(data: bytes, name: str = "Workbook") -> bytes:
    """A compound file of one stream, among the small ones if it is small."""
    small = len(data) < 4096
    size = len(data)
    data = data.ljust(-(-size // 512) * 512, b"\0")
    first, count = (3, len(data) // 512) if small else (2, len(data) // 512)
    table = [TABLE, END, *([END] if small else [])]
    table += [*range(first + 1, first + count), END]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 62, 3, 0xFFFE, 9, 6)
    head += bytes(6) + struct.pack("<3I", 0, 1, 1) + struct.pack("<2I", 0, 4096)
    head += struct.pack("<2I", *((2, 1) if small else (END, 0))) + struct.pack("<2I", END, 0)
    head += struct.pack("<109I", 0, *[FREE] * 108)
    root = entry("Root Entry", 5, first if small else END, len(data) if small else 0)
    body = struct.pack("<128I", *table, *[FREE] * (128 - len(table)))
    body += (root + entry(name, 2, 0 if small else first, size)).ljust(512, b"\0")
    if small:
        minis = len(data) // 64
        body += struct.pack(f"<{minis}I", *range(1, minis), END).ljust(512, b"\xff")
    return head + body + data


def entry(name: str, kind: int, first: int, size: int) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    links = struct.pack("<3I", FREE, FREE, 1 if kind == 5 else FREE)
    packed = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1) + links
    return packed + bytes(36) + struct.pack("<IQ", first, size)


def fields(path: Path, sheet: str) -> list[list[str]]:
    return [found.fields for found in sheet_records(path, path.name, sheet)]


def code_of(path: Path) -> str:
    with pytest.raises(InputError) as refusal:
        workbook_sheets(path, path.name)
    return refusal.value.problems[0].code


def lines() -> bytes:
    return b"".join(
        [
            shared((0, 0, PLAIN), 0),
            shared((0, 1, PLAIN), 1),
            record(0x0204, struct.pack("<3HHB", 0, 2, 0, 3, 0) + b"abc"),
            number((1, 0, PADDED), 123.0),
            number((1, 1, DAY), 45383.0),
            number((1, 2, PLAIN), 0.1),
            record(0x027E, struct.pack("<3HI", 2, 0, PLAIN, (1200 << 2) | 2)),
            record(
                0x00BD,
                struct.pack(
                    "<HHHIHIH", 2, 1, 0, (150 << 2) | 3, 0, ((-5 << 2) | 2) & 0xFFFFFFFF, 2
                ),
            ),
            record(0x0205, struct.pack("<3HBB", 3, 0, 0, 1, 0)),
            record(0x0205, struct.pack("<3HBB", 3, 1, 0, 0x2A, 1)),
            formula((3, 2, PLAIN), struct.pack("<d", 980.0)),
            formula((4, 0, PLAIN), special(0)) + record(0x0207, wide("計算")),
            formula((4, 1, PLAIN), special(2, 0x07)),
            formula((4, 2, PLAIN), special(1, 1)),
            begin(CHART) + number((9, 9, 0), 1.0) + record(0x000A),
        ]
    )


@pytest.fixture
def book(tmp_path: Path) -> Path:
    # a text with a reading (ruby) split over two records, the second of another width
    texts = record(
        0x00FC,
        struct.pack("<II", 2, 2)
        + wide("番号")
        + struct.pack("<HBI", 4, 0x05, 6)
        + "青木".encode("utf-16-le"),
    )
    texts += record(0x003C, b"\x00" + b"ab" + b"ruby!!")
    path = tmp_path / "orders.xls"
    sheets = [("受注", 0, lines()), ("控え", 1, lines()), ("空", 0, b"")]
    path.write_bytes(compound(stream(sheets, record(0x01C1, bytes(8)), texts=texts)))
    return path


def test_cells_of_every_kind(book: Path) -> None:
    rows = fields(book, "受注")
    assert rows[:3] == [
        ["番号", "青木ab", "abc"],
        ["00123", "2024-04-01", "0.1"],
        ["1200", "1.5", "-5"],
    ]
    assert (rows[3][0], fault_of(rows[3][1]), rows[3][2]) == ("TRUE", ("cell_error", "#N/A"), "980")
    assert (rows[4][0], fault_of(rows[4][1]), rows[4][2]) == (
        "計算",
        ("cell_error", "#DIV/0!"),
        "TRUE",
    )
    assert len(rows) == 5


def test_the_book_is_one_that_another_reader_opens_too(book: Path) -> None:
    sheet = CalamineWorkbook.from_path(str(book)).get_sheet_by_name("受注")
    rows = sheet.to_python()
    assert rows[0] == ["番号", "青木ab", "abc"]
    assert rows[2] == [1200, 1.5, -5]
    assert rows[4][0] == "計算"


def test_sheets_in_order_without_hidden_and_empty_ones(book: Path) -> None:
    assert is_workbook(book)
    assert workbook_sheets(book, book.name) == ("受注",)
    assert fields(book, "控え")[1][0] == "00123"


def test_small_and_large_streams_days_from_1904_and_merged_cells(tmp_path: Path) -> None:
    merged = record(0x00E5, struct.pack("<H4H", 1, 0, 1, 0, 0))
    cells = number((0, 0, DAY), 43921.0) + number((1, 1, PADDED), 7.0) + merged
    for size in (0, 9000):
        filler = record(0x00FF, bytes(size // 2)) * 2
        data = stream([("a", 0, cells)], record(0x0022, b"\x01\0"), filler)
        assert (len(data) < 4096) is (size == 0)
        path = tmp_path / f"{size}.xls"
        path.write_bytes(compound(data))
        assert fields(path, "a") == [["2024-04-01", ""], ["2024-04-01", "00007"]]
        assert sheet_notes(path, path.name, "a") == (Note(code="merged_filled", count=1),)


@pytest.mark.parametrize("calculated", [True, False])
def test_formulas_that_no_program_calculated_have_no_value(
    tmp_path: Path, calculated: bool
) -> None:
    cells = formula((0, 0, PLAIN), special(3)) + formula((0, 1, PLAIN), bytes(8))
    cells += formula((0, 2, PLAIN), struct.pack("<d", 2.0))
    extra = [record(0x01C1, bytes(8))] if calculated else []
    path = tmp_path / "book.xls"
    path.write_bytes(compound(stream([("a", 0, cells)], *extra)))
    found = fields(path, "a")[0]
    faults = [fault and fault[0] for fault in map(fault_of, found)]
    if calculated:
        assert found == ["", "0", "2"]
    else:
        assert faults == ["formula_no_value", "formula_no_value", None]


def test_books_that_are_locked_or_too_old_say_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "book.xls"
    path.write_bytes(compound(stream([("a", 0, b"")], record(0x002F, bytes(6)))))
    assert code_of(path) == "excel_encrypted"
    path.write_bytes(compound(begin(GLOBALS, 0x0500) + record(0x000A), "Book"))
    assert is_workbook(path)
    assert code_of(path) == "excel_old"


def test_damage_is_a_refusal_and_never_a_traceback(book: Path, tmp_path: Path) -> None:
    data, path, codes = book.read_bytes(), tmp_path / "flipped.xls", set()
    cut = [data[:length] for length in range(9, len(data), 397)]
    flipped = [
        data[:place] + bytes([data[place] ^ 0x5A]) + data[place + 1 :]
        for place in range(8, len(data), 29)
    ]
    for content in cut + flipped:
        path.write_bytes(content)
        try:
            for name in workbook_sheets(path, path.name):
                list(sheet_records(path, path.name, name))
        except InputError as error:
            codes.add(error.problems[0].code)
    assert "excel_damaged" in codes
    assert codes <= {"excel_damaged", "excel_encrypted", "excel_old", "sheet_missing"}


def test_a_chain_of_sectors_that_runs_in_a_circle_is_damage(tmp_path: Path) -> None:
    data = bytearray(compound(stream([("a", 0, record(0x00FF, bytes(8000)))])))
    struct.pack_into("<I", data, 512 + 3 * 4, 2)
    path = tmp_path / "circle.xls"
    path.write_bytes(data)
    assert code_of(path) == "excel_damaged"


def test_more_tables_of_sectors_than_sectors_is_damage(book: Path) -> None:
    data = bytearray(book.read_bytes())
    struct.pack_into("<2I", data, 68, 0, 99)
    struct.pack_into("<I", data, 512 + 127 * 4, 0)
    book.write_bytes(data)
    assert code_of(book) == "excel_damaged"


def test_a_column_beyond_the_last_is_damage(tmp_path: Path) -> None:
    path = tmp_path / "wide.xls"
    path.write_bytes(compound(stream([("a", 0, number((0, 256, PLAIN), 1.0))])))
    assert code_of(path) == "excel_damaged"
