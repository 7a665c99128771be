"""An adapter: what is known of one export of one system, fitted to a file by its headers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.intake.mappings.columns import TableKind, header_form
from toolkit.intake.mappings.mapping import (
    Condition,
    FillDown,
    Joined,
    RowRules,
    Source,
    TableMapping,
)

WHOLE = ("join", "multiply")
SHORTENED = ("first", "sum", "minus", "datetime")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file that is joined to another: how a mapping names it, and its headers."""

    file: str
    header: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """One export of a system: what its headers are called, and how its rows count.

    ``full`` is the mapping with every header under its first name; ``names`` gives, for a first
    name, all names the header goes by. ``identify`` are the headers, each with its names, by which
    the export is known. ``part`` is the adapter this file is joined to, where it is no table by
    itself; the joins of ``full`` name parts instead of files. ``journal`` is the layout of a
    journal that is turned into receivables.
    """

    id: str
    system: str
    status: str
    identify: tuple[tuple[str, ...], ...]
    full: TableMapping
    kind: TableKind | None = None
    part: str | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    journal: Mapping[str, Any] | None = None

    @property
    def table(self) -> str | None:
        """The table kind it makes; None for a part."""
        return self.kind.name if self.kind else None

    @property
    def parts(self) -> tuple[str, ...]:
        """Ids of the adapters whose files are joined to this one where they are there."""
        return tuple(join.file for join in self.full.joins)

    def fits(self, header: Sequence[str]) -> bool:
        """Whether a file's headers are this export's, with all the table cannot do without."""
        found = _Headers(header, self.names)
        if not all(found.any_of(names) for names in self.identify):
            return False
        if self.kind is None or self.full.transform:
            return True
        have = set(self._columns(found))
        either = self.kind.either
        return have.issuperset(self.kind.required) and (
            not either or any(have.issuperset(names) for names in either)
        )

    def mapping(
        self, header: Sequence[str], parts: Mapping[str, Part] | None = None
    ) -> TableMapping:
        """The mapping of a file: first names replaced by the headers it has, the rest left out.

        Args:
            header: the file's headers; of headers that stand twice the first counts.
            parts: files to join, by the id of their adapter.
        """
        own = _Headers(header, self.names)
        joins = self._joins(own, parts or {})
        found = own.with_more(name for join in joins for name in join.columns)
        return replace(
            self.full,
            joins=joins,
            columns=self._columns(found),
            rows=_rows(self.full.rows, found),
            journal=self.journal,
        )

    def absent(
        self, header: Sequence[str], parts: Mapping[str, Part] | None = None
    ) -> tuple[str, ...]:
        """Headers this export can have and a file lacks, by first name: what they tell is unknown.

        Of headers that stand in for one another none is absent where one is there.
        """
        own = _Headers(header, self.names)
        joined = self._joins(own, parts or {})
        found = own.with_more(name for join in joined for name in join.columns)
        missing = [
            name
            for source in self.full.columns.values()
            if source.operation != "value" and not _stood_in(source, found)
            for name in source.headers
            if found.of(name) is None
        ]
        tests = [name for name in _tested(self.full.rows) if found.of(name) is None]
        return tuple(dict.fromkeys((*missing, *tests)))

    def matched(self, header: Sequence[str]) -> int:
        """How many columns of the table a file's headers fill."""
        return len(self._columns(_Headers(header, self.names)))

    def _columns(self, found: _Headers) -> dict[str, Source]:
        """The columns that can be filled; where guests count, no buyer at all is a guest too."""
        sources = {name: _source(source, found) for name, source in self.full.columns.items()}
        if self.full.rows.guests == "keep" and sources.get("customer_id", True) is None:
            sources["customer_id"] = Source(operation="value", headers=("",))
        return {name: source for name, source in sources.items() if source is not None}

    def _joins(self, own: _Headers, parts: Mapping[str, Part]) -> tuple[Joined, ...]:
        made = (
            _joined(join, own, parts[join.file], self.names)
            for join in self.full.joins
            if join.file in parts
        )
        return tuple(join for join in made if join is not None)


