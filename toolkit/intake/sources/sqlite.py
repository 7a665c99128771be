"""Reading a query's result from an SQLite file, which is opened for reading alone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.intake.sources.columns import EXACT_FLOAT, decoded, named
from toolkit.intake.sources.session import Session, SourceFault, one_line

if TYPE_CHECKING:
    import pyarrow

BATCH_ROWS = 10_000
STEPS_BETWEEN_LOOKS = 100_000
FORMAT_BYTES = slice(18, 20)
WRITE_AHEAD = b"\x02\x02"
_ALLOWED = (
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
)
_IN_USE = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY)
_NO_DATABASE = (
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_IOERR,
)


def read_sqlite(path: Path, query: str, session: Session) -> pyarrow.Table:
    """The whole result of a query.

    A column of one kind of value is int64, float64 or string; one of several kinds is text, each
    value as it is stored. Dates and flags are what SQLite has for them: text and numbers.

    Args:
        path: the file; nothing is written, not even beside it.
        query: one statement.
        session: its time-outs hold.

    Raises:
        SourceFault: no database, one in use, or a query that fails, writes or takes too long.
    """
    connection = sqlite3.connect(
        _opened_as(path),
        uri=True,
        timeout=session.connect_seconds,
        isolation_level=None,
    )
    try:
        return _result(connection, query, session)
    except sqlite3.Error as error:
        raise _fault(error, session) from None
    finally:
        connection.close()


def _opened_as(path: Path) -> str:
    """The address of a file for reading alone.

    SQLite writes files beside a database with a write-ahead log, even for readers. Where the log
    is empty, nobody is writing and the file can be taken as unchangeable.
    """
    try:
        file = path.open("rb")
    except OSError:
        raise SourceFault("source_unreadable", "source") from None
    with file:
        logged = file.read(FORMAT_BYTES.stop)[FORMAT_BYTES] == WRITE_AHEAD
    log = path.with_name(f"{path.name}-wal")
    if logged and log.is_file() and log.stat().st_size:
        raise SourceFault("source_in_use", "source")
    return f"{path.resolve().as_uri()}?mode=ro{'&immutable=1' if logged else ''}"


def _result(connection: sqlite3.Connection, query: str, session: Session) -> pyarrow.Table:
    import pyarrow as pa

    connection.text_factory = decoded
    last = time.monotonic() + session.statement_seconds
    connection.set_progress_handler(lambda: time.monotonic() > last, STEPS_BETWEEN_LOOKS)
    connection.set_authorizer(_authorise)
    cursor = connection.execute(query)
    names = named([column[0] for column in cursor.description or ()])
    columns = [_Column() for _ in names]
    while rows := cursor.fetchmany(BATCH_ROWS):
        for column, values in zip(columns, zip(*rows, strict=True), strict=True):
            column.add(values)
    return pa.table({name: column.array() for name, column in zip(names, columns, strict=True)})


def _authorise(
    action: int, first: str | None, second: str | None, database: str | None, trigger: str | None
) -> int:
    """Reading and computing are allowed; attaching, settings and writing are not."""
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


class _Column:
    """A column batch by batch, each kind of value in an array of its own."""

    def __init__(self) -> None:
        self.whole: list[pyarrow.Array] = []
        self.real: list[pyarrow.Array] = []
        self.text: list[pyarrow.Array] = []

    def add(self, values: Sequence[Any]) -> None:
        """Take in the values of a batch."""
        import pyarrow as pa

        cells = [decoded(value) if type(value) is bytes else value for value in values]
        for kind, type_, arrays in (
            (int, pa.int64(), self.whole),
            (float, pa.float64(), self.real),
            (str, pa.string(), self.text),
        ):
            arrays.append(pa.array([c if type(c) is kind else None for c in cells], type_))

    def array(self) -> Any:
        """The whole column in the one type that holds each value as it is stored."""
        import pyarrow as pa
        import pyarrow.compute as pc

        whole = pa.chunked_array(self.whole, pa.int64())
        real = pa.chunked_array(self.real, pa.float64())
        text = pa.chunked_array(self.text, pa.string())
        counts = [len(part) - part.null_count for part in (whole, real, text)]
        if counts[2] or not any(counts) or (all(counts[:2]) and _too_large(whole)):
            return pc.coalesce(text, whole.cast(pa.string()), real.cast(pa.string()))
        if counts[1]:
            return pc.coalesce(real, whole.cast(pa.float64()))
        return whole


def _too_large(whole: Any) -> bool:
    """Whether one of the integers has no equal among the floats."""
    import pyarrow.compute as pc

    ends = pc.min_max(whole).as_py()
    return bool(max(-ends["min"], ends["max"]) > EXACT_FLOAT)


def _fault(error: sqlite3.Error, session: Session) -> SourceFault:
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
    if code in _IN_USE:
        return SourceFault("source_in_use", "source")
    if code in _NO_DATABASE:
        return SourceFault("source_unreadable", "source")
    if code == sqlite3.SQLITE_INTERRUPT:
        seconds = f"{session.statement_seconds:g}"
        return SourceFault("source_timeout", "query", {"seconds": seconds})
    if code == sqlite3.SQLITE_AUTH:
        return SourceFault("source_query_writes", "query")
    said = str(error) if code == sqlite3.SQLITE_ERROR else getattr(error, "sqlite_errorname", "")
    return SourceFault("source_query_failed", "query", {"detail": one_line(said)})
