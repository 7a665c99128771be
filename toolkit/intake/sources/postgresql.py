"""Reading a query's result from PostgreSQL: one read-only transaction, streamed by COPY."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

from toolkit.intake.notes import HIDDEN
from toolkit.intake.sources import columns as source_columns
from toolkit.intake.sources.address import Address
from toolkit.intake.sources.columns import Typing, named, typed
from toolkit.intake.sources.session import ConnectionLost, Session, SourceFault, one_line

if TYPE_CHECKING:
    import psycopg
    import pyarrow

PASSWORD = "TOOLKIT_DB_PASSWORD"
BLOCK_BYTES = 8 * 2**20
KEEPALIVE_IDLE_SECONDS = 30
KEEPALIVE_INTERVAL_SECONDS = 10
KEEPALIVES_LOST = 3
FIRST_REQUIRE_AUTH = 160000
NULL = r"\N"
# Types by their object id in pg_type; all others are read as text.
TYPINGS: Mapping[int, Typing] = {
    16: source_columns.flags,
    20: source_columns.whole_numbers,
    21: source_columns.whole_numbers,
    23: source_columns.whole_numbers,
    26: source_columns.whole_numbers,
    700: source_columns.floats,
    701: source_columns.floats,
    1082: source_columns.days,
    1114: source_columns.local_times,
    1184: source_columns.moments,
    1700: source_columns.decimals,
}
# Classes of SQLSTATE whose message names the query or the server, never a value of a row.
TELLING = ("08", "0A", "25", "28", "3D", "3F", "42", "53", "54", "55", "57")
STOPPED = ("57P01", "57P02", "57P03")
TIMED_OUT = "57014"
READ_ONLY = "25006"
NO_UNICODE = ("22021", "22P05")


def read_postgresql(address: Address, query: str, session: Session) -> pyarrow.Table:
    """The whole result of a query.

    Args:
        address: of a server.
        query: one statement without a semicolon.
        session: zone, time-outs.

    Raises:
        SourceFault: no driver, no login, a query that fails or takes too long.
        ConnectionLost: no connection, or one that broke before the last row.
    """
    with reading(address, session) as opened:
        return opened.read(query)


@contextmanager
def reading(address: Address, session: Session) -> Iterator[Reading]:
    """One read-only transaction for several queries, all of which see the same rows.

    Raises:
        SourceFault: no driver, no login.
        ConnectionLost: no connection.
    """
    driver = _driver()
    from psycopg import IsolationLevel

    with _connected(driver, address, session) as connection:
        connection.read_only = True
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        opened = Reading(driver, connection, session)
        with opened.faults():
            _settle(connection, session)
        yield opened


class Reading:
    """A transaction in which queries are read; each method raises what ``reading`` raises."""

    def __init__(
        self, driver: ModuleType, connection: psycopg.Connection[Any], session: Session
    ) -> None:
        self.driver, self.connection, self.session = driver, connection, session

    def described(self, query: str) -> tuple[list[str], list[int]]:
        """Names and type ids of a query's columns, without running it."""
        with self.faults():
            return _described(self.connection, query)

    def settle(self, settings: Mapping[str, str]) -> None:
        """Settings of the server that hold until the transaction ends."""
        with self.faults():
            _set(self.connection, settings)

    def read(self, query: str) -> pyarrow.Table:
        """The whole result of a query."""
        with self.faults():
            return _result(self.connection, query, self.session)

    @contextmanager
    def faults(self) -> Iterator[None]:
        """What the server says, as faults."""
        try:
            yield
        except self.driver.Error as error:
            raise _fault(error, self.connection, self.session) from None


def _driver() -> ModuleType:
    try:
        import psycopg
    except ImportError:
        raise SourceFault("source_driver", "source") from None
    return psycopg


@contextmanager
def _connected(
    driver: ModuleType, address: Address, session: Session
) -> Iterator[psycopg.Connection[Any]]:
    password = os.environ.get(PASSWORD) or None
    try:
        connection = driver.connect(
            **_parameters(driver, address, session), password=password, autocommit=False
        )
    except driver.Error as error:
        raise _no_connection(error, password) from None
    try:
        yield connection
    finally:
        connection.close()  # ends the transaction, which has nothing to keep


def _parameters(driver: ModuleType, address: Address, session: Session) -> dict[str, Any]:
    given: dict[str, Any] = {
        "host": address.host.strip("[]"),
        "port": address.port,
        "user": address.user,
        "dbname": address.database,
        "connect_timeout": session.connect_seconds,
        "client_encoding": "UTF8",
        "application_name": "toolkit",
        "keepalives_idle": KEEPALIVE_IDLE_SECONDS,
        "keepalives_interval": KEEPALIVE_INTERVAL_SECONDS,
        "keepalives_count": KEEPALIVES_LOST,
        **address.options,
    }
    # A server that is not proved to be the right one is not told the password in clear text.
    proved = address.options.get("sslmode") == "verify-full"
    if not proved and driver.pq.version() >= FIRST_REQUIRE_AUTH:
        given["require_auth"] = "!password"
    return {name: value for name, value in given.items() if value is not None}


