"""What is told of a query that the database cannot answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest

from toolkit.errors import Problem
from toolkit.intake.sources import postgresql as source_postgresql
from toolkit.intake.sources.session import ConnectionLost


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("SELECT nothing FROM few", 'column "nothing" does not exist'),
        ("SELECT * FROM nowhere", 'relation "nowhere" does not exist'),
        ("SELECT id FORM few few", 'syntax error at or near "few"'),
        ("SELECT name::int FROM few", "InvalidTextRepresentation 22P02"),
        ("SELECT 1 / (id - 1) FROM few", "DivisionByZero 22012"),
    ],
)
def test_what_the_database_says(refused: Callable[..., Problem], query: str, detail: str) -> None:
    problem = refused(query)
    assert (problem.code, problem.params["detail"]) == ("source_query_failed", detail)
    assert "髙島" not in repr(problem)


def test_columns_need_names_of_their_own(refused: Callable[..., Problem]) -> None:
    problem = refused("SELECT 1 AS a, 2 AS b, 3 AS a")
    assert (problem.code, problem.params["columns"]) == ("source_columns_twice", "a")
    assert refused("SELECT FROM few").code == "source_no_columns"


def test_a_query_that_takes_too_long_is_stopped(refused: Callable[..., Problem]) -> None:
    begun = time.monotonic()
    problem = refused("SELECT pg_sleep(30)", statement_seconds=0.2)
    assert (problem.code, problem.params["seconds"]) == ("source_timeout", "0.2")
    assert time.monotonic() - begun < 10


def test_a_role_without_rights_is_told_so(refused: Callable[..., Problem], server: Any) -> None:
    problem = refused("SELECT * FROM few", server.address(user="nothing_allowed"))
    assert problem.params["detail"] == "permission denied for table few"


def test_rows_that_do_not_match_the_count_are_no_table() -> None:
    blocks = source_postgresql._Blocks(["a"])
    blocks.add(b"1\n")
    with pytest.raises(ConnectionLost):
        blocks.table(2)
