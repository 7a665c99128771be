"""Answers that a client could give to a question, as the facts they would become."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from toolkit.facts import Fact, Facts
from toolkit.intake.profiles.answer import Answer
from toolkit.intake.profiles.answer_facts import facts_of_answers
from toolkit.intake.profiles.answer_values import UNKNOWN
from toolkit.method import Entry, Method
from toolkit.rules.applies import applies
from toolkit.rules.condition import Scope

Cells = tuple[Fact, ...]
CHOSEN = "yes"


def possible_answers(question: Entry, facts: Facts, method: Method) -> tuple[Cells, ...]:
    """The facts of the question under each answer that can be listed, 「わからない」 left out.

    A question with several items is answered alike for all that are still open. Numbers, texts
    and lists of the client's own cannot be listed: the result is empty.
    """
    kind, choices = question["kind"], [c for c in question.get("choices", ()) if c != UNKNOWN]
    if kind == "choice":
        given = [[Answer(question=question.id, value=code)] for code in choices]
    elif kind == "map" and question.get("value_kind") == "choice":
        items = tuple(_open_items(question, facts, method))
        given = [_alike(question, items, code) for code in choices] if items else []
    elif kind == "multi":
        given = [_all_chosen(question)]
        given += [[Answer(question=question.id, value=code)] for code in question.get("codes", ())]
    else:
        given = []
    kept = _said_items(question, facts)
    return tuple((*kept, *_facts(question, answers, kept, method)) for answers in given)


def _facts(question: Entry, answers: list[Answer], kept: Cells, method: Method) -> Iterator[Fact]:
    """What intake makes of the answers; items said already are not left open by it."""
    alone = replace(method, sections={"questions": {question.id: question}})
    said = {fact.key for fact in kept}
    return (fact for fact in facts_of_answers(answers, alone) if fact.key not in said)


def _said_items(question: Entry, facts: Facts) -> Cells:
    if question["kind"] != "map":
        return ()
    return tuple(fact for fact in facts.breakdown(question.id) if fact.by and fact.known)


def _alike(question: Entry, items: Iterable[str], code: str) -> list[Answer]:
    return [Answer(question=question.id, item=item, value=code) for item in items]


def _all_chosen(question: Entry) -> list[Answer]:
    items = question["items"]
    whole = Answer(question=question.id, value=float(len(items)))
    return [whole, *_alike(question, items, CHOSEN)]


def _open_items(question: Entry, facts: Facts, method: Method) -> Iterator[str]:
    """Items that concern the client and have not been answered."""
    scope = Scope(facts=facts, threshold=lambda _: None, target=lambda _: None)
    own = question.get("item_models", {})
    for item in question["items"]:
        where = {"model": own[item]} if item in own else {}
        concerned = applies(where, method, scope).value is not False
        if concerned and not facts.find(question.id, {"item": item}).known:
            yield item
