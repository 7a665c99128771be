"""Where the files that come with the package are, installed or in a checkout."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def content(*parts: str) -> Path:
    """Path of a file under ``toolkit/content``."""
    return PACKAGE.joinpath("content", *parts)


def folder(name: str) -> Path:
    """Path of a top-level folder (templates, notebooks, datasets).

    A wheel carries these inside the package; a checkout has them beside it, which an
    editable install would hide, so the package is asked first.

    Raises:
        FileNotFoundError: neither place has the folder.
    """
    for base in (PACKAGE, PACKAGE.parent):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(name)
