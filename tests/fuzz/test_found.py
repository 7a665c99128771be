"""Files that once broke the reading, found by the fuzz: each kept small."""

from __future__ import annotations

import io
import time
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
import xlsxwriter
from pyarrow import parquet

from toolkit.errors import UsageError
from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.method import load_method
from toolkit.store import to_json
from toolkit.words import words

FIXTURES = Path(__file__).parents[1] / "intake" / "adapters" / "fixtures"
HEAD = "order_id,customer_id,order_date,amount"
ROW = "1,c,2024-01-01,5\n"


@pytest.fixture
def read(tmp_path: Path):
    def reading(data: bytes, name: str = "f.csv", kind: str = "orders") -> ReadReport:
        (tmp_path / name).write_bytes(data)
        return read_file(tmp_path / name, kind, method=load_method())

    return reading


def messages(report: ReadReport) -> list[str]:
    documents = [report.to_dict(words(load_method(), lang)) for lang in ("ja", "en")]
    assert all(to_json(document).encode("utf-8") for document in documents)
    return [
        item["message"] + item.get("fix", "")
        for document in documents
        for item in (*document["problems"], *document["notes"])
    ]


def as_parquet(**columns: Any) -> bytes:
    made = io.BytesIO()
    parquet.write_table(pa.table(columns), made)
    return made.getvalue()


def orders(**columns: Any) -> bytes:
    whole = {
        "order_id": ["1", "2"],
        "customer_id": ["c", "d"],
        "order_date": ["2024-01-01", "2024-01-02"],
        "amount": [5, 6],
    }
    return as_parquet(**{**whole, **columns})


def test_a_header_that_does_not_decode_can_be_told(read) -> None:
    data = f"{HEAD},商品\n".encode("cp932") + (ROW.strip() + ",茶\n").encode() * 9
    report = read(data)
    assert report.rows_accepted
    assert messages(report)


@pytest.mark.parametrize("odd", ["\x1b[31m", "\x7f", "\u202e", "\u2028"])
def test_a_header_does_nothing_to_the_screen(read, odd: str) -> None:
    data = f"order_id,customer_id,order_date,am{odd}ount\n{ROW * 9}".encode()
    told = messages(read(data))
    assert told
    assert not [text for text in told if odd in text]


def test_a_directory_of_an_archive_that_points_before_its_beginning(read) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("a.csv", f"{HEAD}\n{ROW}")
    data = bytearray(made.getvalue())
    data[-6:-2] = (2**31).to_bytes(4, "little")  # where the directory is said to begin
    assert [problem.code for problem in read(bytes(data), "f.zip").problems] == ["archive_damaged"]


def test_a_text_with_the_mark_of_a_cell_without_value(read) -> None:
    report = read(f"{HEAD}\n{ROW}2,c,\ufdd0x\ufdd0,5\n".encode())
    assert report.rows_quarantined == 1
    assert not [text for text in messages(report) if "errors." in text]


def test_blank_dates_of_parquet_among_odd_ones(read) -> None:
    report = read(orders(order_date=["令和6年4月1日", None]), "f.parquet")
    assert [problem.code for problem in report.problems] == ["value_missing"]
    assert report.rows_accepted == 1


@pytest.mark.parametrize(
    "column",
    [
        pa.array([[1], [2, 3]]),
        pa.array([{"a": 1}, {"a": 2}]),
        pa.array([b"\xff", b"x"]),
        pa.array([b"\xff", b"x"], pa.large_binary()),
        pa.array([b"\xff", b"x"], pa.binary(1)),
        pa.array([b"\xff", b"x"]).dictionary_encode(),
        pa.array([Decimal("1.5"), None]),
        pa.array([None, None]),
        pa.array([1, None], pa.duration("s")),
    ],
    ids=lambda column: str(column.type),
)
@pytest.mark.parametrize("name", ["order_id", "order_date", "amount", "product", "other"])
def test_parquet_of_any_type(read, column: pa.Array, name: str) -> None:
    report = read(orders(**{name: column}), "f.parquet")
    assert report.rows_total == 2
    assert messages(report) or report.outcome == "accepted"


def test_bytes_of_parquet_are_text(read) -> None:
    report = read(orders(order_date=pa.array([b"2024-01-01", b"\xff"])), "f.parquet")
    assert (report.dates, report.rows_quarantined) == (("2024-01-01",), 1)


