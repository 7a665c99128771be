"""Types, names and rows of a real PostgreSQL as they arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pytest
from few_and_many.tables import ROWS, TOKYO, one

from toolkit.errors import Problem
from toolkit.intake.sources import postgresql as source_postgresql


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("7::smallint", pa.int64(), 7),
        ("9223372036854775807::bigint", pa.int64(), 2**63 - 1),
        ("980.50::numeric(10,2)", pa.decimal128(5, 2), Decimal("980.50")),
        ("-0.001::numeric", pa.decimal128(5, 3), Decimal("-0.001")),
        ("12345678901234567890::numeric", pa.decimal128(20, 0), Decimal("12345678901234567890")),
        ("1200::numeric", pa.int64(), 1200),
        ("0.1::float8 + 0.2::float8", pa.float64(), 0.30000000000000004),
        ("1.1::float4", pa.float64(), 1.1),
        ("true", pa.bool_(), True),
        ("date '2026-04-01'", pa.date32(), date(2026, 4, 1)),
        (
            "timestamp '2026-04-01 23:59:59.123456'",
            pa.timestamp("us"),
            datetime(2026, 4, 1, 23, 59, 59, 123456),
        ),
        (
            "timestamptz '2026-04-01 15:30:00+00'",
            pa.timestamp("us", "Asia/Tokyo"),
            datetime(2026, 4, 2, 0, 30, tzinfo=TOKYO),
        ),
        ("'髙﨑①' || chr(10) || '\"a\",\\.' || chr(13)", pa.string(), '髙﨑①\n"a",\\.\r'),
        ("''", pa.string(), ""),
        ("'\\N'", pa.string(), "\\N"),
        ("NULL::text", pa.string(), None),
        ("NULL::int", pa.int64(), None),
        ("NULL::numeric", pa.int64(), None),
        ("NULL::bool", pa.bool_(), None),
        ("'  a '::char(6)", pa.string(), "  a   "),
        ('\'{"a": [1, "髙"]}\'::json', pa.string(), '{"a": [1, "髙"]}'),
        ("ARRAY['a','b c']", pa.string(), '{a,"b c"}'),
        ("time '10:30'", pa.string(), "10:30:00"),
        ("gen_random_uuid() IS NULL", pa.bool_(), False),
    ],
)
def test_types(ask: Callable[..., pa.Table], expression: str, kind: Any, value: Any) -> None:
    table = ask(f"SELECT {expression} AS x")
    assert (table.schema.field("x").type, one(table)) == (kind, value)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ("(date '2026-04-01'), ('infinity')", ["2026-04-01", "infinity"]),
        (
            "(timestamptz '2026-04-01 00:00+09'), ('-infinity')",
            ["2026-04-01 00:00:00+09", "-infinity"],
        ),
        ("(timestamp '0044-03-15 BC')", ["0044-03-15 00:00:00 BC"]),
        ("(1.50), ('NaN'::numeric)", ["1.50", "NaN"]),
        ("(1.5::float8), ('NaN')", ["1.5", "NaN"]),
        ("(1.5::float8), ('Infinity')", ["1.5", "Infinity"]),
        (
            "(1234567890123456789012345678901234567.85)",
            ["1234567890123456789012345678901234567.85"],
        ),
    ],
)
def test_a_value_that_fits_no_type_leaves_the_column_as_text(
    ask: Callable[..., pa.Table], values: str, texts: list[str]
) -> None:
    column = ask(f"SELECT * FROM (VALUES {values}) AS v (x)").column("x")
    assert column.type == pa.string()
    assert column.to_pylist() == texts


def test_names_order_and_rows_are_kept(ask: Callable[..., pa.Table]) -> None:
    table = ask('SELECT id AS "注文 番号", name AS "n,""a" FROM few ORDER BY id DESC; -- all')
    assert table.column_names == ["注文 番号", 'n,"a']
    assert table.to_pylist()[0] == {"注文 番号": 2, 'n,"a': "O'Brien"}


def test_no_row_is_a_table_with_typed_columns(ask: Callable[..., pa.Table]) -> None:
    table = ask("SELECT id, name FROM few WHERE false")
    assert (table.num_rows, table.schema.types) == (0, [pa.int64(), pa.string()])


def test_a_row_of_one_null_is_a_row(ask: Callable[..., pa.Table]) -> None:
    assert ask("VALUES (NULL::text), (''), ('a')").column(0).to_pylist() == [None, "", "a"]


def test_many_blocks_make_one_table(
    ask: Callable[..., pa.Table], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_postgresql, "BLOCK_BYTES", 10_000)
    table = ask("SELECT * FROM many ORDER BY id")
    assert table.column("id").to_pylist() == list(range(1, ROWS + 1))
    assert table.column("amount").type == pa.decimal128(7, 2)
    assert table.column("product")[ROWS - 1].as_py() == f"商品{ROWS}"


def test_text_of_an_old_database_that_is_no_utf8_is_told(
    refused: Callable[..., Problem], server: Any
) -> None:
    """Databases without an encoding may hold Shift-JIS: 0x8f alone begins no character."""
    server.run("CREATE DATABASE old ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    query = "SELECT convert_from('\\x618f62', 'SQL_ASCII') AS x"
    assert refused(query, server.address(database="old")).code == "source_encoding"


def test_a_moment_becomes_a_date_in_the_zone_of_the_session(ask: Callable[..., pa.Table]) -> None:
    query = "SELECT timestamptz '2026-04-01 15:30:00+00' :: date AS x"
    assert one(ask(query)) == date(2026, 4, 2)
    assert one(ask(query, zone="UTC")) == date(2026, 4, 1)
