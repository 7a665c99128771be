"""Passwords: asked for, never sent in clear text, never shown."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest

from toolkit.errors import Problem
from toolkit.intake.sources.address import parse_address
from toolkit.intake.sources.postgresql import _no_connection, _parameters
from toolkit.intake.sources.session import Session


@pytest.mark.parametrize("given", ["wrong-password", ""])
def test_login_needs_the_password(
    refused: Callable[..., Problem], monkeypatch: pytest.MonkeyPatch, paused: Any, given: str
) -> None:
    monkeypatch.setenv("TOOLKIT_DB_PASSWORD", given)
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", "nowhere")
    problem = refused("SELECT 1")
    assert (problem.code, problem.key) == ("source_login", "source")
    assert problem.params["variable"] == "TOOLKIT_DB_PASSWORD"
    assert "wrong-password" not in repr(problem)
    assert paused.pauses == []


def test_the_password_goes_to_no_server_in_clear_text(
    refused: Callable[..., Problem], server: Any
) -> None:
    problem = refused("SELECT 1", server.address(user="clear_text"))
    assert "password" in problem.params["detail"]
    assert problem.code in ("source_login", "source_unreachable")


@pytest.mark.parametrize(
    ("options", "libpq", "required"),
    [
        ("", 160000, "!password"),
        ("?sslmode=require", 160000, "!password"),
        ("?sslmode=verify-full", 160000, None),
        ("", 150000, None),  # which does not know the option
    ],
)
def test_clear_text_is_for_a_proven_server_alone(
    options: str, libpq: int, required: str | None
) -> None:
    driver = SimpleNamespace(pq=SimpleNamespace(version=lambda: libpq))
    address = parse_address(f"postgresql://db.example.com/shop{options}")
    assert _parameters(driver, address, Session()).get("require_auth") == required


def test_options_of_the_address_are_used(refused: Callable[..., Problem], server: Any) -> None:
    problem = refused("SELECT 1", f"{server.address()}?sslmode=require")
    assert problem.code == "source_unreachable"
    assert "SSL" in problem.params["detail"]


def test_a_password_in_a_message_of_the_driver_is_hidden() -> None:
    fault = _no_connection(psycopg.OperationalError("no: hunter2\nmore"), "hunter2")
    assert fault.params["detail"] == "no: *** more"
