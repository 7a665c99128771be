"""What a database has to offer so that the summaries can be made in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import pyarrow

Dialect = Literal["duckdb", "postgres", "spark"]
Kind = Literal["text", "whole", "decimal", "float", "date", "time", "moment", "flag", "other"]
"""Kinds of columns: ``time`` is a date with a time of day as a clock shows it, ``moment`` one that
stands for the same instant everywhere and has to be told in the client's zone."""


class Engine(Protocol):
    """A database that answers queries in its own dialect, and is only ever asked to read."""

    @property
    def dialect(self) -> Dialect:
        """Whose SQL it understands."""

    def kinds(self, query: str) -> Mapping[str, Kind]:
        """The columns of a query, without running it.

        Raises:
            SourceFault: it is not one statement that reads, or the database refuses it.
        """

    def read(self, query: str) -> pyarrow.Table:
        """The whole result of a query.

        Raises:
            SourceFault: the database could not run it.
        """
