"""A mapping: how one export becomes one table, as a consultant confirmed it in a TOML file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from toolkit.intake.grid import ReadOptions

Operation = Literal["column", "join", "multiply", "sum", "minus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What fills a canonical column: one header, or several by an operation."""

    operation: Operation
    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A test of one column of the file: its header, an operator and what to compare with."""

    column: str
    operator: str
    operand: str | float | bool | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Another file whose columns are added by key; ``sum`` names what to add up per key."""

    file: str
    left: str
    right: str
    columns: tuple[str, ...]
    sum: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRules:
    """Which rows count and how; ``model`` None leaves it to the columns."""

    model: str | None = None
    cancelled: Condition | None = None
    keep: tuple[Condition, ...] = ()
    drop: tuple[Condition, ...] = ()
    duplicates: str | None = None
    zero_amount: str = "keep"
    guests: str = "quarantine"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """A whole mapping; ``name`` is its file as messages show it."""

    name: str
    table: str
    file: str | None = None
    read: ReadOptions = field(default_factory=ReadOptions)
    joins: tuple[Joined, ...] = ()
    columns: Mapping[str, Source] = field(default_factory=dict)
    rows: RowRules = field(default_factory=RowRules)
