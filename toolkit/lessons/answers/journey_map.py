"""The lesson on the journey map: answers, the seam to begin with, what to tell the staff."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.journey_flow import (
    FLOW,
    MINUTES,
    by_hand,
    hours_params,
    often_met,
)
from toolkit.lessons.answers.journey_frames import (
    WORDS,
    contacts_frame,
    events_frame,
    glossed,
    joints_frame,
    journey_of,
    people_frame,
    steps_frame,
    typed_frame,
)
from toolkit.lessons.answers.journey_log import LOG
from toolkit.lessons.answers.journey_pictures import flow_picture, load_picture, minutes_picture
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.words import Words, number_text

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

FIRST: Final = {"a": "stock", "b": "longest", "c": "replace", "d": "even_out"}
FIGURE_TOLERANCE: Final = 0.06  # hours told to one decimal


def first_seam(firm: ClientFirm, book: Words) -> Answer | None:
    """Where to begin: orders and stock if met often, else the longest seam, else even out."""
    params = _params(firm, book)
    if params is None:
        return None
    first = _chosen(firm)
    return chosen(
        FIRST,
        first,
        params={**params, "why": book.text(f"{WORDS}.first_seam.why.{first}", **params)},
    )


def to_staff(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of what the staff are told: the work, a figure, the time's use, and their part."""
    params = _params(firm, book)
    if params is None:
        return None
    daily = firm.number("work.manual_minutes_per_day") or 0.0
    hours = firm.number("journey.manual_seam_hours")
    model = book.text(f"{WORDS}.to_staff.model.{_chosen(firm)}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="work", terms=terms(book, f"{WORDS}.terms.work")),
            Sign(
                code="figure",
                figures=tuple(value for value in (hours, daily, daily / MINUTES) if value),
                tolerance=FIGURE_TOLERANCE,
            ),
            Sign(code="use", terms=terms(book, f"{WORDS}.terms.use")),
            Sign(code="ask", terms=terms(book, f"{WORDS}.terms.ask")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    **FLOW,
    **LOG,
    "first_seam": first_seam,
    "to_staff": to_staff,
}
FRAMES: Final = {
    "steps": steps_frame,
    "joints": joints_frame,
    "typed": typed_frame,
    "people": people_frame,
    "events": events_frame,
    "contacts": contacts_frame,
}
PICTURES: Final = {"minutes": minutes_picture, "flow": flow_picture, "load": load_picture}


def _chosen(firm: ClientFirm) -> str:
    often = often_met(firm)
    if any(joint.joins_stock for joint in often):
        return "stock"
    return "longest" if often else "even_out"


def _params(firm: ClientFirm, book: Words) -> dict[str, str] | None:
    journey = journey_of(firm)
    daily = firm.number("work.manual_minutes_per_day")
    if journey is None or daily is None:
        return None
    often, days = often_met(firm), setting("working_days_per_month")
    monthly = {j.key: (j.after.minutes_per_day or 0.0) * days / MINUTES for j in often}
    stock = [j for j in often if j.joins_stock]
    other = sorted((j for j in often if j not in stock), key=lambda j: -monthly[j.key])
    steps = [step for step in journey.steps or () if by_hand(step)]
    longest = max(steps, key=lambda step: step.minutes_per_day or 0.0)
    return {
        **hours_params(firm, book),
        "daily": f"{daily:g}",
        "stock": str(glossed(stock[0].after.name, book)) if stock else number_text(None, "", ""),
        "stock_hours": f"{monthly[stock[0].key]:g}" if stock else "0",
        "other": str(glossed(other[0].after.name, book)) if other else number_text(None, "", ""),
        "other_hours": f"{monthly[other[0].key]:g}" if other else "0",
        "long_step": str(glossed(longest.name, book)),
        "long_minutes": f"{longest.minutes_per_day:g}",
        "ratio": number_text(firm.number("journey.load_max_ratio"), "ratio", book.lang),
        "open": number_text(firm.number("journey.unassigned_count"), "count", book.lang),
    }
