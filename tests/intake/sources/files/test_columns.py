"""Columns of SQLite and DuckDB: their names and order, their types, and every value kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest
from shop_databases.databases import DUCKDB, SQLITE, only

from toolkit.errors import Problem
from toolkit.intake.values.cells import fault_of

TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_names_order_and_rows_are_kept(ask: Callable[..., pa.Table], source: str) -> None:
    table = ask(source, 'SELECT id AS "注文 番号", name AS "n,""a" FROM few ORDER BY id DESC; -- a')
    assert table.schema.types == [pa.int64(), pa.string()]
    assert table.to_pylist() == [
        {"注文 番号": 2, 'n,"a': "O'Brien"},
        {"注文 番号": 1, 'n,"a': "髙島"},
    ]


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_no_row_is_a_table_with_its_columns(ask: Callable[..., pa.Table], source: str) -> None:
    table = ask(source, "SELECT name, id FROM few WHERE id > 9")
    assert (table.num_rows, table.column_names) == (0, ["name", "id"])


@pytest.mark.parametrize(
    ("values", "kind", "cells"),
    [
        ("(1), (9223372036854775807), (NULL)", pa.int64(), [1, 2**63 - 1, None]),
        ("(980), (1.5), (NULL)", pa.float64(), [980.0, 1.5, None]),
        ("(9007199254740993), (1.5)", pa.string(), ["9007199254740993", "1.5"]),
        ("(1), ('007'), (2.50), (NULL)", pa.string(), ["1", "007", "2.5", None]),
        ("('2026-04-01'), ('')", pa.string(), ["2026-04-01", ""]),
        ("(NULL)", pa.string(), [None]),
        ("(x'e9ab99'), ('b')", pa.string(), ["髙", "b"]),
    ],
)
def test_columns_of_sqlite(
    ask: Callable[..., pa.Table], values: str, kind: Any, cells: list[Any]
) -> None:
    assert only(ask(SQLITE, f"SELECT * FROM (VALUES {values})")) == (kind, cells)


def test_a_kind_that_comes_late_makes_the_whole_column_text(ask: Callable[..., pa.Table]) -> None:
    query = """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
               SELECT CASE WHEN i = 25000 THEN 'end' WHEN i % 2 THEN i ELSE i + 0.5 END FROM n"""
    kind, cells = only(ask(SQLITE, query))
    assert (kind, len(cells)) == (pa.string(), 25000)
    assert [*cells[:3], *cells[-2:]] == ["1", "2.5", "3", "24999", "end"]


@pytest.mark.parametrize("value", ["CAST(x'8f' AS TEXT)", "x'8fff'"])
def test_bytes_that_are_no_text_are_cells_without_a_value(
    ask: Callable[..., pa.Table], value: str
) -> None:
    _, cells = only(ask(SQLITE, f"VALUES ('a'), ({value})"))
    assert (cells[0], fault_of(cells[1])) == ("a", ("cell_undecodable", ""))


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("7::UTINYINT", pa.int64(), 7),
        ("18446744073709551615::UBIGINT", pa.string(), "18446744073709551615"),
        ("sum(7)", pa.int64(), 7),
        (f"{10**30}::HUGEINT", pa.decimal128(38, 0), Decimal(10**30)),
        ("980.50::DECIMAL(10, 2)", pa.decimal128(10, 2), Decimal("980.50")),
        ("1.1::FLOAT", pa.float64(), 1.1),
        ("0.1::DOUBLE + 0.2::DOUBLE", pa.float64(), 0.30000000000000004),
        ("'NaN'::DOUBLE", pa.string(), "nan"),
        ("true", pa.bool_(), True),
        ("DATE '2026-04-01'", pa.date32(), date(2026, 4, 1)),
        ("DATE 'infinity'", pa.string(), "infinity"),
        ("TIMESTAMP '-infinity'", pa.string(), "-infinity"),
        ("TIMESTAMP_S '2026-04-01 10:00:00'", pa.timestamp("us"), datetime(2026, 4, 1, 10)),
        (
            "TIMESTAMPTZ '2026-04-01 15:30:00+00'",
            pa.timestamp("us", "Asia/Tokyo"),
            datetime(2026, 4, 2, 0, 30, tzinfo=TOKYO),
        ),
        ("(TIMESTAMPTZ '2026-04-01 15:30:00+00')::DATE", pa.date32(), date(2026, 4, 2)),
        ("TIME '10:30:00'", pa.string(), "10:30:00"),
        ("'b'::ENUM('a', 'b')", pa.string(), "b"),
        ("NULL", pa.string(), None),
        ("['a', '髙']", pa.string(), '["a", "髙"]'),
        ("{'a': DATE '2026-04-01'}", pa.string(), '{"a": "2026-04-01"}'),
        ("'{\"a\": 1}'::JSON", pa.string(), '{"a": 1}'),
        ("'\\xE9\\xAB\\x99'::BLOB", pa.string(), "髙"),
    ],
)
def test_columns_of_duckdb(
    ask: Callable[..., pa.Table], expression: str, kind: Any, value: Any
) -> None:
    assert only(ask(DUCKDB, f"SELECT {expression} AS x")) == (kind, [value])


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_columns_need_names_of_their_own(refused: Callable[..., Problem], source: str) -> None:
    problem = refused(source, "SELECT 1 AS a, 2 AS b, 3 AS a")
    assert (problem.code, problem.params["columns"]) == ("source_columns_twice", "a")
