"""The driver tree: named sums of products of facts, shared by findings, plan and what-if.

Content (``content/tree``) says which facts are multiplied and where the product is added; a
factor is a number, a fact's id, ``@node``, or a table with one of

* ``constant``: a threshold by name;
* ``rise`` / ``fall``: how far a fact was moved up / down, 0 where it was not;
* ``ratio``: a fact moved ÷ as it stands, 1 where it was not moved or is not known;
* ``over``: 1 ÷ a fact; ``rest``: 1 − a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.facts import Facts, fact_key
from toolkit.method import Entry, Method
from toolkit.rules.applies import applies
from toolkit.rules.condition import Scope
from toolkit.rules.thresholds import resolve
from toolkit.rules.yen import KINDS

MOVED = ("rise", "fall")
CELL = "[]"
"""Ends a fact's id that stands for the cell of the breakdown named by ``each``."""


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: its kind (number, fact, node, rise, fall, ratio, over, rest) and what it names.

    A constant is a number here, with the threshold's name as key.
    """

    kind: str
    key: str = ""
    number: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """One product, added to a node.

    ``by_hand`` ones are moved in what-if alone; the factors of ``booked`` ones are what stands in
    the books, no levers.
    """

    id: str
    to: str
    factors: tuple[Factor, ...]
    by_hand: bool = False
    booked: bool = False

    @property
    def moved(self) -> tuple[str, ...]:
        """Facts whose movement alone gives this term a value."""
        return tuple(one.key for one in self.factors if one.kind in MOVED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Terms by the node they are added to, and the facts as they stand."""

    terms: Mapping[str, tuple[Term, ...]]
    base: Mapping[str, float]

    def value(
        self,
        node: str,
        moves: Mapping[str, Any] | None = None,
        base: Mapping[str, Any] | None = None,
    ) -> Any:
        """A node after moves: a number, or an array where moves or base are arrays.

        Args:
            node: profit, cash, capacity, risk, or a node of the content.
            moves: what is added to a fact, by its key.
            base: facts in the place of those that stand, by key (draws of their posterior).

        Returns:
            None where the node cannot be known. Of profit, cash, capacity and risk the terms
            that are not known are left out, so that differences of the known ones stand.
        """
        return _node(self, node, moves or {}, base or {})

    def level(self, node: str) -> float | None:
        """A node as it stands; None where none of its terms is known without a move."""
        still = [term for term in self.terms.get(node, ()) if not term.moved]
        if still and all(_product(self, term, {}, {}) is None for term in still):
            return None
        value = self.value(node)
        return None if value is None else float(value)

    def reached(self, key: str, node: str) -> tuple[Term, ...]:
        """Terms added to a node, itself or through others, in which a fact stands."""
        return tuple(term for term in self._all(node) if any(f.key == key for f in term.factors))

    def waits_for(self, key: str, node: str) -> tuple[str, ...]:
        """Facts that must be known before moving ``key`` moves a node; () if it does already."""
        return tuple(one for one in self.needed(key, node) if one not in self.base)

    def needed(self, key: str, node: str) -> tuple[str, ...]:
        """Facts multiplied with ``key`` on its way to a node, moved ones first."""
        found: dict[str, None] = {}
        for term in self.terms.get(node, ()):
            if self._wakes(term, key):
                found |= self._facts_of(term, key)
        return tuple(found)

    def _facts_of(self, term: Term, key: str) -> dict[str, None]:
        found: dict[str, None] = dict.fromkeys(term.moved)
        for factor in term.factors:
            if factor.kind == "node":
                for inner in self.terms.get(factor.key, ()):
                    if not inner.moved or self._wakes(inner, key):
                        found |= self._facts_of(inner, key)
            elif factor.kind in ("fact", "over", "rest"):
                found.setdefault(factor.key)
        return found

    def drivers(self, *, by_hand: bool = True) -> tuple[str, ...]:
        """Every known fact that moves something when it is moved."""
        open_ones = (term for term in self._all(*KINDS) if not term.booked)
        terms = (term for term in open_ones if by_hand or not term.by_hand)
        keys = (f.key for term in terms for f in term.factors if f.kind != "node")
        return tuple(dict.fromkeys(key for key in keys if key in self.base))

    def _wakes(self, term: Term, key: str) -> bool:
        """Whether moving a fact alone changes a term: one that lives by other moves stays 0."""
        if term.moved and key not in term.moved:
            return False
        return any(
            f.key == key
            or (f.kind == "node" and any(self._wakes(t, key) for t in self.terms.get(f.key, ())))
            for f in term.factors
        )

    def _all(self, *nodes: str) -> Iterator[Term]:
        for node in nodes:
            for term in self.terms.get(node, ()):
                yield term
                inner = [f.key for f in term.factors if f.kind == "node"]
                yield from self._all(*inner)


