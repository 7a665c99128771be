"""Queries that would write, or reach beyond their file, are refused; nothing is changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from shop_databases.databases import DUCKDB, SQLITE, files_of, only

from toolkit.errors import Problem
from toolkit.intake.sources.duckdb import read_duckdb
from toolkit.intake.sources.session import Session, SourceFault
from toolkit.intake.sources.sqlite import read_sqlite


@pytest.mark.parametrize(
    ("source", "query"),
    [
        (SQLITE, "WITH x AS (SELECT 1) DELETE FROM few"),
        (SQLITE, "WITH x AS (SELECT 1) INSERT INTO few SELECT 3, 'x'"),
        (SQLITE, "SELECT load_extension('x')"),
        (SQLITE, "SELECT * FROM pragma_journal_mode('delete')"),
        (DUCKDB, "WITH x AS (DELETE FROM few RETURNING *) SELECT * FROM x"),
        (DUCKDB, "WITH x AS (SELECT 1) DELETE FROM few"),
    ],
)
def test_no_query_changes_anything(
    refused: Callable[..., Problem], source: str, query: str
) -> None:
    assert refused(source, query).code in ("source_query_writes", "source_query_failed")


@pytest.mark.parametrize("query", ["SELECT 1; DELETE FROM few", "ATTACH '{other}' AS o"])
def test_the_databases_themselves_refuse_what_does_not_read(folder: Path, query: str) -> None:
    """Were the look at the words of a query to miss something, this is what is left."""
    other = folder / "data" / "other.db"
    before = files_of(folder)
    with pytest.raises(SourceFault):
        read_sqlite(folder / "data" / "shop.db", query.format(other=other), Session())
    with pytest.raises(SourceFault):
        read_duckdb(folder / "data" / "shop.duckdb", query.format(other=other), Session())
    assert files_of(folder) == before


@pytest.mark.parametrize("query", ["SELECT 1; SELECT 2", "EXPLAIN SELECT 1", "PRAGMA version"])
def test_duckdb_runs_one_statement_that_reads(folder: Path, query: str) -> None:
    with pytest.raises(SourceFault) as caught:
        read_duckdb(folder / "data" / "shop.duckdb", query, Session())
    assert caught.value.code == "source_query_writes"


@pytest.mark.parametrize("pragma", ["PRAGMA journal_mode", "PRAGMA query_only"])
def test_sqlite_takes_no_settings(folder: Path, pragma: str) -> None:
    with pytest.raises(SourceFault) as caught:
        read_sqlite(folder / "data" / "shop.db", pragma, Session())
    assert caught.value.code == "source_query_writes"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("enable_external_access", False),
        ("python_enable_replacements", False),
        ("autoinstall_known_extensions", False),
        ("autoload_known_extensions", False),
        ("allow_persistent_secrets", False),
        ("temp_directory", ""),
        ("lock_configuration", True),
    ],
)
def test_duckdb_is_shut(ask: Callable[..., pa.Table], setting: str, value: Any) -> None:
    _, cells = only(ask(DUCKDB, f"SELECT current_setting('{setting}')"))
    assert cells == [value]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('{folder}/client.yaml')",
        "SELECT * FROM glob('/etc/*')",
        "SELECT * FROM '/etc/passwd'",
        "SELECT * FROM session",
        "SELECT * FROM relation",
    ],
)
def test_duckdb_reaches_nothing_but_its_file(
    refused: Callable[..., Problem], folder: Path, query: str
) -> None:
    (folder / "client.yaml").write_text("client_id: aoyama\n", encoding="utf-8")
    problem = refused(DUCKDB, query.format(folder=folder))
    assert problem.code == "source_query_failed"
    said = problem.params["detail"]
    assert "operations are disabled" in said or "does not exist" in said
