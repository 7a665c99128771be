"""The lesson on aftercare: second orders and their windows, the first thing to do, a plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.aftercare_orders import LONG, history, orders_frame
from toolkit.lessons.answers.aftercare_pictures import (
    cohorts_picture,
    wait_picture,
    windows_picture,
)
from toolkit.lessons.answers.aftercare_rhythm import dormant, interval
from toolkit.lessons.answers.aftercare_second import (
    f2_latest,
    f2_short,
    repeat_rate,
    still_open,
)
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.words import Words, number_text

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

WORDS: Final = "lessons.aftercare"
NOW: Final = f"customers.f2_conversion_t3[window_days={LONG}]"
CHANGE: Final = f"customers.f2_conversion_t3v12[window_days={LONG}]"
SILENT: Final = "customers.dormant_share_f2plus"
TOLD: Final = "contacts.fed_back_share"
CARES: Final = {"a": "gather", "b": "wake", "c": "second", "d": "causes"}
FIGURE_TOLERANCE: Final = 0.006


def first_care(firm: ClientFirm, book: Words) -> Answer | None:
    """What to begin with: the open windows, the silent regulars, the complaints, or new people."""
    params = _params(firm, book)
    if params is None:
        return None
    care = _care(firm)
    return chosen(
        CARES,
        care,
        params={**params, "why": book.text(f"{WORDS}.first_care.why.{care}", **params)},
    )


def letter(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a plan: to whom, when, a figure, and how the result is told and handed on."""
    params, now = _params(firm, book), firm.number(NOW)
    if params is None or now is None:
        return None
    change, silent = firm.number(CHANGE) or 0.0, firm.number(SILENT)
    figures = tuple(one for one in (now, now - change, silent) if one is not None)
    model = book.text(f"{WORDS}.letter.model.{_care(firm)}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="whom", terms=terms(book, f"{WORDS}.terms.whom")),
            Sign(code="time", terms=terms(book, f"{WORDS}.terms.time")),
            Sign(code="figure", figures=figures, tolerance=FIGURE_TOLERANCE),
            Sign(code="result", terms=terms(book, f"{WORDS}.terms.result")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "repeat_rate": repeat_rate,
    "f2_short": f2_short,
    "f2_latest": f2_latest,
    "still_open": still_open,
    "interval": interval,
    "dormant": dormant,
    "first_care": first_care,
    "letter": letter,
}
FRAMES: Final = {"orders": orders_frame}
PICTURES: Final = {"windows": windows_picture, "wait": wait_picture, "cohorts": cohorts_picture}


def _care(firm: ClientFirm) -> str:
    """Where care leaks first, in the order in which the chance passes."""
    risen, told = firm.number(f"{SILENT}_yoy"), firm.number(TOLD)
    if (firm.number(CHANGE) or 0.0) <= setting("f2_drop"):
        return "second"
    if risen is not None and risen >= setting("dormant_rise"):
        return "wake"
    return "causes" if told is not None and told < setting("fed_back_floor") else "gather"


def _params(firm: ClientFirm, book: Words) -> dict[str, str] | None:
    """What fills words about the first thing to do; None where no change is known."""
    found, now, change = history(firm), firm.number(NOW), firm.number(CHANGE)
    if found is None or now is None or change is None:
        return None
    people = found.people
    waiting = int((people["wait"].isna() & (people["age"] < LONG)).sum())
    waits = found.mature(LONG).loc[lambda one: one["wait"] <= LONG, "wait"]
    return {
        "long": str(LONG),
        "now": number_text(now, "share", book.lang),
        "before": number_text(now - change, "share", book.lang),
        "change": number_text(change, "points", book.lang),
        "silent": number_text(firm.number(SILENT), "share", book.lang),
        "risen": number_text(firm.number(f"{SILENT}_yoy"), "points", book.lang),
        "told": number_text(firm.number(TOLD), "share", book.lang),
        "open": number_text(waiting, "count", book.lang),
        "middle": number_text(float(waits.median()) if len(waits) else None, "days", book.lang),
        "f2_drop": _points(abs(setting("f2_drop")), book),
        "dormant_rise": _points(setting("dormant_rise"), book),
        "fed_back_floor": number_text(setting("fed_back_floor"), "share", book.lang).replace(
            ".0%", "%"
        ),
    }


def _points(size: float, book: Words) -> str:
    """The size of a difference, without its sign."""
    return number_text(size, "points", book.lang).lstrip("+")
