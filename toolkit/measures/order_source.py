"""The summaries of orders straight from a large source: a Parquet file, Arrow, a relation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.errors import Problem, UsageError
from toolkit.measures.summaries import OF_ORDERS, database, make

if TYPE_CHECKING:
    import duckdb
    import pandas

NEEDED = ("order_id", "customer_id", "order_date", "amount")
DAY = "DATE"
STAMPS = ("TIMESTAMP", "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")
MICROSECONDS_A_DAY = 86_400_000_000


def summarise_orders(
    source: str | Path | Sequence[str | Path] | Any, names: Sequence[str] = ("customers",)
) -> dict[str, pandas.DataFrame]:
    """Summaries of orders that are clean already, without a frame of their rows in memory.

    Args:
        source: Parquet file or files, or what DuckDB can read: an Arrow table or data set, a
            frame, a relation. Columns order_id, customer_id (blank for guests), order_date (a
            date, or a time in the client's zone) and amount; also used where there: channel,
            product, quantity, line_no, _cancelled, _repeated, _file, _row.
        names: which of orders, customers, cohorts, items; the columns are those of ``sql/*.sql``.

    Returns:
        A frame by name, equal to what ``summarise`` makes of the same rows.

    Raises:
        UsageError: a column is missing, or order_date is no date.
    """
    wanted = [name for name in OF_ORDERS if name in names]
    with database(large=True) as connection:
        files = _register(connection, source)
        _rows(connection, "order_source" if files is None else _parquet(files))
        for name in OF_ORDERS[: OF_ORDERS.index(wanted[-1]) + 1]:
            make(connection, name, kept=name in wanted)
        return {name: _fetched(connection, name) for name in wanted}


def _register(connection: duckdb.DuckDBPyConnection, source: Any) -> list[str] | None:
    """Paths of Parquet files; None where the source is now the relation ``order_source``."""
    import duckdb

    if isinstance(source, str | Path):
        return [str(source)]
    if isinstance(source, list | tuple):
        return [str(one) for one in source]
    if isinstance(source, duckdb.DuckDBPyRelation):  # of another connection: read once, kept here
        connection.register("order_stream", source.to_arrow_reader(100_000))
        connection.execute("CREATE TEMPORARY TABLE order_source AS FROM order_stream")
    else:
        connection.register("order_source", source)
    return None


def _parquet(files: Sequence[str]) -> str:
    quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
    return f"read_parquet([{quoted}], filename = true, file_row_number = true)"


def _rows(connection: duckdb.DuckDBPyConnection, origin: str) -> None:
    """The view ``order_rows`` over a source, typed as the SQL expects its rows."""
    described = connection.execute(f"DESCRIBE SELECT * FROM {origin}").fetchall()
    types = {str(name): str(kind) for name, kind, *_ in described}
    _check(types)
    columns = _columns(types)
    listed = ",\n  ".join(f"{text} AS {name}" for name, text in columns.items())
    connection.execute(f"CREATE TEMPORARY VIEW order_rows AS SELECT\n  {listed}\nFROM {origin}")


def _check(types: Mapping[str, str]) -> None:
    missing = [name for name in NEEDED if name not in types]
    problems = [Problem(code="orders_column_missing", column=name) for name in missing]
    kind = types.get("order_date", DAY)
    if kind not in (DAY, *STAMPS):
        problems.append(Problem(code="orders_no_date", column="order_date", params={"type": kind}))
    if problems:
        raise UsageError("orders_refused", problems)


def _columns(types: Mapping[str, str]) -> dict[str, str]:
    def text(name: str) -> str:
        return f"NULLIF(CAST({name} AS VARCHAR), '')" if name in types else "CAST(NULL AS VARCHAR)"

    def flag(name: str) -> str:
        return f"CAST({name} AS BIGINT)" if name in types else "CAST(0 AS BIGINT)"

    at_file, at_row = "'orders'", "CAST(0 AS BIGINT)"
    if "file_row_number" in types:  # the first record of a Parquet file is row 2
        at_file, at_row = "filename", "file_row_number + 2"
    quantity = "CAST(quantity AS DOUBLE)" if "quantity" in types else "CAST(NULL AS DOUBLE)"
    return {
        "order_id": "CAST(order_id AS VARCHAR)",
        "line_no": text("line_no"),
        "customer_id": text("customer_id"),
        "day_no": _day(types["order_date"]),
        "month_no": "YEAR(order_date) * 12 + MONTH(order_date) - 1",
        "amount": "CAST(amount AS DOUBLE)",
        "quantity": quantity,
        "channel": text("channel"),
        "product": text("product"),
        "cancelled": flag("_cancelled"),
        "repeated": flag("_repeated"),
        "file_name": "_file" if "_file" in types else at_file,
        "row_no": "_row" if "_row" in types else at_row,
    }


def _day(kind: str) -> str:
    """Days since 1970; whole ones stay integers, which sort in less time and memory."""
    if kind == DAY:
        return "CAST(order_date - DATE '1970-01-01' AS INTEGER)"
    return f"epoch_us(CAST(order_date AS TIMESTAMP)) / {MICROSECONDS_A_DAY}"


def _fetched(connection: duckdb.DuckDBPyConnection, name: str) -> pandas.DataFrame:
    frame: pandas.DataFrame = connection.table(name).df()
    days = [column for column in frame.columns if column.endswith(("day", "day_no"))]
    return frame.astype(dict.fromkeys(days, "float64"))
