"""Reading from a real PostgreSQL: types, refusals, and connections that break."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pyarrow as pa
import pytest
from psycopg.errors import AdminShutdown, CannotConnectNow, CrashShutdown

from toolkit.errors import InputError, Problem
from toolkit.intake.sources import postgresql as source_postgresql
from toolkit.intake.sources.address import parse_address
from toolkit.intake.sources.postgresql import _fault, _no_connection, _parameters, read_postgresql
from toolkit.intake.sources.session import ConnectionLost, Session, SourceFault
from toolkit.intake.sources.source import query_table

ROWS = 20_000
TOKYO = ZoneInfo("Asia/Tokyo")


@pytest.fixture(scope="session", autouse=True)
def data(server: Any) -> None:
    server.run(
        "CREATE TABLE few (id int, name text)",
        "INSERT INTO few VALUES (1, '髙島'), (2, 'O''Brien')",
        f"""CREATE TABLE many AS SELECT i AS id, '商品' || i AS product, i * 1.25 AS amount
            FROM generate_series(1, {ROWS}) AS i""",
        """CREATE FUNCTION emptied() RETURNS int LANGUAGE plpgsql VOLATILE
            AS $$ BEGIN DELETE FROM few; RETURN 1; END $$""",
        "CREATE SEQUENCE numbers",
        "CREATE ROLE clear_text LOGIN PASSWORD 'only-for-this-test'",
        "CREATE ROLE nothing_allowed LOGIN PASSWORD 'only-for-this-test'",
    )


@pytest.fixture
def ask(server: Any, password: str, paused: Any, tmp_path: Path) -> Callable[..., pa.Table]:
    def asking(query: str, source: str | None = None, **session: Any) -> pa.Table:
        chosen = paused.session(**session)
        return query_table(source or server.address(), query, tmp_path, "orders.toml", chosen)

    return asking


@pytest.fixture
def refused(ask: Callable[..., pa.Table]) -> Callable[..., Problem]:
    def refusing(*args: Any, **given: Any) -> Problem:
        with pytest.raises(InputError) as caught:
            ask(*args, **given)
        assert caught.value.code == "source_unread"
        (problem,) = caught.value.problems
        assert problem.file == "orders.toml"
        return problem

    return refusing


def one(table: pa.Table) -> Any:
    assert table.num_rows == 1
    return table.column(0)[0].as_py()


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


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("SELECT nothing FROM few", 'column "nothing" does not exist'),
        ("SELECT * FROM nowhere", 'relation "nowhere" does not exist'),
        ("SELECT id FORM few few", 'syntax error at or near "few"'),
        ("SELECT name::int FROM few", "InvalidTextRepresentation 22P02"),
        ("SELECT 1 / (id - 1) FROM few", "DivisionByZero 22012"),
    ],
)
def test_what_the_database_says(refused: Callable[..., Problem], query: str, detail: str) -> None:
    problem = refused(query)
    assert (problem.code, problem.params["detail"]) == ("source_query_failed", detail)
    assert "髙島" not in repr(problem)


def test_columns_need_names_of_their_own(refused: Callable[..., Problem]) -> None:
    problem = refused("SELECT 1 AS a, 2 AS b, 3 AS a")
    assert (problem.code, problem.params["columns"]) == ("source_columns_twice", "a")
    assert refused("SELECT FROM few").code == "source_no_columns"


def test_a_query_that_takes_too_long_is_stopped(refused: Callable[..., Problem]) -> None:
    begun = time.monotonic()
    problem = refused("SELECT pg_sleep(30)", statement_seconds=0.2)
    assert (problem.code, problem.params["seconds"]) == ("source_timeout", "0.2")
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("given", ["wrong-password", ""])
def test_login_needs_the_password(
    refused: Callable[..., Problem], monkeypatch: pytest.MonkeyPatch, paused: Any, given: str
) -> None:
    monkeypatch.setenv("TOOLKIT_DB_PASSWORD", given)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "nowhere")
    problem = refused("SELECT 1")
    assert (problem.code, problem.key) == ("source_login", "source")
    assert problem.params["variable"] == "TOOLKIT_DB_PASSWORD"
    assert "wrong-password" not in repr(problem)
    assert paused.pauses == []


def test_the_password_goes_to_no_server_in_clear_text(
    refused: Callable[..., Problem], server: Any
) -> None:
    problem = refused("SELECT 1", server.address(user="clear_text"))
    assert "password" in problem.params["detail"]
    assert problem.code in ("source_login", "source_unreachable")


@pytest.mark.parametrize(
    ("options", "libpq", "required"),
    [
        ("", 160000, "!password"),
        ("?sslmode=require", 160000, "!password"),
        ("?sslmode=verify-full", 160000, None),
        ("", 150000, None),  # which does not know the option
    ],
)
def test_clear_text_is_for_a_proven_server_alone(
    options: str, libpq: int, required: str | None
) -> None:
    driver = SimpleNamespace(pq=SimpleNamespace(version=lambda: libpq))
    address = parse_address(f"postgresql://db.example.com/shop{options}")
    assert _parameters(driver, address, Session()).get("require_auth") == required


def test_options_of_the_address_are_used(refused: Callable[..., Problem], server: Any) -> None:
    problem = refused("SELECT 1", f"{server.address()}?sslmode=require")
    assert problem.code == "source_unreachable"
    assert "SSL" in problem.params["detail"]


def test_a_password_in_a_message_of_the_driver_is_hidden() -> None:
    fault = _no_connection(psycopg.OperationalError("no: hunter2\nmore"), "hunter2")
    assert fault.params["detail"] == "no: *** more"


def test_a_role_without_rights_is_told_so(refused: Callable[..., Problem], server: Any) -> None:
    problem = refused("SELECT * FROM few", server.address(user="nothing_allowed"))
    assert problem.params["detail"] == "permission denied for table few"


def test_no_server_is_told_at_once(refused: Callable[..., Problem], paused: Any, cut: Any) -> None:
    nobody = cut(0)
    nobody.close()
    problem = refused("SELECT 1", f"postgresql://reader@127.0.0.1:{nobody.port}/shop")
    assert (problem.code, paused.pauses) == ("source_unreachable", [])
    assert problem.params["source"] == f"postgresql://127.0.0.1:{nobody.port}/shop"


def test_a_server_that_never_answers_is_given_up(refused: Callable[..., Problem]) -> None:
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://reader@127.0.0.1:{silent.getsockname()[1]}/shop"
        assert refused("SELECT 1", address, connect_seconds=1).code == "source_unreachable"
    assert time.monotonic() - begun < 20


def test_an_unknown_host_is_told(refused: Callable[..., Problem]) -> None:
    assert refused("SELECT 1", "postgresql://db.invalid/shop").code == "source_unreachable"


MANY = "SELECT * FROM many ORDER BY id"
KILOBYTES = 1000


@pytest.mark.parametrize("kilobytes", [30, 200, 500])
def test_a_connection_that_always_breaks_gives_no_table(
    refused: Callable[..., Problem], server: Any, cut: Any, paused: Any, kilobytes: int
) -> None:
    way = cut(kilobytes * KILOBYTES)
    problem = refused(MANY, server.address(way.port))
    assert (problem.code, problem.params["attempts"]) == ("source_dropped", "3")
    assert (way.connections, paused.pauses) == (3, [1.0, 4.0])


def test_a_connection_that_breaks_once_gives_the_whole_table(
    ask: Callable[..., pa.Table], server: Any, cut: Any, paused: Any
) -> None:
    way = cut(200 * KILOBYTES, then_whole=True)
    table = ask(MANY, server.address(way.port))
    assert (way.connections, paused.pauses) == (2, [1.0])
    assert table.equals(ask(MANY))
    assert table.num_rows == ROWS


def test_a_server_that_is_coming_back_is_waited_for(
    ask: Callable[..., pa.Table], server: Any, cut: Any, paused: Any
) -> None:
    """First in the middle of the rows, then during the login, then whole."""
    way = cut(200 * KILOBYTES, 10, then_whole=True)
    assert ask(MANY, server.address(way.port)).num_rows == ROWS
    assert (way.connections, paused.pauses) == (3, [1.0, 4.0])


def _ended(server: Any, until: threading.Event) -> None:
    """Ask the server to end every connection that reads rows, until told to stop."""
    ending = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE application_name = 'toolkit' AND query LIKE 'COPY%'"""
    with closing(server.connect()) as connection:
        while not until.wait(0.02):
            connection.execute(ending)


