"""Orders in Parquet to customer level, against a plain hand-written query.

    python tests/bench/bench_summaries.py [--rows N] [--lines K] [--repeat R] [--folder DIR]

Each run is a process of its own; prints the best time, CPU seconds and peak memory of both, and
the ratio. The two results are compared figure by figure before anything is printed.
"""

from __future__ import annotations

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ORDERS_A_CUSTOMER = 10
TARGET_RATIO, TARGET_MB = 1.5, 1500
# What a practised hand would write: orders sorted within each customer, then grouped. Where an
# order may stand on several rows it has to be put together first.
PLAIN = """
WITH {orders}
numbered AS (
  SELECT
    customer_id, amount, order_date,
    LAG(order_date) OVER own AS day_before,
    ROW_NUMBER() OVER own AS nth
  FROM {source}
  WINDOW own AS (PARTITION BY customer_id ORDER BY order_date, order_id)
)
SELECT
  customer_id,
  COUNT(*) AS order_count,
  SUM(amount) AS amount,
  MIN(order_date) AS first_day,
  MIN(CASE WHEN nth = 2 THEN order_date END) AS second_day,
  MAX(order_date) AS last_day,
  MEDIAN(order_date - day_before) AS median_interval
FROM numbered
GROUP BY customer_id
"""
TOGETHER = """orders AS (
  SELECT
    order_id,
    MIN(customer_id) AS customer_id,
    MIN(order_date) AS order_date,
    SUM(amount) AS amount
  FROM '{path}'
  GROUP BY order_id
),"""


def main() -> int:
    """Generate, run both in turn, compare, print."""
    asked = _arguments()
    if asked.one:
        return _one(asked)
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        path = Path(folder) / "orders.parquet"
        _generate(path, asked)
        runs = {"plain": [], "ours": []}
        for _ in range(asked.repeat):
            for which, found in runs.items():
                found.append(_apart(which, path, asked))
    plain, ours = (min(runs[which], key=lambda run: run["seconds"]) for which in runs)
    for key, value in plain["figures"].items():
        assert math.isclose(value, ours["figures"][key], rel_tol=1e-9), key
    return _told(plain, ours, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--lines", type=int, default=1, help="rows of an order")
    parser.add_argument("--shuffled", action="store_true", help="order ids in no order")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--one", choices=["plain", "ours"], help=argparse.SUPPRESS)
    parser.add_argument("--path", help=argparse.SUPPRESS)
    return parser.parse_args()


def _generate(path: Path, asked: argparse.Namespace) -> None:
    """Orders of four years; a few customers buy often, most seldom; the same on every run."""
    import duckdb

    customers = max(asked.rows // asked.lines // ORDERS_A_CUSTOMER, 1)
    number = "order_no * 7368787 % 1000000007" if asked.shuffled else "order_no"
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (
            SELECT
              'R' || lpad(({number})::VARCHAR, 10, '0') AS order_id,
              'c' || lpad(floor(power(share, 1.6) * {customers})::INT::VARCHAR, 8, '0')
                AS customer_id,
              DATE '2022-01-01' + (order_no * 1460 * {asked.lines} // {asked.rows})::INT
                AS order_date,
              (500 + hash(row_no) % 20000)::DOUBLE AS amount
            FROM (
              SELECT row_no, row_no // {asked.lines} AS order_no,
                (hash(row_no // {asked.lines}) % 1000003) / 1000003.0 AS share
              FROM range({asked.rows}) AS numbers(row_no)
            )) TO '{path}' (FORMAT parquet)"""
        )


def _apart(which: str, path: Path, asked: argparse.Namespace) -> dict:
    arguments = ["--one", which, "--path", str(path), "--lines", str(asked.lines)]
    done = subprocess.run(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, check=True
    )
    return json.loads(done.stdout)


def _one(asked: argparse.Namespace) -> int:
    import duckdb
    import pandas  # noqa: F401 — both results are frames; loading the library is not the query

    from toolkit.measures.order_source import summarise_orders

    started, before = time.perf_counter(), _cpu()
    if asked.one == "ours":
        frame = summarise_orders(asked.path)["customers"]
    else:
        together = TOGETHER.format(path=asked.path) if asked.lines > 1 else ""
        source = "orders" if together else f"'{asked.path}'"
        connection = duckdb.connect(":memory:")
        connection.execute("SET enable_progress_bar = false")
        frame = connection.execute(PLAIN.format(orders=together, source=source)).df()
    taken, cpu = time.perf_counter() - started, _cpu() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    document = {"seconds": taken, "cpu": cpu, "mb": peak, "figures": _figures(frame)}
    sys.stdout.write(json.dumps(document))
    return 0


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _figures(frame) -> dict[str, float]:
    """Sums of every column: days since 1970, so that the two results can be compared."""
    import pandas as pd

    numbers = {"customers": float(len(frame))}
    for name in ("order_count", "amount", "first_day", "second_day", "last_day", "median_interval"):
        column = frame[name]
        if pd.api.types.is_datetime64_any_dtype(column):
            column = (column - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
        numbers[name] = float(column.sum())
    return numbers


def _told(plain: dict, ours: dict, asked: argparse.Namespace) -> int:
    lines = [f"{asked.rows:,} rows, {asked.lines} a order, best of {asked.repeat}"]
    for name, run in (("plain query", plain), ("summaries", ours)):
        lines.append(
            f"{name:12s} {run['seconds']:6.2f} s  {run['cpu']:6.2f} CPU s  {run['mb']:6.0f} MB"
        )
    ratio, cpu = ours["seconds"] / plain["seconds"], ours["cpu"] / plain["cpu"]
    kept = ratio <= TARGET_RATIO and ours["mb"] <= TARGET_MB
    lines.append(f"ratio {ratio:.2f} (CPU {cpu:.2f}), at most {TARGET_RATIO}; {TARGET_MB} MB")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
