"""Overlaps: where one finding contains others, the whole or its parts count, never both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Findings that overlap: all of them, and those that are moved in the joint sum."""

    members: tuple[str, ...]
    moved: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinship:
    """Which finding contains which, and which of them cap what their parts may bring."""

    within: Mapping[str, str | None] = field(default_factory=dict)
    caps: Collection[str] = ()

    def above(self, code: str, present: Collection[str]) -> str | None:
        """The nearest finding that contains one; those that are not present are looked past."""
        found = self.within.get(code)
        while found is not None and found not in present:
            found = self.within.get(found)
        return found


def families(alone: Mapping[str, float], kin: Kinship) -> tuple[Family, ...]:
    """Families of overlapping findings, each settled by the larger of the whole and its parts.

    A whole that caps its parts is what was lost in all: it counts even where its parts, each
    reckoned by itself, come to more.

    Args:
        alone: what each finding is worth by itself, by code.
        kin: how findings contain each other.

    >>> families({"A": 5.0, "B": 3.0, "C": 4.0}, Kinship(within={"B": "A", "C": "A"}))
    (Family(members=('A', 'B', 'C'), moved=('B', 'C')),)
    """
    children: dict[str | None, list[str]] = {}
    for code in alone:
        children.setdefault(kin.above(code, alone), []).append(code)
    return tuple(
        Family(members=tuple(_below(code, children)), moved=_settled(code, alone, children, kin)[1])
        for code in children.get(None, ())
    )


def _below(code: str, children: Mapping[str | None, Iterable[str]]) -> Iterable[str]:
    yield code
    for child in children.get(code, ()):
        yield from _below(child, children)


def _settled(
    code: str,
    alone: Mapping[str, float],
    children: Mapping[str | None, Iterable[str]],
    kin: Kinship,
) -> tuple[float, tuple[str, ...]]:
    parts = [_settled(child, alone, children, kin) for child in children.get(code, ())]
    together = sum(worth for worth, _ in parts)
    if together > alone[code] and code not in kin.caps:
        return together, tuple(one for _, moved in parts for one in moved)
    return alone[code], (code,)
