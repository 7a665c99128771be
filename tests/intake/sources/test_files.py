"""Reading from SQLite and DuckDB files: types, refusals, and nothing written beside them."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa
import pytest

from toolkit.errors import InputError, Problem
from toolkit.intake.sources.duckdb import read_duckdb
from toolkit.intake.sources.session import Session, SourceFault
from toolkit.intake.sources.source import query_table
from toolkit.intake.sources.sqlite import read_sqlite
from toolkit.intake.values.cells import fault_of

SQLITE = "sqlite:///data/shop.db"
DUCKDB = "duckdb:///data/shop.duckdb"
TOKYO = ZoneInfo("Asia/Tokyo")


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
        before = _files(folder)
        try:
            return query_table(source, query, folder, "orders.toml", paused.session(**session))
        finally:
            assert _files(folder) == before

    return asking


@pytest.fixture
def refused(ask: Callable[..., pa.Table]) -> Callable[..., Problem]:
    def refusing(*args: Any, **given: Any) -> Problem:
        with pytest.raises(InputError) as caught:
            ask(*args, **given)
        (problem,) = caught.value.problems
        return problem

    return refusing


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def only(table: pa.Table) -> tuple[Any, list[Any]]:
    return table.column(0).type, table.column(0).to_pylist()


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_names_order_and_rows_are_kept(ask: Callable[..., pa.Table], source: str) -> None:
    table = ask(source, 'SELECT id AS "注文 番号", name AS "n,""a" FROM few ORDER BY id DESC; -- a')
    assert table.schema.types == [pa.int64(), pa.string()]
    assert table.to_pylist() == [
        {"注文 番号": 2, 'n,"a': "O'Brien"},
        {"注文 番号": 1, 'n,"a': "髙島"},
    ]


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_no_row_is_a_table_with_its_columns(ask: Callable[..., pa.Table], source: str) -> None:
    table = ask(source, "SELECT name, id FROM few WHERE id > 9")
    assert (table.num_rows, table.column_names) == (0, ["name", "id"])


@pytest.mark.parametrize(
    ("values", "kind", "cells"),
    [
        ("(1), (9223372036854775807), (NULL)", pa.int64(), [1, 2**63 - 1, None]),
        ("(980), (1.5), (NULL)", pa.float64(), [980.0, 1.5, None]),
        ("(9007199254740993), (1.5)", pa.string(), ["9007199254740993", "1.5"]),
        ("(1), ('007'), (2.50), (NULL)", pa.string(), ["1", "007", "2.5", None]),
        ("('2026-04-01'), ('')", pa.string(), ["2026-04-01", ""]),
        ("(NULL)", pa.string(), [None]),
        ("(x'e9ab99'), ('b')", pa.string(), ["髙", "b"]),
    ],
)
def test_columns_of_sqlite(
    ask: Callable[..., pa.Table], values: str, kind: Any, cells: list[Any]
) -> None:
    assert only(ask(SQLITE, f"SELECT * FROM (VALUES {values})")) == (kind, cells)


def test_a_kind_that_comes_late_makes_the_whole_column_text(ask: Callable[..., pa.Table]) -> None:
    query = """WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25000)
               SELECT CASE WHEN i = 25000 THEN 'end' WHEN i % 2 THEN i ELSE i + 0.5 END FROM n"""
    kind, cells = only(ask(SQLITE, query))
    assert (kind, len(cells)) == (pa.string(), 25000)
    assert [*cells[:3], *cells[-2:]] == ["1", "2.5", "3", "24999", "end"]


@pytest.mark.parametrize("value", ["CAST(x'8f' AS TEXT)", "x'8fff'"])
def test_bytes_that_are_no_text_are_cells_without_a_value(
    ask: Callable[..., pa.Table], value: str
) -> None:
    _, cells = only(ask(SQLITE, f"VALUES ('a'), ({value})"))
    assert (cells[0], fault_of(cells[1])) == ("a", ("cell_undecodable", ""))


@pytest.mark.parametrize(
    ("expression", "kind", "value"),
    [
        ("7::UTINYINT", pa.int64(), 7),
        ("18446744073709551615::UBIGINT", pa.string(), "18446744073709551615"),
        ("sum(7)", pa.int64(), 7),
        (f"{10**30}::HUGEINT", pa.decimal128(38, 0), Decimal(10**30)),
        ("980.50::DECIMAL(10, 2)", pa.decimal128(10, 2), Decimal("980.50")),
        ("1.1::FLOAT", pa.float64(), 1.1),
        ("0.1::DOUBLE + 0.2::DOUBLE", pa.float64(), 0.30000000000000004),
        ("'NaN'::DOUBLE", pa.string(), "nan"),
        ("true", pa.bool_(), True),
        ("DATE '2026-04-01'", pa.date32(), date(2026, 4, 1)),
        ("DATE 'infinity'", pa.string(), "infinity"),
        ("TIMESTAMP '-infinity'", pa.string(), "-infinity"),
        ("TIMESTAMP_S '2026-04-01 10:00:00'", pa.timestamp("us"), datetime(2026, 4, 1, 10)),
        (
            "TIMESTAMPTZ '2026-04-01 15:30:00+00'",
            pa.timestamp("us", "Asia/Tokyo"),
            datetime(2026, 4, 2, 0, 30, tzinfo=TOKYO),
        ),
        ("(TIMESTAMPTZ '2026-04-01 15:30:00+00')::DATE", pa.date32(), date(2026, 4, 2)),
        ("TIME '10:30:00'", pa.string(), "10:30:00"),
        ("'b'::ENUM('a', 'b')", pa.string(), "b"),
        ("NULL", pa.string(), None),
        ("['a', '髙']", pa.string(), '["a", "髙"]'),
        ("{'a': DATE '2026-04-01'}", pa.string(), '{"a": "2026-04-01"}'),
        ("'{\"a\": 1}'::JSON", pa.string(), '{"a": 1}'),
        ("'\\xE9\\xAB\\x99'::BLOB", pa.string(), "髙"),
    ],
)
def test_columns_of_duckdb(
    ask: Callable[..., pa.Table], expression: str, kind: Any, value: Any
) -> None:
    assert only(ask(DUCKDB, f"SELECT {expression} AS x")) == (kind, [value])


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
    before = _files(folder)
    with pytest.raises(SourceFault):
        read_sqlite(folder / "data" / "shop.db", query.format(other=other), Session())
    with pytest.raises(SourceFault):
        read_duckdb(folder / "data" / "shop.duckdb", query.format(other=other), Session())
    assert _files(folder) == before


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


@pytest.mark.parametrize(
    ("source", "query", "detail"),
    [
        (SQLITE, "SELECT missing FROM few", "no such column: missing"),
        (SQLITE, "SELECT * FROM nowhere", "no such table: nowhere"),
        (SQLITE, "SELECT json(name) FROM few", "malformed JSON"),
        (
            DUCKDB,
            "SELECT * FROM few WHERE nothing = 1",
            'Binder Error: Referenced column "nothing"',
        ),
        (DUCKDB, "SELECT * FROM nowhere", "Catalog Error: Table with name nowhere"),
        (DUCKDB, "SELECT id FROM few few few", "Parser Error"),
        (DUCKDB, "SELECT CAST(name AS INTEGER) FROM few", "Conversion Error"),
    ],
)
def test_what_the_database_says(
    refused: Callable[..., Problem], source: str, query: str, detail: str
) -> None:
    problem = refused(source, query)
    assert (problem.code, problem.key) == ("source_query_failed", "query")
    assert problem.params["detail"].startswith(detail)
    assert "髙島" not in repr(problem)
    assert "\n" not in problem.params["detail"]


def test_an_error_in_the_middle_of_a_stream_shows_no_value(
    refused: Callable[..., Problem], folder: Path
) -> None:
    with duckdb.connect(folder / "data" / "shop.duckdb") as database:
        database.execute(
            "CREATE TABLE many AS SELECT i, 'secret' || i AS n FROM range(300000) t(i)"
        )
    query = "SELECT CASE WHEN i = 290000 THEN CAST(n AS INTEGER) ELSE 1 END AS x FROM many"
    problem = refused(DUCKDB, query)
    assert problem.params["detail"] == "Conversion Error"


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_columns_need_names_of_their_own(refused: Callable[..., Problem], source: str) -> None:
    problem = refused(source, "SELECT 1 AS a, 2 AS b, 3 AS a")
    assert (problem.code, problem.params["columns"]) == ("source_columns_twice", "a")


ENDLESS = {
    SQLITE: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    DUCKDB: "SELECT count(*) FROM range(1000000000000) AS t (i) WHERE i % 7 = 3",
}


@pytest.mark.parametrize("source", [SQLITE, DUCKDB])
def test_a_query_that_takes_too_long_is_stopped(
    refused: Callable[..., Problem], source: str
) -> None:
    problem = refused(source, ENDLESS[source], statement_seconds=0.3)
    assert (problem.code, problem.params["seconds"]) == ("source_timeout", "0.3")


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
