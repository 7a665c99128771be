"""A real PostgreSQL for the time of the tests, a way to it that can be cut, and refused queries."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from toolkit.errors import InputError, Problem
from toolkit.intake.sources.session import Session

sys.path.insert(0, str(Path(__file__).parents[2]))
from postgresql_server import SERVER_PASSWORD, Cut, Server, served


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server on loopback, made for this run of the tests and gone after it."""
    with served() as started:
        yield started


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    """The password where the toolkit looks for it."""
    monkeypatch.setenv("TOOLKIT_DB_PASSWORD", SERVER_PASSWORD)
    return SERVER_PASSWORD


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused:
    """A session that notes its pauses instead of waiting."""

    pauses: list[float] = field(default_factory=list)

    def session(self, **given: Any) -> Session:
        return Session(**{"zone": "Asia/Tokyo", "sleep": self.pauses.append, **given})


@pytest.fixture
def paused() -> Paused:
    return Paused()


@pytest.fixture
def cut(server: Server) -> Iterator[Callable[..., Cut]]:
    made: list[Cut] = []

    def making(*limits: int, then_whole: bool = False) -> Cut:
        made.append(Cut(server.port, limits, then_whole))
        return made[-1]

    yield making
    for way in made:
        way.close()


@pytest.fixture
def refusal(ask: Callable[..., pa.Table]) -> Callable[..., tuple[str, Problem]]:
    """The code and the one problem of a query that is refused; each folder asks its own way."""

    def refusing(*args: Any, **given: Any) -> tuple[str, Problem]:
        with pytest.raises(InputError) as caught:
            ask(*args, **given)
        (problem,) = caught.value.problems
        return caught.value.code, problem

    return refusing
