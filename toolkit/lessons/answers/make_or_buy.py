"""The lesson on make or buy, and the launch: its firm, the judgement, and the written note."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.make_launch import launch_days, top_supplier
from toolkit.lessons.answers.make_money import (
    break_even,
    break_even_params,
    lot_days,
    own_cost,
    reorder_point,
)
from toolkit.lessons.answers.parts import chosen, grouped, terms
from toolkit.lessons.client_firm import ClientFirm, mapping
from toolkit.lessons.handed_over import amount, labelled
from toolkit.lessons.sourcing_firm import (
    SourcingFirm,
    purchases_frame,
    sourcing_firm,
    steps_frame,
    ways_frame,
)
from toolkit.lessons.sourcing_pictures import costs_picture, launch_picture
from toolkit.words import Words

WORDS: Final = "lessons.make_or_buy"
MOVES: Final = {"a": "make", "b": "buy", "c": "first_buy", "d": "stay"}
LABELS: Final = ("name", "supplier", "item")
NEAR: Final = 0.6  # a figure quoted without its decimals


def shipped(record: Mapping[str, Any], book: Words) -> SourcingFirm:
    """The firm of the lesson, its labels in the language of the words."""
    return sourcing_firm(labelled(record, book, f"{WORDS}.firm", LABELS))


def own(source: object, book: Words) -> SourcingFirm:
    """The learner's firm: plain mappings, or a diagnosed client's procurement alone."""
    return sourcing_firm(source.objects() if isinstance(source, ClientFirm) else mapping(source))


def way(firm: SourcingFirm, book: Words) -> Answer | None:
    """Make with the machine, buy, buy first and make later, or stay as today."""
    params = _judged(firm)
    if params is None:
        return None
    move = _move(firm)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.way.why.{move}", **params)},
    )


def note(firm: SourcingFirm, book: Words) -> Answer | None:
    """Signs of the note: the way, a figure, what others must be told, a time."""
    params = _judged(firm)
    if params is None or firm.chosen is None:
        return None
    move = _move(firm)
    figures = (
        firm.break_even or 0.0,
        firm.chosen.quote,
        firm.own_cost or 0.0,
        firm.chosen.lot * firm.chosen.quote,
        firm.launch_days or 0.0,
        firm.chosen.lot,
    )
    model = book.text(f"{WORDS}.note.model.{move}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="way", terms=terms(book, f"{WORDS}.terms.{move}")),
            Sign(
                code="figure", terms=tuple(map(grouped, figures)), figures=figures, tolerance=NEAR
            ),
            Sign(code="handed", terms=terms(book, f"{WORDS}.terms.handed")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[SourcingFirm, Words], Answer | None]]] = {
    "own_cost": own_cost,
    "lot_days": lot_days,
    "break_even": break_even,
    "reorder_point": reorder_point,
    "top_supplier": top_supplier,
    "launch_days": launch_days,
    "way": way,
    "note": note,
}
FRAMES: Final = {"ways": ways_frame, "purchases": purchases_frame, "steps": steps_frame}
PICTURES: Final = {"costs": costs_picture, "launch": launch_picture}


def _judged(firm: SourcingFirm) -> dict[str, str] | None:
    hand, capacity = firm.own_cost, amount(firm.terms, "capacity")
    if firm.break_even is None or firm.demand is None or hand is None or capacity is None:
        return None
    low, expected, high = firm.demand
    days = firm.lot_days(firm.chosen) if firm.chosen else None
    usable = amount(firm.terms, "usable_days")
    return {
        **break_even_params(firm),
        "low": grouped(low),
        "expected": grouped(expected),
        "high": grouped(high),
        "capacity": grouped(capacity),
        "days": f"{days or 0:.0f}",
        "usable": "—" if usable is None else f"{usable:g}",
        "by_hand": grouped(hand * expected),
        "by_quote": grouped((firm.chosen.quote if firm.chosen else 0) * expected),
        "by_machine": grouped(sum(_times(firm, expected))),
        "launch": "—" if firm.launch_days is None else f"{firm.launch_days:g}",
    }


def _times(firm: SourcingFirm, units: float) -> tuple[float, float]:
    fixed, unit = firm.machine or (0.0, 0.0)
    return fixed, unit * units


def _move(firm: SourcingFirm) -> str:
    low, _, high = firm.demand or (0.0, 0.0, 0.0)
    even, hand = firm.break_even or 0.0, firm.own_cost or 0.0
    quote, capacity = firm.chosen, amount(firm.terms, "capacity") or 0.0
    if quote is None or not firm.fits(quote):
        return "stay"
    if hand <= quote.quote and high <= capacity:
        return "stay"
    if low >= even:
        return "make"
    return "buy" if high < even else "first_buy"
