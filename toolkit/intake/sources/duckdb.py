"""Reading a query's result from a DuckDB file: read-only, with no way to any other file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Timer
from typing import TYPE_CHECKING, Any

from toolkit.intake.sources.columns import named, plain
from toolkit.intake.sources.session import Session, SourceFault, one_line

if TYPE_CHECKING:
    import duckdb
    import pyarrow

BATCH_ROWS = 100_000
CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",  # else a query could name a variable of ours
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_persistent_secrets": "false",
    "temp_directory": "",  # else it would be beside the file
}


def read_duckdb(path: Path, query: str, session: Session) -> pyarrow.Table:
    """The whole result of a query.

    Args:
        path: the file.
        query: one statement.
        session: zone and time-outs.

    Raises:
        SourceFault: no database, one in use, or a query that fails, writes or takes too long.
    """
    with opened(path, session) as connection:
        return _result(connection, query, session)


@contextmanager
def opened(path: Path, session: Session) -> Iterator[duckdb.DuckDBPyConnection]:
    """A file opened for reading alone, until the time of the session is over.

    Raises:
        SourceFault: as ``read_duckdb``.
    """
    import duckdb

    try:
        connection = duckdb.connect(str(path), read_only=True, config=CONFIG)
    except duckdb.Error as error:
        raise _not_opened(error, path) from None
    expired = Event()
    try:
        with _limited(connection, session.statement_seconds, expired):
            yield connection
    except (duckdb.Error, OSError) as error:  # OSError: the stream's word for any of the former
        raise _fault(error, expired, session) from None
    finally:
        connection.close()


@contextmanager
def _limited(
    connection: duckdb.DuckDBPyConnection, seconds: float, expired: Event
) -> Iterator[None]:
    """Interrupt a connection when its time is over."""

    def stop() -> None:
        expired.set()
        connection.interrupt()

    timer = Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _result(connection: duckdb.DuckDBPyConnection, query: str, session: Session) -> pyarrow.Table:
    import duckdb
    import pyarrow as pa

    connection.execute("SET TimeZone = ?", [session.zone])
    connection.execute("SET lock_configuration = true")
    found = connection.extract_statements(query)
    if len(found) != 1 or found[0].type != duckdb.StatementType.SELECT:
        raise SourceFault("source_query_writes", "query")
    relation = connection.sql(query)
    names = named(relation.columns)
    table = relation.to_arrow_reader(BATCH_ROWS).read_all()
    columns: list[Any] = [plain(column) for column in table.columns]
    return pa.table(dict(zip(names, columns, strict=True)))


def _not_opened(error: duckdb.Error, path: Path) -> SourceFault:
    """Locked by another program, or no database: the first can be waited for."""
    import duckdb

    locked = isinstance(error, duckdb.IOException) and "lock" in str(error)
    return SourceFault("source_in_use" if locked else "source_unreadable", "source")


def _fault(error: Exception, expired: Event, session: Session) -> SourceFault:
    """What DuckDB said as a fault; its words only where they hold no value of a row."""
    import duckdb

    if expired.is_set():
        seconds = f"{session.statement_seconds:g}"
        return SourceFault("source_timeout", "query", {"seconds": seconds})
    telling = (
        duckdb.BinderException,
        duckdb.CatalogException,
        duckdb.ParserException,
        duckdb.PermissionException,
    )
    said = str(error) if isinstance(error, telling) else str(error).partition(":")[0]
    return SourceFault("source_query_failed", "query", {"detail": one_line(said)})
