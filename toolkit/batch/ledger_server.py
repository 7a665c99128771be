"""The ledger on a PostgreSQL server, for machines that make reports of the same place in turn."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from toolkit.batch.hashes import Hashes
from toolkit.batch.ledger import Known, State
from toolkit.errors import LockedError, OutputError, ToolkitError, UsageError
from toolkit.intake.sources.address import SERVER, Address, parse_address
from toolkit.intake.sources.session import CONNECT_SECONDS, SourceFault, one_line
from toolkit.store import sha256_bytes

PASSWORD = "PGPASSWORD"
HIDDEN = "***"
FIRST_REQUIRE_AUTH = 160000
SCHEMA = """
CREATE TABLE IF NOT EXISTS toolkit_hashes(
  host TEXT, path TEXT, size BIGINT, mtime_ns BIGINT, ctime_ns BIGINT, inode NUMERIC,
  sha256 TEXT NOT NULL, PRIMARY KEY (host, path));
CREATE TABLE IF NOT EXISTS toolkit_profiles(
  folder TEXT PRIMARY KEY, sha256 TEXT NOT NULL, client_id TEXT NOT NULL,
  company_name TEXT NOT NULL, as_of TEXT, timezone TEXT);
CREATE TABLE IF NOT EXISTS toolkit_attempts(
  id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, place TEXT NOT NULL,
  client_id TEXT NOT NULL, input_key TEXT NOT NULL, state TEXT NOT NULL, reason TEXT);
CREATE INDEX IF NOT EXISTS toolkit_attempts_of
  ON toolkit_attempts(place, client_id, input_key, state);
