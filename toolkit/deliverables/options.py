"""How reports are to be made; light, so that a batch can decide without loading anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

USUAL = ("html", "ipynb")
KERNEL, IN_PROCESS = "nbclient", "toolkit"
"""Engines that run the cells: a kernel for each notebook, or the calling process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """How to make a report.

    ``langs`` are written in turn, the first one as report.html; where none is named the client's
    own language holds, and ``fallback_lang`` where the client states none. ``theme`` is a firm's
    TOML file, ``notebook`` its own template in place of ours; ``timeout`` holds for a cell, in
    seconds, and in a batch for a whole client. ``engine`` runs the cells: ``nbclient`` in a kernel,
    ``toolkit`` in this process; None takes a kernel for a firm's notebook and within a notebook.
    ``about`` goes into the manifest.
    """

    langs: tuple[str, ...] = ()
    fallback_lang: str = "ja"
    formats: tuple[str, ...] = USUAL
    as_of: str | None = None
    method: Path | None = None
    theme: Path | None = None
    notebook: Path | None = None
    timeout: int = 600
    engine: str | None = None
    about: Mapping[str, str] = field(default_factory=dict)
