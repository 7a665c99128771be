"""What processes that were killed have left half made in a folder of reports."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path

from toolkit.errors import LockedError, OutputError
from toolkit.lock import client_locked

STAGING = ".staging-"


def remove_leftovers(out: Path) -> None:
    """Remove it; what another run that lives is writing into stays.

    Raises:
        OutputError: the folder cannot be written.
    """
    try:
        for path in out.glob(f"{STAGING}*"):
            client_id = path.name.removeprefix(STAGING).rpartition("-")[0]
            with contextlib.suppress(LockedError), client_locked(out, client_id):
                shutil.rmtree(path, ignore_errors=True)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(out)}) from error
