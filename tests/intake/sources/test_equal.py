"""The same rows come out of PostgreSQL, SQLite and DuckDB."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from toolkit.intake.sources.source import query_table

COLUMNS = "(id BIGINT, name TEXT, amount NUMERIC(14,2), moment TIMESTAMPTZ, paid BOOLEAN)"
ROWS = """
    (1, '髙島屋', 980.50, '2026-04-01 00:30:00+09:00', true),
    (9007199254740993, 'O''Brien', -1200, '2026-03-31 15:30:00.123456+00:00', false),
    (9223372036854775807, '', 12345678901.05, NULL, NULL),
    (-5, NULL, NULL, '1999-12-31 23:59:59-05:00', true),
    (0, '①,"②"
③', 0, '2026-04-01 00:00:00+00:00', false)
"""
QUERY = "SELECT id, name, amount, moment, paid FROM orders ORDER BY id"
MAKING = (f"CREATE TABLE orders {COLUMNS}", f"INSERT INTO orders VALUES {ROWS}")
EXPECTED = [
    (-5, None, None, datetime(2000, 1, 1, 4, 59, 59, tzinfo=UTC), True),
    (0, '①,"②"\n③', Decimal(0), datetime(2026, 4, 1, tzinfo=UTC), False),
    (1, "髙島屋", Decimal("980.5"), datetime(2026, 3, 31, 15, 30, tzinfo=UTC), True),
    (
        9007199254740993,
        "O'Brien",
        Decimal(-1200),
        datetime(2026, 3, 31, 15, 30, 0, 123456, tzinfo=UTC),
        False,
    ),
    (9223372036854775807, "", Decimal("12345678901.05"), None, None),
]


def values(table: pa.Table) -> list[tuple[Any, ...]]:
    """Rows of what each value stands for: SQLite keeps moments as text, flags as 0 and 1."""
    readings = (
        int,
        str,
        lambda amount: Decimal(str(amount)),
        lambda moment: datetime.fromisoformat(str(moment)).astimezone(UTC),
        bool,
    )
    return [
        tuple(
            None if cell is None else reading(cell)
            for reading, cell in zip(readings, row.values(), strict=True)
        )
        for row in table.to_pylist()
    ]


def test_postgresql(server: Any, password: str, tmp_path: Path) -> None:
    server.run("DROP TABLE IF EXISTS orders", *MAKING)
    assert values(query_table(server.address(), QUERY, tmp_path, "m.toml")) == EXPECTED


def test_sqlite(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "shop.db", isolation_level=None)) as database:
        for command in MAKING:
            database.execute(command)
    table = query_table("sqlite:///shop.db", QUERY, tmp_path, "m.toml")
    assert values(table) == EXPECTED
    assert table.schema.types == [pa.int64(), pa.string(), pa.float64(), pa.string(), pa.int64()]


def test_duckdb(tmp_path: Path) -> None:
    with duckdb.connect(tmp_path / "shop.duckdb") as database:
        for command in MAKING:
            database.execute(command)
    assert values(query_table("duckdb:///shop.duckdb", QUERY, tmp_path, "m.toml")) == EXPECTED


def test_the_two_typed_ones_agree_on_types(server: Any, password: str, tmp_path: Path) -> None:
    server.run("DROP TABLE IF EXISTS orders", *MAKING)
    with duckdb.connect(tmp_path / "shop.duckdb") as database:
        for command in MAKING:
            database.execute(command)
    sources = (server.address(), "duckdb:///shop.duckdb")
    one, other = (query_table(source, QUERY, tmp_path, "m.toml") for source in sources)
    kinds = [
        [
            pa.decimal128(38, f.type.scale) if pa.types.is_decimal(f.type) else f.type
            for f in t.schema
        ]
        for t in (one, other)
    ]
    assert kinds[0] == kinds[1]
    assert kinds[0][2] == pa.decimal128(38, 2)