def _no_connection(error: psycopg.Error, password: str | None) -> SourceFault:
    detail = str(error).replace(password, HIDDEN) if password else str(error)
    params = {"detail": one_line(detail)}
    state = error.pgconn
    if state is not None and (state.needs_password or state.used_password):
        return SourceFault("source_login", "source", {"variable": PASSWORD, **params})
    return ConnectionLost("source_unreachable", "source", params)


def _result(connection: psycopg.Connection[Any], query: str, session: Session) -> pyarrow.Table:
    names, kinds = _described(connection, query)
    blocks = _Blocks(names)
    with connection.cursor() as cursor:
        # The query has been understood as one whole statement: it cannot end the brackets early.
        command = f"COPY (\n{query}\n) TO STDOUT (FORMAT csv, NULL '{NULL}')"
        with cursor.copy(command.encode()) as rows:
            for row in rows:
                blocks.add(row)
        return _typed_table(blocks.table(cursor.rowcount), kinds, session.zone)


def _settle(connection: psycopg.Connection[Any], session: Session) -> None:
    """What holds in this transaction alone, whatever the server or the role has as default."""
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{round(session.statement_seconds * 1000)}ms",
        "TimeZone": session.zone,
        "DateStyle": "ISO, YMD",
        "extra_float_digits": "1",
        "standard_conforming_strings": "on",
    }
    _set(connection, settings)


def _set(connection: psycopg.Connection[Any], settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        connection.execute("SELECT set_config(%s, %s, true)", (name, value))


def _described(connection: psycopg.Connection[Any], query: str) -> tuple[list[str], list[int]]:
    """Names and type ids of a query's columns.

    A cursor is declared for it and closed unread: by that the server itself makes sure that the
    text is one statement that reads.
    """
    with connection.cursor(name="described") as cursor:
        cursor.execute(query.encode())
        columns = cursor.description or []
        return named([column.name for column in columns]), [c.type_code for c in columns]


class _Blocks:
    """Rows as they come, parsed as text a few megabytes at a time."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self.waiting = bytearray()
        self.parsed: list[pyarrow.Table] = []

    def add(self, row: bytes | bytearray | memoryview) -> None:
        """Take in one row: the protocol never delivers part of one."""
        self.waiting += row
        if len(self.waiting) >= BLOCK_BYTES:
            self._parse()

    def table(self, expected: int) -> pyarrow.Table:
        """All rows as columns of text.

        Raises:
            ConnectionLost: not as many rows as the server says it sent.
        """
        import pyarrow as pa

        if self.waiting or not self.parsed:
            self._parse()
        table = pa.concat_tables(self.parsed)
        self.parsed = []
        if table.num_rows != expected:
            raise ConnectionLost("source_dropped", "source")
        return table

    def _parse(self) -> None:
        import pyarrow as pa
        from pyarrow import csv

        data, self.waiting = bytes(self.waiting), bytearray()
        types = dict.fromkeys(self.names, pa.string())
        if not data:
            self.parsed.append(pa.schema(types.items()).empty_table())
            return
        table = csv.read_csv(
            pa.BufferReader(data),
            read_options=csv.ReadOptions(
                column_names=self.names, block_size=len(data) + 1, use_threads=False
            ),
            parse_options=csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
            convert_options=csv.ConvertOptions(
                column_types=types,
                null_values=[NULL],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
            ),
        )
        self.parsed.append(table)


def _typed_table(table: pyarrow.Table, kinds: Sequence[int], zone: str) -> pyarrow.Table:
    """Columns of text with their types; each leaves memory as soon as it has its type."""
    import pyarrow as pa

    names, columns = table.column_names, []
    for kind in kinds:
        text = table.column(0)
        table = table.remove_column(0)
        columns.append(typed(text, TYPINGS.get(kind), zone))
    return pa.table(dict(zip(names, columns, strict=True)))


def _fault(
    error: psycopg.Error, connection: psycopg.Connection[Any], session: Session
) -> SourceFault:
    """What the server said as a fault; its words only where they hold no value of a row."""
    state = error.sqlstate or ""
    if state in STOPPED or (connection.broken and state != TIMED_OUT):
        return ConnectionLost("source_dropped", "source")
    if state == TIMED_OUT:
        seconds = f"{session.statement_seconds:g}"
        return SourceFault("source_timeout", "query", {"seconds": seconds})
    if state == READ_ONLY:
        return SourceFault("source_query_writes", "query")
    if state in NO_UNICODE:
        return SourceFault("source_encoding", "query")
    telling = state[:2] in TELLING
    said = error.diag.message_primary if telling else None
    detail = said or f"{type(error).__name__} {state}"
    return SourceFault("source_query_failed", "query", {"detail": one_line(detail)})
