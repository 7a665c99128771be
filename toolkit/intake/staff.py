"""Names of staff replaced by numbers, where the client asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.intake.columns import TableKind
from toolkit.intake.table import Table

if TYPE_CHECKING:
    from pandas import DataFrame, Series

CUSTOMER = "customer"


def without_names(tables: Mapping[str, Table], kinds: Mapping[str, TableKind]) -> dict[str, Table]:
    """The same tables with ``#1``, ``#2`` … for each name of staff, alike in all tables."""
    numbers: dict[str, str] = {}
    made = {}
    for kind, table in tables.items():
        frame = table.frame.copy()
        for column in kinds[kind].columns.values():
            if column.staff and column.name in frame:
                ours = _ours(frame)
                names = frame.loc[ours, column.name]
                for name in names.dropna().unique():
                    numbers.setdefault(name, f"#{len(numbers) + 1}")
                frame.loc[ours, column.name] = names.map(numbers)
        made[kind] = replace(table, frame=frame)
    return made


def _ours(frame: DataFrame) -> Series[bool]:
    """Rows of our own staff: a customer's steps of a journey keep their actor."""
    if "side" in frame:
        return frame["side"].ne(CUSTOMER).fillna(True).astype(bool)
    return frame["_row"].notna()
