"""The key of a report: equal keys mean equal bytes, so that an unchanged client is left alone."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import toolkit
from toolkit import resources
from toolkit.batch.hashes import Hashes, files_below
from toolkit.deliverables.options import Options

INPUTS = ("client.yaml", "hearing.xlsx", "edits.yaml", ".salt", "data", "mappings", "history")
"""What of a client's folder a report is made of."""
LIBRARIES = (
    *("babel", "duckdb", "fonttools", "ipython", "jinja2", "matplotlib", "nbconvert", "numpy"),
    *("pandas", "papermill", "pillow", "pyarrow", "pypdf", "python-calamine", "python-pptx"),
    *("scipy", "typst", "xlsxwriter"),
)
"""Libraries whose version may show in the bytes of a report."""


def settings_key(options: Options, hashes: Hashes) -> str:
    """Hash of all that the reports of a batch have in common (``settings_of``)."""
    return _digest(settings_of(options, hashes))


def settings_of(options: Options, hashes: Hashes) -> Mapping[str, Any]:
    """All that the reports of a batch have in common.

    Notebook, formats, languages, method, theme, our own code and content, fonts and the versions
    of libraries.
    """
    package = Path(toolkit.__file__).parent
    ours = [package, resources.folder("templates"), resources.folder("notebooks") / "diagnose"]
    given = [one for one in (options.method, options.theme, options.notebook) if one]
    if options.theme:
        given.append(options.theme.parent)  # the logo beside it
    return {
        "files": [_tree(folder, hashes) for folder in ours],
        "given": [_tree(folder, hashes) for folder in given],
        "formats": options.formats,
        "langs": options.langs,
        "fallback": options.fallback_lang,
        "libraries": _versions(),
        "python": platform.python_version(),
    }


def client_key(folder: Path, run_date: str, settings: str, hashes: Hashes) -> str:
    """Hash of a client's inputs under the settings of a batch, for one day."""
    files = {
        path.relative_to(folder).as_posix(): hashes.of(path) for path in files_below(folder, INPUTS)
    }
    return _digest({"settings": settings, "run_date": run_date, "files": files})


def _tree(place: Path, hashes: Hashes) -> Mapping[str, str | None]:
    if place.is_file():
        return {place.name: hashes.of(place)}
    found = files_below(place.parent, [place.name])
    return {
        path.relative_to(place).as_posix(): hashes.of(path)
        for path in found
        if path.suffix != ".pyc" and "__pycache__" not in path.parts
    }


@cache
def _versions() -> Mapping[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode("ascii")).hexdigest()
