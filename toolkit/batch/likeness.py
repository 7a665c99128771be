"""Whether the machines of a cluster are alike: toolkit, libraries, and the folders they see."""

from __future__ import annotations

import platform
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import toolkit
from toolkit.batch.hashes import Hashes
from toolkit.batch.key import settings_of
from toolkit.deliverables.options import Options
from toolkit.errors import Problem, ToolkitError
from toolkit.store import sha256_bytes, to_json

DIGITS = 8
"""Of a hash, as shown to tell two apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a machine is to look at: how reports are made, and paths that must be there."""

    options: Options
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a machine has: versions and hashes by name, and the paths it does not see."""

    host: str
    toolkit: str
    python: str
    given: str
    libraries: Mapping[str, str]
    unseen: tuple[str, ...]


def look(asked: Look) -> Seen:
    """What this machine has; run on every worker, and here."""
    settings = settings_of(asked.options, Hashes())
    return Seen(
        host=socket.gethostname(),
        toolkit=f"{toolkit.__version__} ({_digest(settings['files'])})",
        python=platform.python_version(),
        given=_digest(settings["given"]),
        libraries=dict(settings["libraries"]),
        unseen=tuple(path for path in asked.paths if not Path(path).exists()),
    )


def _digest(value: Any) -> str:
    return sha256_bytes(to_json(value).encode("utf-8"))[:DIGITS]


def check_alike(here: Seen, there: Mapping[str, Seen | BaseException]) -> None:
    """Refuse a cluster whose machines would make other reports than this one.

    Args:
        here: this machine.
        there: what each worker answered, by its address.

    Raises:
        ToolkitError: for each worker the first difference, or the first path it does not see.
    """
    problems = [
        problem
        for address, seen in sorted(there.items())
        if (problem := next(_differences(here, seen, address), None)) is not None
    ]
    if problems:
        raise ToolkitError("cluster_differs", problems)


def _differences(here: Seen, there: Seen | BaseException, address: str) -> Iterator[Problem]:
    if isinstance(there, BaseException):
        name = type(there).__name__
        yield Problem(code="cluster_no_toolkit", params={"host": address, "detail": name})
        return
    told = {"host": f"{there.host} ({address})"}
    pairs = {"toolkit": (here.toolkit, there.toolkit), "Python": (here.python, there.python)}
    for name, version in here.libraries.items():
        pairs[name] = (version or "—", there.libraries.get(name) or "—")
    for name, (ours, theirs) in pairs.items():
        if ours != theirs:
            params = {**told, "name": name, "ours": ours, "theirs": theirs}
            yield Problem(code="cluster_version", params=params)
    for path in there.unseen:
        yield Problem(code="cluster_unseen", params={**told, "path": path})
    if here.given != there.given:
        yield Problem(code="cluster_given", params=told)