@pytest.mark.parametrize("minutes", [-5.0, 1e300, float("inf")])
def test_minutes_of_parquet_keep_their_bounds(read, minutes: float) -> None:
    data = as_parquet(
        step_no=["1", "2"], step=["a", "b"], side=["company"] * 2, minutes=[5.0, minutes]
    )
    report = read(data, "f.parquet", "journey")
    assert (report.rows_quarantined, report.figures["minutes_sum"]) == (1, 5)


def journal() -> str:
    return (FIXTURES / "moneyforward_journal" / "shiwakecho.csv").read_text(encoding="cp932")


def test_a_journal_below_a_title(read) -> None:
    plain = read(journal().encode(), kind="receivables")
    titled = read(("仕訳帳,2025年度\n" + journal()).encode(), kind="receivables")
    assert plain.rows_accepted
    assert titled.figures == plain.figures
    assert titled.rows_accepted == plain.rows_accepted


def test_a_journal_without_a_column_of_partners(read) -> None:
    report = read(journal().replace("借方取引先", "x").encode(), kind="receivables")
    assert report.problems
    assert messages(report)


@pytest.mark.parametrize("error", [pa.ArrowNotImplementedError, pa.ArrowKeyError, OSError])
@pytest.mark.parametrize("function", ["read_schema", "read_table"])
def test_parquet_that_cannot_be_read(read, monkeypatch, error, function: str) -> None:
    def failing(*_: Any, **__: Any) -> None:
        raise error("Integers with more than 64 bits not implemented")

    monkeypatch.setattr(parquet, function, failing)
    found = [problem.code for problem in read(orders(), "f.parquet").problems]
    assert found == ([] if function == "read_schema" else ["parquet_damaged"])


def test_half_a_letter_in_a_profile(read) -> None:
    for text in ('company_name: "\\ud800"\n', '"\\udc00": x\n'):
        report = read(b"client_id: a\n" + text.encode(), "c.yaml", "profile")
        assert [(problem.code, problem.line) for problem in report.problems] == [("yaml_syntax", 2)]
        assert messages(report)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "cp932", "iso2022_jp"])
def test_a_mapping_names_an_encoding_of_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "m.toml").write_text(f'table = "orders"\n[read]\nencoding = "{encoding}"\n')
    (tmp_path / "f.csv").write_bytes(f"{HEAD}\n1,c,2024-01-01,5\n".encode(encoding))
    report = read_file(
        tmp_path / "f.csv", "orders", method=load_method(), mapping=tmp_path / "m.toml"
    )
    assert (report.rows_accepted, report.problems) == (1, ())


@pytest.mark.parametrize("encoding", ["hex", "rot13", "zlib", "unicode_escape", "utf-7", "x y"])
def test_a_mapping_names_what_is_no_encoding_of_text(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "m.toml").write_text(f'table = "orders"\n[read]\nencoding = "{encoding}"\n')
    (tmp_path / "f.csv").write_text(f"{HEAD}\n1,c,2024-01-01,\\ud800+2AA-\n")
    with pytest.raises(UsageError) as raised:
        read_file(tmp_path / "f.csv", "orders", method=load_method(), mapping=tmp_path / "m.toml")
    assert raised.value.code == "encoding_unknown"


def book() -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as one:
        sheet = one.add_worksheet()
        for row, line in enumerate([HEAD, ROW]):
            sheet.write_row(row, 0, line.strip().split(","))
    return made.getvalue()


def test_a_book_in_an_encoding_there_is_not(read) -> None:
    with zipfile.ZipFile(io.BytesIO(book())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content.replace(b'encoding="UTF-8"', b'encoding="NaN"'))
    report = read(made.getvalue(), "f.xlsx")
    assert [problem.code for problem in report.problems] == ["excel_damaged"]


def test_a_long_line_is_no_header_of_any_table(read) -> None:
    """Thirty lines of a wide file are looked at; none is compared with every name there is."""
    start = time.process_time()
    data = (",".join(f"列{n}" for n in range(400)) + "\n").encode() * 40
    assert read(data).problems[0].code == "column_missing"
    assert time.process_time() - start < 8
