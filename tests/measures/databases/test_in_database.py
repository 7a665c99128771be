"""What leaves a database and what does not; what is refused; what happens when it breaks."""

from __future__ import annotations

import hashlib
import hmac
import re
import sqlite3
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import duckdb
import pytest
from postgresql_server import Cut

from toolkit.errors import InputError, Problem, ToolkitError, UsageError
from toolkit.intake.sources.session import Session
from toolkit.measures.databases import in_database as module
from toolkit.measures.databases.in_database import InDatabase, summarise_in_database
from toolkit.measures.databases.places import OpenDatabase

SALES = """SELECT 'o' || i AS order_id, 'c' || (i % 40) AS customer_id,
           DATE '2025-01-01' + CAST(i % 150 AS INTEGER) AS order_date, i * 10 AS amount
           FROM {numbers} AS n (i)"""
IN_DUCKDB = SALES.format(numbers="range(1000)")
IN_POSTGRESQL = SALES.format(numbers="generate_series(0, 999)")


@pytest.fixture
def ask(folder_of: Any) -> Callable[..., InDatabase]:
    """A query in DuckDB's memory, of orders unless another table is named."""

    def asking(
        query: str, rows: dict[str, str] | None = None, table: str = "orders", **given: Any
    ) -> InDatabase:
        folder = given.pop("folder", None) or folder_of(**given.pop("client", {}))
        with duckdb.connect() as connection:
            at = OpenDatabase(session=connection, queries={table: query}, rows=rows or {})
            return summarise_in_database(folder, at, **given)

    return asking


@pytest.fixture
def refused(ask: Any) -> Callable[..., Problem]:
    def refusing(*args: Any, **given: Any) -> Problem:
        with pytest.raises(ToolkitError) as caught:
            ask(*args, **given)
        return caught.value.problems[0]

    return refusing


def one_order(**columns: str) -> str:
    given = {
        "order_id": "'o1'",
        "customer_id": "'a'",
        "order_date": "DATE '2025-01-31'",
        "amount": "100",
        **columns,
    }
    return "SELECT " + ", ".join(f"{text} AS {name}" for name, text in given.items())


def test_rows_stay_and_customers_come_under_their_keys(ask: Any) -> None:
    found = ask(IN_DUCKDB)
    assert list(found.summaries) == ["customers", "cohorts", "items"]
    assert {one.name: one.rows for one in found.crossed} == {
        "orders: rows": 1,
        "customers": 40,
        "cohorts": 5,
        "items": 0,
    }
    expected = [
        hmac.new(b"salt-of-aoyama", f"c{n}".encode(), hashlib.sha256).hexdigest()[:16]
        for n in range(40)
    ]
    assert found.summaries["customers"]["customer_id"].tolist() == sorted(expected)
    for frame in found.summaries.values():
        assert not re.search(r"\bc\d+\b", frame.to_csv())


def test_only_what_is_asked_for_is_handed_over(ask: Any) -> None:
    found = ask(IN_DUCKDB, names=["cohorts"])
    assert list(found.summaries) == ["cohorts"]
    assert [one.name for one in found.crossed] == ["orders: rows", "customers", "cohorts"]


def test_another_salt_gives_other_keys_and_none_is_told(ask: Any, folder_of: Any) -> None:
    folder = folder_of(name="other")
    (folder / ".salt").unlink()
    one, other = ask(IN_DUCKDB), ask(IN_DUCKDB, folder=folder)
    keys = [set(found.summaries["customers"]["customer_id"]) for found in (one, other)]
    assert not keys[0] & keys[1]
    assert (one.salted, other.salted) == (True, False)


@pytest.mark.parametrize(
    ("columns", "code"),
    [
        ({"order_date": "'2025-01-31'"}, "database_column_order_time"),
        ({"amount": "'1,200円'"}, "database_column_money"),
        ({"order_id": "1.5::DOUBLE"}, "database_column_id"),
        ({"cancelled": "'取消'"}, "database_column_flag"),
        ({"customer_id": "'1.23E+17'"}, "database_id_scientific"),
    ],
)
def test_columns_that_cannot_be_used(refused: Any, columns: dict[str, str], code: str) -> None:
    problem = refused(one_order(**columns))
    assert (problem.code, problem.column) == (code, next(iter(columns)))
    assert problem.value is None


def test_columns_that_are_missing(refused: Any) -> None:
    assert refused("SELECT 1 AS order_id").code == "database_column_missing"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("SELECT 1 AS a, 2 AS A", "source_query_failed"),
        ("SELECT * FROM nowhere", "source_query_failed"),
        ("CREATE TABLE t (a INT)", "source_query_kind"),
        ("SELECT 1; SELECT 2", "source_query_several"),
    ],
)
def test_queries_that_cannot_be_used(refused: Any, query: str, code: str) -> None:
    found = refused(query).code
    assert found == code or (found, code) == ("database_column_missing", "source_query_failed")


