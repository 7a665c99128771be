"""What comes out of a database, at the door: customers become keys, numbers their usual types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from toolkit.errors import Problem, UsageError
from toolkit.intake.persons.customer_key import customer_keys
from toolkit.intake.values.cells import Unreadable, parse_id
from toolkit.measures.databases.typed import MICROSECONDS_A_DAY
from toolkit.measures.summaries import SUMMARIES

if TYPE_CHECKING:
    import pandas
    import pyarrow

Result = Literal["text", "key", "whole", "number", "day"]
STEP: Mapping[str, Result] = {
    **dict.fromkeys(("step", "side", "actor", "tool", "mode", "data_in", "data_out"), "text"),
    **dict.fromkeys(("step_no", "minutes", "per_day"), "number"),
}
PLACE: Mapping[str, Result] = {"file_name": "text", "row_no": "whole"}
# The columns of each summary in their order; ``day`` is a time of an order.
COLUMNS: Mapping[str, Mapping[str, Result]] = {
    "orders": {
        "order_id": "text",
        "customer_id": "key",
        "day_no": "day",
        "month_no": "whole",
        "amount": "number",
        "line_count": "whole",
        "channel": "text",
        "product": "text",
        **PLACE,
    },
    "customers": {
        "customer_id": "key",
        "order_count": "whole",
        "amount": "number",
        "first_day": "day",
        "second_day": "day",
        "last_day": "day",
        "cohort_no": "whole",
        "first_order_id": "text",
        "median_interval": "day",
    },
    "cohorts": {"cohort_no": "whole", "month": "whole", "active": "whole"},
    "items": {
        "product": "text",
        "order_count": "whole",
        "customer_count": "whole",
        "quantity": "number",
        "amount": "number",
        "first_count": "whole",
        "repeat_count": "whole",
    },
    "invoices": {
        "invoice_id": "text",
        "customer_id": "key",
        "invoiced_day": "number",
        "due_day": "number",
        "amount": "number",
        "paid_day": "number",
        "paid_amount": "number",
        "open_amount": "number",
        "overdue_days": "number",
        **PLACE,
    },
    "contracts": {
        "account_id": "text",
        "plan": "text",
        "start_day": "number",
        "end_day": "number",
        "churned_at_day": "number",
        "mrr": "number",
        "renewed": "number",
        **PLACE,
        "first_day": "number",
        "next_day": "number",
        "later_end": "number",
        "stop_day": "number",
    },
    "steps": {**STEP, **PLACE, "tool_before": "text", "side_before": "text"},
}


def through_the_door(
    name: str, table: pyarrow.Table, salt: bytes, *, timed: bool
) -> pandas.DataFrame:
    """A summary as a frame in its order, without a customer's id.

    Args:
        name: of the summary.
        table: as the database gave it.
        salt: the client's own.
        timed: whether the days of orders are microseconds.

    Raises:
        UsageError: two ids of customers differ in their spelling alone, or one has lost digits:
            their orders would be counted apart.
    """
    import pyarrow as pa

    columns = {
        column: _typed(table.column(column), kind, salt, timed)
        for column, kind in COLUMNS[name].items()
    }
    if name == "customers":
        _refuse_spellings(table.column("customer_id"), columns["customer_id"])
    frame: pandas.DataFrame = pa.table(columns).to_pandas()
    texts = [one for one, kind in COLUMNS[name].items() if kind in ("text", "key")]
    frame = frame.astype(dict.fromkeys(texts, "str"))
    order = [one.strip() for one in SUMMARIES[name].split(",")]
    return frame.sort_values(order, kind="stable", ignore_index=True)


def _typed(column: Any, kind: Result, salt: bytes, timed: bool) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    if kind == "text":
        return column.cast(pa.string())
    if kind == "key":
        return _keys(column.cast(pa.string()), salt)
    if kind == "whole":
        return column.cast(pa.int64())
    if pa.types.is_decimal(column.type):
        column = column.cast(pa.string())  # a decimal's own cast does not round correctly
    numbers = column.cast(pa.float64())
    return pc.divide(numbers, float(MICROSECONDS_A_DAY)) if timed and kind == "day" else numbers


def _keys(ids: Any, salt: bytes) -> Any:
    """The keys that the same ids have in a file: in their normal form, then by HMAC."""
    import pyarrow as pa

    coded = ids.combine_chunks().dictionary_encode()
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    forms = pa.array([_form(one) for one in coded.dictionary.to_pylist()], pa.string())
    return customer_keys(forms, salt).take(coded.indices)


def _form(text: str) -> str:
    try:
        return str(parse_id(text)[0])
    except Unreadable:
        problem = Problem(code="database_id_scientific", column="customer_id")
        raise UsageError("database_columns", [problem]) from None


def _refuse_spellings(ids: Any, keys: Any) -> None:
    """Refuse ids that are one customer once they are in their normal form."""
    apart = len(ids.unique()) - len(keys.unique())
    if apart:
        params = {"count": f"{apart:,}"}
        problem = Problem(code="database_id_spellings", column="customer_id", params=params)
        raise UsageError("database_columns", [problem])