"""
SCHEMA_LOCK = 0x746F6F6C6B6974
"""Two machines that come first at once must not both make the tables."""


@dataclass(frozen=True, slots=True)
class ServerLedger:
    """An open ledger of one place of reports; what is known of files is a machine's own."""

    db: Any
    place: str
    host: str

    def begin(self, client_id: str, input_key: str) -> int:
        """Write down that an attempt starts, before it does."""
        row = self.db.execute(
            "INSERT INTO toolkit_attempts(place, client_id, input_key, state)"
            " VALUES (%s, %s, %s, 'running') RETURNING id",
            (self.place, _text(client_id), input_key),
        ).fetchone()
        return int(row[0])

    def end(self, attempt: int, state: State, reason: str | None = None) -> bool:
        """Write down how a running attempt ended; False where it was ended already."""
        done = self.db.execute(
            "UPDATE toolkit_attempts SET state = %s, reason = %s"
            " WHERE id = %s AND state = 'running'",
            (state, None if reason is None else _text(reason), attempt),
        )
        return bool(done.rowcount == 1)

    def interrupt_all(self) -> None:
        """End what a batch that died has left running; only who holds the lock may do so."""
        self.db.execute(
            "UPDATE toolkit_attempts SET state = 'interrupted'"
            " WHERE place = %s AND state = 'running'",
            (self.place,),
        )

    def deaths(self, client_id: str, input_key: str) -> int:
        """How often the process of a client has died over these inputs."""
        row = self.db.execute(
            "SELECT count(*) FROM toolkit_attempts"
            " WHERE place = %s AND client_id = %s AND input_key = %s AND state = 'died'",
            (self.place, _text(client_id), input_key),
        ).fetchone()
        return int(row[0])

    def forgive(self) -> None:
        """Forget deaths: every client is tried anew."""
        self.db.execute(
            "UPDATE toolkit_attempts SET state = 'interrupted' WHERE place = %s AND state = 'died'",
            (self.place,),
        )

    def hashes(self) -> Hashes:
        """All hashes kept of this machine's files."""
        rows = self.db.execute(
            "SELECT path, size, mtime_ns, ctime_ns, inode, sha256 FROM toolkit_hashes"
            " WHERE host = %s",
            (self.host,),
        )
        return Hashes(
            known={path: ((*times, int(inode)), sha) for path, *times, inode, sha in rows}
        )

    def keep_hashes(self, hashes: Hashes) -> None:
        """Keep those that were taken since."""
        rows = [
            (self.host, _text(path), *stamp, digest)
            for path, (stamp, digest) in hashes.fresh.items()
        ]
        self._many(
            "INSERT INTO toolkit_hashes VALUES (%s, %s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (host, path) DO UPDATE SET size = EXCLUDED.size,"
            " mtime_ns = EXCLUDED.mtime_ns, ctime_ns = EXCLUDED.ctime_ns,"
            " inode = EXCLUDED.inode, sha256 = EXCLUDED.sha256",
            rows,
        )
        hashes.fresh.clear()

    def profiles(self) -> dict[str, Known]:
        """What is known of each client's folder."""
        rows = self.db.execute(
            "SELECT folder, sha256, client_id, company_name, as_of, timezone FROM toolkit_profiles"
        )
        names = ("sha256", "client_id", "company_name", "as_of", "timezone")
        return {row[0]: Known(**dict(zip(names, row[1:], strict=True))) for row in rows}

    def keep_profiles(self, known: Mapping[str, Known]) -> None:
        """Keep what was read of profiles."""
        rows = [
            (_text(folder), one.sha256, _text(one.client_id), _text(one.company_name), *_when(one))
            for folder, one in known.items()
        ]
        self._many(
            "INSERT INTO toolkit_profiles VALUES (%s, %s, %s, %s, %s, %s)"
            " ON CONFLICT (folder) DO UPDATE SET sha256 = EXCLUDED.sha256,"
            " client_id = EXCLUDED.client_id, company_name = EXCLUDED.company_name,"
            " as_of = EXCLUDED.as_of, timezone = EXCLUDED.timezone",
            rows,
        )

    def _many(self, command: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            with self.db.transaction(), self.db.cursor() as cursor:
                cursor.executemany(command, rows)


def _when(known: Known) -> tuple[str | None, str | None]:
    return known.as_of, known.timezone


def _text(value: str) -> str:
    """A text as a server takes it: no NUL, nothing that is no character."""
    return value.replace("\0", "\\0").encode("utf-8", "backslashreplace").decode("utf-8")


@contextlib.contextmanager
def open_server_ledger(url: str, place: str) -> Iterator[ServerLedger]:
    """The ledger of a place of reports on a server, held for this batch alone.

    Args:
        url: ``postgresql://user@host/database``; the password comes from the environment.
        place: whole name of the place.

    Raises:
        LockedError: another machine's batch is at work in the same place.
        OutputError: the connection broke.
        ToolkitError: the server cannot be reached, or does not let us in.
        UsageError: the address is none, holds a password, or a library is missing.
    """
    address = server_of(url)
    driver = _driver()
    with contextlib.closing(_connected(driver, address)) as db:
        try:
            with _held(driver, db, place):
                with db.transaction():
                    db.execute("SELECT pg_advisory_xact_lock(%s)", (SCHEMA_LOCK,))
                    db.execute("SET LOCAL client_min_messages = warning")
                    db.execute(SCHEMA)
                yield ServerLedger(db, place, socket.gethostname())
        except driver.Error as error:
            raise OutputError("ledger_lost", params={"place": address.identity}) from error


@contextlib.contextmanager
def _held(driver: ModuleType, db: Any, place: str) -> Iterator[None]:
    """The lock of a place, given back before the connection ends.

    A server ends a connection some time after its client has left: until then the lock would hold.
    """
    if not db.execute("SELECT pg_try_advisory_lock(%s)", (_key(place),)).fetchone()[0]:
        raise LockedError("locked", params={"folder": place})
    try:
        yield
    finally:
        with contextlib.suppress(driver.Error):  # a connection that broke holds nothing
            db.execute("SELECT pg_advisory_unlock(%s)", (_key(place),))


def server_of(url: str) -> Address:
    """The parts of a ledger's address.

    Raises:
        UsageError: a password in it, or no address of a PostgreSQL server.
    """
    try:
        address = parse_address(url)
    except SourceFault as fault:
        code = "ledger_secret" if fault.code == "source_secret" else "ledger_shape"
        raise UsageError(code) from None
    if address.scheme != SERVER:
        raise UsageError("ledger_shape")
    return address


def _driver() -> ModuleType:
    try:
        import psycopg
    except ImportError as error:
        params = {"extra": "postgresql", "option": "--ledger"}
        raise UsageError("extra_missing", params=params) from error
    return psycopg


def _connected(driver: ModuleType, address: Address) -> Any:
    given = {
        "host": address.host.strip("[]"),
        "port": address.port,
        "user": address.user,
        "dbname": address.database,
        "connect_timeout": CONNECT_SECONDS,
        "client_encoding": "UTF8",
        "application_name": "toolkit",
        **address.options,
    }
    proved = address.options.get("sslmode") == "verify-full"
    if not proved and driver.pq.version() >= FIRST_REQUIRE_AUTH:
        given["require_auth"] = "!password"  # an unproved server is told none in clear text
    try:
        return driver.connect(
            **{name: value for name, value in given.items() if value is not None}, autocommit=True
        )
    except driver.Error as error:
        secret = os.environ.get(PASSWORD)
        detail = str(error).replace(secret, HIDDEN) if secret else str(error)
        params = {"place": address.identity, "detail": one_line(detail)}
        raise ToolkitError("ledger_unreachable", params=params) from None


def _key(place: str) -> int:
    """A place as the number of a lock, a signed one of 64 bits."""
    return int.from_bytes(bytes.fromhex(sha256_bytes(place.encode("utf-8"))[:16]), signed=True)