@pytest.mark.parametrize("names", [None, ["cohorts"], ["items"]])
def test_two_spellings_of_one_customer_are_refused(refused: Any, names: Any) -> None:
    other = one_order(order_id="'o2'", customer_id="'ａ'")
    problem = refused(f"{one_order()} UNION ALL {other}", names=names)
    assert (problem.code, problem.params["count"]) == ("database_id_spellings", "1")


@pytest.mark.parametrize(
    ("columns", "rules", "fate", "code"),
    [
        ({"customer_id": "''"}, {}, "quarantined", "value_missing"),
        ({"customer_id": "'  '"}, {"guests": "drop"}, "dropped", "guests_dropped"),
        ({"amount": "0"}, {"zero_amount": "drop"}, "dropped", "zero_dropped"),
        ({"amount": "'NaN'::DOUBLE"}, {}, "quarantined", "amount_too_large"),
        ({"amount": "1e13"}, {}, "quarantined", "amount_too_large"),
        ({"order_date": "DATE 'infinity'"}, {}, "quarantined", "date_future"),
        ({"order_date": "DATE '2025-07-01'"}, {}, "quarantined", "date_future"),
        ({"order_date": "TIMESTAMP '1949-12-31 23:59:59'"}, {}, "quarantined", "date_too_old"),
    ],
)
def test_rows_that_are_left_out_are_counted(
    ask: Any, columns: dict[str, str], rules: dict[str, str], fate: str, code: str
) -> None:
    good = " UNION ALL ".join(one_order(order_id=f"'g{n}'") for n in range(3))
    kind = "TIMESTAMP" if "TIMESTAMP" in columns.get("order_date", "") else None
    good = good.replace("DATE '2025-01-31'", "TIMESTAMP '2025-01-31'") if kind else good
    found = ask(f"{good} UNION ALL {one_order(**columns)}", rules)
    (left,) = found.counts[0].left
    assert (left.fate, left.code, left.rows) == (fate, code, 1)
    assert (found.counts[0].rows_total, found.counts[0].rows_accepted) == (4, 3)
    assert found.summaries["customers"]["order_count"].tolist() == [3]
    assert found.as_of == date(2025, 1, 31)


def test_lines_without_a_number_are_kept_unless_the_mapping_says_otherwise(ask: Any) -> None:
    twice = f"{one_order()} UNION ALL {one_order()}"
    lines = {"model": "lines"}
    amounts = {
        name: ask(twice, rules).summaries["customers"]["amount"].tolist()
        for name, rules in {"kept": lines, "dropped": lines | {"duplicates": "drop"}}.items()
    }
    assert amounts == {"kept": [200.0], "dropped": [100.0]}


def test_too_many_bad_rows_are_refused(refused: Any) -> None:
    blank = "CASE WHEN amount < 2600 THEN '' ELSE customer_id END AS customer_id"
    bad = f"SELECT * REPLACE ({blank}) FROM ({IN_DUCKDB})"
    problem = refused(bad)
    assert (problem.code, problem.params["bad"]) == ("too_many_bad_rows", "260")
    assert refused(one_order(customer_id="NULL")).code == "no_row_left"


def test_names_of_staff_stay_in_the_database(ask: Any) -> None:
    steps = "SELECT 1 AS step_no, '受付' AS step, '山田花子' AS actor"
    shown = ask(steps, table="journey").summaries["steps"]
    profile = "client_id: b\ncompany_name: 青山\nstaff_names: hide\n"
    hidden = ask(steps, table="journey", client={"name": "b", "profile": profile})
    assert shown["actor"].tolist() == ["山田花子"]
    assert hidden.summaries["steps"]["actor"].isna().all()


@pytest.mark.parametrize("name", ["customer", "steps"])
def test_a_summary_that_cannot_be_made_is_named(refused: Any, name: str) -> None:
    assert refused(IN_DUCKDB, names=[name]).code == "database_summary"


def test_what_only_rows_on_this_side_can_do_is_refused(mapped: Any) -> None:
    more = 'cancelled = { column = "status", equals = "取消" }\n[columns]\norder_id = "番号"\n'
    with pytest.raises(UsageError) as caught:
        summarise_in_database(mapped(IN_POSTGRESQL, more=more))
    assert [(one.code, one.key) for one in caught.value.problems] == [
        ("database_beyond", "columns"),
        ("database_beyond", "rows.cancelled"),
    ]


