"""Files that once broke the reading, found by the fuzz: each kept small."""

from __future__ import annotations

import io
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from toolkit.intake.read import read_file
from toolkit.intake.report import ReadReport
from toolkit.method import load_method
from toolkit.store import to_json
from toolkit.words import words

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
