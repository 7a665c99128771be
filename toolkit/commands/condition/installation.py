"""What is installed: Python, packages by the metadata of our own, extras, content, font, kernel."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Mapping
from importlib import metadata
from io import BytesIO
from typing import Any

from toolkit import resources
from toolkit.commands.condition.examined import NOTHING, Examined

DISTRIBUTION = "business-system-toolkit"
DEVELOPERS = frozenset({"data", "lint", "release", "test"})
"""Extras that nobody needs who only uses the product."""
LETTERS = "診断髙①"
KERNEL = "python3"
QUIET: Mapping[str, Any] = {
    "startup_timeout": 60,
    "extra_arguments": ["--IPKernelApp.log_level=50", "--HistoryManager.enabled=False"],
    "stderr": subprocess.DEVNULL,
}
WIDE = 2**32
"""More than what a Python of 32 bits can count to: most of what we need is not made for those."""


def installation() -> Iterator[Examined]:
    """Every check of what is installed."""
    yield python()
    yield packages()
    yield content()
    yield font()
    yield kernel()
    yield from extras()


def python() -> Examined:
    """The version that our metadata ask for, in 64 bits."""
    from packaging.specifiers import SpecifierSet

    wanted = SpecifierSet(_metadata("Requires-Python") or ">=3.11")
    version = sys.version.split()[0]
    bits = "64" if sys.maxsize > WIDE else "32"
    return Examined(
        check="python",
        ok=wanted.contains(version, prereleases=True) and bits == "64",
        found=f"{version}, {bits} bit",
        params={"wanted": str(wanted)},
    )


def packages() -> Examined:
    """The lower bounds of our own metadata, which security asks for in part."""
    if _metadata("Version") is None:
        return Examined(check="packages", ok=False, found=DISTRIBUTION, fix="reinstall")
    lacking = dict(_lacking(""))
    return Examined(
        check="packages",
        ok=not lacking,
        found=", ".join(lacking.values()) or str(_metadata("Version")),
        params={"command": _pip([*lacking])},
    )


def extras() -> Iterator[Examined]:
    """What can be installed beside, an entry each."""
    for name in _metadata_all("Provides-Extra"):
        if name in DEVELOPERS:
            continue
        lacking = dict(_lacking(name))
        yield Examined(
            check="extra",
            about=name,
            ok=not lacking,
            found=", ".join(lacking.values()),
            needed=False,
            params={"command": _pip([*lacking])},
        )


def content() -> Examined:
    """The method, as it is read for every report."""
    from toolkit.errors import MethodError
    from toolkit.method import load_method

    try:
        method = load_method()
    except (MethodError, OSError) as error:
        found = error.code if isinstance(error, MethodError) else type(error).__name__
        return Examined(check="content", ok=False, found=found, fix="reinstall")
    counts = f"{len(method.section('rules'))} / {len(method.section('measures'))}"
    return Examined(check="content", ok=True, found=counts)


def font() -> Examined:
    """Both weights of the Japanese font, with letters that others lack."""
    from fontTools.ttLib import TTFont, TTLibError

    fonts = sorted(resources.content("fonts").glob("*.ttf"))
    whole = []
    for path in fonts:
        try:
            with TTFont(BytesIO(path.read_bytes()), lazy=True) as opened:
                known = opened.getBestCmap()
        except (OSError, TTLibError):
            continue
        if all(ord(letter) in known for letter in LETTERS):
            whole.append(path.name)
    found = ", ".join(whole)
    return Examined(check="font", ok=len(whole) >= 2, found=found or NOTHING, fix="reinstall")


def kernel() -> Examined:
    """A kernel that starts and answers: lessons and a firm's own notebooks run in one."""
    from jupyter_client.kernelspec import NoSuchKernel
    from jupyter_client.manager import start_new_kernel

    params = {"command": _pip(["ipykernel"])}
    try:
        manager, client = start_new_kernel(kernel_name=KERNEL, **QUIET)
    except (NoSuchKernel, RuntimeError, OSError) as error:
        return Examined(check="kernel", ok=False, found=type(error).__name__, params=params)
    name = str(manager.kernel_spec.display_name) if manager.kernel_spec else KERNEL
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return Examined(check="kernel", ok=True, found=name)


def _lacking(extra: str) -> Iterator[tuple[str, str]]:
    """What an extra asks for (``""``: what all need) and is not there: for pip, for the reader."""
    from packaging.requirements import Requirement

    for line in metadata.requires(DISTRIBUTION) or []:
        wanted = Requirement(line)
        if wanted.name == DISTRIBUTION or not _asked(wanted.marker, extra):
            continue
        plain = f"{wanted.name}{_listed(wanted.extras)}{wanted.specifier}"
        try:
            found = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            yield plain, plain
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield plain, f"{plain} ({found})"


def _asked(marker: object, extra: str) -> bool:
    """Whether a requirement is one of the extra and of no other."""
    from packaging.markers import Marker

    if not isinstance(marker, Marker):
        return not extra
    if extra and marker.evaluate({"extra": ""}):
        return False
    return marker.evaluate({"extra": extra})


def _listed(extras: set[str]) -> str:
    return f"[{','.join(sorted(extras))}]" if extras else ""


def _pip(wanted: list[str]) -> str:
    """The command for this very Python, which needs neither a path nor rights of an administrator.

    A Windows without a launcher on its path knows ``python`` of an environment all the same.
    """
    quoted = " ".join(f'"{one}"' for one in wanted)
    return f'"{sys.executable}" -m pip install --upgrade {quoted}'


def _metadata(field: str) -> str | None:
    found = _metadata_all(field)
    return found[0] if found else None


def _metadata_all(field: str) -> list[str]:
    try:
        return list(metadata.metadata(DISTRIBUTION).get_all(field) or [])
    except metadata.PackageNotFoundError:
        return []
