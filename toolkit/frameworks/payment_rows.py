"""Rows of the payment system: what makes up the cost, and the contracts that can go."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.frameworks.cost_plan import COST_ITEMS
from toolkit.frameworks.framework import Row

COSTS = tuple(item for item in COST_ITEMS if item != "profit")


def own_items(shares: Mapping[str, float]) -> tuple[str, ...]:
    """Items the client added to the list."""
    return tuple(item for item in shares if item not in COST_ITEMS)


def share_rows(shares: Mapping[str, float]) -> tuple[Row, ...]:
    """A row a cost item in the order of the method, then the client's own."""
    if not shares:
        return (Row(part="cost_shares"),)
    return tuple(
        Row(part="cost_shares", item=item, value=shares[item], unit="share", items="cost_item")
        for item in (*COSTS, "profit", *own_items(shares))
        if item in shares
    )


def contract_rows(contracts: Mapping[str, float] | None) -> tuple[Row, ...]:
    """A row a contract that can go; none at all where that was the answer."""
    if contracts is None:
        return (Row(part="contracts"),)
    if not contracts:
        return (Row(part="contracts", value="no", codes="have"),)
    return tuple(
        Row(part="contracts", item=name, value=cost, unit="yen") for name, cost in contracts.items()
    )
