"""The tidy summaries all measures read: made by SQL in DuckDB, one file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb
    import numpy
    import pandas

    from toolkit.intake.case import Case
    from toolkit.intake.table import Table

SQL = Path(__file__).parent / "sql"
THREADED_ROWS = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """What is known of one client as frames; a table that was not delivered is None.

    ``orders``, ``customers``, ``cohorts``, ``contracts`` and ``steps`` come from SQL (columns
    in ``sql/*.sql``; days are numbers since 1970, with a fraction where orders carry a time).
    ``tables`` holds the typed frames as read; ``answers`` values by question and item.
    """

    as_of: date
    run_date: date
    model: str | None
    orders: pandas.DataFrame | None
    customers: pandas.DataFrame | None
    cohorts: pandas.DataFrame | None
    contracts: pandas.DataFrame | None
    steps: pandas.DataFrame | None
    personal_columns: int
    tables: Mapping[str, pandas.DataFrame]
    answers: Mapping[tuple[str, str | None], str | float | None]

    def has(self, kind: str, *columns: str) -> bool:
        """Whether a table was delivered with all these columns."""
        frame = self.tables.get(kind)
        return frame is not None and all(column in frame.columns for column in columns)


def summarise(case: Case) -> Summaries:
    """Run the SQL over a client's tables, in memory."""
    tables = {kind: table.frame for kind, table in case.tables.items()}
    made = _run_orders(case.tables["orders"]) if "orders" in tables else {}
    if _dated(tables.get("contracts")):
        made |= _run({"contract_rows": _contract_rows(tables["contracts"])}, ["contracts"])
    if "journey" in tables:
        rows = _step_rows(tables["journey"])
        made |= _run({"step_rows": rows}, ["steps"])
    names = ("orders", "customers", "cohorts", "contracts", "steps")
    return Summaries(
        as_of=case.as_of,
        run_date=case.run_date,
        model=case.profile.model,
        personal_columns=case.personal_columns,
        tables=tables,
        answers={(a.question, a.item): a.value for a in case.profile.answers},
        **{name: made.get(name) for name in names},
    )


def _run_orders(table: Table) -> dict[str, pandas.DataFrame]:
    return _run({"order_rows": _order_rows(table)}, ["orders", "customers", "cohorts"])


def _run(rows: Mapping[str, pandas.DataFrame], names: Sequence[str]) -> dict[str, pandas.DataFrame]:
    """Each named query in turn, over the rows and the results before it."""
    import duckdb
    import pyarrow as pa

    size = max(len(frame) for frame in rows.values())
    config: dict[str, Any] = {"threads": 1} if size < THREADED_ROWS else {}
    made: dict[str, pandas.DataFrame] = {}
    with duckdb.connect(":memory:", config=config) as connection:
        for name, frame in rows.items():
            connection.register(name, pa.Table.from_pandas(frame, preserve_index=False))
        for name in names:
            made[name] = _query(connection, name)
    return made


def _query(connection: duckdb.DuckDBPyConnection, name: str) -> pandas.DataFrame:
    text = (SQL / f"{name}.sql").read_text(encoding="utf-8")
    connection.execute(f"CREATE TEMPORARY TABLE {name} AS {text}")
    frame: pandas.DataFrame = connection.table(name).df()
    return frame


def _order_rows(table: Table) -> pandas.DataFrame:
    import pandas as pd

    frame = table.frame
    days = frame["order_date"] if table.timed else frame["order_date"].dt.normalize()
    return pd.DataFrame(
        {
            "order_id": frame["order_id"],
            "customer_id": _text(frame, "customer_id"),
            "day_no": day_numbers(days),
            "month_no": frame["order_date"].dt.year * 12 + frame["order_date"].dt.month - 1,
            "amount": frame["amount"],
            "channel": _text(frame, "channel"),
            "product": _text(frame, "product"),
            "cancelled": frame["_cancelled"].astype("int64"),
            "repeated": frame["_repeated"].astype("int64"),
            **_place(frame),
        }
    )


def _contract_rows(frame: pandas.DataFrame) -> pandas.DataFrame:
    import pandas as pd

    days = {
        f"{column}_day": day_numbers(frame[column]) if column in frame else None
        for column in ("start", "end", "churned_at")
    }
    rows = {"account_id": frame["account_id"], "plan": _text(frame, "plan"), **days}
    rows["mrr"] = frame["mrr"].astype("float64") if "mrr" in frame else None
    rows["renewed"] = frame["renewed"].astype("float64") if "renewed" in frame else None
    made = pd.DataFrame({**rows, **_place(frame)}, index=frame.index)
    numbers = [*days, "mrr", "renewed"]
    return made.astype(dict.fromkeys(numbers, "float64"))


def _step_rows(frame: pandas.DataFrame) -> pandas.DataFrame:
    import pandas as pd

    texts = ("step", "side", "actor", "tool", "mode", "data_in", "data_out")
    columns: dict[str, Any] = {name: _text(frame, name) for name in texts}
    for name in ("step_no", "minutes", "per_day"):
        columns[name] = pd.to_numeric(frame[name]) if name in frame else float("nan")
    return pd.DataFrame({**columns, **_place(frame)}, index=frame.index)


def _dated(contracts: pandas.DataFrame | None) -> bool:
    return contracts is not None and {"account_id", "start"} <= set(contracts.columns)


def _place(frame: pandas.DataFrame) -> dict[str, Any]:
    return {"file_name": frame["_file"], "row_no": frame["_row"].astype("int64")}


def _text(frame: pandas.DataFrame, column: str) -> pandas.Series[str]:
    import pandas as pd

    if column in frame:
        return frame[column].astype("str")
    return pd.Series(pd.NA, index=frame.index, dtype="str")


def day_numbers(dates: pandas.Series[Any]) -> numpy.ndarray[Any, Any]:
    """Dates as days since 1970 with a fraction, NaN where missing."""
    import numpy as np
    import pandas as pd

    stamps = pd.to_datetime(dates).to_numpy("datetime64[us]")
    days = stamps.astype("int64") / 86_400_000_000
    return np.where(np.isnat(stamps), np.nan, days)
