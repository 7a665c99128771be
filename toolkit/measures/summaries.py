"""The tidy summaries all measures read: made by SQL in DuckDB, one file each."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from toolkit.measures.event_log import EventLog, event_log
from toolkit.measures.kept import kept
from toolkit.measures.rows import (
    contract_rows,
    order_rows,
    receivable_rows,
    step_rows,
)
from toolkit.measures.shipments import Shipments, shipments

if TYPE_CHECKING:
    import duckdb
    import pandas

    from toolkit.intake.case import Case
    from toolkit.intake.persons.persons import Matches
    from toolkit.method import Method

__all__ = ["SUMMARIES", "Summaries", "invoices_on", "summarise"]

SQL = Path(__file__).parent / "sql"
LARGE_ROWS = 1_000_000
# What DuckDB may hold before it writes to a temporary folder.
MEMORY = "1000MB"
# Each summary and the columns that order its frame; sorting stands outside the SQL, so that one
# summary can be read by the next without being sorted first.
SUMMARIES = {
    "orders": "order_id",
    "customers": "customer_id",
    "cohorts": "cohort_no, month",
    "items": "product",
    "invoices": "invoice_id",
    "contracts": "account_id, start_day, end_day, row_no",
    "steps": "step_no, file_name, row_no",
}
OF_ORDERS = ("orders", "customers", "cohorts", "items")
EACH_ROW_AN_ORDER = """
SELECT order_id, customer_id, day_no, month_no,
  CASE WHEN repeated = 1 THEN 0 ELSE amount END AS amount,
  CAST(1 AS BIGINT) AS line_count, channel, product, file_name, row_no
FROM order_rows WHERE cancelled = 0
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """What is known of one client as frames; a table that was not delivered is None.

    The seven from ``orders`` to ``steps`` come from SQL (columns in ``sql/*.sql``; days are
    numbers since 1970, with a fraction where orders carry a time); ``customers`` also has
    channel, product and place of the first order.
    ``tables`` holds the typed frames as read; ``answers`` values by question and item;
    ``method`` the content whose sizes and names some figures are made with (ours if None),
    ``own_sizes`` the client's own by name. ``log`` is the event log in its order, ``shipments``
    when orders were sent, promised, delivered and returned, ``matches`` which customer codes
    are one person. ``kept`` holds what was made of all this (``measures.kept``).
    """

    as_of: date
    run_date: date
    model: str | None
    orders: pandas.DataFrame | None
    customers: pandas.DataFrame | None
    cohorts: pandas.DataFrame | None
    items: pandas.DataFrame | None = None
    invoices: pandas.DataFrame | None = None
    contracts: pandas.DataFrame | None
    steps: pandas.DataFrame | None
    personal_columns: int
    tables: Mapping[str, pandas.DataFrame]
    answers: Mapping[tuple[str, str | None], str | float | None]
    method: Method | None = None
    own_sizes: Mapping[str, float] = field(default_factory=dict)
    log: EventLog | None = None
    shipments: Shipments | None = None
    matches: Matches | None = None
    kept: dict[Any, Any] = field(init=False, default_factory=dict, repr=False, compare=False)

    def has(self, kind: str, *columns: str) -> bool:
        """Whether a table was delivered with all these columns."""
        frame = self.tables.get(kind)
        return frame is not None and all(column in frame.columns for column in columns)


def summarise(case: Case, method: Method | None = None) -> Summaries:
    """Run the SQL over a client's tables, in memory."""
    tables = {kind: table.frame for kind, table in case.tables.items()}
    made: dict[str, pandas.DataFrame] = {}
    if "orders" in tables:
        made = _summarised({"order_rows": order_rows(case.tables["orders"])}, OF_ORDERS)
        made["customers"] = _with_first_orders(made["customers"], made["orders"])
    if "receivables" in tables:
        owed = receivable_rows(tables["receivables"], case.as_of)
        made |= _summarised({"receivable_rows": owed}, ["invoices"])
    if _dated(tables.get("contracts")):
        made |= _summarised({"contract_rows": contract_rows(tables["contracts"])}, ["contracts"])
    if "journey" in tables:
        made |= _summarised({"step_rows": step_rows(tables["journey"])}, ["steps"])
    return Summaries(
        as_of=case.as_of,
        run_date=case.run_date,
        model=case.profile.model,
        personal_columns=case.personal_columns,
        tables=tables,
        answers={(a.question, a.item): a.value for a in case.profile.answers},
        method=method,
        own_sizes=case.profile.thresholds,
        log=event_log(tables.get("events")),
        shipments=shipments(tables.get("orders")),
        matches=case.matches,
        **{name: made.get(name) for name in SUMMARIES},
    )


