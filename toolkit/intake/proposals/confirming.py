"""Filing a confirmed mapping in a client's folder, and finding it again for the same file."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from toolkit.errors import InputError, Problem, UsageError
from toolkit.intake.client_setting import client_setting
from toolkit.intake.files.paths import inside, matching_files, nfc, shown_path
from toolkit.intake.files.reading import read_header
from toolkit.intake.mappings.columns import TableKind
from toolkit.intake.mappings.header_test import header_test
from toolkit.intake.mappings.mapping import TableMapping
from toolkit.intake.mappings.mapping_file import load_mapping, mapping_of
from toolkit.intake.mappings.recognising import recognise
from toolkit.intake.proposals.dated_name import dated_glob, slug
from toolkit.intake.proposals.evidence import LARGEST_BAD_SHARE
from toolkit.intake.proposals.proposal import Proposal, propose
from toolkit.intake.proposals.toml import mapping_text, toml_value, unclear_text
from toolkit.intake.report import ReadReport
from toolkit.intake.setting import Setting, today
from toolkit.intake.table import SourceFile, read_table
from toolkit.method import Method
from toolkit.store import write_text
from toolkit.words import Words, words

FOLDER = "mappings"
_NOT_OF_CELLS = ("total_row", "no_rows", "no_row_left", "too_many_bad_rows")


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """Whose mapping is filed, and the language of its comments; ``as_of`` replaces the run date."""

    folder: Path
    method: Method
    lang: str = "ja"
    as_of: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """A mapping that was filed: where, what its ``file`` names, and the file as read through it."""

    path: Path
    file: str
    report: ReadReport


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filing:
    """A file of a client whose mapping is to be filed; ``name`` is its path in the folder."""

    path: Path
    name: str
    folder: Path
    kind: TableKind
    setting: Setting
    book: Words


def confirm(path: Path, kind: str, client: Client, mapping: Path | None = None) -> Confirmed:
    """File the mapping of a client's file: the one given, else the one proposed.

    The file is read through it first; nothing else is written.

    Args:
        path: a file inside the client's folder.
        kind: the table it becomes.
        client: whose folder it is.
        mapping: a mapping to be filed instead of the proposed one.

    Raises:
        InputError: what is required is unclear, or the file cannot be read through the mapping.
        UsageError: the file lies outside the folder, needs no mapping or has one, or the given
            mapping is wrong.
    """
    setting = client_setting(client.folder, client.folder, client.method, client.as_of)
    table = setting.kinds.get(kind)
    if table is None:
        raise UsageError("confirm_kind", params={"kind": kind, "kinds": ", ".join(setting.kinds)})
    filing = _Filing(
        path=path,
        name=_name_inside(path, client.folder),
        folder=client.folder,
        kind=table,
        setting=setting,
        book=words(client.method, client.lang),
    )
    _refuse_filed(filing, (filing.name,))
    text, file = _given(filing, mapping) if mapping else _proposed(filing)
    report = _read_through(filing, text, all_columns=mapping is None)
    target = _new_path(filing)
    report = replace(report, mapping={**(report.mapping or {}), "file": target.name})
    write_text(target, text)
    return Confirmed(path=target, file=file, report=report)


def filed_mapping(path: Path, kind: str, folder: Path, setting: Setting) -> Path | None:
    """The mapping in a client's folder that makes a table of a file; None where there is none.

    Raises:
        UsageError: a mapping of the client is wrong.
    """
    for mapping, filed in _filed(folder, kind, setting):
        if any(found.samefile(path) for found in matching_files(folder, filed.file or "")):
            return mapping
    return None


def planned_file(name: str) -> str:
    """What ``file`` of a mapping names for a file: a glob where its name ends in a date."""
    return dated_glob(name) or name


def _name_inside(path: Path, folder: Path) -> str:
    """The path of a file in a client's folder."""
    if not path.is_file():
        raise InputError("file_refused", [Problem(code="file_missing", file=path.name)])
    if not inside(path, folder):
        params = {"file": nfc(path.name), "folder": str(folder)}
        raise UsageError("confirm_outside", params=params)
    return nfc(path.resolve().relative_to(folder.resolve()).as_posix())


def _filed(folder: Path, kind: str, setting: Setting) -> Iterator[tuple[Path, TableMapping]]:
    """The client's mappings of files to a table."""
    for path in sorted((folder / FOLDER).glob("*.toml"), key=lambda item: nfc(item.name)):
        mapping = load_mapping(path, setting.kinds)
        if mapping.table == kind and mapping.file is not None:
            yield path, mapping


def _refuse_filed(filing: _Filing, names: tuple[str, ...]) -> None:
    """Refuse a second mapping of one file to one table: a reading would not know which to take."""
    other = _overlapping(filing, names)
    if other is not None:
        params = {"file": filing.name, "other": other}
        raise UsageError("confirm_same_file", params=params)


def _overlapping(filing: _Filing, names: tuple[str, ...]) -> str | None:
    """The mapping, as the client's folder names it, that already reads one of some files."""
    for path, mapping in _filed(filing.folder, filing.kind.name, filing.setting):
        files = matching_files(filing.folder, mapping.file or "")
        if mapping.file in names or {shown_path(file, filing.folder) for file in files} & set(
            names
        ):
            return shown_path(path, filing.folder)
    return None


