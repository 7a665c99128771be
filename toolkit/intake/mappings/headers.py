"""Which column of a file is which canonical one, which are personal, which are not used."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.errors import Problem
from toolkit.intake.mappings.columns import Column, TableKind, Vocabulary, header_form, is_personal
from toolkit.intake.values.header_unit import header_unit, may_state_unit, suits


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The columns of a file by canonical name, and what became of the others.

    ``twice`` are canonical columns whose header stands in the file more than once.
    """

    index: Mapping[str, int]
    personal: tuple[int, ...]
    unused: tuple[str, ...]
    twice: tuple[str, ...]


def match_headers(
    header: Sequence[str],
    kind: TableKind,
    words: Vocabulary,
    taken: Iterable[int] = (),
    named: Iterable[str] = (),
) -> Matched:
    """Find canonical columns by their own name, else by the first alias present.

    A header with a unit, as 金額(千円), is matched without it where no other header fits.

    Args:
        header: the file's headers.
        kind: the table kind looked for.
        words: tells personal headers.
        taken: positions a mapping has already used; they are neither personal nor unused.
        named: canonical columns a mapping has already filled.
    """
    forms: dict[str, list[int]] = {}
    for position, text in enumerate(header):
        forms.setdefault(header_form(text), []).append(position)
    search = _Search(forms=forms, used=set(taken), done=set(named))
    search.match(kind.columns.values())
    if bare := _bare_forms(header, words):
        search.forms, search.suits = bare, _suits(header, words)
        search.match(kind.columns.values())
    index, used, twice = search.index, search.used, search.twice
    rest = [i for i in range(len(header)) if i not in used]
    personal = tuple(i for i in rest if is_personal(header[i], words))
    return Matched(
        index=index,
        personal=personal,
        unused=tuple(header[i] for i in rest if i not in personal),
        twice=tuple(twice),
    )


@dataclass(slots=True, kw_only=True)
class _Search:
    """Headers by their form, the positions used and the columns found so far."""

    forms: Mapping[str, list[int]]
    used: set[int]
    done: set[str]
    suits: Callable[[Column, int], bool] = lambda column, position: True
    index: dict[str, int] = field(default_factory=dict)
    twice: list[str] = field(default_factory=list)

    def match(self, columns: Iterable[Column]) -> None:
        """Find the columns not yet found; those that stand under their own name come first."""
        for column in sorted(columns, key=lambda column: column.name not in self.forms):
            places = [] if column.name in self.done else self._places(column)
            if places:
                self.done.add(column.name)
            if len(places) > 1:
                self.twice.append(column.name)
            elif places:
                self.index[column.name] = places[0]
                self.used.add(places[0])

    def _places(self, column: Column) -> list[int]:
        for form in column.forms:
            found = self.forms.get(form)
            if found is None:
                continue
            places = [i for i in found if i not in self.used and self.suits(column, i)]
            if places:
                return places
        return []


def _bare_forms(header: Sequence[str], words: Vocabulary) -> dict[str, list[int]]:
    """Positions of headers that state a unit, by their form without it."""
    forms: dict[str, list[int]] = {}
    for position, text in enumerate(header):
        if not may_state_unit(text):
            continue
        found = header_unit(text, words, words.currency)
        if found.bare != text:
            forms.setdefault(header_form(found.bare), []).append(position)
    return forms


def _suits(header: Sequence[str], words: Vocabulary) -> Callable[[Column, int], bool]:
    def suitable(column: Column, position: int) -> bool:
        found = header_unit(header[position], words, words.currency)
        return suits(found, column.type, words.currency, column.units)

    return suitable


def by_own_names(kind: TableKind) -> TableKind:
    """A kind whose columns are known by their canonical names alone, as beside a mapping."""
    columns = {name: replace(column, aliases=()) for name, column in kind.columns.items()}
    return replace(kind, columns=columns)


def missing_columns(
    header: Sequence[str], kind: TableKind, present: Iterable[str]
) -> list[tuple[str, str]]:
    """Required columns that are not there, each with the header that comes nearest."""
    lacking = lacking_columns(kind, present)
    return [(name, nearest_header(kind.columns[name], header)) for name in lacking]


def lacking_columns(kind: TableKind, present: Iterable[str]) -> list[str]:
    """Required columns that are not there."""
    have = set(present)
    missing = [name for name in kind.required if name not in have]
    if kind.either and not any(have.issuperset(names) for names in kind.either):
        missing += [name for name in kind.either[0] if name not in have]
    return missing


def nearest_header(column: Column, header: Sequence[str]) -> str:
    """The header most like a column's name or one of its aliases; empty if there is none."""

    def likeness(text: str) -> float:
        form = header_form(text)
        return max(difflib.SequenceMatcher(None, form, name).ratio() for name in column.forms)

    return max((text for text in header if text.strip()), key=likeness, default="")


def column_problems(
    header: Sequence[str], kind: TableKind, present: Iterable[str], place: tuple[str, int, int]
) -> list[Problem]:
    """A problem for each required column that is missing, at the header's row."""
    file, row, line = place
    found = ", ".join(text.strip() for text in header if text.strip())
    return [
        Problem(
            code="column_missing",
            file=file,
            row=row,
            line=line,
            column=name,
            params={"field": name, "found": found, "near": near, "kind": kind.name},
        )
        for name, near in missing_columns(header, kind, present)
    ]
