"""Which column of an unknown file is which of a table: the best one-to-one choice, ties apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.intake.mappings.columns import Column
from toolkit.intake.mappings.headers import match_headers
from toolkit.intake.proposals.evidence import Evidence, amounts
from toolkit.intake.proposals.likeness import ALIAS, SAME_IDEAS, Likeness, ideas_of

LEAST_REQUIRED = 0.5
LEAST_OPTIONAL = 0.6
SOLE = 0.55
TIE_MARGIN = 0.04
_HEADER_WEIGHT = 0.55
_SURE = 10.0  # a header that is read as the column in any case goes before all others
_DATED = ("date", "month")
_OWN_IDEAS = {
    "date": frozenset(("date", "time")),
    "month": frozenset(("date", "month")),
    "money": frozenset(("amount",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A position in the file chosen for a column: how sure (0 to 1), and the code of the reason."""

    column: str
    at: int
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Choices by column; for columns that several headers fit as well, the positions of these.

    ``alike`` tells, by column, how like each header is to it, whatever its cells say.
    """

    choices: Mapping[str, Choice]
    ties: Mapping[str, tuple[int, ...]]
    alike: Mapping[str, Mapping[int, float]]

    def near(self, column: str) -> tuple[int, ...]:
        """Positions whose header has something of a column, the likeliest first."""
        ranked = sorted(self.alike[column].items(), key=lambda item: (-item[1], item[0]))
        return tuple(at for at, score in ranked if score > 0)


def choose(evidence: Evidence, like: Likeness) -> Chosen:
    """Choose a column of the file for each column of its kind, each used once."""
    kind, header = evidence.kind, evidence.header
    open_ = [at for at in evidence.positions if not evidence.private(at)]
    alike = {
        column.name: {at: like.of(header[at], column) for at in open_}
        for column in kind.columns.values()
    }
    scores = {
        name: {at: _score(evidence, at, kind.columns[name], one) for at, one in row.items()}
        for name, row in alike.items()
    }
    sure = _sure(evidence)
    best = _assigned(evidence, scores, sure)
    used = set(best.values())
    choices: dict[str, Choice] = {}
    ties: dict[str, tuple[int, ...]] = {}
    for name, at in best.items():
        column = evidence.kind.columns[name]
        rivals = () if sure.get(name) == at else _rivals(evidence, scores[name], at, used)
        if rivals:
            ties[name] = (at, *rivals)
            continue
        reason = _reason(like.of(evidence.header[at], column))
        choices[name] = Choice(
            column=name, at=at, confidence=round(scores[name][at], 2), reason=reason
        )
    _sole(evidence, like, choices, ties)
    return Chosen(choices=choices, ties=ties, alike=alike)


def _score(evidence: Evidence, at: int, column: Column, alike: float) -> float:
    """The header's likeness, weakened as far as the cells do not fit; 0 where they cannot."""
    fit = evidence.fit(at, column) if alike else 0.0
    if not fit:
        return 0.0
    score = alike * (_HEADER_WEIGHT + (1 - _HEADER_WEIGHT) * fit)
    if column.name == "customer_id":
        text = evidence.text(at)
        score *= 0.5 + 0.5 * text.filled / text.rows
    return score


def _sure(evidence: Evidence) -> dict[str, int]:
    """Known headers over cells that fit: what the reading would take for the column anyway."""
    matched = match_headers(evidence.header, evidence.kind, evidence.setting.words)
    return {
        name: at
        for name, at in matched.index.items()
        if at in evidence.positions and evidence.fit(at, evidence.kind.columns[name]) > 0
    }


def _assigned(
    evidence: Evidence, scores: Mapping[str, Mapping[int, float]], sure: Mapping[str, int]
) -> dict[str, int]:
    """The best pairs: cubes are added up, so that two weak pairs never outweigh a good one."""
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    positions = list(next(iter(scores.values())))
    if not positions:
        return {}
    worth = np.array(
        [
            [
                _worth(evidence.kind.columns[name], score) + _SURE * (sure.get(name) == at)
                for at, score in of_column.items()
            ]
            for name, of_column in scores.items()
        ]
    )
    pairs = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    names = list(scores)
    return {names[row]: positions[at] for row, at in pairs if worth[row, at] > 0}


def _worth(column: Column, score: float) -> float:
    """What a pair counts in the choice: nothing where it is too weak to be proposed."""
    least = LEAST_REQUIRED if column.required else LEAST_OPTIONAL
    return score**3 if score >= least else 0.0


def _rivals(
    evidence: Evidence, scores: Mapping[int, float], at: int, used: set[int]
) -> tuple[int, ...]:
    """Other columns, not used for anything else, that are as likely and not the same cells."""
    cells = evidence.text(at).cells
    return tuple(
        other
        for other, score in scores.items()
        if other not in used
        and score >= scores[at] - TIE_MARGIN
        and not evidence.text(other).cells.equals(cells)
    )


def _reason(alike: float) -> str:
    if alike >= ALIAS:
        return "header"
    return "words" if alike >= SAME_IDEAS else "likely"


def _sole(
    evidence: Evidence,
    like: Likeness,
    choices: dict[str, Choice],
    ties: dict[str, tuple[int, ...]],
) -> None:
    """Add required dates and amounts that no header names: one column can be it, or several tie."""
    for name in evidence.kind.required:
        column = evidence.kind.columns[name]
        if name in choices or name in ties:
            continue
        used = {choice.at for choice in choices.values()}
        free = [at for at in evidence.positions if at not in used]
        silent = [at for at in free if _silent(evidence, like, at, column)]
        able = _able(evidence, silent, column)
        if len(able) == 1:
            choices[name] = Choice(column=name, at=able[0], confidence=SOLE, reason="only_one")
        elif able:
            ties[name] = tuple(able)


def _silent(evidence: Evidence, like: Likeness, at: int, column: Column) -> bool:
    """Whether a header speaks of nothing else: no 発送日 is the date of the order."""
    spoken = set(ideas_of(evidence.header[at], like.known)) & like.known.names
    return spoken <= _OWN_IDEAS.get(column.type, frozenset())


def _able(evidence: Evidence, free: list[int], column: Column) -> list[int]:
    """Columns that by their cells alone can be a date or an amount."""
    if column.type == "money":
        return [at for at in amounts(evidence, free) if evidence.fit(at, column) > 0]
    if column.type not in _DATED:
        return []
    return [
        at
        for at in free
        if evidence.fit(at, column) > 0
        and evidence.reads_as(at, "date")
        and not evidence.reads_as(at, "number")
    ]
