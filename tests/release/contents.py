"""What a wheel and an sdist must hold, and must not.

    python tests/release/contents.py dist/*

Says what is missing or too much; exit 1 if anything is.
"""

from __future__ import annotations

import sys
import tarfile
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INFO = "business_system_toolkit-*.dist-info/"
INFO_FILES = {"METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses"}
LEFT = (
    *("*.pyc", "*/__pycache__/*", "*/.ipynb_checkpoints/*", "*/.*", "*~", "*.orig", "*.rej"),
    *("*.egg-info/*", "*.lock", "*.log", "*.tmp", "*.part", "*.sqlite", "*.salt"),
)
"""Names that only work leaves behind."""
MOST_BYTES = 40_000_000
"""A wheel larger than this holds something nobody meant to ship."""
SDIST = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "Makefile", "start.bat")
SDIST_FOLDERS = ("toolkit", "templates", "notebooks", "datasets", "tests", "docs", "windows")
NOT_IN_SDIST = ("build", "dist", "demo", "out", ".venv", ".hypothesis", ".mypy_cache", ".coverage")


def main(paths: list[str]) -> int:
    """Check each file that was built."""
    faults = [fault for path in map(Path, paths) for fault in _faults(path)]
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults or not paths else 0


def _faults(path: Path) -> Iterator[str]:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as archive:
            names = {one for one in archive.namelist() if not one.endswith("/")}
        yield from (f"{path.name}: {fault}" for fault in of_wheel(names))
        if path.stat().st_size > MOST_BYTES:
            yield f"{path.name}: {path.stat().st_size:,} bytes"
    else:
        with tarfile.open(path) as archive:
            names = {one.name.partition("/")[2] for one in archive.getmembers() if one.isfile()}
        yield from (f"{path.name}: {fault}" for fault in of_sdist(names))


def of_wheel(names: set[str]) -> Iterator[str]:
    """What is missing from a wheel or too much in it."""
    ours = {one for one in names if not fnmatch(one, f"{INFO}*")}
    info = {one.split("/")[1] for one in names - ours}
    yield from (f"missing: {one}" for one in sorted(wanted() - ours))
    yield from (f"too much: {one}" for one in sorted(ours - wanted()))
    yield from (f"not as it should be: {one}" for one in sorted(info ^ INFO_FILES))


def wanted() -> set[str]:
    """The package, templates, notebooks and clients as they stand in the checkout."""
    found = {one.relative_to(ROOT).as_posix() for one in _files(ROOT / "toolkit")}
    for name in ("templates", "notebooks"):
        found |= {f"toolkit/{one.relative_to(ROOT).as_posix()}" for one in _files(ROOT / name)}
    for client in (path.parent for path in (ROOT / "datasets").glob("*/client.yaml")):
        found |= {f"toolkit/{one.relative_to(ROOT).as_posix()}" for one in _files(client)}
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and not _left(path.relative_to(ROOT).as_posix()):
            yield path


def _left(name: str) -> bool:
    return any(fnmatch(f"/{name}", pattern) for pattern in LEFT)


def of_sdist(names: set[str]) -> Iterator[str]:
    """What is missing from an sdist or too much in it."""
    tops = {one.split("/")[0] for one in names}
    yield from (f"missing: {one}" for one in sorted({*SDIST, *SDIST_FOLDERS} - tops))
    yield from (f"too much: {one}" for one in sorted(tops & {*NOT_IN_SDIST}))
    kept = {".ci", ".gitattributes", ".gitignore"}
    yield from (
        f"too much: {one}" for one in sorted(names) if _left(one) and one.split("/")[0] not in kept
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
