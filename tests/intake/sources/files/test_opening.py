"""The file of a database: missing, none at all, oddly named, or being written by another."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from shop_databases.databases import DUCKDB, SQLITE

from toolkit.errors import InputError, Problem
from toolkit.intake.sources.session import Session, SourceFault
from toolkit.intake.sources.source import query_table
from toolkit.intake.sources.sqlite import read_sqlite


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_a_file_that_is_not_there_is_told(
    refused: Callable[..., Problem], folder: Path, source: str
) -> None:
    for path in (folder / "data").iterdir():
        path.unlink()
    problem = refused(source, "SELECT 1")
    assert (problem.code, problem.params["source"]) == ("source_file_missing", source)


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
@pytest.mark.parametrize("content", [b"order_id,amount\n1,980\n" * 500, b"SQLite format 3\0" * 99])
def test_a_file_that_is_no_database_is_told(
    refused: Callable[..., Problem], folder: Path, source: str, content: bytes
) -> None:
    for path in (folder / "data").iterdir():
        path.write_bytes(content)
    assert refused(source, "SELECT * FROM few").code == "source_unreadable"


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceFault) as caught:
        read_sqlite(tmp_path / "shop.db", "SELECT 1", Session())
    assert caught.value.code == "source_unreadable"


@pytest.mark.parametrize("name", ["shop.db", "shop.duckdb"])
def test_a_link_out_of_the_folder_is_refused(
    refused: Callable[..., Problem], folder: Path, tmp_path: Path, name: str
) -> None:
    path = folder / "data" / name
    path.rename(tmp_path / name)
    path.symlink_to(tmp_path / name)
    problem = refused({"shop.db": SQLITE, "shop.duckdb": DUCKDB}[name], "SELECT * FROM few")
    assert (problem.code, problem.file) == ("link_out", f"data/{name}")


def test_a_name_from_a_mac_is_found(ask: Callable[..., pa.Table], folder: Path) -> None:
    (folder / "data" / "shop.db").rename(folder / "data" / "テ\u3099ータ.db")
    assert (
        ask("sqlite:///data/データ.db".replace("デ", "\u30c7"), "SELECT * FROM few").num_rows == 2
    )


def test_signs_in_a_file_name_are_no_options(ask: Callable[..., pa.Table], folder: Path) -> None:
    (folder / "data" / "shop.db").rename(folder / "data" / "a#b%3f c.db")
    assert ask("sqlite:///data/a#b%3f c.db", "SELECT * FROM few").num_rows == 2


def test_a_log_that_was_written_back_is_read_without_a_file_beside_it(
    ask: Callable[..., pa.Table], folder: Path
) -> None:
    with closing(sqlite3.connect(folder / "data" / "shop.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("INSERT INTO few VALUES (3, 'c')")
    assert ask(SQLITE, "SELECT * FROM few").num_rows == 3


def test_a_log_that_was_not_written_back_is_told(
    refused: Callable[..., Problem], folder: Path
) -> None:
    """The file alone would give an old state: two rows instead of three."""
    with closing(sqlite3.connect(folder / "data" / "shop.db", isolation_level=None)) as database:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("INSERT INTO few VALUES (3, 'c')")
        assert refused(SQLITE, "SELECT * FROM few").code == "source_in_use"


def test_a_file_that_is_being_written_is_told(
    refused: Callable[..., Problem], folder: Path
) -> None:
    with closing(sqlite3.connect(folder / "data" / "shop.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        begun = time.monotonic()
        problem = refused(SQLITE, "SELECT * FROM few", connect_seconds=0)
        assert problem.code == "source_in_use"
        assert time.monotonic() - begun < 4


def test_a_write_that_was_broken_off_is_told_and_not_mended(
    refused: Callable[..., Problem], folder: Path
) -> None:
    """A reader that may write would roll it back, in the client's folder."""
    breaking_off = """import os, sqlite3, sys
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute("PRAGMA cache_size = 2")
database.execute("BEGIN")
database.executemany("INSERT INTO few VALUES (?, ?)", ((i, "x" * 500) for i in range(2000)))
os._exit(0)"""
    path = folder / "data" / "shop.db"
    subprocess.run([sys.executable, "-c", breaking_off, path], check=True)
    assert path.with_name("shop.db-journal").stat().st_size
    assert refused(SQLITE, "SELECT * FROM few").code == "source_in_use"


def test_a_duckdb_that_another_program_writes_is_told(folder: Path) -> None:
    holding = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(1, flush=True); input()"
    path = folder / "data" / "shop.duckdb"
    with subprocess.Popen(
        [sys.executable, "-c", holding, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InputError) as caught:
            query_table(DUCKDB, "SELECT * FROM few", folder, "orders.toml")
        other.communicate(b"\n")
    assert caught.value.problems[0].code == "source_in_use"
