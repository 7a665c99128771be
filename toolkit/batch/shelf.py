"""Where the reports of a batch stand: in a folder, or in an object store with a folder for us."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from toolkit.batch.bucket import STORED, Address, is_bucket, marks, open_store, parse_bucket, told
from toolkit.batch.hashes import Hashes
from toolkit.batch.plan import disown, standing
from toolkit.errors import OutputError
from toolkit.store import FAILURE, MANIFEST, sha256_bytes, to_json

STATE = "TOOLKIT_STATE"
"""The environment variable that names the folder for what a machine keeps of a store."""
INDEX = "index.html"
OWN = (INDEX, "portfolio.html", "outcomes.csv", "outcomes.json", "failure.")
"""How names of the batch's own pages begin."""
DIGITS_OF_HOME = 24
PROBE = ".toolkit-probe"
"""An object that is put and removed at once: whether we may write is known before any work."""


class Shelf(Protocol):
    """What a batch asks of the place of its reports.

    ``home`` is a folder with the ledger, the locks and the pages of all clients; ``address`` names
    the place; ``store`` is the address of the object store, None where the reports stand in
    ``home`` itself.
    """

    @property
    def home(self) -> Path:
        """Folder of ledger, locks and pages."""

    @property
    def address(self) -> str:
        """Whole name of the place."""

    @property
    def store(self) -> str | None:
        """Address of the object store."""

    @property
    def index(self) -> str:
        """Where the page of all clients is, as the operator is told."""

    def refresh(self) -> None:
        """Look what stands there now."""

    def standing(self, client_id: str, key: str, hashes: Hashes) -> Mapping[str, Any] | None:
        """The summary of a client's report if it is of this key and whole."""

    def disown(self, client_id: str) -> None:
        """Take the key from a report that no longer is of the inputs it was begun from."""

    def send(self) -> None:
        """Put the batch's own pages where the reports are."""


@dataclass(frozen=True, slots=True)
class FolderShelf:
    """Reports in a folder of this machine, or one that machines share."""

    home: Path

    @property
    def address(self) -> str:
        """The folder's whole name."""
        return str(self.home.resolve())

    @property
    def store(self) -> str | None:
        """There is none."""
        return None

    @property
    def index(self) -> str:
        """The page of all clients."""
        return str(self.home / INDEX)

    def refresh(self) -> None:
        """A folder is always as it is."""

    def standing(self, client_id: str, key: str, hashes: Hashes) -> Mapping[str, Any] | None:
        """The summary of a client's report if it is of this key and whole."""
        return standing(self.home / client_id, key, hashes)

    def disown(self, client_id: str) -> None:
        """Take the key from a report."""
        disown(self.home / client_id)

    def send(self) -> None:
        """They are there already."""


