"""Adapters from content: every key checked as in a mapping, headers with the names they go by."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from toolkit.errors import MethodError, Problem, UsageError
from toolkit.intake.adapters.adapter import Adapter
from toolkit.intake.mappings.columns import TableKind
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.mappings.mapping_file import mapping_of
from toolkit.method import Entry, Method

STATUSES = ("verified", "partly", "memory")
TRANSFORMS = ("journal_receivables",)
_OWN = ("identify", "system", "status")
_TABLE = ("table", "read", "join", "columns", "rows")
_MADE = ("transform", "journal")
_ACCOUNTS = ("receivables", "reductions", "openings")
_PART = ("part", "read")
_JOIN = ("part", "on", "columns", "sum")
_TESTS = ("cancelled", "test")
_TEST_LISTS = ("keep", "drop")


def load_adapters(method: Method, kinds: Mapping[str, TableKind]) -> tuple[Adapter, ...]:
    """Every adapter of a method, in the order of content.

    Raises:
        MethodError: with file and key of every fault, and the nearest known word.
    """
    section = method.section("adapters")
    parts = {entry.id: entry["part"] for entry in section.values() if "part" in entry}
    read = [_Reading(entry, kinds, parts) for entry in section.values()]
    problems = [problem for one in read for problem in one.problems]
    problems += _strays(section, parts)
    if problems:
        raise MethodError("method_wrong", problems)
    return tuple(one.adapter() for one in read)


class _Reading:
    """One adapter as it is read; ``problems`` collects its faults.

    ``names`` gives for the first name of a header all names it goes by; ``full`` is the mapping
    with first names, its table empty where the file is only joined to another.
    """

    def __init__(
        self, entry: Entry, kinds: Mapping[str, TableKind], parts: Mapping[str, Any]
    ) -> None:
        self.entry = entry
        self.kinds = kinds
        self.parts = parts
        self.names: dict[str, tuple[str, ...]] = {}
        self.problems: list[Problem] = []
        self.system = self._text("system")
        self.status = self._status_word()
        self.identify = self._identifying()
        self.part = self._text("part") if "part" in entry else None
        self.full = replace(self._mapping(), system=self.system, status=self.status)

    def adapter(self) -> Adapter:
        """What was read; of use where there are no problems."""
        return Adapter(
            id=self.entry.id,
            system=self.system,
            status=self.status,
            identify=self.identify,
            full=self.full,
            kind=self.kinds.get(self.full.table),
            part=self.part,
            names=self.names,
            journal=self.entry.get("journal"),
        )

    def _mapping(self) -> TableMapping:
        """The mapping with each header under its first name, checked as a mapping file is."""
        whole = "part" not in self.entry
        keys = _TABLE if whole else ("read",)
        self._known(self.entry, (*_OWN, *(_TABLE + _MADE if whole else _PART)), "")
        tree = {key: self.entry[key] for key in keys if key in self.entry}
        if not whole:  # no table by itself: only how to read it can be wrong
            tree["table"] = next(iter(self.kinds))
        try:
            checked = mapping_of(self._plain(tree), self.entry.id, self.kinds)
        except UsageError as error:
            self.problems += [self._placed(problem) for problem in error.problems]
            return TableMapping(name=self.entry.id, table="")
        return (
            replace(checked, transform=self._transform()) if whole else replace(checked, table="")
        )

    def _transform(self) -> str | None:
        """What turns rows into the table where columns cannot say it."""
        if "transform" not in self.entry:
            return None
        value = self._text("transform")
        if value and value not in TRANSFORMS:
            self._unknown("transform", value, TRANSFORMS)
        self._journal()
        return value

    def _journal(self) -> None:
        """Check the layout of a journal: which headers play which part, names of accounts."""
        journal = self.entry.get("journal")
        if not isinstance(journal, dict) or not isinstance(journal.get("headers"), dict):
            self._fault("mapping_missing" if journal is None else "mapping_type", "journal")
            return
        self._known(journal, (*_ACCOUNTS, "headers"), "journal.")
        for role, value in journal["headers"].items():
            if not isinstance(value, str) and not _texts(value):
                self._fault("mapping_type", f"journal.headers.{role}")
        for name in _ACCOUNTS:
            if name in journal and not _texts(journal[name]):
                self._fault("mapping_type", f"journal.{name}")

    def _plain(self, tree: Mapping[str, Any]) -> dict[str, Any]:
        """The tree of a mapping: lists of names become first names, parts stand as files."""
        made = dict(tree)
        if isinstance(tree.get("columns"), dict):
            made["columns"] = {key: self._source(value) for key, value in tree["columns"].items()}
        if isinstance(tree.get("rows"), dict):
            made["rows"] = {key: self._rule(key, value) for key, value in tree["rows"].items()}
        if isinstance(tree.get("join"), list):
            made["join"] = [self._join(item) for item in tree["join"]]
        return made

    def _source(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._operand(key, items) for key, items in value.items()}
        return self._first(value)

    def _operand(self, key: str, value: Any) -> Any:
        if key == "when":
            return self._test(value)
        if key == "take":
            return self._first(value)
        return [self._first(item) for item in value] if isinstance(value, list) else value

    def _rule(self, key: str, value: Any) -> Any:
        if key == "cancelled" and isinstance(value, list):
            return [self._test(item) for item in value]
        if key in _TESTS:
            return self._test(value)
        if key in _TEST_LISTS and isinstance(value, list):
            return [self._test(item) for item in value]
        if key == "fill_down" and isinstance(value, dict):
            return self._renamed(value, ("by",), ("columns",))
        return value

    def _test(self, value: Any) -> Any:
        return self._renamed(value, ("column",), ()) if isinstance(value, dict) else value

    def _join(self, value: Any) -> Any:
        """A join with the part where a mapping has its file."""
        if not isinstance(value, dict):
            return value
        self._known(value, _JOIN, "join.")
        part = value.get("part")
        if part is None:
            self._fault("mapping_missing", "join.part")
        elif not isinstance(part, str) or self.parts.get(part) != self.entry.id:
            mine = [name for name, of in self.parts.items() if of == self.entry.id]
            self._unknown("join.part", str(part), mine)
        made = self._renamed(value, (), ("columns", "sum"))
        if isinstance(made.get("on"), dict):
            made["on"] = self._renamed(made["on"], ("left", "right"), ())
        kept = {key: item for key, item in made.items() if key in _JOIN and key != "part"}
        return {**kept, "file": part if isinstance(part, str) else self.entry.id}

    def _renamed(
        self, tree: Mapping[str, Any], single: Iterable[str], several: Iterable[str]
    ) -> dict[str, Any]:
        made = dict(tree)
        for key in single:
            if key in made:
                made[key] = self._first(made[key])
        for key in several:
            if isinstance(made.get(key), list):
                made[key] = [self._first(item) for item in made[key]]
        return made

    def _first(self, value: Any) -> Any:
        """The first of a header's names, the others kept in mind; what is no name stays as is."""
        if not _texts(value):
            return value
        known = self.names.get(value[0], (value[0],))
        self.names[value[0]] = tuple(dict.fromkeys((*known, *value)))
        return value[0]

    def _identifying(self) -> tuple[tuple[str, ...], ...]:
        value = self.entry.get("identify")
        if value is None:
            self._fault("mapping_missing", "identify")
            return ()
        whole = isinstance(value, list) and value
        if not whole or not all(isinstance(item, str) or _texts(item) for item in value):
            self._fault("mapping_type", "identify")
            return ()
        return tuple((item,) if isinstance(item, str) else tuple(item) for item in value)

    def _text(self, key: str) -> str:
        value = self.entry.get(key)
        if isinstance(value, str) and value:
            return value
        self._fault("mapping_missing" if value is None else "mapping_type", key)
        return ""

    def _status_word(self) -> str:
        value = self._text("status")
        if value and value not in STATUSES:
            self._unknown("status", value, STATUSES)
        return value

    def _known(self, tree: Mapping[str, Any], keys: Iterable[str], prefix: str) -> None:
        for key in tree:
            if key not in keys:
                self._unknown(f"{prefix}{key}", key, keys)

    def _unknown(self, key: str, given: str, known: Iterable[str]) -> None:
        near = difflib.get_close_matches(given, list(known), n=1, cutoff=0.0)
        self._fault("mapping_unknown", key, {"given": given, "near": near[0] if near else ""})

    def _fault(self, code: str, key: str, params: Mapping[str, str] | None = None) -> None:
        self.problems.append(self._placed(Problem(code=code, key=key, params=dict(params or {}))))

    def _placed(self, problem: Problem) -> Problem:
        key = f"{self.entry.id}.{problem.key}" if problem.key else self.entry.id
        return replace(problem, file=self.entry.file, line=self.entry.line, key=key)


def _texts(value: Any) -> bool:
    """Whether a value is a list of names."""
    return isinstance(value, list) and bool(value) and all(isinstance(x, str) for x in value)


def _strays(section: Mapping[str, Entry], parts: Mapping[str, Any]) -> list[Problem]:
    """Parts of an adapter that is not there, or is no table itself."""
    tables = [entry.id for entry in section.values() if "part" not in entry]
    problems = []
    for name, of in parts.items():
        if of in tables:
            continue
        entry = section[name]
        near = difflib.get_close_matches(str(of), tables, n=1, cutoff=0.0)
        params = {"given": str(of), "near": near[0] if near else ""}
        problems.append(
            Problem(
                code="mapping_unknown",
                file=entry.file,
                line=entry.line,
                key=f"{name}.part",
                params=params,
            )
        )
    return problems
