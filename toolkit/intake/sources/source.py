"""A table from a database: the faults of what a mapping says, then the whole result of a query."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit.errors import InputError, Problem
from toolkit.intake.files.paths import refuse_links_out
from toolkit.intake.notes import shown
from toolkit.intake.sources.address import SCHEMES, SERVER, Address, parse_address
from toolkit.intake.sources.duckdb import read_duckdb
from toolkit.intake.sources.postgresql import read_postgresql
from toolkit.intake.sources.query import READING, first_word, statements
from toolkit.intake.sources.session import ConnectionLost, Session, SourceFault
from toolkit.intake.sources.sqlite import read_sqlite

if TYPE_CHECKING:
    import pyarrow

Read = TypeVar("Read")


def source_faults(source: str, query: str | None, name: str) -> list[Problem]:
    """What is wrong with a mapping's ``source`` and ``query``, before anything is opened.

    Args:
        source: address of a server, or of a file relative to the client's folder.
        query: what is asked; None if the mapping has none.
        name: the mapping's file.

    Returns:
        Problems with the key ``source`` or ``query``; none of them shows a password.
    """
    found = []
    for check, text in ((parse_address, source), (one_statement, query or "")):
        try:
            check(text)
        except SourceFault as fault:
            found.append(source_problem(fault, name))
    return found


def source_identity(source: str) -> str:
    """The address of a database without user, password and options; of a wrong one its scheme.

    >>> source_identity("postgresql://reader@db.example.com:5432/shop?sslmode=require")
    'postgresql://db.example.com:5432/shop'
    """
    try:
        return parse_address(source).identity
    except SourceFault:
        scheme = source.strip().partition("://")[0]
        return scheme if scheme in SCHEMES else ""


def query_table(
    source: str, query: str, folder: Path, name: str, session: Session | None = None
) -> pyarrow.Table:
    """The whole result of a query, read in one read-only transaction; never a part of it.

    Args:
        source: as in ``source_faults``.
        query: one statement that reads.
        folder: the client's folder, in which the file of a database must lie.
        name: the mapping's file, for messages.
        session: zone, time-outs and pauses before a read is made again; the usual ones if None.

    Returns:
        Columns under the names of the result: int64, decimal128, float64, bool, date32,
        timestamp[us] (with the session's zone where moments are stored) and string. Where a value
        does not fit its type, where SQLite has several kinds in one column, and for every other
        type, the column is string.

    Raises:
        InputError: address or query is wrong, the database cannot be read, or its connection
            dropped at every attempt.
    """
    problems = source_faults(source, query, name)
    if problems:
        raise InputError("source_refused", problems)
    address, statement = parse_address(source), one_statement(query)
    chosen = session or Session()
    try:
        if address.scheme == SERVER:
            return again(lambda: read_postgresql(address, statement, chosen), chosen)
        reader = read_sqlite if address.scheme == "sqlite" else read_duckdb
        return reader(database_file(address, folder), statement, chosen)
    except SourceFault as fault:
        problem = source_problem(fault, name, {"source": address.identity})
        raise InputError("source_unread", [problem]) from None


def again(read: Callable[[], Read], session: Session) -> Read:
    """The result of the first read whose connection holds to the end.

    A server that cannot be reached at the first attempt is told at once; after a drop it may be
    on its way back.
    """
    attempts = 0
    for pause in (*session.pauses_seconds, None):
        attempts += 1
        try:
            return read()
        except ConnectionLost as lost:
            if attempts == 1 and lost.code == "source_unreachable":
                raise
        if pause is not None:
            session.sleep(pause)
    raise SourceFault("source_dropped", "source", {"attempts": str(attempts)})


def one_statement(query: str) -> str:
    """The one statement of a query, without a semicolon.

    Raises:
        SourceFault: there is none, there are several, or it does not begin as one that reads.
    """
    found = statements(query)
    if not found:
        raise SourceFault("source_query_missing", "query")
    if len(found) > 1:
        raise SourceFault("source_query_several", "query", {"count": str(len(found))})
    word = first_word(found[0])
    if word not in READING or "\0" in query:
        known = ", ".join(READING)
        raise SourceFault("source_query_kind", "query", {"given": shown(word), "known": known})
    return found[0]


def database_file(address: Address, folder: Path) -> Path:
    """The file of a database inside the client's folder."""
    for form in ("NFC", "NFD"):  # names from a Mac come decomposed
        path = folder / unicodedata.normalize(form, address.path)
        if path.is_file():
            refuse_links_out([path], folder)
            return path
    raise SourceFault("source_file_missing", "source")


def source_problem(fault: SourceFault, name: str, params: dict[str, str] | None = None) -> Problem:
    """A fault of a database as a problem of the mapping ``name``."""
    return Problem(
        code=fault.code, file=name, key=fault.key, params={**(params or {}), **fault.params}
    )
