"""Which clients a batch is of: a folder of clients' folders, or a client list."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.batch.hashes import Hashes
from toolkit.batch.ledger import Known
from toolkit.errors import InputError, ToolkitError, UsageError
from toolkit.store import sha256_bytes

if TYPE_CHECKING:
    from toolkit.intake.profiles.client_list import ListedClient
    from toolkit.method import Method

FILES = ("client.yaml", "hearing.xlsx")
"""What makes a folder a client's; so does its data/."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A client to run; ``client_id`` is the folder's name where client.yaml states none."""

    client_id: str
    folder: Path
    company_name: str = ""
    as_of: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Profiles by folder as they were last read; ``fresh`` are those read since."""

    hashes: Hashes
    profiles: dict[str, Known] = field(default_factory=dict)
    fresh: dict[str, Known] = field(default_factory=dict)


def find_clients(
    clients: Path, work: Path, method: Callable[[], Method], seen: Seen | None = None
) -> tuple[Source, ...]:
    """Clients of a batch, sorted by id.

    Args:
        clients: a folder of clients' folders, or a client list (a table with client_id,
            company_name and a column a table of data).
        work: where folders for the rows of a list are laid out.
        method: gives the content that profiles and lists are checked by, if it is needed.
        seen: what is known of profiles that have not changed since.

    Raises:
        UsageError: there is no client.
        InputError: the list cannot be used.
    """
    seen = seen or Seen(hashes=Hashes())
    if clients.is_file():
        found = _listed(clients, work, method())
    else:
        folders = sorted(clients.iterdir()) if clients.is_dir() else []
        found = [_source(folder, method, seen) for folder in folders if _is_client(folder)]
    if not found:
        raise UsageError("no_clients", params={"folder": str(clients)})
    return tuple(sorted(found, key=lambda one: (one.client_id, one.folder.name)))


def _is_client(folder: Path) -> bool:
    """Whether a folder is a client's; one that may not be looked into is, so that it is told."""
    try:
        return any((folder / n).is_file() for n in FILES) or (folder / "data").is_dir()
    except OSError:
        return folder.is_dir()


def _source(folder: Path, method: Callable[[], Method], seen: Seen) -> Source:
    """A client by its id and name; faults of its profile are told when it is run."""
    stamp = "".join(f"{name}:{seen.hashes.of(folder / name)};" for name in FILES)
    known = seen.profiles.get(str(folder))
    if known is None or known.sha256 != sealed(stamp, known):
        known = _known(folder, method())
        known = replace(known, sha256=sealed(stamp, known))
        seen.profiles[str(folder)] = seen.fresh[str(folder)] = known
    return Source(
        client_id=known.client_id,
        folder=folder,
        company_name=known.company_name,
        as_of=known.as_of,
        timezone=known.timezone,
    )


def sealed(stamp: str, known: Known) -> str:
    """Hash of the files a profile is read from and of what was read: neither may have changed."""
    read = [stamp, known.client_id, known.company_name, known.as_of, known.timezone]
    return sha256_bytes(json.dumps(read, ensure_ascii=True).encode("ascii"))


def _known(folder: Path, method: Method) -> Known:
    from toolkit.intake.profiles.profile import read_profile

    try:
        profile = read_profile(folder, method)
    except (ToolkitError, OSError):
        return Known(sha256="", client_id=folder.name, company_name="", as_of=None, timezone=None)
    return Known(
        sha256="",
        client_id=profile.client_id,
        company_name=profile.company_name,
        as_of=profile.as_of.isoformat() if profile.as_of else None,
        timezone=profile.timezone,
    )


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
