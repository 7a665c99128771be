"""Fit of value and target: four scores a pair, the best pair and its margin to the second."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.facts import Fact, Item, unknown
from toolkit.frameworks.check import within
from toolkit.frameworks.framework import Row

if TYPE_CHECKING:
    import pandas as pd

SCORES = ("reach", "need", "pay", "ability")
SCALE = (1, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class FitCell:
    """One value for one target: reach, need, willingness to pay, our ability, each 1–5.

    >>> FitCell(reach=4, need=4, pay=4, ability=4).score
    4.0
    """

    value: str = ""
    target: str = ""
    reach: float | None = None
    need: float | None = None
    pay: float | None = None
    ability: float | None = None

    def __post_init__(self) -> None:
        for name in SCORES:
            within(name, getattr(self, name), *SCALE)

    @property
    def name(self) -> str:
        """Value and target as one label, as far as they are named."""
        return " × ".join(part for part in (self.value, self.target) if part)

    @property
    def score(self) -> float | None:
        """Geometric mean of the four; None until all are given."""
        given = [getattr(self, name) for name in SCORES]
        if any(score is None for score in given):
            return None
        return float(math.prod(given) ** (1 / len(given)))


def ranked(cells: Sequence[FitCell]) -> tuple[FitCell, ...]:
    """The cells scored in full, the best first; equal ones as they were given."""
    scored = [cell for cell in cells if cell.score is not None]
    return tuple(sorted(scored, key=lambda cell: -(cell.score or 0)))


def margin(cells: Sequence[FitCell]) -> float | None:
    """Score of the best cell − score of the second best; None where fewer than two are scored.

    A small margin says that the choice between the two is not yet made.
    """
    scores = [cell.score or 0 for cell in ranked(cells)[:2]]
    return scores[0] - scores[1] if len(scores) > 1 else None


def fit_frame(cells: Sequence[FitCell]) -> pd.DataFrame:
    """Every cell with its four scores and the fit, the best first, unscored ones last.

    Returns:
        frame with value, target, reach, need, pay, ability, score, behind (best − score).
    """
    import pandas as pd

    columns = ["value", "target", *SCORES, "score"]
    rows = [[getattr(cell, name) for name in columns] for cell in cells]
    frame = pd.DataFrame(rows, columns=columns).astype(dict.fromkeys((*SCORES, "score"), "float64"))
    frame["behind"] = frame["score"].max() - frame["score"]
    return frame.sort_values("score", ascending=False, na_position="last", ignore_index=True)


def fit_rows(cells: Sequence[FitCell]) -> tuple[Row, ...]:
    """Scores of the best pair, every pair with its fit, and the margin."""
    order = ranked(cells)
    best = next(iter(order), None)
    scores = tuple(
        Row(part="fit", item=name, value=getattr(best, name, None), items="fit_score")
        for name in SCORES
    )
    pairs = tuple(
        Row(part="pairs", item=cell.name, value=cell.score, unit="index") for cell in order
    )
    return (*scores, *pairs, Row(part="fit_margin", value=margin(cells), unit="index"))


def fit_fact(cells: Sequence[FitCell]) -> Fact:
    """planning.fit_score: the fit of the best pair, with its four scores."""
    best = next(iter(ranked(cells)), None)
    fact_id, needs = "planning.fit_score", ("q.pla.fit",)
    if best is None or best.score is None:
        return unknown(fact_id, "not_asked", unit="score", needs=needs, basis="said")
    scores = [(name, getattr(best, name)) for name in SCORES]
    return Fact(
        id=fact_id,
        value=best.score,
        unit="score",
        n=len(scores),
        basis="said",
        needs=needs,
        items=tuple(Item(key=name, label=name, value=score) for name, score in scores),
    )
