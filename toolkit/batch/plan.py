"""What is to be done for each client of a batch, decided from hashes alone."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from toolkit.batch.clients import Source
from toolkit.batch.hashes import Hashes
from toolkit.batch.key import client_key
from toolkit.deliverables.options import Options
from toolkit.store import MANIFEST, write_json

if TYPE_CHECKING:
    from toolkit.batch.shelf import Shelf

HOME_ZONE = "Asia/Tokyo"
BROKEN = (OSError, ValueError, KeyError, AttributeError, TypeError, RecursionError)
"""What reading a manifest that is damaged may raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One client with the key of its report; ``summary`` is set where the report stands already."""

    source: Source
    key: str
    summary: Mapping[str, Any] | None = None

    @property
    def unchanged(self) -> bool:
        """Whether the report of this very key stands whole at its place."""
        return self.summary is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Clients to look at, and those that share an id: one report would take the other's place."""

    clients: tuple[Planned, ...]
    twice: tuple[Source, ...]


def make_plan(
    sources: Iterable[Source], shelf: Shelf, options: Options, settings: str, hashes: Hashes
) -> Plan:
    """Decide for each client whether its report stands.

    Args:
        sources: the clients.
        shelf: the place of the reports.
        options: how they are to be made.
        settings: the key of all that they have in common.
        hashes: those known; the ones taken anew are added.
    """
    found = tuple(sources)
    ids = Counter(one.client_id for one in found)
    planned = []
    for one in found:
        if ids[one.client_id] > 1:
            continue
        key = client_key(one.folder, run_date(one, options), settings, hashes)
        summary = shelf.standing(one.client_id, key, hashes)
        planned.append(Planned(source=one, key=key, summary=summary))
    twice = tuple(one for one in found if ids[one.client_id] > 1)
    return Plan(clients=tuple(planned), twice=twice)


def run_date(source: Source, options: Options) -> str:
    """The day a report is of: asked for, else the client's, else today in the client's zone."""
    if options.as_of or source.as_of:
        return str(options.as_of or source.as_of)
    try:
        zone: Any = ZoneInfo(source.timezone or HOME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):
        zone = UTC
    return datetime.now(zone).date().isoformat()


def standing(final: Path, key: str, hashes: Hashes) -> Mapping[str, Any] | None:
    """The summary of the report at a place if it is of this key and every file of it is whole."""
    try:
        manifest = json.loads((final / MANIFEST).read_text(encoding="utf-8"))
        if manifest.get("key") != key or not manifest["files"]:
            return None
        whole = all(hashes.of(final / name) == sha for name, sha in manifest["files"].items())
    except BROKEN:
        return None
    if not whole:
        return None
    return summary_in(manifest)


def disown(final: Path) -> None:
    """Take the key from a report that no longer is of the inputs it was begun from."""
    try:
        manifest = json.loads((final / MANIFEST).read_text(encoding="utf-8"))
        manifest.pop("key", None)
        write_json(final / MANIFEST, manifest)
    except BROKEN:
        return


def summary_in(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What the index says of a report, and its first page."""
    pages = sorted(name for name in manifest["files"] if fnmatch(name, "report*.html"))
    within = manifest.get("generation")
    page = "/".join(part for part in (within, pages[0]) if part) if pages else None
    return {**(manifest.get("summary") or {}), "page": page}
