"""Fact, the one currency: a figure or an answer with its n, period, definition and state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import compress
from operator import is_not
from typing import Any, Literal

State = Literal["known", "unknown", "not_applicable"]
Value = float | int | str | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One row that a fact rests on, with a key that lasts from month to month."""

    key: str
    label: str
    value: Value = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known (or honestly unknown) about a client.

    ``value`` is a number, a code or None; shares are 0–1, money is in the client's currency.
    ``low``/``high`` bound the 80 % interval, ``low95``/``high95`` the 95 % one; both are None
    for exact facts (``sampled`` False). ``period`` is a pair of ISO dates. ``by`` names the
    cell of a breakdown. ``reason`` says why a value is missing: no_table, no_column, no_rows,
    no_margin, zero_base, small_n, immature, not_paid_back, not_asked, answered_unknown,
    beyond_whole, not_split, not_fitted, model_missed, not_applicable, not_stated.
    ``basis`` is measured, said (from an answer) or derived (made of other facts).
    """

    id: str
    value: Value = None
    low: float | None = None
    high: float | None = None
    low95: float | None = None
    high95: float | None = None
    unit: str = ""
    n: int | None = None
    period: tuple[str, str] | None = None
    by: Mapping[str, str | int] = field(default_factory=dict)
    definition_id: str = ""
    state: State = "known"
    reason: str | None = None
    table: str | None = None
    rows_total: int | None = None
    sampled: bool = False
    basis: Literal["measured", "said", "derived"] = "measured"
    items: tuple[Item, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a value to compare."""
        return self.state == "known" and self.value is not None

    @property
    def number(self) -> float | None:
        """The value as a float, None where it is not a known number."""
        if not self.known or isinstance(self.value, str | bool):
            return None
        return float(self.value)  # type: ignore[arg-type]  # known excludes None

    @property
    def key(self) -> str:
        """``id`` alone, or ``id[k=v,…]`` for a cell of a breakdown."""
        return fact_key(self.id, self.by)

    def _repr_html_(self) -> str:
        from toolkit.words import fact_html

        return fact_html(self)


def fact_key(fact_id: str, by: Mapping[str, str | int] | None = None) -> str:
    """Key of a fact in one namespace.

    >>> fact_key("customers.f2_conversion", {"window_days": 180})
    'customers.f2_conversion[window_days=180]'
    """
    if not by:
        return fact_id
    return f"{fact_id}[{','.join(f'{k}={v}' for k, v in by.items())}]"


def unknown(fact_id: str, reason: str, **fields: Any) -> Fact:
    """A fact without a value, saying why.

    >>> unknown("customers.count", "no_table").known
    False
    """
    return Fact(id=fact_id, state="unknown", reason=reason, **fields)


def not_applicable(fact_id: str, **fields: Any) -> Fact:
    """A fact that this client cannot have, by its model or by what it does.

    >>> not_applicable("tob.top1_account_share").state
    'not_applicable'
    """
    return Fact(id=fact_id, state="not_applicable", reason="not_applicable", **fields)


class Facts(Mapping[str, Fact]):
    """All facts of one client by key; iteration keeps the order in which they were added.

    >>> facts = Facts([Fact(id="customers.count", value=3)])
    >>> facts["customers.count"].value, facts.value("customers.orders")
    (3, None)
    """

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._by_key: dict[str, Fact] = {}
        self._by_id: dict[str, tuple[Fact, ...]] = {}  # tuples: a copy shares them
        self._add(facts)

    def __getitem__(self, key: str) -> Fact:
        """The fact under ``id`` or ``id[k=v]``."""
        return self._by_key[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def breakdown(self, fact_id: str) -> tuple[Fact, ...]:
        """Every cell of a breakdown, the undivided fact included, in order."""
        return self._by_id.get(fact_id, ())

    def find(self, fact_id: str, by: Mapping[str, str | int] | None = None) -> Fact:
        """The fact, or an unknown one with reason ``not_stated``: reading never fails."""
        return self._by_key.get(fact_key(fact_id, by)) or unknown(
            fact_id, "not_stated", by=dict(by or {})
        )

    def value(self, key: str) -> Value:
        """The value under a key, None where unknown or not stated."""
        fact = self._by_key.get(key)
        return fact.value if fact is not None and fact.known else None

    def number(self, key: str) -> float | None:
        """The value under a key as a float, None where there is no known number."""
        fact = self._by_key.get(key)
        return fact.number if fact is not None else None

    def joined(self, more: Iterable[Fact]) -> Facts:
        """These facts and more; a key stated twice is an error."""
        made = self._copy()
        made._add(more)
        return made

    def replaced(self, changed: Iterable[Fact]) -> Facts:
        """These facts with some replaced, others kept (for what-if)."""
        made = self._copy()
        for fact in changed:
            old = made._by_key.get(fact.key)
            if old is not None:
                made._by_key[fact.key] = fact
                cells = made._by_id[fact.id]
                made._by_id[fact.id] = tuple(fact if one is old else one for one in cells)
        return made

    def stated_anew(self, cells: Iterable[Fact]) -> Facts:
        """These facts with every cell of the figures or questions named stated anew, at the end.

        >>> facts = Facts([Fact(id="q.x"), Fact(id="q.y", value=1)])
        >>> list(facts.stated_anew([Fact(id="q.x", value="yes", by={"item": "a"})]))
        ['q.y', 'q.x[item=a]']
        """
        cells = tuple(cells)
        made = self._copy()
        for fact_id in dict.fromkeys(fact.id for fact in cells):
            for fact in made._by_id.pop(fact_id, ()):
                del made._by_key[fact.key]
        made._add(cells)
        return made

    def changed_ids(self, then: Facts) -> frozenset[str]:
        """Ids of the facts that are other ones in ``then``, are new there, or are gone."""
        now, later = self._by_key, then._by_key
        others = compress(later.items(), map(is_not, map(now.get, later), later.values()))
        found = {fact.id for key, fact in others if now.get(key) != fact}
        return frozenset(found | {now[key].id for key in now.keys() - later.keys()})

    def _add(self, facts: Iterable[Fact]) -> None:
        added: dict[str, list[Fact]] = {}
        for fact in facts:
            key = fact.key
            if key in self._by_key:
                raise ValueError(f"fact {key} stated twice")
            self._by_key[key] = fact
            added.setdefault(fact.id, []).append(fact)
        for fact_id, cells in added.items():
            self._by_id[fact_id] = (*self._by_id.get(fact_id, ()), *cells)

    def _copy(self) -> Facts:
        made = Facts()
        made._by_key = dict(self._by_key)
        made._by_id = dict(self._by_id)
        return made


def restated(fact: Fact, **fields: Any) -> Fact:
    """A copy of a fact with some fields changed."""
    return replace(fact, **fields)
