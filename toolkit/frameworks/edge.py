"""Feedback edges between the modules, with the models they hold for and where they stand."""

from __future__ import annotations

from dataclasses import dataclass

STATUSES = ("explicit", "implied", "house")
GOODS = ("single_item_subscription", "general", "marketplace_led")
MODELS = (*GOODS, "made_to_order", "saas", "shop_service")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """What one module hands to another.

    ``status`` tells whether the source names the edge, lets it be inferred, or it is ours;
    ``flow`` is the code of what flows along it, which is ours for every edge between modules.
    """

    source: str
    target: str
    status: str
    flow: str
    models: tuple[str, ...] = MODELS
    sources: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """``source_target``."""
        return f"{self.source}_{self.target}"


def _edges(
    flow: str,
    targets: str,
    status: str,
    models: tuple[str, ...] = MODELS,
    sources: tuple[str, ...] = (),
) -> list[Edge]:
    return [
        Edge(
            source=flow.partition(".")[0],
            target=target,
            status=status,
            flow=flow.replace(".", "_"),
            models=models,
            sources=sources,
        )
        for target in targets.split()
    ]


EDGES: tuple[Edge, ...] = (
    *_edges("procurement", "planning sales fulfillment aftercare", "explicit", sources=("S0-15",)),
    *_edges(
        "sales",
        "planning procurement fulfillment aftercare",
        "explicit",
        sources=("S0-23", "S1-05"),
    ),
    *_edges("aftercare.sales", "sales", "implied", sources=("S0-41",)),
    *_edges("aftercare", "procurement fulfillment", "house", (*GOODS, "made_to_order", "saas")),
    *_edges("fulfillment", "procurement sales", "house", (*GOODS, "made_to_order")),
    *_edges(
        "planning", "procurement sales fulfillment aftercare", "house", sources=("S0-05", "S0-42")
    ),
    *_edges("operations.product", "product", "explicit", ("saas",), ("S2-13", "S2-29")),
    *_edges("operations.sales", "sales", "explicit", ("saas", "made_to_order"), ("S2-46", "S2-12")),
)
FLOWS = tuple(dict.fromkeys(edge.flow for edge in EDGES))


def edges_of(model: str | None) -> tuple[Edge, ...]:
    """The edges that exist for a model; where it is None, those that exist for every model.

    >>> len(edges_of("shop_service")), len(edges_of("saas"))
    (13, 17)
    """
    if model is None:
        return tuple(edge for edge in EDGES if edge.models == MODELS)
    return tuple(edge for edge in EDGES if model in edge.models)


def outgoing(source: str) -> tuple[Edge, ...]:
    """The edges by which a module hands on what it learnt."""
    return tuple(edge for edge in EDGES if edge.source == source)
