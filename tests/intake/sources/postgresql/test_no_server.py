"""A server that is not there, does not answer or is not known."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from typing import Any

from toolkit.errors import Problem


def test_no_server_is_told_at_once(refused: Callable[..., Problem], paused: Any, cut: Any) -> None:
    nobody = cut(0)
    nobody.close()
    problem = refused("SELECT 1", f"postgresql://reader@127.0.0.1:{nobody.port}/shop")
    assert (problem.code, paused.pauses) == ("source_unreachable", [])
    assert problem.params["source"] == f"postgresql://127.0.0.1:{nobody.port}/shop"


def test_a_server_that_never_answers_is_given_up(refused: Callable[..., Problem]) -> None:
    begun = time.monotonic()
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"postgresql://reader@127.0.0.1:{silent.getsockname()[1]}/shop"
        assert refused("SELECT 1", address, connect_seconds=1).code == "source_unreachable"
    assert time.monotonic() - begun < 20


def test_an_unknown_host_is_told(refused: Callable[..., Problem]) -> None:
    assert refused("SELECT 1", "postgresql://db.invalid/shop").code == "source_unreachable"
