"""The lesson on another's business: its dossier, what to learn from it, and the page in writing."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.another_evidence import contradiction, known_share
from toolkit.lessons.answers.another_ranges import (
    by_numbers,
    low_sales,
    middle,
    range_params,
    width,
)
from toolkit.lessons.answers.parts import chosen, grouped, terms
from toolkit.lessons.client_firm import ClientFirm, mapping
from toolkit.lessons.dossier_firm import (
    Dossier,
    Practice,
    dossier,
    dossier_client,
    factors_frame,
    facts_frame,
    map_frame,
)
from toolkit.lessons.dossier_pictures import ranges_picture, sources_picture
from toolkit.lessons.handed_over import labelled, part
from toolkit.words import Words

WORDS: Final = "lessons.another_business"
MOVES: Final = {"a": "boasted", "b": "backed", "c": "beyond", "d": "wait"}
NEAR: Final = 0.6  # a figure quoted without its decimals
TEN_THOUSAND: Final = 1e4  # yen in the Japanese unit of ten thousand
MONTH: Final = 30


def shipped(record: Mapping[str, Any], book: Words) -> Dossier:
    """The dossier of the lesson, its labels in the language of the words."""
    return dossier(labelled(record["dossier"], book, f"{WORDS}.firm", ("name",)))


def own(source: object, book: Words) -> Dossier:
    """The learner's dossier, or a client seen as if from outside."""
    if isinstance(source, ClientFirm):
        return dossier_client(source)
    return dossier(part(mapping(source).get("dossier")))


def learn(firm: Dossier, book: Words) -> Answer | None:
    """What to take over: what is backed and within our means, else nothing yet."""
    if not firm.practices:
        return None
    params = _practices(firm, book)
    move = _move(firm)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.learn.why.{move}", **params)},
    )


def page(firm: Dossier, book: Words) -> Answer | None:
    """Signs of the page: a figure as a range, what is not known, what to learn, a time."""
    if not firm.practices or not firm.factors:
        return None
    params = {**range_params(firm, book), **_practices(firm, book)}
    ends = (firm.low, firm.high, math.sqrt(firm.low * firm.high))
    (v1, v2), (c1, c2), _ = firm.factors
    orders = [v1 * c1, v2 * c2]
    if firm.numbers is not None:
        orders.append(firm.numbers[0] / firm.numbers[1] * MONTH)
    figures = (*ends, *(end / TEN_THOUSAND for end in ends), *orders)
    move = _move(firm)
    model = book.text(f"{WORDS}.page.model.{move}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(
                code="figure",
                terms=tuple(map(grouped, (*ends, *orders))),
                figures=figures,
                tolerance=NEAR,
            ),
            Sign(code="unknown", terms=terms(book, f"{WORDS}.terms.unknown")),
            Sign(code="learn", terms=terms(book, f"{WORDS}.terms.{move}") + _names(firm)),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[Dossier, Words], Answer | None]]] = {
    "low_sales": low_sales,
    "width": width,
    "middle": middle,
    "by_numbers": by_numbers,
    "contradiction": contradiction,
    "known_share": known_share,
    "learn": learn,
    "page": page,
}
FRAMES: Final = {"facts": facts_frame, "map": map_frame, "factors": factors_frame}
PICTURES: Final = {"sources": sources_picture, "ranges": ranges_picture}


def _of(firm: Dossier, move: str) -> Practice | None:
    """The first practice of a kind: not backed, backed and within our means, or beyond them."""
    kinds = {"boasted": (False, None), "backed": (True, True), "beyond": (True, False)}
    backed, able = kinds[move]
    return next(
        (p for p in firm.practices if p.backed is backed and (able is None or p.able is able)),
        None,
    )


def _practices(firm: Dossier, book: Words) -> dict[str, str]:
    params = {}
    for move in ("boasted", "backed", "beyond"):
        practice = _of(firm, move)
        none = book.text(f"{WORDS}.learn.none")
        params[move] = practice.name if practice else none
        found = practice.facts if practice else ()
        params[f"{move}_facts"] = ", ".join(fact.key for fact in found) or none
    return params


def _move(firm: Dossier) -> str:
    return "backed" if _of(firm, "backed") else "wait"


def _names(firm: Dossier) -> tuple[str, ...]:
    practice = _of(firm, "backed")
    return (practice.name,) if practice else ()
