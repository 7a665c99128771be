"""Spark as an engine: a session that is open already, classic or Spark Connect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from toolkit.intake.sources.columns import named
from toolkit.intake.sources.session import SourceFault, one_line
from toolkit.measures.databases.engine import Dialect, Kind

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import SparkSession

KINDS: Mapping[str, Kind] = {
    "boolean": "flag",
    "string": "text",
    "char": "text",
    "varchar": "text",
    "tinyint": "whole",
    "smallint": "whole",
    "int": "whole",
    "bigint": "whole",
    "decimal": "decimal",
    "float": "float",
    "double": "float",
    "date": "date",
    "timestamp_ntz": "time",
    "timestamp": "moment",
}


class SparkEngine:
    """A session in which the summaries are made; none of its settings is touched."""

    dialect: Dialect = "spark"

    def __init__(self, session: SparkSession) -> None:
        self.session = session

    def kinds(self, query: str) -> Mapping[str, Kind]:
        """The columns of a query, without running it.

        Spark runs a statement that writes as soon as it is handed over: the words are looked at
        first, and the query is only ever handed over inside brackets, where it can but read.
        """
        _only_reads(query)
        with _faults():
            found = self.session.sql(f"SELECT * FROM (\n{query}\n) AS given LIMIT 0").dtypes
        named([name for name, _ in found])
        return {name: KINDS.get(kind.partition("(")[0], "other") for name, kind in found}

    def read(self, query: str) -> pyarrow.Table:
        """The whole result of a query."""
        with _faults():
            table: pyarrow.Table = self.session.sql(query).toArrow()
            return table


def _only_reads(query: str) -> None:
    try:
        import sqlglot
        from sqlglot import exp
    except ImportError:
        raise SourceFault("source_carrier", "source") from None
    try:
        found = sqlglot.parse(query, read="spark")
    except sqlglot.ParseError:
        raise SourceFault(
            "source_query_failed", "query", {"detail": "PARSE_SYNTAX_ERROR"}
        ) from None
    if len(found) != 1 or not isinstance(found[0], exp.Query):
        raise SourceFault("source_query_writes", "query")


@contextmanager
def _faults() -> Iterator[None]:
    """What Spark says, as faults: the name of its condition, since its words quote values."""
    from pyspark.errors import PySparkException

    try:
        yield
    except PySparkException as error:
        said = error.getCondition() or type(error).__name__
        raise SourceFault("source_query_failed", "query", {"detail": one_line(said)}) from None
