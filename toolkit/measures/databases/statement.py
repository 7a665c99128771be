"""One statement for each summary: the client's query, its rows typed and settled, then the SQL."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.measures.databases.carried import carried
from toolkit.measures.databases.delivered import DELIVERED, MADE
from toolkit.measures.databases.engine import Dialect
from toolkit.measures.databases.settled import counts_of, rows_of, settled
from toolkit.measures.databases.typed import Delivery, typed
from toolkit.measures.summaries import SQL


def summary_statement(name: str, delivery: Delivery, dialect: Dialect) -> str:
    """The statement that makes a summary; its rows have no order."""
    parts = dict(_rows(delivery, dialect))
    parts[DELIVERED[delivery.table].rows] = carried(rows_of(delivery), dialect)
    for one in (*MADE[name].reads, name):
        text = (SQL / f"{one}.sql").read_text(encoding="utf-8")
        parts["made" if one == name else one] = carried(text, dialect)
    return _with(parts, "SELECT * FROM made")


def counts_statement(delivery: Delivery, dialect: Dialect) -> str:
    """The statement that counts a table's rows by fate: fate, row and cancelled count, days."""
    return _with(dict(_rows(delivery, dialect)), carried(counts_of(delivery), dialect))


def _rows(delivery: Delivery, dialect: Dialect) -> Iterator[tuple[str, str]]:
    yield "given", delivery.query
    yield "typed", typed(delivery, dialect)
    yield "settled", carried(settled(delivery), dialect)


def _with(parts: dict[str, str], last: str) -> str:
    # A line of its own ends each part: the client's query may close with a comment.
    named = ",\n".join(f"{name} AS (\n{text}\n)" for name, text in parts.items())
    return f"WITH {named}\n{last}"
