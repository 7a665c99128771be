"""DuckDB as an engine: a file of the client's, or a connection that is open already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.intake.sources.columns import named
from toolkit.intake.sources.session import SourceFault, one_line
from toolkit.measures.databases.engine import Dialect, Kind

if TYPE_CHECKING:
    import duckdb
    import pyarrow

BATCH_ROWS = 100_000
KINDS: Mapping[str, Kind] = {
    "BOOLEAN": "flag",
    "VARCHAR": "text",
    "TINYINT": "whole",
    "SMALLINT": "whole",
    "INTEGER": "whole",
    "BIGINT": "whole",
    "HUGEINT": "whole",
    "UTINYINT": "whole",
    "USMALLINT": "whole",
    "UINTEGER": "whole",
    "UBIGINT": "whole",
    "DECIMAL": "decimal",
    "FLOAT": "float",
    "DOUBLE": "float",
    "DATE": "date",
    "TIMESTAMP": "time",
    "TIMESTAMP_S": "time",
    "TIMESTAMP_MS": "time",
    "TIMESTAMP_NS": "time",
    "TIMESTAMP WITH TIME ZONE": "moment",
}


class DuckdbEngine:
    """A connection in which the summaries are made; nothing is written to it."""

    dialect: Dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def kinds(self, query: str) -> Mapping[str, Kind]:
        """The columns of a query, without running it."""
        import duckdb

        with _faults():
            found = self.connection.extract_statements(query)
            if len(found) != 1 or found[0].type != duckdb.StatementType.SELECT:
                raise SourceFault("source_query_writes", "query")
            described = self.connection.execute(f"DESCRIBE {query}").fetchall()
        types = {str(name): str(kind).partition("(")[0] for name, kind, *_ in described}
        named([str(name) for name, *_ in described])
        return {name: KINDS.get(kind, "other") for name, kind in types.items()}

    def read(self, query: str) -> pyarrow.Table:
        """The whole result of a query."""
        with _faults():
            table: pyarrow.Table = self.connection.sql(query).to_arrow_reader(BATCH_ROWS).read_all()
            return table


@contextmanager
def _faults() -> Iterator[None]:
    """What DuckDB says, as faults; its words only where they hold no value of a row."""
    import duckdb

    telling = (duckdb.BinderException, duckdb.CatalogException, duckdb.ParserException)
    try:
        yield
    except duckdb.InterruptException:
        raise  # whoever opened the connection limits its time
    except (duckdb.Error, OSError) as error:
        said = str(error) if isinstance(error, telling) else str(error).partition(":")[0]
        raise SourceFault("source_query_failed", "query", {"detail": one_line(said)}) from None
