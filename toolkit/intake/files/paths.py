"""Paths inside a client's folder: nothing absolute, no drive, no way out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from toolkit.errors import InputError, Problem

_DRIVE = re.compile(r"[A-Za-z]:")


def inner_pattern(text: str) -> str | None:
    r"""A relative path or glob with ``/`` between its parts; None if it could lead outside.

    >>> inner_pattern("data\\2024\\*.csv"), inner_pattern("../x.csv"), inner_pattern("C:/x")
    ('data/2024/*.csv', None, None)
    """
    path = text.replace("\\", "/").strip()
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or _DRIVE.match(path) or "\0" in path:
        return None
    return None if ".." in parts else "/".join(parts)


def inside(path: Path, folder: Path) -> bool:
    """Whether a path, its links followed, lies in a folder."""
    return path.resolve().is_relative_to(folder.resolve())


def matching_files(folder: Path, pattern: str) -> list[Path]:
    """Files under a folder that a pattern names, in NFC order.

    Raises:
        InputError: one of them is a link that leads out of the folder.
    """
    found: set[Path] = set()
    for form in ("NFC", "NFD"):  # names from a Mac come decomposed
        named = unicodedata.normalize(form, pattern)
        found |= {folder / named} if (folder / named).is_file() else set(folder.glob(named))
    files = sorted((path for path in found if path.is_file()), key=lambda p: shown_path(p, folder))
    refuse_links_out(files, folder)
    return files


def refuse_links_out(files: Iterable[Path], folder: Path) -> None:
    """Refuse files that are links leading out of a folder."""
    outside = [path for path in files if not inside(path, folder)]
    if outside:
        problems = [Problem(code="link_out", file=shown_path(path, folder)) for path in outside]
        raise InputError("file_refused", problems)


def nfc(text: str) -> str:
    """Text in NFC: file names from a Mac come decomposed."""
    return unicodedata.normalize("NFC", text)


def shown_path(path: Path, folder: Path) -> str:
    """A path as messages and tables name it: relative to the folder where it lies inside."""
    try:
        return nfc(path.relative_to(folder).as_posix())
    except ValueError:
        return nfc(path.name)
