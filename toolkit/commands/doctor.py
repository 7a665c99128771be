"""doctor: what is needed to run, and the fix for what is missing."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from toolkit import resources
from toolkit.commands.speech import Speech

DISTRIBUTION = "business-system-toolkit"
FREE_BYTES = 500_000_000


def run(speech: Speech, as_json: bool) -> int:
    """Print each check; exit code 1 if any fails."""
    results = [(name, *check()) for name, check in CHECKS.items()]
    if as_json:
        speech.show([{"check": name, "ok": ok, "found": found} for name, ok, found in results])
    else:
        for name, ok, found in results:
            speech.line(
                speech.text(
                    f"cli.doctor.{'ok' if ok else 'bad'}",
                    name=speech.text(f"cli.doctor.name.{name}"),
                    found=found,
                    fix=speech.text(f"cli.doctor.fix.{name}"),
                )
            )
    return 0 if all(ok for _, ok, _ in results) else 1


def _python() -> tuple[bool, str]:
    return sys.version_info >= (3, 11), sys.version.split()[0]


def _packages() -> tuple[bool, str]:
    from packaging.requirements import Requirement

    lacking = []
    for line in metadata.requires(DISTRIBUTION) or []:
        wanted = Requirement(line)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            lacking.append(str(wanted))
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            lacking.append(f"{wanted} ({found})")
    return not lacking, ", ".join(lacking) or metadata.version(DISTRIBUTION)


def _font() -> tuple[bool, str]:
    fonts = sorted(path.name for path in resources.content("fonts").glob("*.ttf"))
    return len(fonts) >= 2, ", ".join(fonts)


def _kernel() -> tuple[bool, str]:
    from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel

    try:
        spec = KernelSpecManager().get_kernel_spec("python3")
    except NoSuchKernel:
        return False, "python3"
    return True, str(spec.display_name)


def _disk() -> tuple[bool, str]:
    free = shutil.disk_usage(Path.cwd()).free
    return free >= FREE_BYTES, f"{free / 1e9:,.1f} GB"


def _content() -> tuple[bool, str]:
    from toolkit.errors import MethodError
    from toolkit.method import load_method

    try:
        method = load_method()
    except MethodError as error:
        return False, error.code
    return True, f"{len(method.section('rules'))} / {len(method.section('measures'))}"


def _encoding() -> tuple[bool, str]:
    name = sys.stdout.encoding or ""
    try:
        "診断髙①".encode(name or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False, name
    return True, name


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "python": _python,
    "packages": _packages,
    "font": _font,
    "kernel": _kernel,
    "disk": _disk,
    "content": _content,
    "encoding": _encoding,
}
