"""A flow of seven steps, and the facts of a map by their short names."""

from __future__ import annotations

from toolkit.frameworks import Step

FLOW = [
    Step("choose", side="customer", actor="you", tool="site", mode="manual"),
    Step("order", side="customer", actor="you", tool="cart", mode="manual", data_out="order"),
    Step(
        "fetch order",
        side="company",
        actor="Sato",
        tool="excel",
        mode="manual",
        minutes=3,
        per_day=40,
        data_in="order",
        data_out="Order、list",
    ),
    Step("allocate", side="company", actor="Sato", tool="erp", mode="auto"),
    Step(
        "pack", side="company", actor="Mori", mode="manual", minutes=5, per_day=19, data_out="list"
    ),
    Step("goods arrive", side="customer"),
    Step("call", side="company", actor="Sato, Mori", mode="manual"),
]


def facts_of(thing):
    return {fact.id.split(".")[1]: fact for fact in thing.facts()}
