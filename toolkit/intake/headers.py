"""Which column of a file is which canonical one, which are personal, which are not used."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.errors import Problem
from toolkit.intake.columns import Column, TableKind, Vocabulary, header_form, is_personal


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """The columns of a file by canonical name, and what became of the others.

    ``twice`` are canonical columns whose header stands in the file more than once.
    """

    index: Mapping[str, int]
    renamed: tuple[tuple[str, str], ...]
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
    used, done = set(taken), set(named)
    index: dict[str, int] = {}
    twice: list[str] = []
    for column in _own_names_first(kind.columns.values(), forms):
        places = [] if column.name in done else _places(column, forms, used)
        if len(places) > 1:
            twice.append(column.name)
        elif places:
            index[column.name] = places[0]
            used.add(places[0])
    rest = [i for i in range(len(header)) if i not in used]
    personal = tuple(i for i in rest if is_personal(header[i], words))
    return Matched(
        index=index,
        renamed=tuple((header[i], name) for name, i in index.items() if header[i] != name),
        personal=personal,
        unused=tuple(header[i] for i in rest if i not in personal),
        twice=tuple(twice),
    )


def _own_names_first(columns: Iterable[Column], forms: Mapping[str, list[int]]) -> list[Column]:
    """Columns that stand under their own name come first, so that no alias takes their place."""
    return sorted(columns, key=lambda column: column.name not in forms)


def _places(column: Column, forms: Mapping[str, list[int]], used: set[int]) -> list[int]:
    for alias in (column.name, *column.aliases):
        places = [i for i in forms.get(header_form(alias), ()) if i not in used]
        if places:
            return places
    return []


def missing_columns(
    header: Sequence[str], kind: TableKind, present: Iterable[str]
) -> list[tuple[str, str]]:
    """Required columns that are not there, each with the header that comes nearest."""
    have = set(present)
    missing = [name for name in kind.required if name not in have]
    if kind.either and not any(have.issuperset(names) for names in kind.either):
        missing += [name for name in kind.either[0] if name not in have]
    return [(name, nearest_header(kind.columns[name], header)) for name in missing]


def nearest_header(column: Column, header: Sequence[str]) -> str:
    """The header most like a column's name or one of its aliases; empty if there is none."""
    names = [header_form(name) for name in (column.name, *column.aliases)]

    def likeness(text: str) -> float:
        form = header_form(text)
        return max(difflib.SequenceMatcher(None, form, name).ratio() for name in names)

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
