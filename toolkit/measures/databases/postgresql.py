"""PostgreSQL as an engine: one read-only transaction for all summaries of a client."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.intake.sources.postgresql import Reading
from toolkit.measures.databases.engine import Dialect, Kind

if TYPE_CHECKING:
    import pyarrow

# By their object id in pg_type.
KINDS: Mapping[int, Kind] = {
    16: "flag",
    18: "text",
    20: "whole",
    21: "whole",
    23: "whole",
    25: "text",
    700: "float",
    701: "float",
    1042: "text",
    1043: "text",
    1082: "date",
    1114: "time",
    1184: "moment",
    1700: "decimal",
}


# PostgreSQL cannot tell how many rows are left after rows were judged, takes them for a few, and
# would go through all orders once for each order.
PLANNING = {"enable_nestloop": "off", "jit": "off"}


class PostgresqlEngine:
    """A transaction in which the summaries are made."""

    dialect: Dialect = "postgres"

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        reading.settle(PLANNING)

    def kinds(self, query: str) -> Mapping[str, Kind]:
        """The columns of a query, without running it."""
        names, types = self.reading.described(query)
        return {name: KINDS.get(type_, "other") for name, type_ in zip(names, types, strict=True)}

    def read(self, query: str) -> pyarrow.Table:
        """The whole result of a query."""
        return self.reading.read(query)
