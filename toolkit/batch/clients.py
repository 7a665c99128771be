"""Which clients a batch is of: a folder of clients' folders, or a client list."""

from __future__ import annotations

import csv
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.diagnosis.diagnose import FILES
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.method import Method

if TYPE_CHECKING:
    from toolkit.intake.profiles.client_list import ListedClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A client to run; ``client_id`` is the folder's name where client.yaml states none."""

    client_id: str
    folder: Path
    company_name: str = ""


def find_clients(clients: Path, work: Path, method: Method) -> tuple[Source, ...]:
    """Clients of a batch, sorted by id.

    Args:
        clients: a folder of clients' folders, or a client list (a table with client_id,
            company_name and a column a table of data).
        work: where folders for the rows of a list are laid out.
        method: holds the checks of the list.

    Raises:
        UsageError: there is no client.
        InputError: the list cannot be used.
    """
    if clients.is_file():
        found = _listed(clients, work, method)
    else:
        folders = sorted(clients.iterdir()) if clients.is_dir() else []
        found = [
            _source(folder, method)
            for folder in folders
            if any((folder / name).is_file() for name in FILES) or (folder / "data").is_dir()
        ]
    if not found:
        raise UsageError("no_clients", params={"folder": str(clients)})
    return tuple(sorted(found, key=lambda one: (one.client_id, one.folder.name)))


def _source(folder: Path, method: Method) -> Source:
    """A client by its id and name; faults of its profile are told when it is run."""
    from toolkit.intake.profiles.profile import read_profile

    try:
        profile = read_profile(folder, method)
    except ToolkitError:
        return Source(client_id=folder.name, folder=folder)
    return Source(client_id=profile.client_id, folder=folder, company_name=profile.company_name)


def _listed(path: Path, work: Path, method: Method) -> list[Source]:
    """Lay out a folder for each accepted row of a list, its files copied as data.

    A row that was set aside becomes no folder; ``toolkit read --kind clients`` tells why.
    """
    from toolkit.intake.profiles.client_list import load_client_list
    from toolkit.intake.setting import make_setting, today

    setting = make_setting(method, path.resolve().parent, today("Asia/Tokyo"))
    listed = load_client_list(path, setting)
    if listed.report.refused:
        raise InputError("list_refused", listed.report.problems)
    return [_laid_out(client, work) for client in listed.clients]


def _laid_out(client: ListedClient, work: Path) -> Source:
    folder = work / client.client_id
    (folder / "data").mkdir(parents=True)
    named = {"client_id": client.client_id, "company_name": client.company_name}
    (folder / "client.yaml").write_text(_yaml(named), encoding="utf-8")
    for table, source in client.tables.items():
        shutil.copy2(source, folder / "data" / f"{table}{source.suffix}")
    return Source(client_id=client.client_id, folder=folder, company_name=client.company_name)


def _yaml(named: dict[str, str]) -> str:
    """A mapping of texts as YAML: JSON strings are YAML strings, whatever they hold."""
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=True)}\n" for key, value in named.items()
    )


def table_text(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """Rows as CSV with guarded cells."""
    import io

    from toolkit.intake.quarantine import guarded

    buffer = io.StringIO()
    made = csv.writer(buffer, lineterminator="\n")
    made.writerow(header)
    made.writerows(["" if c is None else guarded(str(c)) for c in row] for row in rows)
    return buffer.getvalue()
