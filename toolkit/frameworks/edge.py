"""Feedback edges between the modules, with the models they hold for and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = ("explicit", "implied", "house")
GOODS = ("single_item_subscription", "general", "marketplace_led")
MODELS = (*GOODS, "made_to_order", "saas", "shop_service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What one module hands to another; ``status`` tells whether the article names it."""

    source: str
    target: str
    status: str
    models: tuple[str, ...] = MODELS

    @property
    def code(self) -> str:
        """``source_target``."""
        return f"{self.source}_{self.target}"


def _edges(source: str, targets: str, status: str, models: tuple[str, ...] = MODELS) -> list[Edge]:
    return [
        Edge(source=source, target=target, status=status, models=models)
        for target in targets.split()
    ]


EDGES: tuple[Edge, ...] = (
    *_edges("procurement", "planning sales fulfillment aftercare", "explicit"),
    *_edges("sales", "planning procurement fulfillment aftercare", "explicit"),
    *_edges("aftercare", "sales", "implied"),
    *_edges("aftercare", "procurement fulfillment", "house", (*GOODS, "made_to_order", "saas")),
    *_edges("fulfillment", "procurement sales", "house", (*GOODS, "made_to_order")),
    *_edges("planning", "procurement sales fulfillment aftercare", "house"),
    *_edges("operations", "product", "explicit", ("saas",)),
    *_edges("operations", "sales", "explicit", ("saas", "made_to_order")),
)


def edges_of(model: str | None) -> tuple[Edge, ...]:
    """The edges that exist for a model; where it is None, those that exist for every model.

    >>> len(edges_of("shop_service")), len(edges_of("saas"))
    (13, 17)
    """
    if model is None:
        return tuple(edge for edge in EDGES if edge.models == MODELS)
    return tuple(edge for edge in EDGES if model in edge.models)
