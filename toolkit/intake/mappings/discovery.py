"""Which files of a client's folder make which tables: mappings, then adapters, then headers."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.errors import InputError, Problem, UsageError
from toolkit.intake.files.paths import matching_files, nfc, refuse_links_out, shown_path
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.mappings.mapping_file import load_mapping
from toolkit.intake.mappings.recognising import Recognised, parts_of, recognise
from toolkit.intake.setting import Setting
from toolkit.intake.sources.address import parse_address
from toolkit.intake.table import SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The files of each table, the files that are no table, and what is wrong with some."""

    sources: Mapping[str, tuple[SourceFile, ...]]
    unrecognised: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True, kw_only=True)
class _Search:
    """What the search has found so far; ``taken`` are files that mappings use."""

    folder: Path
    setting: Setting
    sources: dict[str, list[SourceFile]] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    unrecognised: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def add(self, table: str, source: SourceFile) -> None:
        self.sources.setdefault(table, []).append(source)


def discover(folder: Path, setting: Setting) -> Found:
    """Find the tables of a client.

    Raises:
        UsageError: a mapping is wrong, or two mappings make one table of one file.
    """
    search = _Search(folder=folder, setting=setting)
    _by_mapping(search)
    _by_header(search)
    return Found(
        sources={kind: tuple(files) for kind, files in search.sources.items()},
        unrecognised=tuple(search.unrecognised),
        problems=tuple(search.problems),
    )


def _by_mapping(search: _Search) -> None:
    """Lay out the files that mappings name; these and the ones they join are taken."""
    folder = search.folder
    owner: dict[tuple[str, str], str] = {}
    for path in sorted((folder / "mappings").glob("*.toml"), key=lambda p: nfc(p.name)):
        mapping = load_mapping(path, search.setting.kinds)
        if mapping.source is not None:
            name = shown_path(path, folder)
            search.add(mapping.table, SourceFile(path=path, name=name, mapping=mapping))
            search.taken.add(nfc(parse_address(mapping.source).path))
            continue
        if mapping.file is None:
            problem = Problem(code="mapping_missing", file=mapping.name, key="file")
            raise UsageError("mapping_wrong", [problem])
        for join in mapping.joins:
            search.taken |= {shown_path(file, folder) for file in matching_files(folder, join.file)}
        for file in _files(mapping, search):
            name = shown_path(file, folder)
            _claim(owner, name, mapping)
            search.taken.add(name)
            search.add(mapping.table, SourceFile(path=file, name=name, mapping=mapping))


def _files(mapping: TableMapping, search: _Search) -> list[Path]:
    try:
        files = matching_files(search.folder, mapping.file or "")
    except InputError as error:
        search.problems += error.problems
        return []
    if not files:
        params = {"pattern": mapping.file or ""}
        search.problems.append(
            Problem(code="mapping_no_file", file=mapping.name, key="file", params=params)
        )
    return files


def _claim(owner: dict[tuple[str, str], str], name: str, mapping: TableMapping) -> None:
    other = owner.setdefault((mapping.table, name), mapping.name)
    if other != mapping.name:
        params = {"other": other, "file": name, "table": mapping.table}
        problem = Problem(code="mapping_twice", file=mapping.name, params=params)
        raise UsageError("mapping_wrong", [problem])


def _by_header(search: _Search) -> None:
    """Recognise the other files; parts are joined to the exports they belong to."""
    found: list[Recognised] = []
    for path in _data_files(search):
        name = shown_path(path, search.folder)
        if name in search.taken:
            continue
        try:
            sheets = recognise(path, name, search.setting)
        except InputError as error:
            search.problems += error.problems
            continue
        found += sheets
        if not sheets:
            search.unrecognised.append(name)
    parts = parts_of(found)
    for one in found:
        mapping = one.adapter.mapping(one.header, parts) if one.adapter else None
        source = SourceFile(path=one.path, name=one.name, mapping=mapping, sheet=one.sheet)
        if one.table:
            search.add(one.table, source)
    _lonely_parts(found, search)


def _lonely_parts(found: list[Recognised], search: _Search) -> None:
    """Parts whose main export is not there make no table."""
    there = {one.adapter.id for one in found if one.adapter}
    search.unrecognised += [
        one.file
        for one in found
        if one.adapter and one.adapter.part and one.adapter.part not in there
    ]


def _data_files(search: _Search) -> list[Path]:
    data = search.folder / "data"
    if not data.is_dir():
        return []
    below = list(data.rglob("*"))
    search.problems += [
        Problem(code="file_unreadable", file=shown_path(path, search.folder))
        for path in (data, *below)
        if path.is_dir() and not os.access(path, os.R_OK | os.X_OK)
    ]
    files = [path for path in below if path.is_file() and not path.name.startswith((".", "~$"))]
    files.sort(key=lambda path: shown_path(path, search.folder))
    try:
        refuse_links_out(files, search.folder)
    except InputError as error:
        search.problems += error.problems
        return []
    return files
