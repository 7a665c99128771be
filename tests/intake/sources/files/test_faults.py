"""What SQLite and DuckDB say of a query that fails, without a value of the client's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from shop_databases.databases import DUCKDB, SQLITE

from toolkit.errors import Problem


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
