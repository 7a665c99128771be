"""The lesson on channels, capture and consent: its answers, the judgement and the note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.gathering_costs import (
    ads_frame,
    cac,
    cpo,
    cpo_drill,
    new_frame,
    paid_share,
)
from toolkit.lessons.answers.gathering_people import (
    WORDS,
    both_sides,
    capture_need,
    channels_fit,
    opt_in,
    orders_frame,
    people_frame,
)
from toolkit.lessons.answers.gathering_return import (
    headroom,
    payback_frame,
    payback_month,
    return_params,
    returned,
)
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.lessons.gathering_pictures import channels_picture, new_picture, payback_picture
from toolkit.lessons.sales_figures import share, yen
from toolkit.words import Words, number_text

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

PAID: Final = "acquisition.paid_share"
MOVES: Final = {"a": "raise", "b": "shift", "c": "broaden", "d": "stop"}
FIGURE_TOLERANCE: Final = 0.006  # a figure quoted to two decimals, a share to the percent


def decision(firm: ClientFirm, book: Words) -> Answer | None:
    """What to do with advertising: stop, shift, broaden the ways in, or spend more."""
    params = _figures(firm, book)
    if params is None:
        return None
    move = _move(firm)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.decision.why.{move}", **params)},
    )


def note(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a note to the president: what to do, a figure, those who come back, a date."""
    params = _figures(firm, book)
    if params is None:
        return None
    model = book.text(f"{WORDS}.note.model.{_move(firm)}", **params)
    figures = [firm.number(name) for name in ("customers.existing_sales_share", PAID)]
    found = returned(firm)
    months = [] if found is None or found.month is None else [float(found.month)]
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="act", terms=terms(book, f"{WORDS}.terms.act")),
            Sign(
                code="figure",
                terms=(params["paid"], params["room"], params["cost"], params["existing"]),
                figures=(*(x for x in figures if x is not None), *months),
                tolerance=FIGURE_TOLERANCE,
            ),
            Sign(code="repeat", terms=terms(book, f"{WORDS}.terms.repeat")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "both_sides": both_sides,
    "channels_fit": channels_fit,
    "capture_need": capture_need,
    "opt_in": opt_in,
    "cpo": cpo,
    "cpo_drill": cpo_drill,
    "cac": cac,
    "paid_share": paid_share,
    "payback_month": payback_month,
    "headroom": headroom,
    "decision": decision,
    "note": note,
}

FRAMES: Final = {
    "orders": orders_frame,
    "people": people_frame,
    "ads": ads_frame,
    "new": new_frame,
    "payback": payback_frame,
}
PICTURES: Final = {
    "new": new_picture,
    "channels": channels_picture,
    "payback": payback_picture,
}


def _move(firm: ClientFirm) -> str:
    room = firm.number("acquisition.cpo_headroom_yen")
    gap = firm.diagnosis.facts.get("acquisition.ltv_minus_cpo")
    if room is not None and room < 0:
        return "stop"
    if gap is not None and gap.known and gap.high is not None and gap.high < 0:
        return "shift"
    dependent = (firm.number(PAID) or 0.0) >= setting("paid_share_limit")
    return "broaden" if dependent else "raise"


def _figures(firm: ClientFirm, book: Words) -> dict[str, str] | None:
    """What fills words about the decision; None where what it rests on is not known."""
    names = (PAID, "acquisition.cpo_headroom_yen", "customers.existing_sales_share")
    paid, room, existing = (firm.number(name) for name in names)
    found = returned(firm)
    if paid is None or room is None or existing is None or found is None:
        return None
    limit = share(book, setting("paid_share_limit")).replace(".0%", "%")
    return {
        **return_params(firm, book, found),
        "paid": share(book, paid),
        "limit": limit,
        "room": yen(firm, book, room),
        "existing": share(book, existing),
        "month": "—" if found.month is None else str(found.month),
        "yoy": _points(firm, book),
        "gap": _gap(firm, book),
    }


def _points(firm: ClientFirm, book: Words) -> str:
    return number_text(firm.number(f"{PAID}_yoy"), "points", book.lang)


def _gap(firm: ClientFirm, book: Words) -> str:
    gap = firm.number("acquisition.ltv_minus_cpo")
    return "—" if gap is None else yen(firm, book, gap)
