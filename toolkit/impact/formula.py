"""The formula behind the yen of a finding: products of what is moved and what it is taken by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isclose, prod

from toolkit.impact.tree import MOVED, Factor, Term, Tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One factor: its kind (move, fact, number, constant, over, rest, sum), what it names, value.

    A ``move`` is how far a fact goes; a ``sum`` adds up the products ``of``.
    """

    kind: str
    value: float
    key: str = ""
    of: tuple[Product, ...] = ()


Product = tuple[Part, ...]


def formula(tree: Tree, node: str, deltas: Mapping[str, float]) -> tuple[Product, ...]:
    """What a node gains by moves, as a sum of products; () where it is no such sum.

    Args:
        tree: of the client.
        node: profit, cash, capacity or risk.
        deltas: what is added to each fact that moves, by its key.

    >>> from toolkit.impact.tree import Factor, Term, Tree
    >>> won = Term("won", "profit", (Factor("rise", "rate"), Factor("fact", "visits")))
    >>> tree = Tree(terms={"profit": (won,)}, base={"rate": 0.1, "visits": 500.0})
    >>> ((moved, taken),) = formula(tree, "profit", {"rate": 0.02})
    >>> (moved.key, moved.value), (taken.key, taken.value)
    (('rate', 0.02), ('visits', 500.0))
    """
    found: list[Product] = []
    for key, delta in deltas.items():
        products = _moved(tree, node, key, delta)
        if products is None:
            return ()
        found += products
    after, before = tree.value(node, deltas), tree.value(node)
    gain = 0.0 if after is None or before is None else float(after - before)
    return tuple(found) if isclose(total(found), gain, rel_tol=1e-6, abs_tol=1.0) else ()


def total(products: Iterable[Product]) -> float:
    """The sum of some products."""
    return sum(prod(part.value for part in one) for one in products)


def _moved(tree: Tree, node: str, key: str, delta: float) -> list[Product] | None:
    """Products that a move of one fact adds to a node; None where they are no products."""
    found: list[Product] = []
    for term in tree.terms.get(node, ()):
        if term.moved and key not in term.moved:
            continue
        hit = [one for one in term.factors if _depends(tree, one, key)]
        rest = [_part(tree, one) for one in term.factors if one not in hit]
        if not hit or any(part is None for part in rest):
            continue
        own = _own(tree, hit[0], key, delta) if len(hit) == 1 else None
        if own is None:
            return None
        others = tuple(part for part in rest if part is not None and part.kind != "one")
        found += [(*one, *others) for one in own]
    return found


def _depends(tree: Tree, factor: Factor, key: str) -> bool:
    if factor.kind == "node":
        inner = tree.terms.get(factor.key, ())
        return any(_depends(tree, one, key) for term in inner for one in term.factors)
    return factor.kind != "number" and factor.key == key


def _own(tree: Tree, factor: Factor, key: str, delta: float) -> list[Product] | None:
    """What the moved factor itself gains, as products."""
    if factor.kind == "node":
        return _moved(tree, factor.key, key, delta)
    if factor.kind in (*MOVED, "fact", "rest"):
        turned = -1.0 if factor.kind in ("fall", "rest") else 1.0
        return [(Part(kind="move", key=key, value=turned * delta),)]
    known = tree.base.get(key)
    if factor.kind == "ratio" and known:
        return [
            (
                Part(kind="move", key=key, value=delta),
                Part(kind="over", key=key, value=1 / known),
            )
        ]
    return [] if factor.kind == "ratio" else None


def _part(tree: Tree, factor: Factor) -> Part | None:
    """A factor as it stands; ``one`` where it is 1 by its nature, None where it is not known."""
    if factor.kind == "number":
        return Part(
            kind="constant" if factor.key else "number", key=factor.key, value=factor.number
        )
    if factor.kind == "ratio":
        return Part(kind="one", value=1.0)
    if factor.kind == "node":
        return _sum(tree, factor.key)
    known = tree.base.get(factor.key)
    if known is None:
        return None
    value = {"fact": known, "over": 1 / known if known else 0.0, "rest": 1 - known}
    return Part(kind=factor.kind, key=factor.key, value=value[factor.kind])


def _sum(tree: Tree, node: str) -> Part | None:
    """A node as it stands: its one fact, or the sum of its products."""
    products = tuple(_standing(tree, tree.terms.get(node, ())))
    value = tree.value(node)
    if value is None:
        return None
    if len(products) == 1 and len(products[0]) == 1:
        return products[0][0]
    return Part(kind="sum", key=node, value=float(value), of=products)


def _standing(tree: Tree, terms: Iterable[Term]) -> Iterator[Product]:
    for term in terms:
        if term.moved:
            continue
        parts = [_part(tree, one) for one in term.factors]
        known = tuple(part for part in parts if part is not None and part.kind != "one")
        if len(known) == len([p for p in parts if p is None or p.kind != "one"]):
            yield known
