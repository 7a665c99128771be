"""Writing that leaves a whole file or none: temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring
from pathlib import Path
from typing import Any

from toolkit.errors import OutputError

MANIFEST, FAILURE = "manifest.json", "failure.json"
AT_FDCWD, RENAME_EXCHANGE = -100, 2
"""Linux: paths from the working folder; two names change places in one step."""
WAITS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
"""Seconds between tries at a file that a virus scanner or a sync client may soon let go of."""
BEFORE = ".before"
"""Where in a staging folder files lie that are being replaced one by one."""


def write_bytes(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` so that a reader sees the old file or the new one, never a part.

    Raises:
        OSError: the disk is full or the folder cannot be written; ``path`` is unchanged.
        OutputError: another program holds the file, as Excel does on Windows; so is it then.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(path.parent)


def replace(source: str | Path, target: Path) -> None:
    """Rename over a file; on Windows, where another program may hold it, with some patience.

    Raises:
        OSError: as ``os.replace`` does.
        OutputError: another program holds the file, and does not let go of it.
    """
    for wait in WAITS if sys.platform == "win32" else ():
        try:
            return os.replace(source, target)
        except PermissionError:
            time.sleep(wait)
    try:
        os.replace(source, target)
    except PermissionError as error:
        if sys.platform != "win32":
            raise
        raise OutputError("file_held", params={"file": str(target)}) from error


def write_text(path: Path, text: str) -> None:
    """``write_bytes`` of UTF-8 text with line feeds."""
    write_bytes(path, text.encode("utf-8"))


def write_json(path: Path, document: Any) -> None:
    """``write_bytes`` of ``to_json``."""
    write_text(path, to_json(document))


def to_json(document: Any) -> str:
    r"""A document as JSON: keys in their order, floats to 10 significant digits, no NaN.

    >>> to_json({"share": 1 / 3})
    '{\n "share": 0.3333333333\n}\n'
    """
    return _written(document, "\n") + "\n"


def significant(value: float) -> float | None:
    """A float at 10 significant digits; None where it is no finite number."""
    return float(f"{value:.10g}") if math.isfinite(value) else None


def _float(value: float) -> str:
    rounded = significant(value)
    return "null" if rounded is None else repr(rounded)


# Most of a document by far: told by their exact type, without asking what they are instances of.
_LEAVES: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    float: _float,
    int: repr,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
}


def _written(value: Any, line: str) -> str:
    """What ``json.dumps`` makes, slowly, with an indent of 1; ``line`` ends a line so deep."""
    leaf = _LEAVES.get(type(value))
    if leaf is not None:
        return leaf(value)
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        return _float(value)
    inner = line + " "
    if isinstance(value, dict | Mapping):
        parts = [
            f"{encode_basestring(str(key))}: {_written(item, inner)}" for key, item in value.items()
        ]
        return _enclosed("{}", parts, line)
    if isinstance(value, list | tuple | Sequence) and not isinstance(value, bytes):
        return _enclosed("[]", [_written(item, inner) for item in value], line)
    return json.dumps(value)


def _enclosed(brackets: str, parts: list[str], line: str) -> str:
    inner = line + " "
    if not parts:
        return brackets
    return f"{brackets[0]}{inner}{f',{inner}'.join(parts)}{line}{brackets[1]}"


def sha256_bytes(data: bytes) -> str:
    """Hex digest of some bytes."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """Hex digest of a file's content."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_manifest(folder: Path, extra: Mapping[str, Any] | None = None) -> None:
    """Write ``manifest.json`` last: what it lists, with matching hashes, is whole.

    A folder within that has a manifest of its own answers for its files itself.
    """
    files = {
        path.relative_to(folder).as_posix(): sha256_file(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST and not path.name.startswith(".")
        if not any((one / MANIFEST).is_file() for one in _between(path, folder))
    }
    write_json(folder / MANIFEST, {**(extra or {}), "files": files})


def _between(path: Path, folder: Path) -> list[Path]:
    """The folders that a file lies in, below another one."""
    parents = list(path.parents)
    return parents[: parents.index(folder)]


def whole_files(folder: Path) -> dict[str, bool]:
    """For each file of the manifest whether it is there with its hash; empty without manifest."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    listed = json.loads(path.read_text(encoding="utf-8"))["files"]
    return {
        name: (folder / name).is_file() and sha256_file(folder / name) == digest
        for name, digest in listed.items()
    }


def publish(staged: Path, final: Path, extra: Mapping[str, Any] | None = None) -> None:
    """Put all staged files in their final place: by one exchange of folders where that is possible.

    Of what stood there before, the files its manifest lists go, so that a page of last month never
    stands beside this month's figures; others, and folders with a manifest of their own, stay.
    Where folders cannot be exchanged each file is renamed, the manifest last of all.
    """
    before = _listed(final)
    _sync_files(staged)
    write_manifest(staged, extra)
    if not _exchanged(staged, final, before):
        _renamed(staged, final, before)
    _sync_folder(final.parent)


def _listed(folder: Path) -> set[str]:
    """The files a manifest lists, by names that stay within the folder; none if it is broken."""
    try:
        document = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        names = {str(name) for name in document["files"]}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return set()
    return {name for name in names if not Path(name).is_absolute() and ".." not in Path(name).parts}


def _exchanged(staged: Path, final: Path, before: set[str]) -> bool:
    """Whether the folders could be exchanged; ``staged`` then holds what stood there before."""
    final.parent.mkdir(parents=True, exist_ok=True)
    if final.is_symlink() or final.is_file() or (sys.platform != "linux" and final.exists()):
        return False
    gone = before | {MANIFEST, FAILURE}
    try:
        if final.exists():
            _carry_over(final, staged, gone)
            staged.chmod(final.stat().st_mode & 0o7777)
            if not _exchange(staged, final):
                return False
            _carry_over(staged, final, gone)  # what was saved there in the meantime
        else:
            staged.chmod(0o777 & ~_umask())
            os.rename(staged, final)
    except OSError:
        if not staged.is_dir() or _listed(final) != before:
            raise
        return False
    return True


def _carry_over(old: Path, new: Path, gone: set[str]) -> None:
    """Give a folder those files of another one that it has not made itself."""
    made = _listed(new) | {MANIFEST}
    for folder, inner, files in os.walk(old):
        links = [name for name in inner if (Path(folder) / name).is_symlink()]
        for path in (Path(folder) / name for name in (*files, *links)):
            name = path.relative_to(old).as_posix()
            if name in gone or name in made:
                continue
            there = new / name
            if os.path.lexists(there):
                if os.path.samestat(path.lstat(), there.lstat()):
                    continue
                there.unlink()
            there.parent.mkdir(parents=True, exist_ok=True)
            _linked(path, there)


def _linked(path: Path, there: Path) -> None:
    """The same file under a second name, or a copy where the system has no such thing."""
    try:
        os.link(path, there, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(path, there, follow_symlinks=False)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders of a file system change places in one step; False where it cannot be."""
    if sys.platform != "linux":
        return False
    import ctypes

    exchange = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if exchange is None:
        return False
    here = ctypes.c_int(AT_FDCWD)
    return bool(
        exchange(here, os.fsencode(one), here, os.fsencode(other), ctypes.c_uint(RENAME_EXCHANGE))
        == 0
    )


def _umask() -> int:
    now = os.umask(0)
    os.umask(now)
    return now


def _renamed(staged: Path, final: Path, before: set[str]) -> None:
    """File by file, the manifest last: until then it fits no mixture of old and new.

    What is replaced is put aside first. A file that cannot be, as Excel has it open, leaves all
    as it was.
    """
    made = _listed(staged)
    final.mkdir(parents=True, exist_ok=True)
    steps = [*sorted(made), *sorted({*before, FAILURE} - made), MANIFEST]
    moved: list[tuple[Path, Path]] = []
    try:
        for name in steps:
            old, new = (final / name, staged / BEFORE / name), (staged / name, final / name)
            for path, there in (old, new):
                if path.is_file():
                    there.parent.mkdir(parents=True, exist_ok=True)
                    replace(path, there)
                    moved.append((path, there))
    except BaseException:
        for path, there in reversed(moved):
            with contextlib.suppress(OSError, OutputError):
                replace(there, path)
        raise


def _sync_files(folder: Path) -> None:
    """A manifest lists only what lies on the disk, also where a library has written it."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("r+b") as file:
                os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; the rename itself is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
