"""What the objects publish, and what they would publish after an answer more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from toolkit.facts import Fact, Facts

if TYPE_CHECKING:
    from toolkit.frameworks import Framework
    from toolkit.method import Method

EVERYTHING = "*"


class Read(Facts):
    """Facts that note the ids of those asked for; whoever goes through all has read everything."""

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._by_key, self._by_id = facts._by_key, facts._by_id
        self.ids: set[str] = set()

    def __getitem__(self, key: str) -> Fact:
        """The fact under a key, noted."""
        self.ids.add(key.partition("[")[0])
        return super().__getitem__(key)

    def __iter__(self) -> Iterator[str]:
        self.ids.add(EVERYTHING)
        return super().__iter__()

    def __len__(self) -> int:
        self.ids.add(EVERYTHING)
        return super().__len__()

    def breakdown(self, fact_id: str) -> tuple[Fact, ...]:
        """Every cell, noted."""
        self.ids.add(fact_id)
        return super().breakdown(fact_id)

    def find(self, fact_id: str, by: Mapping[str, str | int] | None = None) -> Fact:
        """The fact or an unknown one, noted either way."""
        self.ids.add(fact_id)
        return super().find(fact_id, by)

    def value(self, key: str) -> Any:
        """The value under a key, noted."""
        self.ids.add(key.partition("[")[0])
        return super().value(key)

    def number(self, key: str) -> float | None:
        """The number under a key, noted."""
        self.ids.add(key.partition("[")[0])
        return super().number(key)

    def _copy(self) -> Facts:
        self.ids.add(EVERYTHING)
        return super()._copy()


@dataclass(frozen=True, slots=True)
class Built:
    """An object, the facts it publishes, and the ids of those it was built from."""

    thing: Framework
    facts: tuple[Fact, ...]
    read: frozenset[str]

    def stays(self, ids: frozenset[str]) -> bool:
        """Whether it would be the same if the facts of these ids were others."""
        return EVERYTHING not in self.read and self.read.isdisjoint(ids)


@dataclass(frozen=True, slots=True)
class Published:
    """The thirteen objects of a client, and the facts with those they publish.

    Objects are pure functions of the facts they read, so that after an answer only its readers
    are built anew.
    """

    base: Facts
    series: Mapping[str, Any]
    method: Method
    built: Mapping[str, Built] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "built", self._built(self.base))

    @property
    def objects(self) -> dict[str, Framework]:
        """The objects by name."""
        return {name: one.thing for name, one in self.built.items()}

    def facts(self) -> Facts:
        """All facts, those of the objects included."""
        return _with_published(self.base, self.built)

    def restated(self, cells: tuple[Fact, ...]) -> Facts:
        """All facts as they would be with an answer: what is measured stays."""
        said = self.base.stated_anew(cells)
        return _with_published(said, self._built(said, frozenset(cell.id for cell in cells)))

    def _built(self, facts: Facts, ids: frozenset[str] | None = None) -> dict[str, Built]:
        """Every object; with ``ids``, which of the facts are others than at first, their readers.

        The journey comes first: the others are built from what it publishes as well.
        """
        from toolkit.frameworks import OBJECTS

        journey = self._one("journey", facts, ids)
        if ids is not None and journey is not self.built["journey"]:
            ids |= {fact.id for fact in (*journey.facts, *self.built["journey"].facts)}
        if ids is not None and all(one.stays(ids) for one in self.built.values()):
            return {**self.built}
        known = facts.joined(fact for fact in journey.facts if fact.key not in facts)
        return {
            name: journey if name == "journey" else self._one(name, known, ids) for name in OBJECTS
        }

    def _one(self, name: str, facts: Facts, ids: frozenset[str] | None) -> Built:
        from toolkit.frameworks import OBJECTS

        if ids is not None and self.built[name].stays(ids):
            return self.built[name]
        read = Read(facts)
        thing = OBJECTS[name].from_facts(read, self.series, self.method)
        return Built(thing, tuple(thing.facts()), frozenset(read.ids))


def _with_published(base: Facts, built: Mapping[str, Built]) -> Facts:
    """Facts with those the objects publish; what is known replaces what was not."""
    made = {fact.key: fact for one in built.values() for fact in one.facts}
    known = base.replaced(fact for key, fact in made.items() if key in base and not base[key].known)
    return known.joined(fact for key, fact in made.items() if key not in base)
