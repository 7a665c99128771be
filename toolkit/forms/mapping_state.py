"""The reading of a client's files without widgets: what they are, tried, corrected, confirmed."""

from __future__ import annotations

import tempfile
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.errors import InputError, Problem, UsageError
from toolkit.forms.look import cell_text
from toolkit.intake.client_setting import client_setting
from toolkit.intake.files.paths import shown_path
from toolkit.intake.files.reading import read_header
from toolkit.intake.mappings.discovery import discover
from toolkit.intake.mappings.mapping import Source
from toolkit.intake.mappings.mapping_file import mapping_of
from toolkit.intake.mappings.recognising import SUFFIXES, named_like
from toolkit.intake.proposals.confirming import Client, confirm, unclear_problems
from toolkit.intake.proposals.proposal import (
    Proposal,
    ProposedColumn,
    Unclear,
    propose,
    shown_cell,
)
from toolkit.intake.proposals.toml import column_name, mapping_text
from toolkit.intake.report import ReadReport, refused
from toolkit.intake.setting import Setting, today
from toolkit.intake.table import SourceFile, Table, read_table
from toolkit.method import Method
from toolkit.words import Words, words

if TYPE_CHECKING:
    from toolkit.intake.mappings.columns import TableKind

DATA = "data"
CHOSEN = "chosen"
FIRST_ROWS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientFile:
    """A file of a client: its path within the folder, and how it is read now.

    ``kind`` is the likeliest table. ``by`` says why: ``mapping`` (a confirmed one), ``system``
    (an export we know), ``headers``, or blank where it is not read yet.
    """

    path: Path
    name: str
    kind: str = ""
    by: str = ""
    sources: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """A trial reading: its report, and its first rows as they may be shown."""

    report: ReadReport
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(slots=True, kw_only=True)
class MappingState:
    """The files of one client and the setting they are read in."""

    folder: Path
    method: Method
    book: Words
    setting: Setting
    files: tuple[ClientFile, ...]

    @property
    def kinds(self) -> Mapping[str, TableKind]:
        """Every table a file may become."""
        return self.setting.kinds

    def proposal(self, file: ClientFile, kind: str) -> Proposal:
        """What is proposed for a file as a table.

        Raises:
            InputError: the file cannot be read at all.
        """
        return propose(file.path, file.name, self.kinds[kind], self.setting)

    def headers(self, proposal: Proposal, file: ClientFile) -> tuple[str, ...]:
        """The headers of a file, those of personal columns too: their names tell nobody."""
        named = {text for one in proposal.columns for text in one.source.headers}
        found = read_header(file.path, file.name, proposal.read, lambda row: named <= {*row})
        return tuple(dict.fromkeys(text for text in found if text.strip()))

    def corrected(self, proposal: Proposal, columns: Mapping[str, str]) -> Proposal:
        """A proposal with some columns filled from other headers; a blank one is left out."""
        kept = [one for one in proposal.columns if one.column not in columns]
        own = [
            ProposedColumn(
                column=column,
                source=Source(operation="column", headers=(header,)),
                confidence=1.0,
                reason=CHOSEN,
                samples=(),
            )
            for column, header in columns.items()
            if header
        ]
        required = self.kinds[proposal.kind].required
        lost = [
            Unclear(column=column, reason="none", required=True)
            for column, header in columns.items()
            if not header and column in required
        ]
        open_ = [one for one in proposal.unclear if one.column not in columns]
        return replace(proposal, columns=(*kept, *own), unclear=(*open_, *lost))

    def tried(self, file: ClientFile, proposal: Proposal | None) -> Tried:
        """A trial reading: through a proposal, else as the file is read now. Nothing is written."""
        try:
            table = self._read(file, proposal)
        except InputError as error:
            return Tried(report=refused(proposal.kind if proposal else file.kind, error.problems))
        heads, *rows = _first_rows(table, self.book, self.kinds[table.kind])
        return Tried(report=table.report, heads=heads, rows=tuple(rows))

    def confirm(
        self, file: ClientFile, proposal: Proposal, columns: Mapping[str, str]
    ) -> tuple[Path | None, tuple[Problem, ...]]:
        """File the mapping as ``toolkit read --confirm`` does.

        Returns:
            Where it was filed, or what is wrong.
        """
        client = Client(folder=self.folder, method=self.method, lang=self.book.lang)
        try:
            if not columns:
                return confirm(file.path, proposal.kind, client).path, ()
            made = self.corrected(proposal, columns)
            if not made.ready:
                return None, tuple(unclear_problems(made, self.book))
            with tempfile.TemporaryDirectory(prefix="toolkit-form-") as home:
                given = Path(home) / "mapping.toml"
                given.write_text(self._text(made, file), encoding="utf-8")
                return confirm(file.path, proposal.kind, client, given).path, ()
        except (InputError, UsageError) as error:
            whole = Problem(code=error.code, file=file.name, params=error.params)
            return None, error.problems or (whole,)

    def _text(self, proposal: Proposal, file: ClientFile) -> str:
        """A mapping without its file, which is found when it is filed."""
        day = today(self.setting.zone)
        text = mapping_text(proposal, file.name, self.book, confirmed=day)
        return (
            "\n".join(line for line in text.splitlines() if not line.startswith("file = ")) + "\n"
        )

    def _read(self, file: ClientFile, proposal: Proposal | None) -> Table:
        if proposal is None:
            return read_table(file.sources, self.kinds[file.kind], self.setting)
        if not proposal.ready:
            raise InputError("file_refused", list(unclear_problems(proposal, self.book)))
        text = mapping_text(proposal, file.name, self.book)
        mapping = mapping_of(tomllib.loads(text), file.name, self.kinds)
        source = SourceFile(path=file.path, name=file.name, mapping=mapping)
        return read_table([source], self.kinds[proposal.kind], self.setting)


