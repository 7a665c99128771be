"""Writing that leaves a whole file or none: temporary name, fsync, rename, fsync of the folder."""

from __future__ import annotations

import contextlib
import hashlib
import json
import math
import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


def write_bytes(path: Path, data: bytes) -> None:
    """Put ``data`` at ``path`` so that a reader sees the old file or the new one, never a part.

    Raises:
        OSError: the disk is full or the folder cannot be written; ``path`` is unchanged.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(path.parent)


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
    return json.dumps(_plain(document), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def significant(value: float) -> float | None:
    """A float at 10 significant digits; None where it is no finite number."""
    return float(f"{value:.10g}") if math.isfinite(value) else None


def _plain(value: Any) -> Any:
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, float):
        return significant(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_plain(item) for item in value]
    return value


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
    """Move every staged file to its final place, each by one rename, the manifest last of all.

    Files of an earlier run that this run did not make are removed before the manifest is
    written, so that a page of last month never stands beside this month's figures.
    """
    final.mkdir(parents=True, exist_ok=True)
    moved = set()
    for path in sorted(p for p in staged.rglob("*") if p.is_file()):
        name = path.relative_to(staged)
        (final / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(path, final / name)
        moved.add(name)
    for listed in whole_files(final):
        if Path(listed) not in moved:
            (final / listed).unlink(missing_ok=True)
    (final / "failure.json").unlink(missing_ok=True)
    write_manifest(final, extra)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # a folder cannot be opened there; the rename itself is journalled
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
