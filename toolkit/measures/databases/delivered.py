"""The tables that summaries are made of in a database: their columns, and which one makes which."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

ValueType = Literal["id", "label", "text", "money", "number", "flag", "order_time", "day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A table as a query delivers it.

    ``rows`` is the relation that the summaries' SQL reads; ``columns`` maps each canonical column
    to the name and type it has there; ``group`` is what rows that belong together share, ``key``
    whether no two records may share it.
    """

    rows: str
    group: str
    key: tuple[str, ...] = ()
    columns: Mapping[str, tuple[str, ValueType]]

    def name(self, column: str) -> str:
        """What a canonical column is called in ``rows``."""
        return self.columns[column][0]


DELIVERED: Mapping[str, Delivered] = {
    "orders": Delivered(
        rows="order_rows",
        group="order_id",
        columns={
            "order_id": ("order_id", "id"),
            "customer_id": ("customer_id", "id"),
            "order_date": ("day_no", "order_time"),
            "amount": ("amount", "money"),
            "line_no": ("line_no", "id"),
            "channel": ("channel", "label"),
            "product": ("product", "text"),
            "quantity": ("quantity", "money"),
            "cancelled": ("cancelled", "flag"),
        },
    ),
    "receivables": Delivered(
        rows="receivable_rows",
        group="invoice_id",
        columns={
            "invoice_id": ("invoice_id", "id"),
            "customer_id": ("customer_id", "id"),
            "invoiced_at": ("invoiced_day", "day"),
            "due_at": ("due_day", "day"),
            "amount": ("amount", "money"),
            "paid_at": ("paid_day", "day"),
            "paid_amount": ("paid_amount", "money"),
        },
    ),
    "contracts": Delivered(
        rows="contract_rows",
        group="account_id",
        key=("account_id", "start_day"),
        columns={
            "account_id": ("account_id", "id"),
            "plan": ("plan", "label"),
            "start": ("start_day", "day"),
            "end": ("end_day", "day"),
            "churned_at": ("churned_at_day", "day"),
            "mrr": ("mrr", "money"),
            "renewed": ("renewed", "flag"),
        },
    ),
    "journey": Delivered(
        rows="step_rows",
        group="step_no",
        key=("step_no",),
        columns={
            "step": ("step", "text"),
            "side": ("side", "text"),
            "actor": ("actor", "text"),
            "tool": ("tool", "text"),
            "mode": ("mode", "text"),
            "data_in": ("data_in", "text"),
            "data_out": ("data_out", "text"),
            "step_no": ("step_no", "number"),
            "minutes": ("minutes", "number"),
            "per_day": ("per_day", "number"),
        },
    ),
}
NEEDED = {
    "orders": ("order_id", "customer_id", "order_date", "amount"),
    "receivables": ("invoice_id", "customer_id", "invoiced_at", "amount"),
    "contracts": ("account_id", "start"),
    "journey": ("step_no", "step"),
}
FUTURE = ("due_at", "end")
"""Dates that may lie after the day of the diagnosis."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A summary: the table it is made of, and the summaries it reads, each after those before."""

    table: str
    reads: tuple[str, ...] = ()


MADE: Mapping[str, Made] = {
    "orders": Made(table="orders"),
    "customers": Made(table="orders", reads=("orders",)),
    "cohorts": Made(table="orders", reads=("orders", "customers")),
    "items": Made(table="orders", reads=("orders", "customers")),
    "invoices": Made(table="receivables"),
    "contracts": Made(table="contracts"),
    "steps": Made(table="journey"),
}