def _proposed(filing: _Filing) -> tuple[str, str]:
    """The text of the mapping proposed, and what its ``file`` names."""
    _refuse_known(filing)
    proposal = propose(filing.path, filing.name, filing.kind, filing.setting)
    if not proposal.ready:
        raise InputError("file_refused", list(unclear_problems(proposal, filing.book)))
    draft = _parsed(filing, mapping_text(proposal, filing.name, filing.book))
    file = _pattern(filing, draft)
    day = today(filing.setting.zone)
    return mapping_text(proposal, file, filing.book, confirmed=day), file


def _refuse_known(filing: _Filing) -> None:
    """Refuse the export of a system we know: its adapter says more than a proposal can."""
    try:
        found = recognise(filing.path, filing.name, filing.setting)
    except InputError:
        return
    for one in found:
        if one.adapter is not None and one.table == filing.kind.name:
            system = filing.book.text(f"adapters.system.{one.adapter.system}")
            raise UsageError("confirm_known", params={"file": filing.name, "system": system})


def unclear_problems(proposal: Proposal, book: Words) -> Iterator[Problem]:
    """A problem for each required column that a proposal leaves open."""
    for one in proposal.unclear:
        if one.required:
            yield Problem(
                code="proposal_unclear",
                file=proposal.name,
                column=one.column,
                params={"field": one.column, "reason": unclear_text(one, proposal.kind, book)},
            )


def _given(filing: _Filing, path: Path) -> tuple[str, str]:
    """The text of a given mapping, with ``file`` where it does not say it, and what that names."""
    mapping = load_mapping(path, filing.setting.kinds)
    if mapping.table != filing.kind.name:
        params = {"table": mapping.table, "kind": filing.kind.name}
        problem = Problem(code="mapping_other_table", file=path.name, key="table", params=params)
        raise UsageError("mapping_wrong", [problem])
    if mapping.source is not None:
        raise UsageError("confirm_source", params={"mapping": path.name})
    text = path.read_text(encoding="utf-8-sig")
    if mapping.file is None:
        file = _pattern(filing, mapping)
        note = filing.book.text(f"cli.read.proposal.line.{'glob' if '*' in file else 'file'}")
        return f"file = {toml_value(file)}   # {note}\n{text}", file
    named = [shown_path(one, filing.folder) for one in matching_files(filing.folder, mapping.file)]
    if filing.name not in named:
        params = {"mapping": path.name, "given": mapping.file, "file": filing.name}
        raise UsageError("confirm_other_file", params=params)
    _refuse_filed(filing, (mapping.file, *named))
    return text, mapping.file


def _pattern(filing: _Filing, mapping: TableMapping) -> str:
    """The file's path, or a glob for later months where all it names is of the same layout."""
    pattern = dated_glob(filing.name)
    if pattern is None:
        return filing.name
    files = matching_files(filing.folder, pattern)
    names = tuple(shown_path(file, filing.folder) for file in files)
    fitting = all(_fits(file, mapping, filing) for file in files)
    alone = fitting and _overlapping(filing, (pattern, *names)) is None
    return pattern if alone and filing.name in names else filing.name


def _fits(path: Path, mapping: TableMapping, filing: _Filing) -> bool:
    fits = header_test(filing.kind, mapping, filing.setting)
    try:
        return fits(read_header(path, path.name, mapping.read, fits))
    except InputError:
        return False


def _read_through(filing: _Filing, text: str, *, all_columns: bool) -> ReadReport:
    """The file read through a mapping that is not filed yet.

    Raises:
        InputError: it is refused, or (``all_columns``) a column is unreadable in too many rows.
    """
    source = SourceFile(path=filing.path, name=filing.name, mapping=_parsed(filing, text))
    report = read_table([source], filing.kind, filing.setting).report
    problems = list(report.problems) if report.refused else []
    if all_columns:
        problems += _unreadable_columns(report, filing)
    if problems:
        raise InputError("file_refused", problems)
    return report


def _unreadable_columns(report: ReadReport, filing: _Filing) -> Iterator[Problem]:
    """Columns that the parsers refuse in more than a fifth of the rows."""
    rows = report.rows_total or 0
    bad: dict[str, set[int | None]] = {}
    for problem in report.problems:
        column = problem.params.get("field")
        if column and problem.code not in _NOT_OF_CELLS:
            bad.setdefault(column, set()).add(problem.row)
    for column, places in bad.items():
        if len(places) > LARGEST_BAD_SHARE * rows:
            params = {"field": column, "bad": f"{len(places):,}", "rows": f"{rows:,}"}
            yield Problem(
                code="proposal_unreadable", file=filing.name, column=column, params=params
            )


def _parsed(filing: _Filing, text: str) -> TableMapping:
    return mapping_of(tomllib.loads(text), filing.name, filing.setting.kinds)


def _new_path(filing: _Filing) -> Path:
    """A free name for the mapping: its table and the file's name, numbered where that is taken."""
    folder = filing.folder / FOLDER
    if not inside(folder, filing.folder):
        raise InputError("file_refused", [Problem(code="link_out", file=FOLDER)])
    base = f"{filing.kind.name}-{slug(filing.name)}"
    number = 1
    while True:
        path = folder / (f"{base}.toml" if number == 1 else f"{base}-{number}.toml")
        if not path.exists():
            return path
        number += 1
