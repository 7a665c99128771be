"""The single cases a figure rests on by name: the twenty that weigh most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.facts import Item

if TYPE_CHECKING:
    import pandas

LISTED = 20


def first_items(amounts: pandas.Series[float]) -> tuple[Item, ...]:
    """The first twenty of amounts already in order, by their index.

    >>> import pandas as pd
    >>> first_items(pd.Series({"a": 3.0}))
    (Item(key='a', label='a', value=3.0),)
    """
    return tuple(
        Item(key=str(key), label=str(key), value=float(amount))
        for key, amount in amounts.head(LISTED).items()
    )


def largest_items(amounts: pandas.Series[float]) -> tuple[Item, ...]:
    """The twenty largest of amounts by their index; equal ones stay as they stand."""
    return first_items(amounts.sort_values(ascending=False, kind="stable"))