def build_tree(facts: Facts, method: Method, client: Mapping[str, float] | None = None) -> Tree:
    """The tree of one client: the terms that concern its model, and its known facts.

    Args:
        facts: all facts of the client.
        method: holds ``tree`` and the thresholds named as constants.
        client: thresholds of client.yaml by name.
    """
    scope = Scope(facts=facts, threshold=lambda _: None, target=lambda _: None)
    terms: dict[str, list[Term]] = {}
    for entry in method.section("tree").values():
        if applies(entry.get("applies", {}), method, scope).value is False:
            continue
        for term in _terms(entry, facts, method, client or {}):
            terms.setdefault(term.to, []).append(term)
    base = {key: fact.number for key, fact in facts.items()}
    return Tree(
        terms={node: tuple(found) for node, found in terms.items()},
        base={key: value for key, value in base.items() if value is not None},
    )


def _terms(
    entry: Entry, facts: Facts, method: Method, client: Mapping[str, float]
) -> Iterator[Term]:
    cells: Iterable[Mapping[str, Any]] = [{}]
    if "each" in entry:
        cells = [fact.by for fact in facts.breakdown(str(entry["each"])) if fact.by]
    for by in cells:
        factors = [_factor(raw, by, facts, method, client) for raw in entry["times"]]
        yield Term(
            id=entry.id,
            to=str(entry["to"]),
            factors=tuple(factors),
            by_hand=bool(entry.get("by_hand")),
            booked=bool(entry.get("booked")),
        )


def _factor(
    raw: Any,
    by: Mapping[str, Any],
    facts: Facts,
    method: Method,
    client: Mapping[str, float],
) -> Factor:
    if isinstance(raw, int | float):
        return Factor("number", number=float(raw))
    if isinstance(raw, str):
        return Factor("node", raw[1:]) if raw.startswith("@") else Factor("fact", _key(raw, by))
    ((kind, name),) = raw.items()
    if kind != "constant":
        return Factor(kind, _key(str(name), by))
    threshold = resolve(str(name), method, facts, client)
    if threshold is None:
        return Factor("fact", f"threshold.{name}")  # never known: the term waits
    return Factor("number", str(name), threshold.value)


def _key(name: str, by: Mapping[str, Any]) -> str:
    return fact_key(name.removesuffix(CELL), by) if name.endswith(CELL) else name


def _node(tree: Tree, node: str, moves: Mapping[str, Any], base: Mapping[str, Any]) -> Any:
    total: Any = 0.0
    for term in tree.terms.get(node, ()):
        value = _product(tree, term, moves, base)
        if value is None:
            if node in KINDS or term.moved:
                continue
            return None
        total = total + value
    return total if tree.terms.get(node) else None


def _product(tree: Tree, term: Term, moves: Mapping[str, Any], base: Mapping[str, Any]) -> Any:
    if term.moved and not any(key in moves for key in term.moved):
        return 0.0
    product: Any = 1.0
    for factor in term.factors:
        value = _value(tree, factor, moves, base)
        if value is None:
            return None
        product = product * value
    return product


def _value(tree: Tree, factor: Factor, moves: Mapping[str, Any], base: Mapping[str, Any]) -> Any:
    kind, key = factor.kind, factor.key
    if kind == "number":
        return factor.number
    if kind == "node":
        return _node(tree, key, moves, base)
    moved = moves.get(key, 0.0)
    if kind in MOVED:
        return moved if kind == "rise" else -moved
    if kind == "ratio" and not tree.base.get(key):
        return 1.0  # not known, or zero, to which nothing is in proportion
    known = base.get(key, tree.base.get(key))
    return _of_fact(kind, known, moved)


def _of_fact(kind: str, known: Any, moved: Any) -> Any:
    """A factor that reads a fact as it stands after its move."""
    if known is None:
        return None
    if kind == "ratio":
        return 1.0 + moved / known
    value = known + moved
    return {"fact": value, "over": 1.0 / value if kind == "over" else None, "rest": 1.0 - value}[
        kind
    ]
