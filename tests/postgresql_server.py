"""A real PostgreSQL for the time of some tests, and a way to it that can be cut."""

from __future__ import annotations

import ctypes
import os
import pwd
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SERVER_PASSWORD = "only-for-this-test"
START_SECONDS = 60
STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    port: int
    version: str
    start_seconds: float

    def address(
        self, port: int | None = None, user: str = "postgres", database: str = "shop"
    ) -> str:
        return f"postgresql://{user}@127.0.0.1:{port or self.port}/{database}"

    def connect(self, database: str = "shop") -> Any:
        import psycopg

        return psycopg.connect(
            host="127.0.0.1",
            port=self.port,
            user="postgres",
            password=SERVER_PASSWORD,
            dbname=database,
            autocommit=True,
        )

    def run(self, *commands: str) -> None:
        with closing(self.connect()) as connection:
            for command in commands:
                connection.execute(command)

    def value(self, query: str) -> Any:
        with closing(self.connect()) as connection:
            return connection.execute(query).fetchone()[0]


def _no_server(reason: str) -> None:
    if os.environ.get("CI"):
        pytest.fail(f"CI must test against PostgreSQL: {reason}")
    pytest.skip(reason)


def _account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then as the account that Debian has for it."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            found = pwd.getpwnam(name)
            return {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": []}
    return {}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _prepare(folder: Path, programs: Path, run: dict[str, Any]) -> None:
    """A cluster whose every login needs the password, one role being asked for it in clear text."""
    password = folder / "password"
    password.write_text(SERVER_PASSWORD, encoding="utf-8")
    if "user" in run:
        for path in (folder, password):
            os.chown(path, run["user"], run["group"])
    subprocess.run(
        [
            programs / "initdb",
            f"--pgdata={folder / 'data'}",
            "--auth=scram-sha-256",
            f"--pwfile={password}",
            "--username=postgres",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ],
        check=True,
        capture_output=True,
        cwd=folder,
        **run,
    )
    rules = folder / "data" / "pg_hba.conf"
    clear = "host all clear_text 127.0.0.1/32 password\n"
    rules.write_text(clear + rules.read_text(encoding="utf-8"), encoding="utf-8")


def _started(
    folder: Path, programs: Path, port: int, run: dict[str, Any]
) -> subprocess.Popen[bytes]:
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def end_with_us() -> None:
        if libc is not None:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)

    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "fsync": "off",
        "timezone": "America/New_York",
        "max_connections": "20",
    }
    options = [part for item in settings.items() for part in ("-c", "=".join(item))]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", "-p", str(port), *options],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            preexec_fn=end_with_us,
            **run,
        )


def _answering(process: subprocess.Popen[bytes], folder: Path, server: Server) -> None:
    import psycopg

    last = time.monotonic() + START_SECONDS
    while True:
        try:
            server.connect("postgres").close()
        except psycopg.OperationalError:
            if process.poll() is not None or time.monotonic() > last:
                pytest.fail((folder / "log").read_text(encoding="utf-8", errors="replace"))
            time.sleep(0.1)
        else:
            return


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGQUIT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(STOP_SECONDS)


@contextmanager
def served() -> Iterator[Server]:
    """A server on loopback with a database ``shop``, gone in the end."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: p.parts[-3])
    if not found:
        _no_server("no /usr/lib/postgresql/*/bin/postgres")
    programs = found[-1].parent
    account = _account()
    run = {**account, "env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}}
    folder = Path(tempfile.mkdtemp(prefix="toolkit-postgresql-"))
    begun = time.monotonic()
    try:
        _prepare(folder, programs, run)
        port = _free_port()
        process = _started(folder, programs, port, run)
        try:
            version = programs.parent.name
            _answering(process, folder, Server(port=port, version=version, start_seconds=0))
            started = Server(port=port, version=version, start_seconds=time.monotonic() - begun)
            with closing(started.connect("postgres")) as connection:
                connection.execute("CREATE DATABASE shop")
            yield started
        finally:
            _stop(process)
    finally:
        shutil.rmtree(folder)


class Cut:
    """A way to the server that closes the n-th connection after so many bytes of its answers.

    A connection beyond the list goes through whole if ``then_whole``, else it is cut like the last.
    """

    def __init__(self, to_port: int, limits: Sequence[int], then_whole: bool) -> None:
        self.to_port, self.limits, self.then_whole = to_port, list(limits), then_whole
        self.connections = 0
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def _limit(self) -> int | None:
        if self.connections <= len(self.limits):
            return self.limits[self.connections - 1]
        return None if self.then_whole else self.limits[-1]

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self.listening.accept()
            except OSError:
                return
            self.connections += 1
            with client, socket.create_connection(("127.0.0.1", self.to_port)) as database:
                self._forward(client, database, self._limit())

    def _forward(self, client: socket.socket, database: socket.socket, limit: int | None) -> None:
        answered = 0
        other = {client: database, database: client}
        while True:
            for end in select.select(list(other), [], [])[0]:
                try:
                    data = end.recv(4096)
                    if not data:
                        return
                    if end is database:
                        answered += len(data)
                    if limit is not None and answered > limit:
                        return
                    other[end].sendall(data)
                except OSError:
                    return

    def close(self) -> None:
        # Closing alone does not wake a thread that waits in accept.
        with suppress(OSError):
            self.listening.shutdown(socket.SHUT_RDWR)
        self.listening.close()
        self.thread.join(STOP_SECONDS)