def test_no_database_or_one_that_cannot_do_it(folder_of: Any) -> None:
    folder = folder_of()
    with pytest.raises(UsageError) as caught:
        summarise_in_database(folder)
    assert caught.value.code == "database_nothing"
    sqlite3.connect(folder / "data" / "shop.db").close()
    mapping = 'table = "orders"\nsource = "sqlite:///data/shop.db"\nquery = "SELECT 1 AS a"\n'
    for name in ("a", "b"):
        (folder / "mappings" / f"{name}.toml").write_text(mapping, encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        summarise_in_database(folder)
    assert [one.code for one in caught.value.problems] == [
        "database_scheme",
        "database_table_twice",
        "database_scheme",
    ]


def test_a_file_of_duckdb_is_read_through_its_mapping(folder_of: Any) -> None:
    folder = folder_of()
    with duckdb.connect(folder / "data" / "shop.duckdb") as made:
        made.execute(f"CREATE TABLE sales AS {IN_DUCKDB}")
    query = 'source = "duckdb:///data/shop.duckdb"\nquery = "SELECT * FROM sales"\n'
    (folder / "mappings" / "orders.toml").write_text(f'table = "orders"\n{query}')
    found = summarise_in_database(folder, as_of=date(2025, 12, 31))
    assert (len(found.summaries["customers"]), found.run_date) == (40, date(2025, 12, 31))


def test_the_right_to_select_is_enough(mapped: Any, server: Any) -> None:
    server.run(
        f"CREATE TABLE sales AS {IN_POSTGRESQL}",
        "CREATE ROLE report LOGIN PASSWORD 'only-for-this-test'",
        "ALTER ROLE report SET DateStyle = 'German'",
        "REVOKE ALL ON SCHEMA public FROM report",
        "REVOKE TEMPORARY ON DATABASE shop FROM PUBLIC",
        "GRANT SELECT ON sales TO report",
    )
    found = summarise_in_database(mapped("SELECT * FROM sales", user="report"))
    assert found.summaries["customers"]["order_count"].sum() == 1000


def test_ids_sort_by_code_points_whatever_the_collation(mapped: Any, server: Any) -> None:
    columns = 'order_id text COLLATE "und-x-icu", customer_id text COLLATE "und-x-icu"'
    server.run(
        f"CREATE TABLE sorted ({columns}, order_date date, amount float8)",
        "INSERT INTO sorted VALUES ('a1', 'x', '2025-01-01', 'NaN'), ('a2', 'x', '2025-01-01', 1),"
        " ('B1', 'x', '2025-01-01', 2), ('あ', 'x', '2025-01-01', 3)",
    )
    found = summarise_in_database(mapped("SELECT * FROM sorted"))
    (one,) = found.summaries["customers"].itertuples(index=False)
    assert (one.first_order_id, one.amount) == ("B1", 6.0)
    assert [left.code for left in found.counts[0].left] == ["amount_too_large"]


def test_orders_are_not_gone_through_once_for_each_order(mapped: Any) -> None:
    """The server takes the judged rows for a few: 20,000 orders then took over five minutes."""
    setting = "current_setting('enable_nestloop')"
    query = f"{setting} AS order_id, 'a' AS customer_id, DATE '2025-01-01' AS order_date"
    found = summarise_in_database(mapped(f"SELECT {query}, 1 AS amount"))
    assert found.summaries["customers"]["first_order_id"].tolist() == ["off"]


def test_a_connection_that_breaks_once_is_made_again(
    mapped: Any, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(module, "Session", lambda **given: Session(sleep=pauses.append, **given))
    way = Cut(server.port, [3000], True)
    try:
        found = summarise_in_database(mapped(IN_POSTGRESQL, port=way.port))
    finally:
        way.close()
    assert (way.connections, pauses) == (2, [1.0])
    assert [one.rows for one in found.crossed] == [1, 40, 5, 0]


def test_a_server_that_is_not_there_is_told_without_the_user(mapped: Any) -> None:
    with pytest.raises(InputError) as caught:
        summarise_in_database(mapped(IN_POSTGRESQL, user="somebody", port=1))
    (problem,) = caught.value.problems
    assert (problem.code, problem.file) == ("source_unreachable", "orders.toml")
    assert problem.params["source"] == "postgresql://127.0.0.1:1/shop"


def test_the_library_that_carries_the_sql_may_be_missing(
    mapped: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from toolkit.measures.databases.carried import carried

    carried.cache_clear()
    monkeypatch.setitem(sys.modules, "sqlglot", None)
    with pytest.raises(InputError) as caught:
        summarise_in_database(mapped(IN_POSTGRESQL))
    assert caught.value.problems[0].code == "source_carrier"


def test_all_is_read_in_one_transaction(mapped: Any) -> None:
    """The time at which a transaction began is the same in all of its statements."""
    moment = "SELECT now()::text AS order_id, 'a' AS customer_id, DATE '2025-01-01' AS order_date"
    found = summarise_in_database(mapped(f"{moment}, 1 AS amount"), names=["orders", "customers"])
    (order,) = found.summaries["orders"]["order_id"]
    assert found.summaries["customers"]["first_order_id"].tolist() == [order]
