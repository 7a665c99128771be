"""No query changes anything, and no habit of a role changes a value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from few_and_many.tables import TOKYO, one

from toolkit.errors import Problem
from toolkit.intake.sources.address import parse_address
from toolkit.intake.sources.postgresql import read_postgresql
from toolkit.intake.sources.session import Session, SourceFault


@pytest.mark.parametrize(
    "query",
    [
        "WITH x AS (DELETE FROM few RETURNING *) SELECT * FROM x",
        "WITH x AS (SELECT 1) DELETE FROM few RETURNING *",
        "SELECT emptied()",
        "SELECT emptied() FROM set_config('transaction_read_only', 'off', false)",
        "SELECT * INTO fewer FROM few",
        "SELECT * FROM few FOR UPDATE",
        "SELECT nextval('numbers')",
        "SELECT 1) TO PROGRAM 'true' --",
    ],
)
def test_no_query_changes_anything(
    refused: Callable[..., Problem], server: Any, query: str
) -> None:
    problem = refused(query)
    assert problem.code in ("source_query_writes", "source_query_failed")
    assert problem.key == "query"
    assert server.value("SELECT count(*) FROM few") == 2
    assert server.value("SELECT to_regclass('fewer')") is None
    assert server.value("SELECT is_called FROM numbers") is False


@pytest.mark.parametrize(
    "query",
    [
        "SELECT 1; DELETE FROM few",
        "SELECT 1) TO STDOUT; DELETE FROM few; --",
        "COMMIT; DELETE FROM few",
        "DELETE FROM few RETURNING id",
    ],
)
def test_the_server_itself_refuses_what_does_not_read(
    server: Any, password: str, query: str
) -> None:
    """Were the look at the words of a query to miss something, this is what is left."""
    with pytest.raises(SourceFault):
        read_postgresql(parse_address(server.address()), query, Session())
    assert server.value("SELECT count(*) FROM few") == 2


def test_a_function_that_writes_is_named_as_writing(refused: Callable[..., Problem]) -> None:
    assert refused("SELECT emptied()").code == "source_query_writes"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("transaction_isolation", "repeatable read"),
        ("transaction_read_only", "on"),
        ("default_transaction_read_only", "on"),
        ("statement_timeout", "5min"),
        ("standard_conforming_strings", "on"),
        ("application_name", "toolkit"),
    ],
)
def test_what_holds_in_the_transaction(
    ask: Callable[..., pa.Table], setting: str, value: str
) -> None:
    assert one(ask(f"SELECT current_setting('{setting}') AS x")) == value


def test_the_habits_of_a_role_change_no_value(ask: Callable[..., pa.Table], server: Any) -> None:
    server.run(
        "CREATE ROLE odd LOGIN PASSWORD 'only-for-this-test'",
        "ALTER ROLE odd SET DateStyle = 'German'",
        "ALTER ROLE odd SET TimeZone = 'Europe/Berlin'",
        "ALTER ROLE odd SET extra_float_digits = -3",
        "ALTER ROLE odd SET standard_conforming_strings = off",
        "ALTER ROLE odd SET statement_timeout = 1",
        "ALTER ROLE odd SET client_encoding = 'SJIS'",
    )
    query = r"""SELECT date '2026-04-03' AS day, timestamptz '2026-04-03 00:30+09' AS moment,
                0.1::float8 + 0.2 AS amount, '髙\t' AS name, pg_sleep(0.05)::text AS nap"""
    table = ask(query, server.address(user="odd"))
    assert table.schema.types[:2] == [pa.date32(), pa.timestamp("us", "Asia/Tokyo")]
    assert list(table.to_pylist()[0].values()) == [
        date(2026, 4, 3),
        datetime(2026, 4, 3, 0, 30, tzinfo=TOKYO),
        0.1 + 0.2,
        r"髙\t",
        "",
    ]
