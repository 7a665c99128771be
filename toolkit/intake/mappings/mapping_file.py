"""Reading a mapping file: every key checked, every fault named with what comes nearest."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.errors import Problem, UsageError
from toolkit.intake.files.grid import ReadOptions
from toolkit.intake.files.paths import inner_pattern
from toolkit.intake.files.records import WHITESPACE, named_separator
from toolkit.intake.mappings.columns import TableKind
from toolkit.intake.mappings.mapping import (
    Condition,
    FillDown,
    Joined,
    RowRules,
    Source,
    TableMapping,
)
from toolkit.intake.sources.source import source_faults
from toolkit.intake.values.date_format import strptime_form
from toolkit.intake.values.zones import known_zones

OPERATIONS = (
    "join",
    "multiply",
    "sum",
    "minus",
    "first",
    "or_row",
    "datetime",
    "when",
    "value",
)
SINGLE = ("first", "or_row")
OPERATORS = ("equals", "one_of", "starts_with", "contains", "blank", "at_most", "at_least")
_KEYS = ("table", "file", "read", "join", "columns", "rows", "source", "query")
_READ = ("encoding", "separator", "sheet", "date_format", "zone", "header_row", "header")
_JOIN = ("file", "on", "columns", "sum")
_ROWS = (
    "model",
    "cancelled",
    "keep",
    "drop",
    "duplicates",
    "zero_amount",
    "guests",
    "test",
    "fill_down",
    "persons",
)
_WORDS = {
    "model": ("lines", "orders"),
    "duplicates": ("drop", "keep"),
    "zero_amount": ("keep", "drop"),
    "guests": ("quarantine", "keep", "drop"),
    "persons": ("keep", "match"),
}


def load_mapping(path: Path, kinds: Mapping[str, TableKind]) -> TableMapping:
    """Read and check a mapping.

    Raises:
        UsageError: no TOML, unknown keys (with the nearest known one), wrong types or paths.
    """
    name = path.name
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise UsageError("mapping_wrong", [Problem(code="file_missing", file=name)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem(code="mapping_not_toml", file=name, params={"detail": str(error)})
        raise UsageError("mapping_wrong", [problem]) from None
    return mapping_of(tree, name, kinds)


def mapping_of(tree: Mapping[str, Any], name: str, kinds: Mapping[str, TableKind]) -> TableMapping:
    """The mapping that a parsed TOML file says; ``name`` is how messages name it.

    Raises:
        UsageError: unknown keys (with the nearest known one), wrong types or paths.
    """
    return _Checked(name, kinds).mapping(tree)


class _Checked:
    """One mapping under check: every fault is collected, then raised together."""

    def __init__(self, name: str, kinds: Mapping[str, TableKind]) -> None:
        self.name = name
        self.kinds = kinds
        self.problems: list[Problem] = []

    def mapping(self, tree: Mapping[str, Any]) -> TableMapping:
        self.known(tree, _KEYS, "")
        source, query = self.text(tree, "source", ""), self.text(tree, "query", "")
        if source is not None or query is not None:
            self.problems += source_faults(source or "", query, self.name)
            if "file" in tree:
                self.fault("mapping_file_and_source", "file")
        kind = self.kinds.get(str(tree.get("table")))
        if kind is None:
            self.unknown("table", str(tree.get("table", "")), self.kinds)
        made = TableMapping(
            name=self.name,
            table=kind.name if kind else "",
            file=self.path(tree["file"], "file") if "file" in tree else None,
            read=self.read(self.table(tree, "read")),
            joins=tuple(self.join(item) for item in self.tables(tree, "join")),
            columns=self.columns(self.table(tree, "columns"), kind),
            rows=self.rows(self.table(tree, "rows")),
            source=source,
            query=query,
        )
        if self.problems:
            raise UsageError("mapping_wrong", self.problems)
        return made

    def fault(self, code: str, key: str, params: Mapping[str, str] | None = None) -> None:
        self.problems.append(Problem(code=code, file=self.name, key=key, params=dict(params or {})))

    def known(self, tree: Mapping[str, Any], keys: Iterable[str], prefix: str) -> None:
        for key in tree:
            if key not in keys:
                self.unknown(f"{prefix}{key}", key, keys)

    def unknown(self, key: str, given: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(given, known, n=1, cutoff=0.0)
        self.fault("mapping_unknown", key, {"given": given, "near": near[0] if near else ""})

    def table(self, tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = tree.get(key, {})
        if isinstance(value, dict):
            return value
        self.fault("mapping_type", key)
        return {}

    def tables(self, tree: Mapping[str, Any], key: str) -> list[Mapping[str, Any]]:
        value = tree.get(key, [])
        if isinstance(value, list) and all(isinstance(item, dict) for item in value):
            return value
        self.fault("mapping_type", key)
        return []

    def text(self, tree: Mapping[str, Any], key: str, prefix: str) -> str | None:
        value = tree.get(key)
        if value is None or isinstance(value, str):
            return value
        self.fault("mapping_type", f"{prefix}{key}")
        return None

    def texts(self, tree: Mapping[str, Any], key: str, prefix: str) -> tuple[str, ...]:
        value = tree.get(key, [])
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.fault("mapping_type", f"{prefix}{key}")
        return ()

    def path(self, value: Any, key: str) -> str:
        pattern = inner_pattern(value) if isinstance(value, str) else None
        if pattern is None:
            self.fault("mapping_path", key)
        return pattern or ""

    def read(self, tree: Mapping[str, Any]) -> ReadOptions:
        self.known(tree, _READ, "read.")
        header_row = tree.get("header_row")
        if not (header_row is None or (type(header_row) is int and header_row >= 1)):
            self.fault("mapping_type", "read.header_row")
            header_row = None
        date_format = self.text(tree, "date_format", "read.")
        if date_format is not None:
            self.date_format(date_format)
        return ReadOptions(
            encoding=self.text(tree, "encoding", "read."),
            separator=self.separator(tree),
            sheet=self.text(tree, "sheet", "read."),
            date_format=date_format,
            zone=self.zone(tree),
            header_row=header_row,
            header=self.texts(tree, "header", "read."),
        )

    def separator(self, tree: Mapping[str, Any]) -> str | None:
        value = self.text(tree, "separator", "read.")
        if value is not None and value != WHITESPACE and len(named_separator(value)) != 1:
            self.fault("mapping_type", "read.separator")
            return None
        return value

    def zone(self, tree: Mapping[str, Any]) -> str | None:
        value = self.text(tree, "zone", "read.")
        if value is not None and value not in known_zones():
            self.fault("mapping_type", "read.zone")
            return None
        return value

    def date_format(self, form: str) -> None:
        try:
            strptime_form(form)
        except UsageError as error:
            self.fault(error.code, "read.date_format", error.params)

    def join(self, tree: Mapping[str, Any]) -> Joined:
        self.known(tree, _JOIN, "join.")
        on = self.table(tree, "on")
        self.known(on, ("left", "right"), "join.on.")
        left, right = self.text(on, "left", "join.on."), self.text(on, "right", "join.on.")
        if not left or not right:
            self.fault("mapping_missing", "join.on")
        summed = self.texts(tree, "sum", "join.")
        columns = self.texts(tree, "columns", "join.") or summed
        if not columns:
            self.fault("mapping_missing", "join.columns")
        return Joined(
            file=self.path(tree.get("file"), "join.file"),
            left=left or "",
            right=right or "",
            columns=columns,
            sum=summed,
        )

    def columns(self, tree: Mapping[str, Any], kind: TableKind | None) -> dict[str, Source]:
        if kind is not None:
            self.known(tree, kind.columns, "columns.")
        return {
            name: source
            for name, value in tree.items()
            if (source := self.source(name, value)) is not None
        }

    def source(self, name: str, value: Any) -> Source | None:
        key = f"columns.{name}"
        if isinstance(value, str):
            return Source(operation="column", headers=(value,))
        if isinstance(value, dict) and set(value) == {"when", "take"}:
            test, taken = self.test(value["when"], key), self.text(value, "take", f"{key}.")
            return Source(operation="when", headers=(taken or "",), test=test)
        if not isinstance(value, dict) or len(value) != 1:
            self.fault("mapping_column", key)
            return None
        operation = next(iter(value))
        if operation not in OPERATIONS:
            self.unknown(key, operation, OPERATIONS)
            return None
        if operation == "value":
            text = self.text(value, operation, f"{key}.")
            return Source(operation="value", headers=(text or "",))
        headers = self.texts(value, operation, f"{key}.")
        if len(headers) < (1 if operation in SINGLE else 2):
            self.fault("mapping_column", key)
            return None
        return Source(operation=operation, headers=headers)

    def rows(self, tree: Mapping[str, Any]) -> RowRules:
        self.known(tree, _ROWS, "rows.")
        chosen = {key: self.word(tree, key) for key in _WORDS}
        return RowRules(
            model=chosen["model"],
            duplicates=chosen["duplicates"],
            zero_amount=chosen["zero_amount"] or "keep",
            guests=chosen["guests"] or "quarantine",
            cancelled=self.any_of(tree),
            keep=self.tests(tree, "keep"),
            drop=self.tests(tree, "drop"),
            test=self.test(tree["test"], "rows.test") if "test" in tree else None,
            fill_down=self.fill_down(tree),
            persons=chosen["persons"] or "keep",
        )

    def fill_down(self, tree: Mapping[str, Any]) -> FillDown | None:
        if "fill_down" not in tree:
            return None
        value = self.table(tree, "fill_down")
        self.known(value, ("by", "columns"), "rows.fill_down.")
        by = self.text(value, "by", "rows.fill_down.")
        columns = self.texts(value, "columns", "rows.fill_down.")
        if not by or not columns:
            self.fault("mapping_missing", "rows.fill_down")
        return FillDown(by=by or "", columns=columns)

    def word(self, tree: Mapping[str, Any], key: str) -> str | None:
        value = self.text(tree, key, "rows.")
        if value is not None and value not in _WORDS[key]:
            self.unknown(f"rows.{key}", value, _WORDS[key])
            return None
        return value

    def tests(self, tree: Mapping[str, Any], key: str) -> tuple[Condition, ...]:
        made = [self.test(item, f"rows.{key}") for item in self.tables(tree, key)]
        return tuple(test for test in made if test is not None)

    def any_of(self, tree: Mapping[str, Any]) -> tuple[Condition, ...]:
        """One test of a cancelled row, or several of which any may hold."""
        value = tree.get("cancelled", [])
        made = [
            self.test(item, "rows.cancelled")
            for item in (value if isinstance(value, list) else [value])
        ]
        return tuple(test for test in made if test is not None)

    def test(self, value: Any, key: str) -> Condition | None:
        if not isinstance(value, dict) or not isinstance(value.get("column"), str):
            self.fault("mapping_test", key)
            return None
        operators = [name for name in value if name != "column"]
        if len(operators) != 1:
            self.fault("mapping_test", key)
            return None
        if operators[0] not in OPERATORS:
            self.unknown(key, operators[0], OPERATORS)
            return None
        operand = _operand(operators[0], value[operators[0]])
        if operand is None:
            self.fault("mapping_type", f"{key}.{operators[0]}")
            return None
        return Condition(column=value["column"], operator=operators[0], operand=operand)


def _operand(operator: str, value: Any) -> str | float | bool | tuple[str, ...] | None:
    """What a test compares with, in the type that its operator needs; None if it is another."""
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if operator == "blank":
        return value if isinstance(value, bool) else None
    if operator in ("at_most", "at_least"):
        return float(value) if number else None
    if operator == "one_of":
        whole = isinstance(value, list) and all(isinstance(item, str | int) for item in value)
        return tuple(str(item) for item in value) if whole else None
    if operator == "equals" and number:
        return f"{value:g}" if isinstance(value, float) else str(value)
    return value if isinstance(value, str) else None
