"""The joint sum of several levers and the share of each: shares add up to the sum."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from toolkit.impact.lever import Move
from toolkit.impact.tree import Tree

# Gauss-Legendre on 0..1 with five nodes: exact for products of up to ten drivers.
NODES = (0.046910077030668, 0.230765344947158, 0.5, 0.769234655052842, 0.953089922969332)
WEIGHTS = (0.118463442528095, 0.239314335249683, 0.284444444444444, 0.239314335249683,
           0.118463442528095)  # fmt: skip
COMPLEX_STEP = 1e-20  # a derivative without cancellation: the tree is analytic in its drivers


def together(moves: Iterable[Move]) -> dict[str, float]:
    """Drivers moved by several levers at once: each by the largest of its moves."""
    merged: dict[str, float] = {}
    for move in moves:
        for key, delta in move.deltas.items():
            if abs(delta) > abs(merged.get(key, 0.0)):
                merged[key] = delta
    return merged


def drawn_together(moves: Iterable[Move]) -> dict[str, Any]:
    """As ``together``, with the draws of those deltas that are uncertain."""
    merged: dict[str, float] = {}
    drawn: dict[str, Any] = {}
    for move in moves:
        for key, delta in move.deltas.items():
            if abs(delta) > abs(merged.get(key, 0.0)):
                merged[key] = delta
                drawn[key] = move.drawn.get(key, delta)
    return drawn


def difference(tree: Tree, node: str, deltas: Mapping[str, Any], base: Any = None) -> Any:
    """What a node gains by moves: an array where moves or base are draws."""
    after, before = tree.value(node, deltas, base), tree.value(node, {}, base)
    return 0.0 if after is None or before is None else after - before


def shares(tree: Tree, node: str, moves: Iterable[Move]) -> dict[str, float]:
    """The share of each lever in the joint gain, by code (Aumann and Shapley 1974).

    All drivers go from where they stand to their targets at one pace; a lever's share is what
    its drivers contribute on the way. Levers on one driver divide its part by their own moves.
    """
    moves = tuple(moves)
    merged = together(moves)
    parts = {key: _on_the_way(tree, node, merged, key) for key in merged}
    return {
        move.code: sum(
            parts[key] * abs(delta) / sum(abs(m.deltas.get(key, 0.0)) for m in moves)
            for key, delta in move.deltas.items()
            if delta
        )
        for move in moves
    }


def _on_the_way(tree: Tree, node: str, merged: Mapping[str, float], key: str) -> float:
    total = 0.0
    for at, weight in zip(NODES, WEIGHTS, strict=True):
        here: dict[str, Any] = {name: at * delta for name, delta in merged.items()}
        here[key] = here[key] + 1j * COMPLEX_STEP * merged[key]
        value = tree.value(node, here)
        total += 0.0 if value is None else weight * complex(value).imag / COMPLEX_STEP
    return total
