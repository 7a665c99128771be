"""Typed frames of a client as the rows that the summaries' SQL reads."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from toolkit.measures.months import MONTHS_A_YEAR, day_number

if TYPE_CHECKING:
    import numpy
    import pandas

    from toolkit.intake.table import Table


def order_rows(table: Table) -> pandas.DataFrame:
    """Orders or their lines; days are whole unless the dates carry a time of day."""
    import pandas as pd

    frame = table.frame
    days = frame["order_date"] if table.timed else frame["order_date"].dt.normalize()
    return pd.DataFrame(
        {
            "order_id": frame["order_id"],
            "line_no": _text(frame, "line_no"),
            "customer_id": _text(frame, "customer_id"),
            "day_no": day_numbers(days),
            "month_no": frame["order_date"].dt.year * MONTHS_A_YEAR
            + frame["order_date"].dt.month
            - 1,
            "amount": frame["amount"],
            "quantity": _number(frame, "quantity"),
            "channel": _text(frame, "channel"),
            "product": _text(frame, "product"),
            "cancelled": frame["_cancelled"].astype("int64"),
            "repeated": frame["_repeated"].astype("int64"),
            **_place(frame),
        }
    )


def receivable_rows(frame: pandas.DataFrame, as_of: date) -> pandas.DataFrame:
    """Invoices or their lines and payments, with the day they are looked at."""
    import pandas as pd

    columns: dict[str, Any] = {
        "invoice_id": frame["invoice_id"],
        "customer_id": _text(frame, "customer_id"),
        "amount": frame["amount"],
        "paid_amount": _number(frame, "paid_amount"),
        "as_of_day": float(day_number(as_of)),
    }
    days = {"invoiced_day": "invoiced_at", "due_day": "due_at", "paid_day": "paid_at"}
    for name, column in days.items():
        columns[name] = day_numbers(frame[column]) if column in frame else float("nan")
    return pd.DataFrame({**columns, **_place(frame)}, index=frame.index)


def contract_rows(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Contracts with a start."""
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


def step_rows(frame: pandas.DataFrame) -> pandas.DataFrame:
    """Steps of the journey as they were written down."""
    import pandas as pd

    texts = ("step", "side", "actor", "tool", "mode", "data_in", "data_out")
    columns: dict[str, Any] = {name: _text(frame, name) for name in texts}
    for name in ("step_no", "minutes", "per_day"):
        columns[name] = _number(frame, name)
    return pd.DataFrame({**columns, **_place(frame)}, index=frame.index)


def day_numbers(dates: pandas.Series[Any]) -> numpy.ndarray[Any, Any]:
    """Dates as days since 1970 with a fraction, NaN where missing."""
    import numpy as np
    import pandas as pd

    stamps = pd.to_datetime(dates).to_numpy("datetime64[us]")
    days = stamps.astype("int64") / 86_400_000_000
    return np.where(np.isnat(stamps), np.nan, days)


def _place(frame: pandas.DataFrame) -> dict[str, Any]:
    return {"file_name": frame["_file"], "row_no": frame["_row"].astype("int64")}


def _text(frame: pandas.DataFrame, column: str) -> pandas.Series[str]:
    import pandas as pd

    if column in frame:
        return frame[column].astype("str")
    return pd.Series(pd.NA, index=frame.index, dtype="str")


def _number(frame: pandas.DataFrame, column: str) -> Any:
    import pandas as pd

    return pd.to_numeric(frame[column]) if column in frame else float("nan")
