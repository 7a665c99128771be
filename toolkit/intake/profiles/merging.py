"""Several answers to one question: which one stands, and which are kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.intake.profiles.answers import Giving
from toolkit.method import Method

Rank = tuple[bool, bool, int, int]


def merged(
    givings: Iterable[Giving], method: Method
) -> tuple[tuple[Answer, ...], tuple[Answer, ...]]:
    """The answers that stand, and those that gave way (``used`` False), in order of questions.

    Who knows goes before who does not, seen before said, a later day before an earlier one and a
    day before none; else the giving that comes first. A selection stands or gives way as a whole,
    and so does a code for the whole question against answers by item.
    """
    by_question: dict[str, list[Giving]] = {}
    for giving in givings:
        if giving:
            by_question.setdefault(giving[0].question, []).append(giving)
    questions = method.section("questions")
    order = {key: number for number, key in enumerate(questions)}
    used: list[Answer] = []
    others: list[Answer] = []
    for key in sorted(by_question, key=lambda name: order.get(name, len(order))):
        kind = str(questions[key]["kind"]) if key in questions else "choice"
        stands = _chosen(by_question[key], kind)
        given = [one for giving in by_question[key] for one in giving]
        used += [one for one in given if id(one) in stands]
        others += [replace(one, used=False) for one in given if id(one) not in stands]
    return tuple(used), tuple(others)


def _chosen(givings: Sequence[Giving], kind: str) -> set[int]:
    """The identities of the answers that stand."""
    ranked = {id(one): rank(one, place) for place, giving in enumerate(givings) for one in giving}
    if kind == "multi":
        best = min(givings, key=lambda giving: min(ranked[id(one)] for one in giving))
        return {id(one) for one in best}
    answers = [one for giving in givings for one in giving]
    first = min(answers, key=lambda one: ranked[id(one)])
    chosen: dict[str | None, Answer] = {}
    for one in answers:
        if (one.item is None) is not (first.item is None):
            continue
        before = chosen.get(one.item)
        if before is None or ranked[id(one)] < ranked[id(before)]:
            chosen[one.item] = one
    return {id(one) for one in chosen.values()}


def rank(answer: Answer, place: int) -> Rank:
    """Order in which answers to one question stand: the lowest is taken.

    >>> told = Answer(question="q.x", value="yes", on="2026-04-02")
    >>> looked = Answer(question="q.x", value="no", basis="seen")
    >>> rank(looked, 1) < rank(told, 0)
    True
    """
    day = date.fromisoformat(answer.on).toordinal() if answer.on else 0
    return (answer.value == UNKNOWN, answer.basis != "seen", -day, place)
