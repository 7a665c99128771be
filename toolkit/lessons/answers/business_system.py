"""The lesson on the business system: its firm, its judgements, and the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.frameworks.display import code_label
from toolkit.frameworks.setting import setting
from toolkit.frameworks.system import BUILD_ORDER, GAPS, MODULES
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.answers.system_absence import (
    absence_figures,
    absence_params,
    days_left,
    president_share,
    stock,
    stops_share,
    tasks,
    work,
)
from toolkit.lessons.answers.system_edges import edge_params, edges, first_edge, live_share
from toolkit.lessons.client_firm import ClientFirm, mapping, shipped
from toolkit.lessons.lesson import Firm
from toolkit.lessons.system_firm import SystemFirm, handwork, system_of
from toolkit.lessons.system_picture import system_picture
from toolkit.lessons.system_work_picture import work_picture
from toolkit.words import Words

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]
WORDS: Final = "lessons.business_system"
FIGURE_TOLERANCE: Final = 0.006  # a share quoted in whole percent or two decimals
LETTERS: Final = "abcde"
MOVES: Final = {"a": "hand_over", "b": "connect", "c": "build", "d": "grow"}


def own(source: object, book: Words) -> Firm:
    """The learner's firm: a client, or framework objects made by hand."""
    return source if isinstance(source, ClientFirm) else SystemFirm(held=mapping(source))


def built_first(firm: Firm, book: Words) -> Answer | None:
    """The module whose system is built first: fulfillment (S0-31)."""
    letter = dict(zip(MODULES, LETTERS, strict=True))
    right = BUILD_ORDER[0]
    return Answer(
        value=letter[right],
        wrong={name: place for name, place in letter.items() if name != right},
        params={place: code_label("module", name, book) for name, place in letter.items()},
        options=tuple(LETTERS),
    )


def first_move(firm: Firm, book: Words) -> Answer | None:
    """What to do first: build what delivers, hand over what stops, connect what is cut, or grow."""
    move = _move(firm)
    if move is None:
        return None
    params = _params(firm, book)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.first_move.why.{move}", **params)},
    )


def letter(firm: Firm, book: Words) -> Answer | None:
    """Signs of a letter: a figure, a task that stops, the first step, a date."""
    system, move = system_of(firm), _move(firm)
    if system.stops is None or move is None:
        return None
    params = _params(firm, book)
    model = book.text(f"{WORDS}.letter.model.{move}", **params)
    names = [code_label("task", task, book) for task in system.stops or system.tasks]
    steps = [step.name for step in handwork(firm) if step.name]
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="figure", figures=_figures(firm), tolerance=FIGURE_TOLERANCE),
            Sign(code="task", terms=(*names, *steps, *terms(book, f"{WORDS}.terms.task"))),
            Sign(code="step", terms=terms(book, f"{WORDS}.terms.step")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


def _move(firm: Firm) -> str | None:
    system = system_of(firm)
    facts = {fact.id: fact for fact in system.facts()}
    live = facts["planning.feedback_edges_live_share"].number
    if system.modules is None or system.stops is None or live is None:
        return None
    if system.modules.get(BUILD_ORDER[0]) in GAPS:
        return "build"
    if system.stops:
        return "hand_over"
    return "connect" if live < setting("feedback_live_floor") else "grow"


def _params(firm: Firm, book: Words) -> dict[str, str]:
    sheet = system_of(firm).modules or {}
    said = code_label("sheet", sheet.get(BUILD_ORDER[0], ""), book)
    return {**edge_params(firm, book), **absence_params(firm, book), "sheet": said}


def _figures(firm: Firm) -> tuple[float, ...]:
    facts = {fact.id: fact.number for fact in system_of(firm).facts()}
    known = (
        facts["planning.feedback_edges_live_share"],
        facts["planning.stops_without_proprietor_share"],
        *absence_figures(firm),
    )
    return tuple(figure for figure in known if figure is not None)


ANSWERS: Final[Mapping[str, Callable[[Firm, Words], Answer | None]]] = {
    "live_share": live_share,
    "first_edge": first_edge,
    "stops_share": stops_share,
    "president_share": president_share,
    "days_left": days_left,
    "built_first": built_first,
    "first_move": first_move,
    "letter": letter,
}
FRAMES: Final = {"edges": edges, "tasks": tasks, "work": work, "stock": stock}
PICTURES: Final = {"system": system_picture, "work": work_picture}