def test_a_read_that_the_server_ends_gives_no_table(
    refused: Callable[..., Problem], server: Any, paused: Any
) -> None:
    until = threading.Event()
    ending = threading.Thread(target=_ended, args=(server, until))
    ending.start()
    try:
        problem = refused("SELECT id, pg_sleep(0.01) FROM many")
    finally:
        until.set()
        ending.join()
    assert (problem.code, problem.params["attempts"]) == ("source_dropped", "3")
    assert paused.pauses == [1.0, 4.0]


@pytest.mark.parametrize("error", [AdminShutdown, CrashShutdown, CannotConnectNow])
def test_a_server_that_says_it_stops_has_dropped_the_connection(error: type[Exception]) -> None:
    """Its word may arrive before the connection is seen to be closed."""
    fault = _fault(error("stopping"), SimpleNamespace(broken=False), Session())
    assert isinstance(fault, ConnectionLost)


def test_nothing_of_a_read_is_left_on_the_server(ask: Callable[..., pa.Table], server: Any) -> None:
    ask(MANY)
    query = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'toolkit'"
    last = time.monotonic() + 10
    while server.value(query) and time.monotonic() < last:
        time.sleep(0.02)
    assert server.value(query) == 0


def test_rows_that_do_not_match_the_count_are_no_table() -> None:
    blocks = source_postgresql._Blocks(["a"])
    blocks.add(b"1\n")
    with pytest.raises(ConnectionLost):
        blocks.table(2)
