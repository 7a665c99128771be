"""The summaries made in DuckDB, PostgreSQL and Spark over the same orders: figures, time, traffic.

    python tests/bench/bench_sql.py [--rows N] [--folder DIR] [--engines duckdb,postgresql,spark]

Makes the tables once (the same on every run), loads each engine, has it make every summary, and
compares all figures to the last digit before anything is printed. Seconds are those of the clock
and of the engine's own processors; loading is not among them.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
from postgresql_server import SERVER_PASSWORD, served

ORDERS_A_CUSTOMER = 10
ENGINES = ("duckdb", "postgresql", "spark")
PROFILE = "client_id: bench\ncompany_name: Bench\nas_of: 2026-06-30\n"
CUSTOMER = "'c' || lpad(CAST(floor(power(share, 1.6) * {customers}) AS INT)::VARCHAR, 8, '0')"
TABLES = {
    "orders": """SELECT
        'R' || lpad((n * 7368787 % 1000000007)::VARCHAR, 10, '0') AS order_id,
        CASE WHEN n % 997 = 0 THEN NULL ELSE {customer} END AS customer_id,
        TIMESTAMP '2022-01-01' + to_microseconds(n * (126144000000000 // {rows}) + share_no)
          AS order_date,
        CAST(CASE WHEN n % 50 = 0 THEN -500 ELSE 500 + hash(n) % 20000 END AS DECIMAL(14, 2))
          AS amount,
        'P' || (hash(n + 7) % 300) AS product,
        ['店', '電話', '楽天', '本店'][1 + CAST(hash(n + 3) % 4 AS INT)] AS channel,
        CAST(1 + hash(n + 5) % 3 AS DOUBLE) AS quantity,
        n % 40 = 0 AS cancelled
      FROM (SELECT n, CAST(hash(n) % 1000003 AS BIGINT) AS share_no, share_no / 1000003.0 AS share
            FROM range({rows}) AS numbers (n))""",
    "receivables": """SELECT
        'I' || n AS invoice_id, {customer} AS customer_id,
        DATE '2022-01-01' + CAST(n % 1600 AS INT) AS invoiced_at,
        DATE '2022-01-31' + CAST(n % 1600 AS INT) AS due_at,
        CAST(1000 + hash(n) % 90000 AS DECIMAL(14, 2)) AS amount,
        CASE WHEN n % 9 > 0 THEN DATE '2022-01-29' + CAST(n % 1600 AS INT) END AS paid_at
      FROM (SELECT n, (hash(n) % 1000003) / 1000003.0 AS share
            FROM range({rows} // 10) AS numbers (n))""",
    "contracts": """SELECT
        'A' || (n // 3) AS account_id,
        DATE '2022-01-01' + CAST(n % 3 * 365 + n % 300 AS INT) AS start,
        DATE '2022-12-31' + CAST(n % 3 * 365 + n % 300 AS INT) AS "end",
        CAST(1000 + hash(n) % 9000 AS DECIMAL(14, 2)) AS mrr,
        n % 7 > 0 AS renewed
      FROM range({rows} // 100) AS numbers (n)""",
    "journey": """SELECT CAST(n + 1 AS INT) AS step_no, 'step ' || n AS step, 'company' AS side,
        'tool ' || (n % 4) AS tool, CAST(n % 30 AS DOUBLE) AS minutes
      FROM range(30) AS numbers (n)""",
}
POSTGRESQL = {
    "orders": "order_id text, customer_id text, order_date timestamp, amount numeric(14,2), "
    "product text, channel text, quantity float8, cancelled boolean",
    "receivables": "invoice_id text, customer_id text, invoiced_at date, due_at date, "
    "amount numeric(14,2), paid_at date",
    "contracts": 'account_id text, start date, "end" date, mrr numeric(14,2), renewed boolean',
    "journey": "step_no int, step text, side text, tool text, minutes float8",
}
COPIED_BYTES = 2**20


def main() -> int:
    """Make the tables, ask each engine, compare, print."""
    asked = _arguments()
    with tempfile.TemporaryDirectory(dir=asked.folder) as name:
        folder = Path(name)
        (folder / "client.yaml").write_text(PROFILE, encoding="utf-8")
        (folder / ".salt").write_text("bench", encoding="utf-8")
        size = _generate(folder, asked.rows)
        ways = {"duckdb": _duckdb, "postgresql": _postgresql, "spark": _spark}
        runs = {one: ways[one](folder) for one in asked.engines.split(",")}
    first = next(iter(runs.values()))["made"]
    for one in runs.values():
        _compare(one["made"], first)
    return _told(runs, asked.rows, size)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--engines", default=",".join(ENGINES))
    return parser.parse_args()


def _generate(folder: Path, rows: int) -> int:
    """Orders of four years in Parquet and CSV; how many bytes their rows are in Arrow."""
    import duckdb
    import pyarrow.parquet as pq

    customer = CUSTOMER.format(customers=max(rows // ORDERS_A_CUSTOMER, 1))
    with duckdb.connect() as connection:
        for name, text in TABLES.items():
            query = text.format(rows=rows, customer=customer)
            connection.execute(f"CREATE TABLE {name} AS {query}")
            connection.execute(f"COPY {name} TO '{folder}/{name}.parquet' (FORMAT parquet)")
            connection.execute(f"COPY {name} TO '{folder}/{name}.csv' (HEADER false)")
    return sum(pq.read_table(folder / f"{name}.parquet").nbytes for name in TABLES)


def _timed(make: Callable[[], Any], cpu: Callable[[], float]) -> dict[str, Any]:
    clock, used = time.perf_counter(), cpu()
    made = make()
    return {"made": made, "seconds": time.perf_counter() - clock, "cpu": cpu() - used}


def _session(folder: Path, session: Any, query: str) -> Any:
    from toolkit.measures.databases.in_database import summarise_in_database
    from toolkit.measures.databases.places import OpenDatabase

    queries = {name: query.format(name=name, folder=folder) for name in TABLES}
    at = OpenDatabase(session=session, queries=queries, rows={"guests": "keep"})
    return summarise_in_database(folder, at)


def _duckdb(folder: Path) -> dict[str, Any]:
    import duckdb
    import pandas  # noqa: F401 — loading the library is not the query

    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        query = "SELECT * FROM '{folder}/{name}.parquet'"
        return _timed(lambda: _session(folder, connection, query), time.process_time)


def _postgresql(folder: Path) -> dict[str, Any]:
    from toolkit.measures.databases.in_database import summarise_in_database

    os.environ["TOOLKIT_DB_PASSWORD"] = SERVER_PASSWORD
    (folder / "mappings").mkdir()
    with served() as server:
        with contextlib.closing(server.connect()) as connection, connection.cursor() as cursor:
            for name, columns in POSTGRESQL.items():
                cursor.execute(f"CREATE TABLE {name} ({columns})")
                with cursor.copy(f"COPY {name} FROM STDIN (FORMAT csv)") as copy:
                    for block in _blocks(folder / f"{name}.csv"):
                        copy.write(block)
                cursor.execute(f"ANALYZE {name}")
                text = f'table = "{name}"\nsource = "{server.address()}"\n'
                text += f'query = "SELECT * FROM {name}"\n[rows]\nguests = "keep"\n'
                (folder / "mappings" / f"{name}.toml").write_text(text, encoding="utf-8")
            own = connection.info.backend_pid
            parent = int(Path(f"/proc/{own}/stat").read_text().rpartition(")")[2].split()[1])
        return _timed(lambda: summarise_in_database(folder), lambda: _ended(parent))


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(COPIED_BYTES):
            yield block


def _ended(server: int) -> float:
    """Processor seconds of a server's connections that have ended, once the last one has."""
    time.sleep(1)
    fields = Path(f"/proc/{server}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


def _spark(folder: Path) -> dict[str, Any]:
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[*]").appName("bench")
    for name, value in {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.memory": "3g",
        "spark.sql.shuffle.partitions": "8",
        "spark.local.dir": str(folder / "spark"),
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    process = session.sparkContext._gateway.proc.pid

    def cpu() -> float:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    query = "SELECT * FROM parquet.`{folder}/{name}.parquet`"
    try:
        return _timed(lambda: _session(folder, session, query), cpu)
    finally:
        session.stop()


def _compare(made: Any, first: Any) -> None:
    import pandas as pd

    assert made.counts == first.counts
    assert (made.as_of, list(made.summaries)) == (first.as_of, list(first.summaries))
    for name, frame in first.summaries.items():
        pd.testing.assert_frame_equal(made.summaries[name], frame, check_exact=True, obj=name)


def _told(runs: dict[str, Any], rows: int, size: int) -> int:
    lines = [f"{rows:,} orders; all tables {size / 1e6:,.1f} MB in memory"]
    for name, run in runs.items():
        crossed = run["made"].crossed
        count, load = sum(one.rows for one in crossed), sum(one.bytes for one in crossed)
        lines.append(
            f"{name:11s} {run['seconds']:7.1f} s {run['cpu']:7.1f} CPU s  crossed {count:,} rows,"
            f" {load / 1e6:.1f} MB"
        )
    made = next(iter(runs.values()))["made"]
    lines += [
        f"{one.name:20s} {one.rows:>9,} rows {one.bytes / 1e6:8.2f} MB" for one in made.crossed
    ]
    lines.append("figures of all engines: equal")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
