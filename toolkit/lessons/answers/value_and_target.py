"""The lesson on value and target: its firm, its answers, the judgement and the written advice."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from toolkit.frameworks.record import from_record
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.answers.value_canvas import (
    canvas_params,
    canvas_share,
    heaviest_gaps,
    share_after,
)
from toolkit.lessons.answers.value_pairs import (
    PAIRED,
    WORDS,
    best_pairs,
    fit_score,
    lowered,
    margin,
    margin_params,
)
from toolkit.lessons.client_firm import ClientFirm, mapping
from toolkit.lessons.value_firm import Pair, ValueFirm, canvas_frame, pairs_frame, value_firm
from toolkit.lessons.value_pictures import canvas_picture, pairs_picture
from toolkit.words import Words

FIGURE_TOLERANCE: Final = 0.006  # a figure quoted to two decimals
PARTS: Final = ("value", "target")
MOVES: Final = {"a": "grow", "b": "close", "c": "compare", "d": "rethink"}


def shipped(record: Mapping[str, Any], book: Words) -> ValueFirm:
    """The firm of the lesson, its labels in the language of the words."""
    canvas = [{**need, "name": _label(book, need["name"])} for need in record["value"]["canvas"]]
    fit = record["planning"]["fit"]
    cells = [{**cell, **{part: _label(book, cell[part]) for part in PARTS}} for cell in fit]
    said = {
        _label(book, cell[part]): terms(book, f"{WORDS}.terms.{cell[part]}")
        for cell in fit
        for part in PARTS
    }
    objects = {
        "value": from_record("value", {"canvas": canvas}),
        "planning": from_record("planning", {"fit": cells}),
    }
    return value_firm(objects, said)


def own(source: object, book: Words) -> ValueFirm:
    """The learner's firm, from its diagnosis or from objects made by hand."""
    return value_firm(source.objects() if isinstance(source, ClientFirm) else mapping(source))


def first_move(firm: ValueFirm, book: Words) -> Answer | None:
    """What to do first: rethink a weak fit, compare a close one, close gaps, or grow."""
    if firm.share is None or len(firm.pairs) < PAIRED:
        return None
    params = {**canvas_params(firm, book), **margin_params(firm)}
    move = _move(firm)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.first_move.why.{move}", **params)},
    )


def advice(firm: ValueFirm, book: Words) -> Answer | None:
    """Signs of a written advice: the pair, its rival, a figure, a time; the model fits the move."""
    if firm.share is None or len(firm.pairs) < PAIRED:
        return None
    first, second = firm.ranked[:PAIRED]
    params = {
        **canvas_params(firm, book),
        **margin_params(firm),
        "gap": firm.gaps[0].name if firm.gaps else firm.lines[0].name,
    }
    model = book.text(f"{WORDS}.advice.model.{_move(firm)}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="best", terms=_terms(firm, first, second)),
            Sign(code="rival", terms=_terms(firm, second, first)),
            Sign(
                code="figure",
                figures=(first.fit, second.fit, first.fit - second.fit, firm.share),
                tolerance=FIGURE_TOLERANCE,
            ),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[ValueFirm, Words], Answer | None]]] = {
    "canvas_share": canvas_share,
    "heaviest_gaps": heaviest_gaps,
    "share_after": share_after,
    "fit_score": fit_score,
    "best_pairs": best_pairs,
    "margin": margin,
    "first_move": first_move,
    "advice": advice,
}


FRAMES: Final = {"canvas": canvas_frame, "pairs": pairs_frame}
PICTURES: Final = {"canvas": canvas_picture, "pairs": pairs_picture}


def _move(firm: ValueFirm) -> str:
    first, second = firm.ranked[:PAIRED]
    if first.fit < setting("fit_score_floor"):
        return "rethink"
    if lowered(first) <= second.fit:
        return "compare"
    return "close" if (firm.share or 0) < setting("canvas_fit_floor") else "grow"


def _terms(firm: ValueFirm, pair: Pair, other: Pair) -> tuple[str, ...]:
    """Words that speak of a pair and not of its rival."""
    mine, theirs = (
        {x.key, *(term for name in (x.value, x.target) for term in firm.terms.get(name, (name,)))}
        for x in (pair, other)
    )
    return tuple(sorted(mine - theirs))


def _label(book: Words, name: str) -> str:
    return book.text(f"{WORDS}.firm.{name}")
