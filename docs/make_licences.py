"""The licences of everything that is there at run time, into docs/licences.md and licences.ja.md.

    python docs/make_licences.py            writes the tables
    python docs/make_licences.py --check    says what differs, or may not be there at all; exit 1

What is there at run time follows from pyproject.toml: what the package and its extras for users
ask for, and what those ask for, on this system. pip-licenses reads the licence of each.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "business-system-toolkit"
DEVELOPERS = frozenset({"data", "docs", "lint", "release", "test"})
PAGES = ("licences.md", "licences.ja.md")
HERE = Path(__file__).parent
TABLE = re.compile(r"(?<=<!-- licences -->\n).*?(?=<!-- /licences -->)", re.DOTALL)
REFUSED = re.compile(r"(?<![L\w])A?GPL|(?<!Lesser )(?<!Library )General Public License|Affero")
"""GPL and AGPL in all their spellings; the Lesser one may be used as a library."""
CHOICE = re.compile(r"\s+OR\s+|;\s*")
"""Between licences of which one may be taken."""


def main() -> int:
    """Write the tables, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true")
    found = licences(at_run_time())
    faults = [f"{name}: {licence}" for name, licence in found.items() if refused(licence)]
    if parser.parse_args().check:
        faults += [fault for page in PAGES for fault in differing(HERE / page, found)]
    else:
        for page in PAGES:
            write(HERE / page, found)
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return 1 if faults else 0


def at_run_time() -> set[str]:
    """Names of all packages that a user may come to have by us, extras included."""
    project = tomllib.loads((HERE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    lines = [
        *project["dependencies"],
        *(one for e in set(extras) - DEVELOPERS for one in extras[e]),
    ]
    waiting = [(wanted.name, frozenset(wanted.extras)) for wanted in map(Requirement, lines)]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.add(one)
            waiting.extend(_asked(*one))
    return {canonicalize_name(name) for name, _ in seen} - {OURS}


def _asked(name: str, extras: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """What an installed package asks for with some extras on this system; what is not, nothing."""
    try:
        lines = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return
    for wanted in map(Requirement, lines):
        marker = wanted.marker
        if marker is None or any(marker.evaluate({"extra": one}) for one in ("", *extras)):
            yield canonicalize_name(wanted.name), frozenset(wanted.extras)


def licences(names: set[str]) -> dict[str, str]:
    """The licence of each package that is installed, by its name, sorted."""
    command = [
        sys.executable,
        "-m",
        "piplicenses",
        "--format=json",
        "--from=mixed",
        "--with-system",
    ]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    found = {canonicalize_name(one["Name"]): one["License"] for one in json.loads(done.stdout)}
    return {name: " ".join(found[name].split()) for name in sorted(names & set(found))}


def refused(licence: str) -> bool:
    """Whether a licence is GPL or AGPL with nothing else to choose.

    >>> [refused(one) for one in ("GPLv2", "AGPL-3.0-only", "GNU Affero General Public License v3")]
    [True, True, True]
    >>> [refused(one) for one in ("LGPL-3.0", "GPL-2.0 OR MIT", "PSF-2.0")]
    [False, False, False]
    """
    return all(REFUSED.search(one) for one in CHOICE.split(licence))


def write(page: Path, found: dict[str, str]) -> None:
    """Put the table between the marks of a page."""
    text = page.read_text(encoding="utf-8")
    page.write_text(TABLE.sub(lambda _: table(found), text), encoding="utf-8", newline="\n")


def table(found: dict[str, str]) -> str:
    """The licences as Markdown."""
    rows = [f"| {name} | {licence.replace('|', '/')} |" for name, licence in found.items()]
    return "\n".join(["| | |", "|---|---|", *rows]) + "\n"


def differing(page: Path, found: dict[str, str]) -> list[str]:
    """Packages that the page lacks or gives another licence; it may have more than this system."""
    listed = TABLE.search(page.read_text(encoding="utf-8"))
    rows = set(listed[0].splitlines()) if listed else set()
    return [f"{page.name}: {row}" for row in table(found).splitlines() if row not in rows]


if __name__ == "__main__":
    sys.exit(main())
