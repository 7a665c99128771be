"""What the computer gives: folders, room, memory, a browser, a port."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from toolkit.commands.condition.examined import NOTHING, Examined
from toolkit.commands.condition.memory import available_bytes

FREE_BYTES = 500_000_000
MEMORY_BYTES = 1_500_000_000
ADDRESS, PORT = "127.0.0.1", 8888
SYNCED = ("OneDriveCommercial", "OneDriveConsumer", "OneDrive")
"""Windows: variables that name folders which are copied into a cloud while they are written."""


def machine(out: Path) -> Iterator[Examined]:
    """Every check of the computer; ``out`` is where reports are to go."""
    yield folder(out)
    yield temporary()
    yield disk(out)
    yield memory()
    yield browser()
    yield port()
    yield from synced(out)
    yield from path_length(out)


def folder(out: Path) -> Examined:
    """Whether reports can be written: a lock, a folder, a file put in place of another."""
    from toolkit.errors import LockedError, OutputError
    from toolkit.lock import locked
    from toolkit.store import write_text

    made = [one for one in (out, *out.absolute().parents) if not one.exists()]
    try:
        with locked(out, "doctor"):
            pass
        with tempfile.TemporaryDirectory(dir=out, prefix=".doctor-") as name:
            for text in ("old", "new"):
                write_text(Path(name) / "tried", text)
        ok = True
    except (OSError, OutputError, LockedError):
        ok = False
    _put_back(out, made)
    return Examined(check="folder", ok=ok, found=str(out.absolute()))


def _put_back(out: Path, made: list[Path]) -> None:
    """Leave nothing behind that was not there before."""
    with contextlib.suppress(OSError):
        (out / ".ledger" / "doctor.lock").unlink(missing_ok=True)
        (out / ".ledger").rmdir()
    for one in made:
        with contextlib.suppress(OSError):
            one.rmdir()


def temporary() -> Examined:
    """Whether there is a folder for what is only needed for a while."""
    try:
        with tempfile.TemporaryFile() as file:
            file.write(b"tried")
        found = tempfile.gettempdir()
    except OSError:
        return Examined(check="temporary", ok=False, found=NOTHING)
    return Examined(check="temporary", ok=True, found=found)


def disk(out: Path) -> Examined:
    """Room where reports go."""
    place = next((one for one in (out, *out.absolute().parents) if one.exists()), Path.cwd())
    free = shutil.disk_usage(place).free
    return Examined(
        check="disk",
        ok=free >= FREE_BYTES,
        found=_gigabytes(free),
        params={"wanted": _gigabytes(FREE_BYTES)},
    )


def memory() -> Examined:
    """Memory that is not taken."""
    free = available_bytes()
    return Examined(
        check="memory",
        ok=free is None or free >= MEMORY_BYTES,
        found="?" if free is None else _gigabytes(free),
        needed=False,
        params={"wanted": _gigabytes(MEMORY_BYTES)},
    )


def browser() -> Examined:
    """A browser that a command could open a page in."""
    import webbrowser

    try:
        found = webbrowser.get()
    except webbrowser.Error:
        return Examined(check="browser", ok=False, found=NOTHING, needed=False)
    name = str(getattr(found, "name", "") or type(found).__name__)
    return Examined(check="browser", ok=True, found=name, needed=False)


def port() -> Examined:
    """The port JupyterLab takes by itself; ours finds another one where that is taken."""
    place = f"{ADDRESS}:{PORT}"
    with socket.socket() as probe:
        if sys.platform != "win32":  # a port in its time of rest is free; there it means another
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, PORT))
        except OSError:
            return Examined(check="port", ok=False, found=place, needed=False)
    return Examined(check="port", ok=True, found=place, needed=False)


def synced(out: Path) -> Iterator[Examined]:
    """Whether reports go where OneDrive copies them; nothing where there is none."""
    roots = {os.environ[name] for name in SYNCED if os.environ.get(name)}
    if roots:
        place = out.absolute()
        within = [root for root in sorted(roots) if place.is_relative_to(Path(root))]
        yield Examined(check="synced", ok=not within, found=str(place), needed=False)


def path_length(out: Path) -> Iterator[Examined]:
    """Whether names below the folder become too long; a question on Windows only."""
    from toolkit.deliverables import path_length as limit
    from toolkit.errors import OutputError

    if sys.platform != "win32":
        return
    allowed = limit.long_paths_allowed()
    try:
        limit.check_length(out, "x" * limit.LONGEST_ID)
        ok = True
    except OutputError:
        ok = False
    found = f"{len(str(out.absolute()))} / {'∞' if allowed else limit.MOST}"
    yield Examined(check="path_length", ok=ok, found=found, needed=False)


def _gigabytes(count: float) -> str:
    return f"{count / 1e9:,.1f} GB"
