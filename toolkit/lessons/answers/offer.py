"""The lesson on the offer: its firm, the judgement between offers, and the written note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.offer_gathering import add_on_share, contact_cost
from toolkit.lessons.answers.offer_money import best_month, customer_share, discount_orders, margin
from toolkit.lessons.answers.parts import chosen, grouped, terms
from toolkit.lessons.client_firm import ClientFirm, mapping
from toolkit.lessons.handed_over import labelled
from toolkit.lessons.offer_firm import (
    OfferFirm,
    Plan,
    lines_frame,
    offer_client,
    offer_firm,
    offers_frame,
)
from toolkit.lessons.offer_pictures import exchange_picture, month_picture
from toolkit.words import Words

WORDS: Final = "lessons.offer"
MOVES: Final = {"a": "discount", "b": "bonus", "c": "trial", "d": "hold"}
KINDS: Final = ("discount", "bonus", "trial")
HALF: Final = 2  # of the orders hoped for, one in two is counted on
YEN: Final = 1.0


def shipped(record: Mapping[str, Any], book: Words) -> OfferFirm:
    """The firm of the lesson, its labels in the language of the words."""
    table = record["lines"]
    lines = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    offers = labelled(record["offers"], book, f"{WORDS}.firm", ("name",))
    return offer_firm({"offers": offers, "free": record["free"], "lines": lines})


def own(source: object, book: Words) -> OfferFirm:
    """The learner's firm: a diagnosed client, or plain rows of offers."""
    if isinstance(source, ClientFirm):
        return offer_client(source)
    return offer_firm(mapping(source))


def first_offer(firm: OfferFirm, book: Words) -> Answer | None:
    """Which proposal still leaves more than today if only half of the rise comes true."""
    params = _judged(firm)
    if params is None:
        return None
    move = _move(firm)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.first_offer.why.{move}", **params)},
    )


def note(firm: OfferFirm, book: Words) -> Answer | None:
    """Signs of the note: the offer, a figure, the discount set aside, a time to stop."""
    params = _judged(firm)
    if params is None or firm.now is None:
        return None
    move = _move(firm)
    chosen = firm.first_of(move) or firm.now
    discount = firm.first_of("discount") or chosen
    figures = (
        *(plan.left() for plan in firm.plans),
        *(plan.margin for plan in firm.plans),
        firm.now.left() / discount.margin if discount.margin > 0 else 0.0,
    )
    model = book.text(f"{WORDS}.note.model.{move}", **params)
    return Answer(
        value=model,
        params={**params, "model": model, "chosen": chosen.name},
        signs=(
            Sign(code="chosen", terms=(*terms(book, f"{WORDS}.terms.{move}"), chosen.name)),
            Sign(code="figure", terms=tuple(map(grouped, figures)), figures=figures, tolerance=YEN),
            Sign(code="rival", terms=terms(book, f"{WORDS}.terms.{_rival(move)}")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[OfferFirm, Words], Answer | None]]] = {
    "margin": margin,
    "customer_share": customer_share,
    "discount_orders": discount_orders,
    "best_month": best_month,
    "contact_cost": contact_cost,
    "add_on_share": add_on_share,
    "first_offer": first_offer,
    "note": note,
}
FRAMES: Final = {"offers": offers_frame, "lines": lines_frame}
PICTURES: Final = {"exchange": exchange_picture, "month": month_picture}


def _judged(firm: OfferFirm) -> dict[str, str] | None:
    """Figures of the judgement; None unless all three kinds are proposed."""
    found = {kind: firm.first_of(kind) for kind in KINDS}
    now = firm.now
    if now is None or not now.orders or any(plan is None for plan in found.values()):
        return None
    params = {"now": grouped(now.left()), "now_orders": grouped(now.orders)}
    for kind, plan in found.items():
        if plan is not None:
            params[f"{kind}_key"] = plan.key
            params[f"{kind}_name"] = plan.name
            params[f"{kind}_left"] = grouped(plan.left())
            params[f"{kind}_half"] = grouped(_half(firm, plan))
            params[f"{kind}_orders"] = grouped(plan.orders or 0)
            params[f"{kind}_half_orders"] = grouped(_half_orders(firm, plan))
            params[f"{kind}_margin"] = grouped(plan.margin)
    return params


def _half_orders(firm: OfferFirm, plan: Plan) -> float:
    """Orders if only half of the rise comes true; a fall is counted whole."""
    base, hoped = (firm.now.orders if firm.now else 0) or 0, plan.orders or 0
    return base + (hoped - base) / HALF if hoped > base else hoped


def _half(firm: OfferFirm, plan: Plan) -> float:
    return plan.left(_half_orders(firm, plan))


def _move(firm: OfferFirm) -> str:
    plans = [plan for plan in map(firm.first_of, KINDS) if plan is not None]
    best = max(plans, key=lambda plan: _half(firm, plan))
    now = firm.now.left() if firm.now else 0
    return firm.kind(best) if _half(firm, best) > now else "hold"


def _rival(move: str) -> str:
    """What the note sets aside: the discount, or where that is chosen, the bonus."""
    return "bonus" if move == "discount" else "discount"