@dataclass(frozen=True, slots=True)
class BucketShelf:
    """Reports in an object store; ``home`` mirrors its manifests, and no more of the reports."""

    home: Path
    place: Address
    files: Any
    seen: dict[str, str] = field(default_factory=dict)
    """Marks of the store by the names of all objects below the place."""
    fetched: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """As it was asked for."""
        return str(self.place)

    @property
    def store(self) -> str | None:
        """As it was asked for."""
        return str(self.place)

    @property
    def index(self) -> str:
        """The page of all clients."""
        return f"{self.place}/{INDEX}"

    def refresh(self) -> None:
        """List what is there, and fetch the manifests and notes of failure that are new.

        Raises:
            OutputError: the store cannot be asked.
        """
        with told(self.place):
            self._list()
            self._fetch()

    def standing(self, client_id: str, key: str, hashes: Hashes) -> Mapping[str, Any] | None:
        """The summary of a client's report if it is of this key and every object is as put."""
        final = self.home / client_id
        return standing(final, key, _Marked(final, self.seen))

    def disown(self, client_id: str) -> None:
        """Take the key from the report that stands now, which the mirror may not have yet."""
        name = self.place.of(client_id, MANIFEST)
        with told(self.place):
            try:
                manifest = json.loads(self.files.cat_file(name))
            except (FileNotFoundError, ValueError):
                return
            manifest.pop("key", None)
            self.files.pipe_file(name, to_json(manifest).encode("utf-8"))

    def send(self) -> None:
        """Put the batch's own pages and notes of failure there; take away those of others.

        Raises:
            OutputError: the store does not take them.
        """
        ours = {
            path.relative_to(self.home).as_posix(): path
            for path in (*self.home.glob("*"), *self.home.glob(f"*/{FAILURE}"))
            if path.is_file() and not path.name.startswith(".")
        }
        with told(self.place):
            self._list()
            for name in sorted(ours, key=lambda one: (one == INDEX, one)):
                self.files.pipe_file(self.place.of(name), ours[name].read_bytes())
            gone = [self.place.of(name) for name in self.seen if _own(name) and name not in ours]
            if gone:
                self.files.rm(gone)

    def _list(self) -> None:
        self.seen.clear()
        listed = marks(self.files, self.place.root)
        self.seen.update({name: about["ETag"] for name, about in listed.items()})

    def _fetch(self) -> None:
        """Bring the mirror up to date."""
        wanted = {name: mark for name, mark in self.seen.items() if _mirrored(name)}
        for path in (*self.home.glob(f"*/{MANIFEST}"), *self.home.glob(f"*/{FAILURE}")):
            name = path.relative_to(self.home).as_posix()
            if name not in wanted or self.fetched.get(name) != wanted[name]:
                path.unlink()
                self.fetched.pop(name, None)
        new = [name for name in wanted if name not in self.fetched]
        names = [self.place.of(name) for name in new]
        found = self.files.cat(names, on_error="omit") if names else {}
        for name in new:
            data = found.get(self.place.of(name))
            if data is not None:
                (self.home / name).parent.mkdir(parents=True, exist_ok=True)
                (self.home / name).write_bytes(data)
                self.fetched[name] = wanted[name]


class _Marked(Hashes):
    """Hashes of objects that are as the manifest's run has put them; of others there are none."""

    def __init__(self, final: Path, seen: Mapping[str, str]) -> None:
        super().__init__()
        self._final, self._known = final, {}
        try:
            manifest = json.loads((final / MANIFEST).read_text(encoding="utf-8"))
            group = f"{final.name}/{manifest['generation']}"
            for name, digest in manifest["files"].items():
                if seen.get(f"{group}/{name}") == manifest[STORED][name]:
                    self._known[final / name] = digest
        except (OSError, ValueError, KeyError, AttributeError, TypeError):
            self._known = {}

    def of(self, path: Path) -> str | None:
        """The hash of a file of the report."""
        return self._known.get(path)


def _mirrored(name: str) -> bool:
    parts = name.split("/")
    return len(parts) == 2 and parts[1] in (MANIFEST, FAILURE) and ".." not in parts


def _own(name: str) -> bool:
    if "/" not in name:
        return name.startswith(OWN)
    return _mirrored(name) and name.endswith(FAILURE)


def open_shelf(out: str | Path) -> Shelf:
    """The place of the reports.

    Raises:
        OutputError: the store cannot be asked or written to, or we have no folder for ourselves.
        UsageError: the address is not of a known form, or a library is missing.
    """
    if not is_bucket(str(out)):
        return FolderShelf(Path(out))
    place = parse_bucket(str(out))
    shelf = BucketShelf(home=_home(place), place=place, files=open_store())
    with told(place):
        shelf.files.pipe_file(place.of(PROBE), b"")
        shelf.files.rm([place.of(PROBE)])
    return shelf


def _home(place: Address) -> Path:
    """This machine's folder for a store: ledger, locks and pages; nobody else may look into it."""
    folder = _state() / sha256_bytes(str(place).encode("utf-8"))[:DIGITS_OF_HOME]
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(folder)}) from error
    return folder


def _state() -> Path:
    if os.environ.get(STATE):
        return Path(os.environ[STATE])
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home(), "toolkit")
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state", "toolkit")
