"""The ledger of an output folder: every attempt written down before it starts, and hashes kept."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from toolkit.batch.hashes import Hashes, Stamp
from toolkit.errors import OutputError
from toolkit.lock import LEDGER

FILE = "ledger.sqlite"
MOST_DEATHS = 2
"""A client whose process died this often over the same inputs is given up."""

State = Literal["running", "done", "refused", "failed", "died", "interrupted"]
SCHEMA = """
CREATE TABLE IF NOT EXISTS hashes(
  path TEXT PRIMARY KEY, size INTEGER, mtime_ns INTEGER, ctime_ns INTEGER, inode INTEGER,
  sha256 TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS profiles(
  folder TEXT PRIMARY KEY, sha256 TEXT NOT NULL, client_id TEXT NOT NULL,
  company_name TEXT NOT NULL, as_of TEXT, timezone TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS attempts(
  id INTEGER PRIMARY KEY, client_id TEXT NOT NULL, input_key TEXT NOT NULL,
  state TEXT NOT NULL, reason TEXT);
CREATE INDEX IF NOT EXISTS attempts_of ON attempts(client_id, input_key, state);
"""
VERSION = 1
"""Of the layout above; 0 is the same one, before it was numbered."""
COLUMNS = {
    "hashes": {"path", "size", "mtime_ns", "ctime_ns", "inode", "sha256"},
    "profiles": {"folder", "sha256", "client_id", "company_name", "as_of", "timezone"},
    "attempts": {"id", "client_id", "input_key", "state", "reason"},
}
BROKEN = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_MISMATCH)
"""What SQLite says of a file that is none of its own; a full disk is another matter."""


class _Unusable(Exception):
    """A ledger of another layout, or one whose content is damaged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a client's profile said when it was last read, and the hash it had then."""

    sha256: str
    client_id: str
    company_name: str
    as_of: str | None
    timezone: str | None


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger; outputs are the truth, so that a lost ledger costs time and nothing else.

    ``aside`` is where one that could not be used has been put.
    """

    db: sqlite3.Connection
    aside: Path | None = None

    def begin(self, client_id: str, input_key: str) -> int:
        """Write down that an attempt starts, before it does."""
        with self.db:
            row = self.db.execute(
                "INSERT INTO attempts(client_id, input_key, state) VALUES (?, ?, 'running')",
                (client_id, input_key),
            )
        return int(row.lastrowid or 0)

    def end(self, attempt: int, state: State, reason: str | None = None) -> bool:
        """Write down how a running attempt ended; False where it was ended already."""
        with self.db:
            row = self.db.execute(
                "UPDATE attempts SET state = ?, reason = ? WHERE id = ? AND state = 'running'",
                (state, reason, attempt),
            )
        return row.rowcount == 1

    def interrupt_all(self) -> None:
        """End what a batch that died has left running; only who holds the lock may do so."""
        with self.db:
            self.db.execute("UPDATE attempts SET state = 'interrupted' WHERE state = 'running'")

    def deaths(self, client_id: str, input_key: str) -> int:
        """How often the process of a client has died over these inputs."""
        row = self.db.execute(
            "SELECT count(*) FROM attempts WHERE client_id = ? AND input_key = ?"
            " AND state = 'died'",
            (client_id, input_key),
        ).fetchone()
        return int(row[0])

    def forgive(self) -> None:
        """Forget deaths: every client is tried anew."""
        with self.db:
            self.db.execute("UPDATE attempts SET state = 'interrupted' WHERE state = 'died'")

    def hashes(self) -> Hashes:
        """All hashes kept whose seal is whole."""
        rows = self.db.execute("SELECT path, size, mtime_ns, ctime_ns, inode, sha256 FROM hashes")
        read = ((row[0], (row[1], row[2], row[3], row[4]), row[5]) for row in rows)
        known = {
            path: (stamp, sealed.partition(":")[0])
            for path, stamp, sealed in read
            if sealed == _sealed(path, stamp, sealed.partition(":")[0])
        }
        return Hashes(known=known)

    def keep_hashes(self, hashes: Hashes) -> None:
        """Keep those that were taken since."""
        rows = [
            (path, *stamp, _sealed(path, stamp, digest))
            for path, (stamp, digest) in hashes.fresh.items()
        ]
        with self.db:
            self.db.executemany("INSERT OR REPLACE INTO hashes VALUES (?, ?, ?, ?, ?, ?)", rows)
        hashes.fresh.clear()

    def profiles(self) -> dict[str, Known]:
        """What is known of each client's folder."""
        rows = self.db.execute(
            "SELECT folder, sha256, client_id, company_name, as_of, timezone FROM profiles"
        )
        return {
            row[0]: Known(
                sha256=row[1], client_id=row[2], company_name=row[3], as_of=row[4], timezone=row[5]
            )
            for row in rows
        }

    def keep_profiles(self, known: Mapping[str, Known]) -> None:
        """Keep what was read of profiles."""
        rows = [
            (folder, one.sha256, one.client_id, one.company_name, one.as_of, one.timezone)
            for folder, one in known.items()
        ]
        with self.db:
            self.db.executemany("INSERT OR REPLACE INTO profiles VALUES (?, ?, ?, ?, ?, ?)", rows)


@contextlib.contextmanager
def open_ledger(out: Path) -> Iterator[Ledger]:
    """The ledger of an output folder; one that cannot be used is put aside and begun anew.

    Raises:
        OutputError: the folder cannot be written, or the ledger broke while it was in use; then
            it has been put aside.
    """
    path = out / LEDGER / FILE
    aside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            db = _opened(path)
        except (_Unusable, sqlite3.DatabaseError, UnicodeDecodeError) as error:
            if not _broken(error):
                raise
            aside = _put_aside(path)
            db = _opened(path)
    except (OSError, sqlite3.Error) as error:
        raise OutputError("cannot_write", params={"folder": str(out)}) from error
    try:
        with contextlib.closing(db):
            yield Ledger(db, aside)
    except sqlite3.Error as error:  # the disk is full, the folder is gone, the file broken
        if _broken(error):
            with contextlib.suppress(OSError):
                aside = _put_aside(path)
                raise OutputError("ledger_broken", params={"file": aside.name}) from error
        raise OutputError("cannot_write", params={"folder": str(out)}) from error


def _broken(error: Exception) -> bool:
    """Whether it is the file itself that cannot be used."""
    if isinstance(error, sqlite3.DatabaseError):
        return getattr(error, "sqlite_errorcode", 0) & 0xFF in BROKEN
    return isinstance(error, _Unusable | UnicodeDecodeError)  # of a name in the layout


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, timeout=30)
    try:
        db.text_factory = _text
        _check(db)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(SCHEMA)
        db.execute(f"PRAGMA user_version = {VERSION}")
    except BaseException:
        db.close()
        raise
    return db


def _check(db: sqlite3.Connection) -> None:
    """Whether a ledger is whole and of our layout, before anything is written to it."""
    if db.execute("PRAGMA user_version").fetchone()[0] not in (0, VERSION):
        raise _Unusable
    if db.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        raise _Unusable
    for table, wanted in COLUMNS.items():
        found = {row[1] for row in db.execute(f"PRAGMA table_info({table})")}
        if found and found != wanted:
            raise _Unusable
        if found:
            db.execute(f"SELECT * FROM {table} LIMIT 0")


def _sealed(path: str, stamp: Stamp, digest: str) -> str:
    """A hash with a checksum of its row: a wrong one would change the keys of all reports."""
    return f"{digest}:{zlib.crc32(f'{path}{stamp}{digest}'.encode('utf-8', 'surrogateescape')):08x}"


def _text(stored: bytes) -> str:
    """What is no text any more fits nothing, and so is made anew."""
    return stored.decode("utf-8", "replace")


def _put_aside(path: Path) -> Path:
    """Give a ledger another name, with what had not been worked into it yet."""
    place = next(
        p for p in (path.with_name(f"{FILE}.broken-{n}") for n in count(1)) if not p.exists()
    )
    path.replace(place)
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + ending).replace(place.with_name(place.name + ending))
    return place
