"""Where people contradict each other: the same question, different answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.method import Method

LAST = 10**9
"""Checks of the law come after every question."""
Said = str | float | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one person said: a value, or the items chosen or answered where there are several."""

    said: Said
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """A question, or one item of it, to which people gave different answers.

    ``used`` is the answer that stands, ``others`` are those that gave way.
    """

    question: str
    item: str | None
    used: Voice
    others: tuple[Voice, ...]

    @property
    def reason(self) -> str:
        """Why the one that stands was taken: seen, later, dated or first."""
        used, other = self.used.answer, self.others[0].answer
        if used.basis != other.basis:
            return "seen"
        if used.on != other.on:
            return "later" if other.on else "dated"
        return "first"


def contradictions(answers: Iterable[Answer], method: Method) -> tuple[Contradiction, ...]:
    """Contradictions among answers that stand and answers that gave way, in the order of asking.

    Two answers of one person, or of one file that names nobody, are a correction and no
    contradiction; nor is it one where somebody does not know.
    """
    by_question: dict[str, list[Answer]] = {}
    for one in answers:
        by_question.setdefault(one.question, []).append(one)
    questions = method.section("questions")
    found: list[Contradiction] = []
    for key, given in by_question.items():
        used = [one for one in given if one.used]
        others = [one for one in given if not one.used and one.value != UNKNOWN]
        if not used or not others:
            continue
        if key in questions and questions[key]["kind"] == "multi":
            found += _of_voices(key, None, _voice(used), _by_person(others))
        else:
            found += _by_item(key, used, others)
    asked = {key: int(question["order"]) for key, question in questions.items()}
    return tuple(sorted(found, key=lambda one: asked.get(one.question, LAST)))


def _by_item(key: str, used: list[Answer], others: list[Answer]) -> Iterable[Contradiction]:
    """Item by item; an answer to the whole against answers by item as one contradiction."""
    items = {one.item for one in used}
    for one in used:
        same = [Voice(said=o.value, answer=o) for o in others if o.item == one.item]
        yield from _of_voices(key, one.item, Voice(said=one.value, answer=one), same)
    apart = [one for one in others if (one.item is None) is (None not in items)]
    if apart:
        yield from _of_voices(key, None, _voice(used), _by_person(apart))


def _of_voices(
    key: str, item: str | None, used: Voice, others: Iterable[Voice]
) -> Iterable[Contradiction]:
    against = tuple(
        one for one in others if _told(one) != _told(used) and one.answer.who != used.answer.who
    )
    if against and used.said != UNKNOWN:
        yield Contradiction(question=key, item=item, used=used, others=against)


def _told(voice: Voice) -> str | float | frozenset[str]:
    return frozenset(voice.said) if isinstance(voice.said, tuple) else voice.said


def _by_person(answers: Sequence[Answer]) -> list[Voice]:
    """What each person said as a whole."""
    people = dict.fromkeys((one.who, one.source) for one in answers)
    return [
        _voice([one for one in answers if (one.who, one.source) == person]) for person in people
    ]


def _voice(answers: Sequence[Answer]) -> Voice:
    """Answers of one person as a whole: their items, or the one code."""
    items = tuple(one.item for one in answers if one.item is not None)
    return Voice(said=items or answers[0].value, answer=answers[0])
