"""Two tables on a real PostgreSQL, and a query of them that is answered or refused."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from toolkit.errors import Problem
from toolkit.intake.sources.source import query_table

sys.path.insert(0, str(Path(__file__).parent))

from few_and_many.tables import ROWS


@pytest.fixture(scope="session", autouse=True)
def data(server: Any) -> None:
    server.run(
        "CREATE TABLE few (id int, name text)",
        "INSERT INTO few VALUES (1, '髙島'), (2, 'O''Brien')",
        f"""CREATE TABLE many AS SELECT i AS id, '商品' || i AS product, i * 1.25 AS amount
            FROM generate_series(1, {ROWS}) AS i""",
        """CREATE FUNCTION emptied() RETURNS int LANGUAGE plpgsql VOLATILE
            AS $$ BEGIN DELETE FROM few; RETURN 1; END $$""",
        "CREATE SEQUENCE numbers",
        "CREATE ROLE clear_text LOGIN PASSWORD 'only-for-this-test'",
        "CREATE ROLE nothing_allowed LOGIN PASSWORD 'only-for-this-test'",
    )


@pytest.fixture
def ask(server: Any, password: str, paused: Any, tmp_path: Path) -> Callable[..., pa.Table]:
    def asking(query: str, source: str | None = None, **session: Any) -> pa.Table:
        chosen = paused.session(**session)
        return query_table(source or server.address(), query, tmp_path, "orders.toml", chosen)

    return asking


@pytest.fixture
def refused(refusal: Callable[..., tuple[str, Problem]]) -> Callable[..., Problem]:
    def refusing(*args: Any, **given: Any) -> Problem:
        code, problem = refusal(*args, **given)
        assert code == "source_unread"
        assert problem.file == "orders.toml"
        return problem

    return refusing