def open_mappings(folder: Path, method: Method, lang: str) -> MappingState:
    """The files in ``data/`` of a client's folder, each with how it is read now.

    Raises:
        UsageError: a mapping of the client is wrong.
    """
    setting = client_setting(folder, folder, method, None)
    known = discover(folder, setting)
    read: dict[str, list[tuple[str, SourceFile]]] = {}
    for kind, sources in known.sources.items():
        for source in sources:
            read.setdefault(shown_path(source.path, folder), []).append((kind, source))
    files = tuple(_file(path, folder, read, setting) for path in _paths(folder))
    return MappingState(
        folder=folder, method=method, book=words(method, lang), setting=setting, files=files
    )


def _paths(folder: Path) -> list[Path]:
    found = (folder / DATA).rglob("*")
    tables = (path for path in found if path.is_file() and path.suffix.casefold() in SUFFIXES)
    return sorted(path for path in tables if not path.name.startswith((".", "~$")))


def _file(
    path: Path, folder: Path, read: Mapping[str, list[tuple[str, SourceFile]]], setting: Setting
) -> ClientFile:
    name = shown_path(path, folder)
    if name not in read:
        named = named_like(path, setting.kinds)
        return ClientFile(path=path, name=name, kind=named[0].name if named else "")
    kind = read[name][0][0]
    sources = tuple(source for other, source in read[name] if other == kind)
    mapping = sources[0].mapping
    by = "headers" if mapping is None else "system" if mapping.system else "mapping"
    return ClientFile(path=path, name=name, kind=kind, by=by, sources=sources)


def _first_rows(table: Table, book: Words, kind: TableKind) -> tuple[tuple[str, ...], ...]:
    """The headings and the first rows as read; values that may show a person are hidden."""
    names = [name for name in table.frame.columns if name in kind.columns]
    first = table.frame[names].head(FIRST_ROWS)
    rows = (
        tuple(
            shown_cell(cell_text(value), kind.columns[name])
            for name, value in zip(names, row, strict=True)
        )
        for row in first.itertuples(index=False, name=None)
    )
    return (tuple(column_name(kind.name, one, book) for one in names), *rows)
