"""A folder to make a client's files in, before they are published whole."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.lock import client_locked


@contextlib.contextmanager
def staging(out: Path, client_id: str) -> Iterator[Path]:
    """A folder beside the final one, gone in the end whatever happens.

    It is for the one run of a client that may be at work here.

    Raises:
        LockedError: another run of the client is.
        OutputError: the folder cannot be written.
    """
    with client_locked(out, client_id):
        try:
            out.mkdir(parents=True, exist_ok=True)
            staged = Path(tempfile.mkdtemp(prefix=f".staging-{client_id}-", dir=out))
        except OSError as error:
            raise OutputError("cannot_write", params={"folder": str(out)}) from error
        try:
            yield staged.resolve()
        finally:
            shutil.rmtree(staged, ignore_errors=True)
