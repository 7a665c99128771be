"""``toolkit summarise``: summaries out of a database, as Parquet, with what became of the rows."""

from __future__ import annotations

import json
from functools import partial

import duckdb
import pandas as pd
import pytest

SALES = """SELECT 'o' || i AS order_id, CASE WHEN i % 25 = 0 THEN '' ELSE 'kaiin' || i % 9 END
           AS customer_id, DATE '2025-01-01' + CAST(i AS INTEGER) AS order_date,
           100 + i AS amount, i = 7 AS cancelled FROM range(60) AS n (i)"""
MAPPING = """table = "orders"
source = "duckdb:///data/shop.duckdb"
query = "SELECT * FROM sales"
"""


@pytest.fixture
def client(client_of):
    folder = client_of()
    with duckdb.connect(folder / "data" / "shop.duckdb") as made:
        made.execute(f"CREATE TABLE sales AS {SALES}")
    (folder / "mappings").mkdir()
    (folder / "mappings" / "orders.toml").write_text(MAPPING, encoding="utf-8")
    return folder


@pytest.fixture
def run(toolkit_command):
    return partial(toolkit_command, "summarise")


def test_summaries_are_written_and_rows_are_told(run, client, tmp_path):
    done = run(client, "--out", tmp_path / "out", "--as-of", "2025-12-31", "--lang", "en")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "out" / "aoyama" / "summaries"
    assert sorted(path.name for path in folder.iterdir()) == [
        "cohorts.parquet",
        "customers.parquet",
        "items.parquet",
    ]
    assert "orders: 60 rows; used 57 (1 of them cancelled), set aside 3" in done.stdout
    assert "customer_id is blank: 3" in done.stdout
    assert folder.as_posix() in done.stderr
    customers = pd.read_parquet(folder / "customers.parquet")
    assert customers["order_count"].sum() == 56
    assert "kaiin" not in done.stdout + done.stderr + customers.to_csv()


def test_the_result_as_a_document(run, client, tmp_path):
    given = ("--summaries", "orders", "--as-of", "2025-12-31", "--json")
    done = run(client, "--out", tmp_path / "out", *given)
    told = json.loads(done.stdout)
    assert (told["client_id"], told["as_of"], told["salted"]) == ("aoyama", "2025-03-01", False)
    (rows,) = told["rows"]
    assert rows["rows_total"] == rows["rows_accepted"] + rows["rows_quarantined"] == 60
    assert rows["left"] == [
        {"fate": "quarantined", "code": "value_missing", "column": "customer_id", "rows": 3}
    ]
    (orders,) = told["summaries"]
    assert (orders["name"], orders["rows"]) == ("orders", 56)
    assert [one["name"] for one in told["crossed"]] == ["orders: rows", "orders"]


def test_a_client_without_a_database_is_told_what_to_do(run, client_of, tmp_path):
    folder = client_of()
    (folder / "data" / "o.csv").write_text("order_id\n1\n", encoding="utf-8")
    done = run(folder, "--out", tmp_path / "out")
    assert done.returncode == 2
    assert "データベースにある表" in done.stderr
    assert not (tmp_path / "out").exists()