def fitting_adapter(header: Sequence[str], adapters: Iterable[Adapter]) -> Adapter | None:
    """The adapter a file's headers show: most headers identified, then most columns filled.

    None where none fits, or where two fit equally well.
    """
    ranked = [
        (len(adapter.identify), adapter.matched(header), adapter)
        for adapter in adapters
        if adapter.fits(header)
    ]
    if not ranked:
        return None
    best = max((known, columns) for known, columns, _ in ranked)
    first = [adapter for known, columns, adapter in ranked if (known, columns) == best]
    return first[0] if len(first) == 1 else None


class _Headers:
    """The headers of a file, found by any name they go by."""

    def __init__(self, header: Iterable[str], names: Mapping[str, tuple[str, ...]]) -> None:
        self._names = names
        self._texts: dict[str, str] = {}
        self._add(header)

    def _add(self, header: Iterable[str]) -> None:
        for text in header:
            self._texts.setdefault(header_form(text), text)

    def with_more(self, header: Iterable[str]) -> _Headers:
        """These headers and those of joined columns."""
        return _Headers((*self._texts.values(), *header), self._names)

    def any_of(self, names: Iterable[str]) -> str | None:
        """The header that stands under the first of these names that is there."""
        forms = (header_form(name) for name in names)
        return next((self._texts[form] for form in forms if form in self._texts), None)

    def of(self, name: str) -> str | None:
        """The header meant by a first name, as the file writes it."""
        return self.any_of(self._names.get(name, (name,)))

    def all_of(self, names: Iterable[str]) -> tuple[str, ...]:
        """The headers of these first names that are there."""
        found = (self.of(name) for name in names)
        return tuple(dict.fromkeys(text for text in found if text is not None))


def _source(source: Source, found: _Headers) -> Source | None:
    """A source over the headers that are there; None where it can say nothing.

    A sum, a difference and a date need their first header, a product and a joined id need all.
    """
    if source.operation == "value":
        return source
    test = _condition(source.test, found)
    if source.operation == "when" and test is None:
        return None
    present = found.all_of(source.headers)
    if not present or (source.operation in WHOLE and len(present) < len(source.headers)):
        return None
    if source.operation != "first" and found.of(source.headers[0]) is None:
        return None
    alone = len(present) == 1 and source.operation in SHORTENED
    return replace(
        source, operation="column" if alone else source.operation, headers=present, test=test
    )


def _stood_in(source: Source, found: _Headers) -> bool:
    return source.operation == "first" and bool(found.all_of(source.headers))


def _rows(rules: RowRules, found: _Headers) -> RowRules:
    """Row rules over the headers that are there; a rule on another is left out."""
    return replace(
        rules,
        cancelled=_conditions(rules.cancelled, found),
        test=_condition(rules.test, found),
        keep=_conditions(rules.keep, found),
        drop=_conditions(rules.drop, found),
        fill_down=_fill_down(rules.fill_down, found),
    )


def _condition(test: Condition | None, found: _Headers) -> Condition | None:
    column = found.of(test.column) if test else None
    return replace(test, column=column) if test and column is not None else None


def _conditions(tests: Iterable[Condition], found: _Headers) -> tuple[Condition, ...]:
    made = (_condition(test, found) for test in tests)
    return tuple(test for test in made if test is not None)


def _fill_down(rule: FillDown | None, found: _Headers) -> FillDown | None:
    by = found.of(rule.by) if rule else None
    columns = found.all_of(rule.columns) if rule else ()
    return FillDown(by=by, columns=columns) if by is not None and columns else None


def _tested(rules: RowRules) -> tuple[str, ...]:
    """First names that row rules look at."""
    single = (rules.test,) if rules.test is not None else ()
    return tuple(test.column for test in (*rules.cancelled, *single, *rules.keep, *rules.drop))


def _joined(
    join: Joined, own: _Headers, part: Part, names: Mapping[str, tuple[str, ...]]
) -> Joined | None:
    """A join of a file that is there; columns the file itself has, or the part lacks, stay out."""
    other = _Headers(part.header, names)
    left, right = own.of(join.left), other.of(join.right)
    wanted = [name for name in join.columns if own.of(name) is None]
    columns = other.all_of(wanted)
    if left is None or right is None or not columns:
        return None
    summed = other.all_of(name for name in wanted if name in join.sum)
    return Joined(file=part.file, left=left, right=right, columns=columns, sum=summed)
