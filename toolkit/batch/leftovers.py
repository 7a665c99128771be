"""What processes that were killed have left half made in a folder of reports."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import LockedError, OutputError
from toolkit.lock import LEDGER, client_locked
from toolkit.store import FAILURE, MANIFEST

STAGING = ".staging-"
HALF_WRITTEN = re.compile(r"\.[^.].*\.(html|json|csv|css)\.[a-z0-9_]{8}|\.workplace\.[a-z0-9_]{8}")
"""The temporary names of ``toolkit.store.write_bytes``, of the files a batch itself writes."""


def remove_leftovers(out: Path) -> None:
    """Remove it; what another run that lives is writing into stays.

    Only who holds the lock of the batch may do so.

    Raises:
        OutputError: the folder cannot be written.
    """
    try:
        for path in out.glob(f"{STAGING}*"):
            client_id = path.name.removeprefix(STAGING).rpartition("-")[0]
            with contextlib.suppress(LockedError), client_locked(out, client_id):
                shutil.rmtree(path, ignore_errors=True)
        for path in _half_written(out):
            path.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError("cannot_write", params={"folder": str(out)}) from error


def _half_written(out: Path) -> Iterator[Path]:
    for pattern in (".*", f"{LEDGER}/.*", f"*/.{FAILURE}.*", f"*/.{MANIFEST}.*"):
        yield from (one for one in out.glob(pattern) if HALF_WRITTEN.fullmatch(one.name))
