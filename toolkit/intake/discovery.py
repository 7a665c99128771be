"""Which files of a client's folder make which tables: mappings first, then by header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import InputError, Problem, UsageError
from toolkit.intake.columns import TableKind, word_form
from toolkit.intake.grid import ReadOptions, read_header
from toolkit.intake.headers import match_headers, missing_columns
from toolkit.intake.mapping import TableMapping
from toolkit.intake.mapping_file import load_mapping
from toolkit.intake.paths import matching_files, nfc, refuse_links_out, shown_path
from toolkit.intake.setting import Setting
from toolkit.intake.table import SourceFile

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".gz", ".zip", ".xlsx", ".xlsm", ".xls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files of each table, the files that are no table, and what is wrong with some."""

    sources: Mapping[str, tuple[SourceFile, ...]]
    unrecognised: tuple[str, ...]
    problems: tuple[Problem, ...]


def discover(folder: Path, setting: Setting) -> Found:
    """Find the tables of a client.

    Raises:
        UsageError: a mapping is wrong, or two mappings make one table of one file.
    """
    sources: dict[str, list[SourceFile]] = {}
    problems: list[Problem] = []
    taken = _by_mapping(folder, setting, sources, problems)
    unrecognised = []
    for path in _data_files(folder, problems):
        name = shown_path(path, folder)
        if name in taken:
            continue
        try:
            kind = recognise(path, name, setting)
        except InputError as error:
            problems += error.problems
            continue
        if kind is None:
            unrecognised.append(name)
        else:
            sources.setdefault(kind.name, []).append(SourceFile(path=path, name=name))
    return Found(
        sources={kind: tuple(files) for kind, files in sources.items()},
        unrecognised=tuple(unrecognised),
        problems=tuple(problems),
    )


def _by_mapping(
    folder: Path,
    setting: Setting,
    sources: dict[str, list[SourceFile]],
    problems: list[Problem],
) -> set[str]:
    """Lay out the files that mappings name; returns these and the ones they join."""
    taken: set[str] = set()
    owner: dict[tuple[str, str], str] = {}
    for path in sorted((folder / "mappings").glob("*.toml"), key=lambda p: nfc(p.name)):
        mapping = load_mapping(path, setting.kinds)
        if mapping.file is None:
            problem = Problem(code="mapping_missing", file=mapping.name, key="file")
            raise UsageError("mapping_wrong", [problem])
        files = _files(folder, mapping, problems)
        for join in mapping.joins:
            taken |= {shown_path(file, folder) for file in matching_files(folder, join.file)}
        for file in files:
            name = shown_path(file, folder)
            _claim(owner, name, mapping)
            taken.add(name)
            one = SourceFile(path=file, name=name, mapping=mapping)
            sources.setdefault(mapping.table, []).append(one)
    return taken


def _files(folder: Path, mapping: TableMapping, problems: list[Problem]) -> list[Path]:
    try:
        files = matching_files(folder, mapping.file or "")
    except InputError as error:
        problems += error.problems
        return []
    if not files:
        params = {"pattern": mapping.file or ""}
        problems.append(
            Problem(code="mapping_no_file", file=mapping.name, key="file", params=params)
        )
    return files


def _claim(owner: dict[tuple[str, str], str], name: str, mapping: TableMapping) -> None:
    other = owner.setdefault((mapping.table, name), mapping.name)
    if other != mapping.name:
        params = {"other": other, "file": name, "table": mapping.table}
        problem = Problem(code="mapping_twice", file=mapping.name, params=params)
        raise UsageError("mapping_wrong", [problem])


def _data_files(folder: Path, problems: list[Problem]) -> list[Path]:
    data = folder / "data"
    if not data.is_dir():
        return []
    files = [
        path for path in data.rglob("*") if path.is_file() and not path.name.startswith((".", "~$"))
    ]
    files.sort(key=lambda path: shown_path(path, folder))
    try:
        refuse_links_out(files, folder)
    except InputError as error:
        problems += error.problems
        return []
    return files


def recognise(path: Path, name: str, setting: Setting) -> TableKind | None:
    """The table kind a file's header shows; where several fit, its name helps.

    Raises:
        InputError: the file is called like a table but cannot be read as one.
    """
    named = named_like(path, setting.kinds)
    if path.suffix.casefold() not in TEXT_SUFFIXES:
        return None
    try:
        header = read_header(path, name, ReadOptions())
    except InputError:
        if named:
            raise
        return None
    fitting = fitting_kinds(header, setting)
    for kind in named:
        if kind.name in fitting:
            return kind
    return named[0] if named else _best(header, fitting, setting)


def fitting_kinds(header: Sequence[str], setting: Setting) -> list[str]:
    """Kinds whose required columns are all there."""
    fitting = []
    for kind in setting.kinds.values():
        matched = match_headers(header, kind, setting.words)
        if not missing_columns(header, kind, (*matched.index, *matched.twice)):
            fitting.append(kind.name)
    return fitting


def _best(header: Sequence[str], fitting: Sequence[str], setting: Setting) -> TableKind | None:
    """The kind with most columns matched; none where two match as many, or it does not fit.

    A file of orders without amounts is better left unread than taken for a list of customers.
    """
    counts = {
        kind.name: len(match_headers(header, kind, setting.words).index)
        for kind in setting.kinds.values()
    }
    most = max(counts.values())
    names = [name for name, count in counts.items() if count == most]
    return setting.kinds[names[0]] if len(names) == 1 and names[0] in fitting else None


def named_like(path: Path, kinds: Mapping[str, TableKind]) -> list[TableKind]:
    """Kinds that a file's name speaks of, the longest word first.

    An English word must stand apart in the name, a Japanese one may stand anywhere.
    """
    stem = word_form(path.name.partition(".")[0])
    parts = set(re.split(r"[^a-z]+", stem))
    found = {
        kind.name: len(word)
        for kind in kinds.values()
        for word in sorted(kind.stems, key=len)
        if (word in parts or stem.startswith(word) if word.isascii() else word in stem)
    }
    return [kinds[name] for name in sorted(found, key=lambda name: -found[name])]
