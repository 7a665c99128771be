"""A million rows as a cart writes them: read, validated and typed, against a plain DuckDB read.

    python tests/bench/bench_reading.py [--rows N] [--times K]

Both read the same orders side by side in one process: ours the cp932 file as exported, with
every check; DuckDB the same file in UTF-8, into a table of its own and into a DataFrame. Each
is the best of K times. Prints seconds, ratios and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import numpy as np

from toolkit.intake.read import read_file
from toolkit.method import load_method

HEADER = "注文番号,会員ID,注文日時,商品名,数量,支払方法,ステータス,販売チャネル,合計金額"
CHANNELS = ("楽天市場", "本店", "Yahoo!ショッピング", "アマゾン")
STATUSES = ("発送済", "処理中", "キャンセル")
PAYMENTS = ("クレジットカード", "代金引換", "銀行振込")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = made(Path(folder), given.rows)
        method = load_method()
        readers: dict[str, Callable[[], object]] = {
            "toolkit, cp932": lambda: read_file(
                ours, "orders", method=method, as_of=date(2026, 11, 22)
            ),
            "DuckDB, utf-8, to a table": lambda: to_table(theirs),
            "DuckDB, utf-8, to a DataFrame": lambda: to_frame(theirs),
        }
        seconds = best(readers, given.times)
    own = seconds.pop("toolkit, cp932")
    print(f"{given.rows:,} rows × {HEADER.count(',') + 1} columns, best of {given.times}")
    print(f"{'toolkit, cp932':32} {own:6.2f} s")
    for name, other in seconds.items():
        print(f"{name:32} {other:6.2f} s   ratio {own / other:.2f}")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


def best(readers: dict[str, Callable[[], object]], times: int) -> dict[str, float]:
    """The shortest of several runs of each, taken in turn so that they share the machine."""
    seconds = dict.fromkeys(readers, float("inf"))
    for _ in range(times):
        for name, read in readers.items():
            start = time.perf_counter()
            read()
            seconds[name] = min(seconds[name], time.perf_counter() - start)
    return seconds


def to_table(path: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE orders AS SELECT * FROM read_csv('{path}')")


def to_frame(path: Path) -> object:
    with duckdb.connect() as connection:
        return connection.execute(f"SELECT * FROM read_csv('{path}')").df()


def made(folder: Path, rows: int) -> tuple[Path, Path]:
    """The same seeded orders in cp932 and in UTF-8."""
    random = np.random.default_rng(1)
    moments = np.sort(random.integers(1_640_995_200, 1_735_689_600, rows)).astype("datetime64[s]")
    text = "\r\n".join(
        f"{20_240_000_000 + number},M{customer:07d},"
        f"{str(moment).replace('-', '/').replace('T', ' ')},"
        f"オーガニック石鹸 {product:03d},{1 + number % 3},{PAYMENTS[number % 3]},"
        f"{STATUSES[status]},{CHANNELS[number % 4]},{amount}"
        for number, (moment, customer, product, status, amount) in enumerate(
            zip(
                moments,
                random.integers(0, max(rows // 4, 1), rows).tolist(),
                random.integers(0, 500, rows).tolist(),
                random.choice(3, rows, p=[0.9, 0.08, 0.02]).tolist(),
                random.integers(980, 60_000, rows).tolist(),
                strict=True,
            )
        )
    )
    paths = folder / "受注.csv", folder / "orders.csv"
    for path, encoding in zip(paths, ("cp932", "utf-8"), strict=True):
        path.write_bytes(f"{HEADER}\r\n{text}\r\n".encode(encoding))
    return paths


if __name__ == "__main__":
    main()
