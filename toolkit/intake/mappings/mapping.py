"""A mapping: how one export becomes one table, as a consultant confirmed it in a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from toolkit.intake.files.grid import ReadOptions

Operation = Literal[
    "column", "join", "multiply", "sum", "minus", "first", "or_row", "datetime", "when", "value"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A test of one column of the file: its header, an operator and what to compare with."""

    column: str
    operator: str
    operand: str | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What fills a canonical column: one header, or several by an operation.

    ``first`` takes the first that is not blank, ``or_row`` else names the row, ``datetime`` puts
    a date and a time of day together, ``when`` takes a header where ``test`` holds; for ``value``
    the one of ``headers`` is no header but the text that every row gets.
    """

    operation: Operation
    headers: tuple[str, ...]
    test: Condition | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """The headers of the file it needs."""
        return () if self.operation == "value" else self.headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Another file whose columns are added by key; ``sum`` names what to add up per key."""

    file: str
    left: str
    right: str
    columns: tuple[str, ...]
    sum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FillDown:
    """Columns that only the first row of a group has: the rows below take them over.

    A blank cell takes the last value above it as long as ``by`` is equal or blank.
    """

    by: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRules:
    """Which rows count and how; ``model`` None leaves it to the columns.

    ``cancelled`` holds where any of its tests does. ``test`` marks orders made to try the shop:
    they are dropped and counted. ``persons`` says whether rows of one person under several keys
    are counted as one customer.
    """

    model: str | None = None
    cancelled: tuple[Condition, ...] = ()
    keep: tuple[Condition, ...] = ()
    drop: tuple[Condition, ...] = ()
    duplicates: str | None = None
    zero_amount: str = "keep"
    guests: str = "quarantine"
    test: Condition | None = None
    fill_down: FillDown | None = None
    persons: str = "keep"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """A whole mapping; ``name`` is its file, or its adapter, as messages show it.

    ``system`` and ``status`` are those of the adapter it was made of; ``transform`` names how
    rows become a table where columns alone cannot say it, ``journal`` the layout it needs.
    """

    name: str
    table: str
    file: str | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    joins: tuple[Joined, ...] = ()
    columns: Mapping[str, Source] = field(default_factory=dict)
    rows: RowRules = field(default_factory=RowRules)
    source: str | None = None
    query: str | None = None
    system: str | None = None
    status: str | None = None
    transform: str | None = None
    journal: Mapping[str, Any] | None = None
