"""The folder a batch works in, which is gone afterwards, whoever ended it."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import OutputError
from toolkit.lock import LEDGER
from toolkit.store import write_text

PREFIX = "toolkit-batch-"
NOTE = "workplace"
"""The file beside the ledger that says where the folder is."""


@contextlib.contextmanager
def workplace(out: Path) -> Iterator[Path]:
    """A folder among the temporary ones, removed in the end.

    A batch that is killed cannot remove it, and data of clients may lie there: the next batch at
    the same place, which has the lock, does.

    Raises:
        OutputError: there is no room for it.
    """
    note = out / LEDGER / NOTE
    _remove_last(note)
    try:
        temporary = tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True)
    except OSError as error:
        raise OutputError("no_room", params={"folder": tempfile.gettempdir()}) from error
    with temporary as work:
        try:
            write_text(note, work)
        except OSError as error:
            raise OutputError("cannot_write", params={"folder": str(out)}) from error
        yield Path(work)
    with contextlib.suppress(OSError):
        note.unlink()


def _remove_last(note: Path) -> None:
    with contextlib.suppress(OSError, ValueError):
        last = Path(note.read_text(encoding="utf-8"))
        if last.is_absolute() and last.name.startswith(PREFIX) and not last.is_symlink():
            shutil.rmtree(last, ignore_errors=True)
