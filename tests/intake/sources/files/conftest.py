"""A small SQLite and a small DuckDB file, and a query of them that is answered or refused."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from toolkit.errors import Problem
from toolkit.intake.sources.source import query_table

sys.path.insert(0, str(Path(__file__).parent))

from shop_databases.databases import files_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A client's folder with one small database of each kind."""
    client = tmp_path / "client"
    (client / "data").mkdir(parents=True)
    rows = "(1, '髙島'), (2, 'O''Brien')"
    with closing(sqlite3.connect(client / "data" / "shop.db", isolation_level=None)) as database:
        database.execute("CREATE TABLE few (id INTEGER, name TEXT)")
        database.execute(f"INSERT INTO few VALUES {rows}")
    with duckdb.connect(client / "data" / "shop.duckdb") as database:
        database.execute("CREATE TABLE few (id INTEGER, name TEXT)")
        database.execute(f"INSERT INTO few VALUES {rows}")
    return client


@pytest.fixture
def ask(folder: Path, paused: Any) -> Callable[..., pa.Table]:
    def asking(source: str, query: str, **session: Any) -> pa.Table:
        before = files_of(folder)
        try:
            return query_table(source, query, folder, "orders.toml", paused.session(**session))
        finally:
            assert files_of(folder) == before

    return asking


@pytest.fixture
def refused(refusal: Callable[..., tuple[str, Problem]]) -> Callable[..., Problem]:
    def refusing(*args: Any, **given: Any) -> Problem:
        _, problem = refusal(*args, **given)
        return problem

    return refusing
