"""A folder to make a client's files in, before they are published whole."""

from __future__ import annotations

import contextlib
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from toolkit.deliverables.path_length import check_length
from toolkit.errors import OutputError
from toolkit.lock import client_locked


@contextlib.contextmanager
def staging(out: Path, client_id: str) -> Iterator[Path]:
    """A folder beside the final one, gone in the end whatever happens.

    It is for the one run of a client that may be at work here.

    Raises:
        LockedError: another run of the client is.
        OutputError: the folder cannot be written, or its path is too long.
    """
    check_length(out, client_id)
    with client_locked(out, client_id):
        try:
            out.mkdir(parents=True, exist_ok=True)
            staged = _made(out, client_id)
        except OSError as error:
            raise OutputError("cannot_write", params={"folder": str(out)}) from error
        try:
            yield staged.resolve()
        finally:
            shutil.rmtree(staged, ignore_errors=True)


def _made(out: Path, client_id: str) -> Path:
    """A new folder for us alone, until it is published.

    On Windows a folder made for one user alone would keep colleagues out of the reports for good:
    there it has the rights of the folder around it.
    """
    staged = out / f".staging-{client_id}-{secrets.token_hex(4)}"
    staged.mkdir(mode=0o777 if sys.platform == "win32" else 0o700)
    return staged
