"""Where a client's tables lie: what its mappings say, or a session the caller has open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import InputError, Problem, UsageError
from toolkit.intake.mappings.columns import TableKind
from toolkit.intake.mappings.mapping import RowRules, TableMapping
from toolkit.intake.mappings.mapping_file import load_mapping, mapping_of
from toolkit.intake.sources.address import SERVER, parse_address
from toolkit.intake.sources.duckdb import opened
from toolkit.intake.sources.postgresql import reading
from toolkit.intake.sources.session import Session, SourceFault
from toolkit.intake.sources.source import database_file, one_statement, source_problem
from toolkit.measures.databases.delivered import DELIVERED
from toolkit.measures.databases.duckdb import DuckdbEngine
from toolkit.measures.databases.engine import Engine
from toolkit.measures.databases.postgresql import PostgresqlEngine
from toolkit.measures.databases.spark import SparkEngine

if TYPE_CHECKING:
    import duckdb
    from pyspark.sql import SparkSession

FILE_SCHEME = "duckdb"
GIVEN = "queries"
"""What messages call the queries of an open session, which stand in no file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDatabase:
    """A session that is open already, with a query for each table that lies there.

    Args:
        session: a Spark session (classic or Connect), or a connection of DuckDB.
        queries: by table (orders, receivables, contracts, journey), in the session's own SQL.
        rows: what ``[rows]`` of a mapping says (model, guests, duplicates, zero_amount).
    """

    session: SparkSession | duckdb.DuckDBPyConnection
    queries: Mapping[str, str]
    rows: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One table in a database: the query, the rules of its rows, and what messages call it.

    ``source`` is None for a session the caller has open.
    """

    table: str
    name: str
    source: str | None
    query: str
    rules: RowRules


def mapped_places(folder: Path, kinds: Mapping[str, TableKind]) -> list[Place]:
    """The tables whose mappings name a database, in the order of the mappings' names.

    Raises:
        UsageError: a mapping is wrong, asks for what only rows on this side can do, or two name
            one table.
    """
    places: list[Place] = []
    problems: list[Problem] = []
    for path in sorted((folder / "mappings").glob("*.toml"), key=lambda one: one.name):
        mapping = load_mapping(path, kinds)
        if mapping.source is None or mapping.table not in DELIVERED:
            continue
        problems += _beyond(mapping)
        if mapping.table in [one.table for one in places]:
            problems.append(Problem(code="database_table_twice", file=mapping.name, key="table"))
        if parse_address(mapping.source).scheme not in (SERVER, FILE_SCHEME):
            problems.append(Problem(code="database_scheme", file=mapping.name, key="source"))
        places.append(
            Place(
                table=mapping.table,
                name=mapping.name,
                source=mapping.source,
                query=one_statement(mapping.query or ""),
                rules=mapping.rows,
            )
        )
    if problems:
        raise UsageError("mapping_wrong", problems)
    return places


def given_places(given: OpenDatabase, kinds: Mapping[str, TableKind]) -> list[Place]:
    """The tables of a session the caller has open.

    Raises:
        UsageError: no such table, a query that does not read, or unknown rules.
    """
    places: list[Place] = []
    problems: list[Problem] = []
    for table, query in given.queries.items():
        if table not in DELIVERED:
            params = {"given": table, "near": ", ".join(DELIVERED)}
            problems.append(Problem(code="mapping_unknown", file=GIVEN, key=table, params=params))
            continue
        mapping = mapping_of({"table": table, "rows": dict(given.rows)}, GIVEN, kinds)
        problems += _beyond(mapping)
        try:
            text = one_statement(query)
        except SourceFault as fault:
            problems.append(source_problem(fault, table))
            continue
        rules = mapping.rows
        places.append(Place(table=table, name=GIVEN, source=None, query=text, rules=rules))
    if problems:
        raise UsageError("mapping_wrong", problems)
    return places


def _beyond(mapping: TableMapping) -> list[Problem]:
    """What a mapping asks of rows that the query itself has to do when they stay where they are."""
    rules = mapping.rows
    asked = {
        "columns": mapping.columns,
        "join": mapping.joins,
        "read.zone": mapping.read.zone,
        "rows.cancelled": rules.cancelled,
        "rows.keep": rules.keep,
        "rows.drop": rules.drop,
        "rows.test": rules.test,
        "rows.fill_down": rules.fill_down,
        "rows.persons": rules.persons == "match",
    }
    return [
        Problem(code="database_beyond", file=mapping.name, key=key)
        for key, value in asked.items()
        if value
    ]


def engine_of(session: Any) -> Engine:
    """The engine of a session the caller has open."""
    import duckdb

    if isinstance(session, duckdb.DuckDBPyConnection):
        return DuckdbEngine(session)
    return SparkEngine(session)


@contextmanager
def engines(
    places: list[Place], folder: Path, session: Session
) -> Iterator[Mapping[str | None, Engine]]:
    """An engine for each database that mappings name, all open until the end.

    Raises:
        SourceFault: a database cannot be reached or opened.
    """
    with ExitStack() as stack:
        found: dict[str | None, Engine] = {}
        for source in dict.fromkeys(one.source for one in places):
            if source is not None:
                found[source] = _opened(stack, source, folder, session)
        yield found


def _opened(stack: ExitStack, source: str, folder: Path, session: Session) -> Engine:
    address = parse_address(source)
    if address.scheme == SERVER:
        return PostgresqlEngine(stack.enter_context(reading(address, session)))
    path = database_file(address, folder)
    return DuckdbEngine(stack.enter_context(opened(path, session)))


def told(fault: SourceFault, places: list[Place]) -> InputError:
    """A fault of a database as an error that names the mapping, and the place without secrets."""
    place = places[0]
    source = parse_address(place.source).identity if place.source else GIVEN
    return InputError("source_unread", [source_problem(fault, place.name, {"source": source})])
