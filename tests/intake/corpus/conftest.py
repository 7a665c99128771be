"""An entry of the corpus, read here and in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from manifest_checks.entries import KINDS, entries, named, path_of
from manifest_checks.reading import Read
from manifest_checks.runs import Run, run
from manifest_checks.watching import WATCHED


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Run]:
    @cache
    def running(identity: str) -> Run:
        entry, folder = named(identity), tmp_path_factory.mktemp(identity)
        kind = KINDS[entry["kind"]]
        return run(folder, "read", str(path_of(entry)), "--kind", kind, "--json")

    return running


@pytest.fixture(scope="session")
def heard(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], dict[str, list[str]]]:
    """What reading did besides reading, for every entry."""

    @cache
    def hearing() -> dict[str, list[str]]:
        folder = tmp_path_factory.mktemp("watched")
        asked = [(one["id"], str(path_of(one)), KINDS[one["kind"]]) for one in entries()]
        done = subprocess.run(
            [sys.executable, "-c", WATCHED],
            cwd=folder,
            env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
        assert not list(folder.iterdir())
        return dict(json.loads(done.stdout))

    return hearing


@pytest.fixture
def read(runs: Any, heard: Any, tmp_path: Path) -> Callable[[str], Read]:
    def reading(identity: str) -> Read:
        return Read(
            entry=named(identity),
            run=lambda: runs(identity),
            watched=lambda: heard()[identity],
            folder=tmp_path,
        )

    return reading
