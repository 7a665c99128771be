"""A lock that dies with its holder: one batch an output folder, one run a client."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import LockedError, OutputError

LEDGER = ".ledger"


@contextlib.contextmanager
def locked(out: Path, name: str) -> Iterator[None]:
    """Hold the lock of a name in an output folder; the system lets it go when we die.

    Raises:
        LockedError: another process that lives holds it.
        OutputError: the folder cannot be written.
    """
    path = out / LEDGER / f"{name}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(out)}) from error
    try:
        _take(handle, out)
        yield
    finally:
        os.close(handle)


def client_locked(out: Path, client_id: str) -> contextlib.AbstractContextManager[None]:
    """Hold the lock of one client's folder among the reports."""
    return locked(out, f"client-{client_id}")


def _take(handle: int, out: Path) -> None:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise LockedError("locked", params={"folder": str(out)}) from error