@kept
def invoices_on(s: Summaries, day: date) -> pandas.DataFrame | None:
    """The invoices as they stood on an earlier day: what was paid later is still open."""
    if day == s.as_of or s.invoices is None:
        return s.invoices
    owed = receivable_rows(s.tables["receivables"], day)
    return _summarised({"receivable_rows": owed}, ["invoices"])["invoices"]


def _dated(contracts: pandas.DataFrame | None) -> bool:
    return contracts is not None and {"account_id", "start"} <= set(contracts.columns)


def _summarised(
    rows: Mapping[str, pandas.DataFrame], names: Sequence[str]
) -> dict[str, pandas.DataFrame]:
    """Each named summary in turn, over the rows and the summaries before it."""
    import pyarrow as pa

    with database(large=max(len(frame) for frame in rows.values()) >= LARGE_ROWS) as here:
        for name, frame in rows.items():
            here.register(name, pa.Table.from_pandas(frame, preserve_index=False))
        return {name: _frame(here, name) for name in names}


def _frame(connection: duckdb.DuckDBPyConnection, name: str) -> pandas.DataFrame:
    """Make a summary a sorted table that the next one reads, and fetch it."""
    make(connection, name, kept=True)
    frame: pandas.DataFrame = connection.table(name).df()
    return frame


@contextmanager
def database(*, large: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory: one thread, or for large rows all, spilling to a folder of its own.

    Tables and views in it are temporary: they go with the connection.
    """
    import duckdb

    with ExitStack() as held:
        if large:
            folder = held.enter_context(TemporaryDirectory(prefix="toolkit-"))
            config: dict[str, Any] = {"temp_directory": folder, "memory_limit": MEMORY}
            connection = held.enter_context(duckdb.connect(":memory:", config=config))
        else:
            connection = held.enter_context(_small(os.getpid()).cursor())
        connection.execute("SET enable_progress_bar = false")
        yield connection


@cache
def _small(process: int) -> duckdb.DuckDBPyConnection:
    """The database of one thread, opened once a process: opening takes longer than most queries.

    A process that was forked opens its own.
    """
    import duckdb

    return duckdb.connect(":memory:", config={"threads": 1})


def make(connection: duckdb.DuckDBPyConnection, name: str, *, kept: bool) -> None:
    """Make a summary of the rows registered: a sorted table, or a view for the next one to read.

    Where no order stands on two rows, the rows are the orders: the same figures without
    grouping ten million of them.
    """
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    if name == "orders" and _each_row_an_order(connection):
        text = EACH_ROW_AN_ORDER
    if kept:
        text = f"SELECT * FROM (\n{text}\n) AS made ORDER BY {SUMMARIES[name]}"
    connection.execute(f"CREATE TEMPORARY {'TABLE' if kept else 'VIEW'} {name} AS {text}")


def _each_row_an_order(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether no order id stands on two rows that count.

    Ids that rise or fall all along the file, as exports have them, are told in one pass;
    otherwise they are counted.
    """
    kept = "FROM order_rows WHERE cancelled = 0"
    lagged = f"SELECT order_id, LAG(order_id) OVER () AS before {kept}"
    for sign in (">", "<"):
        against = f"before IS NOT NULL AND (order_id {sign} before) IS NOT TRUE"
        if not connection.execute(f"SELECT 1 FROM ({lagged}) WHERE {against} LIMIT 1").fetchone():
            return True
    counted = connection.execute(f"SELECT COUNT(*) = COUNT(DISTINCT order_id) {kept}").fetchone()
    return counted is not None and bool(counted[0])


def _with_first_orders(customers: pandas.DataFrame, orders: pandas.DataFrame) -> pandas.DataFrame:
    """Customers with channel, product and place of their first order."""
    names = {"order_id": "first_order_id", "channel": "first_channel", "product": "first_product"}
    places = ["file_name", "row_no"]
    first = orders[[*names, *places]].rename(columns=names)
    return customers.merge(first, on="first_order_id", how="left", validate="one_to_one")
