"""The same tables in DuckDB, in a real PostgreSQL and in Spark on this machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from toolkit.measures.databases.in_database import InDatabase, summarise_in_database
from toolkit.measures.databases.places import OpenDatabase

sys.path.insert(0, str(Path(__file__).parents[2]))
from postgresql_server import SERVER_PASSWORD, Server, served

Tables = Mapping[str, pa.Table]
PROFILE = "client_id: aoyama\ncompany_name: 青山商店\nas_of: 2025-06-30\n"
SPARK = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.codegen.wholeStage": "false",  # compiling costs more than it saves on few rows
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.session.timeZone": "America/New_York",  # no figure may depend on it
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
}


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with served() as started:
        yield started


@pytest.fixture(scope="session")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A session with one thread; on a machine without Java there is none, unless it is CI."""
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        if os.environ.get("CI"):
            pytest.fail("CI must test on Spark: no java")
        pytest.skip("no java, which Spark needs")
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[1]").appName("toolkit-tests")
    folder = tmp_path_factory.mktemp("spark")
    for name, value in {**SPARK, "spark.sql.warehouse.dir": str(folder)}.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture
def folder_of(tmp_path: Path) -> Callable[..., Path]:
    def make(name: str = "aoyama", profile: str = PROFILE, salt: str = "salt-of-aoyama") -> Path:
        folder = tmp_path / name
        (folder / "mappings").mkdir(parents=True, exist_ok=True)
        (folder / "data").mkdir(exist_ok=True)
        (folder / "client.yaml").write_text(profile, encoding="utf-8")
        (folder / ".salt").write_text(salt, encoding="utf-8")
        return folder

    return make


def _mapping(table: str, source: str, query: str, rows: Mapping[str, str]) -> str:
    lines = [f'table = "{table}"', f'source = "{source}"', f"query = '''{query}'''", "[rows]"]
    return "\n".join([*lines, *(f'{name} = "{value}"' for name, value in rows.items())]) + "\n"


POSTGRESQL_TYPES = {
    pa.string(): "text",
    pa.int64(): "bigint",
    pa.float64(): "float8",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.timestamp("us", "UTC"): "timestamptz",
}


def _load_postgresql(server: Server, name: str, table: pa.Table) -> None:
    kinds = [POSTGRESQL_TYPES.get(column.type, "numeric(18,4)") for column in table.schema]
    listed = ", ".join(f'"{n}" {k}' for n, k in zip(table.column_names, kinds, strict=True))
    with closing(server.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {name}")
        cursor.execute(f"CREATE TABLE {name} ({listed})")
        with cursor.copy(f"COPY {name} FROM STDIN") as copy:
            for row in table.to_pylist():
                copy.write_row(list(row.values()))


@pytest.fixture
def in_duckdb(folder_of: Any) -> Callable[..., InDatabase]:
    def ask(tables: Tables, rows: Mapping[str, str], **given: Any) -> InDatabase:
        with duckdb.connect() as connection:
            for name, table in tables.items():
                connection.register(f"t_{name}", table)
            queries = {name: f"SELECT * FROM t_{name}" for name in tables}
            at = OpenDatabase(session=connection, queries=queries, rows=rows)
            return summarise_in_database(folder_of("in_duckdb"), at, **given)

    return ask


@pytest.fixture
def in_postgresql(
    server: Server, folder_of: Any, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., InDatabase]:
    def ask(tables: Tables, rows: Mapping[str, str], **given: Any) -> InDatabase:
        monkeypatch.setenv("TOOLKIT_DB_PASSWORD", SERVER_PASSWORD)
        folder = folder_of("in_postgresql")
        for name, table in tables.items():
            _load_postgresql(server, f"t_{name}", table)
            query = f"SELECT * FROM t_{name} -- whatever the query ends with"
            text = _mapping(name, server.address(), query, rows if name == "orders" else {})
            (folder / "mappings" / f"{name}.toml").write_text(text, encoding="utf-8")
        return summarise_in_database(folder, **given)

    return ask


@pytest.fixture
def mapped(server: Server, folder_of: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """A client's folder whose mapping asks PostgreSQL."""

    def make(
        query: str, user: str = "postgres", port: int | None = None, more: str = "", **given: Any
    ) -> Path:
        monkeypatch.setenv("TOOLKIT_DB_PASSWORD", SERVER_PASSWORD)
        folder = folder_of(**given)
        source = server.address(port=port, user=user)
        text = _mapping("orders", source, query, {}) + more
        (folder / "mappings" / "orders.toml").write_text(text, encoding="utf-8")
        return folder

    return make


@pytest.fixture
def in_spark(spark: Any, folder_of: Any, tmp_path: Path) -> Callable[..., InDatabase]:
    def ask(tables: Tables, rows: Mapping[str, str], **given: Any) -> InDatabase:
        for name, table in tables.items():
            path = tmp_path / f"{name}.parquet"
            pq.write_table(table, path)
            spark.read.parquet(str(path)).createOrReplaceTempView(f"t_{name}")
        queries = {name: f"SELECT * FROM t_{name}" for name in tables}
        at = OpenDatabase(session=spark, queries=queries, rows=rows)
        return summarise_in_database(folder_of("in_spark"), at, **given)

    return ask


@pytest.fixture
def in_every(
    in_duckdb: Any, in_postgresql: Any, in_spark: Any
) -> Callable[..., dict[str, InDatabase]]:
    """The same tables asked in all three."""

    def ask(tables: Tables, rows: Mapping[str, str] | None = None, **given: Any) -> Any:
        ways = {"duckdb": in_duckdb, "postgresql": in_postgresql, "spark": in_spark}
        return {name: way(tables, rows or {}, **given) for name, way in ways.items()}

    return ask
