"""The lesson on fulfillment: its answers, the means to choose, and the note on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.fulfillment_cost import (
    COSTS,
    break_even_of,
    cost_params,
    own_params,
    own_work_of,
)
from toolkit.lessons.answers.fulfillment_days import DAYS
from toolkit.lessons.answers.fulfillment_frames import (
    days_frame,
    lines_frame,
    months_frame,
    orders_frame,
    volume,
)
from toolkit.lessons.answers.fulfillment_pictures import break_even_picture, days_picture
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.words import Words, number_text

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

WORDS: Final = "lessons.fulfillment"
MEANS: Final = {"a": "systematise", "b": "subcontract", "c": "outsource", "d": "stay"}


def means(firm: ClientFirm, book: Words) -> Answer | None:
    """Which means now: by what is delivered, how orders meet stock, and the break-even."""
    params = _params(firm, book)
    if params is None:
        return None
    means, why = _chosen(firm, book)
    return chosen(
        MEANS,
        means,
        params={**params, "why": book.text(f"{WORDS}.means.why.{why}", **params)},
    )


def memo(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a note: the means, a figure, the promise to customers, and when to look again."""
    params, work, point = _params(firm, book), own_work_of(firm), break_even_of(firm)
    if params is None or work is None or point is None:
        return None
    means, why = _chosen(firm, book)
    model = book.text(f"{WORDS}.memo.model.{why}", **params)
    late = firm.number("delivery.late_rate_by_day")
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="means", terms=terms(book, f"{WORDS}.terms.{means}")),
            Sign(code="figure", figures=(point, work.yen), tolerance=1),
            Sign(
                code="promise",
                terms=terms(book, f"{WORDS}.terms.promise"),
                figures=() if late is None else (late,),
                tolerance=0.0005,
            ),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.term")),
        ),
    )


def _params(firm: ClientFirm, book: Words) -> dict[str, str] | None:
    months, work, point = volume(firm, book), own_work_of(firm), break_even_of(firm)
    if not months or work is None or point is None:
        return None
    link = firm.diagnosis.facts.get("q.ful.stock_link")
    told = str(link.value) if link is not None and link.known else "unknown"
    return {
        **own_params(work, firm, book),
        **cost_params(firm, book),
        "low": number_text(int(min(months)), "count", book.lang),
        "high": number_text(int(max(months)), "count", book.lang),
        "below": str(sum(value < point for value in months)),
        "months": str(len(months)),
        "link": book.text(f"{WORDS}.link.{told}"),
        "percent": number_text(firm.number("delivery.late_rate_by_day"), "share", book.lang),
    }


def _chosen(firm: ClientFirm, book: Words) -> tuple[str, str]:
    """The means, and the name of the reason."""
    pattern, link = (_said(firm, f"q.ful.{name}") for name in ("pattern", "stock_link"))
    point, months = break_even_of(firm) or 0.0, volume(firm, book)
    if pattern == "onsite":
        return "systematise", "onsite"
    if link == "manual":
        return "systematise", "systematise"
    return ("subcontract",) * 2 if min(months) >= point else ("stay",) * 2


def _said(firm: ClientFirm, question: str) -> str:
    fact = firm.diagnosis.facts.get(question)
    return str(fact.value) if fact is not None and fact.known else ""


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    **DAYS,
    **COSTS,
    "means": means,
    "memo": memo,
}
FRAMES: Final = {
    "lines": lines_frame,
    "orders": orders_frame,
    "days": days_frame,
    "months": months_frame,
}
PICTURES: Final = {"days_to_ship": days_picture, "break_even": break_even_picture}
