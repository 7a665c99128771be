"""What a lesson knows of a firm, read from its framework objects."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from toolkit.errors import UsageError
from toolkit.frameworks.fit import SCORES, FitCell
from toolkit.frameworks.planning import Planning
from toolkit.frameworks.value import COVERED, Value
from toolkit.lessons.answer import Table
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

KEYS = {"pain": "P", "gain": "G"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A pain or a gain: importance 1–5, covered 0–1, and the key questions use for it."""

    key: str
    kind: str
    name: str
    importance: float
    covered: float

    @property
    def gap(self) -> float:
        """Importance not yet covered."""
        return self.importance * (1 - self.covered)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A value for a target with four scores 1–5; the key is letter of value, number of target."""

    key: str
    value: str
    target: str
    scores: tuple[float, ...]
    fit: float

    @property
    def average(self) -> float:
        """Arithmetic mean of the scores: what the lesson warns of."""
        return sum(self.scores) / len(self.scores)


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueFirm:
    """A firm as the lesson on value and target sees it.

    ``share`` is the fact ``value.canvas_fit_share``; ``terms`` are words by which a written
    answer may speak of a value or a target, by its label.
    """

    value: Value
    planning: Planning
    share: float | None
    lines: tuple[Line, ...]
    pairs: tuple[Pair, ...]
    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def gaps(self) -> tuple[Line, ...]:
        """Lines not wholly covered, the heaviest gap first."""
        return tuple(sorted((x for x in self.lines if x.gap), key=lambda x: -x.gap))

    @property
    def ranked(self) -> tuple[Pair, ...]:
        """Pairs from the best fit down; equal ones as they were given."""
        return tuple(sorted(self.pairs, key=lambda pair: -pair.fit))

    @property
    def best(self) -> tuple[Pair, ...]:
        """The pair of the best fit, or all that share it."""
        return tuple(pair for pair in self.pairs if pair.fit == self.ranked[0].fit)

    def tables(self) -> Mapping[str, Table]:
        """``canvas``: a line a pain or gain; ``pairs``: a line a value and target."""
        canvas: list[tuple[str | float, ...]] = [
            (x.key, x.kind, x.name, x.importance, x.covered) for x in self.lines
        ]
        pairs: list[tuple[str | float, ...]] = [
            (x.key, x.value, x.target, *x.scores) for x in self.pairs
        ]
        return {
            "canvas": Table(
                columns=("key", "kind", "name", "importance", "covered"), rows=tuple(canvas)
            ),
            "pairs": Table(columns=("key", "value", "target", *SCORES), rows=tuple(pairs)),
        }

    def objects(self) -> Mapping[str, object]:
        """The value and the planning of the firm."""
        return {"value": self.value, "planning": self.planning}


def canvas_frame(firm: ValueFirm, book: Words) -> pd.DataFrame:
    """A line a pain or gain."""
    return _frame(firm.tables()["canvas"])


def pairs_frame(firm: ValueFirm, book: Words) -> pd.DataFrame:
    """A line a value and target, with the four scores."""
    return _frame(firm.tables()["pairs"])


def _frame(table: Table) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(table.rows), columns=list(table.columns))


def total(lines: Iterable[Line]) -> float:
    """Σ importance."""
    return sum(line.importance for line in lines)


def met(lines: Iterable[Line]) -> float:
    """Σ importance × covered."""
    return sum(line.importance * line.covered for line in lines)


def keys(found: Iterable[Line | Pair]) -> tuple[str, ...]:
    """Keys of lines or pairs, in their order."""
    return tuple(x.key for x in found)


def bullets(lines: Iterable[str]) -> str:
    """Lines as a list in a text."""
    return "\n".join(f"- {line}" for line in lines)


def value_firm(
    objects: Mapping[str, object], terms: Mapping[str, tuple[str, ...]] | None = None
) -> ValueFirm:
    """A firm from its objects ``value`` and ``planning``; what is not known there is left out.

    Raises:
        UsageError: one of them is of another kind.
    """
    value = objects.get("value", Value())
    planning = objects.get("planning", Planning())
    if not isinstance(value, Value):
        raise UsageError("lesson_source", params={"type": type(value).__name__})
    if not isinstance(planning, Planning):
        raise UsageError("lesson_source", params={"type": type(planning).__name__})
    facts = {fact.id: fact for fact in value.facts()}
    return ValueFirm(
        value=value,
        planning=planning,
        share=facts["value.canvas_fit_share"].number,
        lines=_lines(value),
        pairs=_pairs(planning),
        terms=terms or {},
    )


def _lines(value: Value) -> tuple[Line, ...]:
    numbers = {kind: count(1) for kind in KEYS}
    return tuple(
        Line(
            key=f"{KEYS[need.kind]}{next(numbers[need.kind])}",
            kind=need.kind,
            name=need.name,
            importance=float(need.importance),
            covered=COVERED[need.covered],
        )
        for need in value.canvas or ()
        if need.kind in KEYS and need.importance is not None and need.covered in COVERED
    )


def _pairs(planning: Planning) -> tuple[Pair, ...]:
    cells = [cell for cell in planning.fit or () if cell.score is not None]
    values = list(dict.fromkeys(cell.value for cell in cells))
    targets = list(dict.fromkeys(cell.target for cell in cells))
    return tuple(
        Pair(
            key=f"{_letter(values.index(cell.value))}{targets.index(cell.target) + 1}",
            value=cell.value,
            target=cell.target,
            scores=_scores(cell),
            fit=float(cell.score or 0),
        )
        for cell in cells
    )


def _letter(place: int) -> str:
    letters = string.ascii_uppercase
    return letters[place % len(letters)] * (place // len(letters) + 1)


def _scores(cell: FitCell) -> tuple[float, ...]:
    return tuple(float(getattr(cell, name)) for name in SCORES)
