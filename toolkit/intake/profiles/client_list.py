"""A list of clients: ids that can be folder names, and tables that are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.errors import InputError, Problem
from toolkit.intake.files.grid import Grid, ReadOptions
from toolkit.intake.files.paths import inner_pattern, inside
from toolkit.intake.files.reading import read_grid
from toolkit.intake.mappings.columns import header_form
from toolkit.intake.notes import shown
from toolkit.intake.profiles.profile_fields import client_id_fault
from toolkit.intake.report import ReadReport, refused
from toolkit.intake.setting import Setting
from toolkit.intake.values.cells import is_blank

KIND = "clients"
REQUIRED = ("client_id", "company_name")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedClient:
    """One accepted line: id, name, path by table, further columns as notes of this client."""

    client_id: str
    company_name: str
    row: int
    tables: dict[str, Path]
    notes: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientList:
    """The accepted clients of a list and the report of its reading."""

    clients: tuple[ListedClient, ...]
    report: ReadReport


def read_client_list(path: Path, setting: Setting) -> ReadReport:
    """The report of a client list; no table is opened."""
    return load_client_list(path, setting).report


def load_client_list(path: Path, setting: Setting) -> ClientList:
    """Read a client list: each line with a usable id, a name, and tables that exist."""
    try:
        grid = read_grid(path, path.name, ReadOptions(), _fits)
        places = _places(grid)
    except InputError as error:
        return ClientList(clients=(), report=refused(KIND, error.problems))
    reading = _Reading(grid=grid, places=places, folder=path.absolute().parent, setting=setting)
    clients = reading.clients()
    total = len(grid) + grid.broken
    problems = (*grid.problems, *reading.problems)
    if not clients:
        code = "no_row_left" if total else "no_rows"
        problems = (*problems, Problem(code=code, file=grid.file, row=grid.header_row))
    return ClientList(
        clients=tuple(clients),
        report=ReadReport(
            kind=KIND,
            refused=not clients,
            rows_total=total,
            rows_accepted=len(clients),
            rows_quarantined=total - len(clients),
            encoding=grid.encoding,
            notes=grid.notes,
            problems=tuple(sorted(problems, key=lambda item: item.row or 0)),
            accepted_rows=tuple(client.row for client in clients),
        ),
    )


def _fits(header: Sequence[str]) -> bool:
    return {header_form(text) for text in header}.issuperset(REQUIRED)


def _places(grid: Grid) -> dict[str, int]:
    places = {header_form(text): index for index, text in enumerate(grid.header)}
    found = ", ".join(text.strip() for text in grid.header)
    problems = [
        Problem(
            code="column_missing",
            file=grid.file,
            row=grid.header_row,
            column=name,
            params={"field": name, "found": found, "near": grid.header[0], "kind": KIND},
        )
        for name in REQUIRED
        if name not in places
    ]
    if problems:
        raise InputError("file_refused", problems)
    return places


@dataclass(slots=True, kw_only=True)
class _Reading:
    """The lines of a list under check."""

    grid: Grid
    places: dict[str, int]
    folder: Path
    setting: Setting
    problems: list[Problem] = field(default_factory=list)

    def clients(self) -> list[ListedClient]:
        """The lines that pass; ids that occur twice fail on every line, in any case of letters."""
        ids = [text.strip() for text in self.grid.text(self.places["client_id"]).to_pylist()]
        usable = [client_id_fault(text) is None for text in ids]
        count = Counter(text for text, good in zip(ids, usable, strict=True) if good)
        made = []
        for index, text in enumerate(ids):
            client = self._client(index, text, count[text])
            if client is not None:
                made.append(client)
        return made

    def _cell(self, row: Sequence[str], name: str) -> str:
        return row[self.places[name]]

    def _client(self, index: int, client_id: str, times: int) -> ListedClient | None:
        row = self.grid.record(index)
        fault = client_id_fault(client_id) if client_id else "value_missing"
        fault = fault or ("client_id_twice" if times > 1 else None)
        if fault is not None:
            self._refuse(index, "client_id", fault)
            return None
        name = self._cell(row, "company_name")
        if is_blank(name):
            self._refuse(index, "company_name", "value_missing")
            return None
        tables: dict[str, Path] = {}
        for kind in self.setting.kinds:
            if kind in self.places and not is_blank(self._cell(row, kind)):
                path = self._path(self._cell(row, kind))
                if path is None:
                    self._refuse(index, kind, "listed_path")
                    return None
                if not path.is_file():
                    self._refuse(index, kind, "listed_file_missing")
                    return None
                tables[kind] = path
        others = [key for key in self.places if key not in (*REQUIRED, *tables)]
        return ListedClient(
            client_id=client_id,
            company_name=name,
            row=int(self.grid.rows[index]),
            tables=tables,
            notes={key: self._cell(row, key) for key in others},
        )

    def _path(self, text: str) -> Path | None:
        pattern = inner_pattern(text)
        path = self.folder / pattern if pattern else None
        return path if path is not None and inside(path, self.folder) else None

    def _refuse(self, index: int, column: str, code: str) -> None:
        place = self.grid.place(index, self.grid.header[self.places[column]])
        value = shown(self._cell(self.grid.record(index), column))
        self.problems.append(
            Problem(
                code=code,
                file=place.file,
                row=place.row,
                line=place.line,
                column=place.column,
                value=value,
                params={"field": column},
            )
        )
