"""How far a learner has come in each lesson, from a progress file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.lessons.lesson import lesson_contents
from toolkit.lessons.verdict import HALF

FIRMS = ("shipped", "own")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One lesson of one learner.

    ``credits`` holds the best credit (0–1) by question, of those attempted; ``mistakes`` how often
    each was made, by question and code; ``own`` how many were also done on own data.
    """

    lesson: str
    title: str
    questions: tuple[str, ...]
    credits: Mapping[str, float]
    attempts: int
    own: int
    mistakes: Mapping[tuple[str, str], int]

    @property
    def score(self) -> float:
        """Mean credit over all questions of the lesson, 0–1."""
        return sum(self.credits.values()) / len(self.questions)

    @property
    def finished(self) -> bool:
        """Whether every question has been answered at least half rightly."""
        return all(self.credits.get(name, 0.0) >= HALF for name in self.questions)

    @property
    def begun(self) -> bool:
        """Whether any question has been attempted."""
        return bool(self.credits)


def standings(progress: Mapping[str, Any], lang: str) -> tuple[Standing, ...]:
    """A standing a lesson, in the order of the course; what the file lacks is not begun."""
    kept = progress["lessons"]
    return tuple(
        _standing(content.id, content.title, content.questions, kept.get(content.id))
        for content in lesson_contents(lang)
    )


def _standing(lesson: str, title: str, questions: tuple[str, ...], kept: object) -> Standing:
    firms = kept if isinstance(kept, Mapping) else {}
    shipped, own = (_records(firms.get(firm), questions) for firm in FIRMS)
    credits = {
        name: max(_number(part[name], "credit") for part in (shipped, own) if name in part)
        for name in questions
        if name in shipped or name in own
    }
    return Standing(
        lesson=lesson,
        title=title,
        questions=questions,
        credits=credits,
        attempts=sum(int(_number(one, "attempts")) for one in [*shipped.values(), *own.values()]),
        own=len(own),
        mistakes=_mistakes([*shipped.items(), *own.items()]),
    )


def _records(kept: object, questions: tuple[str, ...]) -> dict[str, Mapping[str, Any]]:
    """The records of questions the lesson has; a file from elsewhere may hold anything."""
    if not isinstance(kept, Mapping):
        return {}
    return {name: kept[name] for name in questions if isinstance(kept.get(name), Mapping)}


def _number(record: Mapping[str, Any], name: str) -> float:
    value = record.get(name)
    return float(value) if isinstance(value, int | float) and value > 0 else 0.0


def _mistakes(records: list[tuple[str, Mapping[str, Any]]]) -> dict[tuple[str, str], int]:
    made: dict[tuple[str, str], int] = {}
    for question, record in records:
        codes = record.get("mistakes")
        for code, times in codes.items() if isinstance(codes, Mapping) else ():
            if isinstance(times, int):
                made[question, str(code)] = made.get((question, str(code)), 0) + times
    return made
