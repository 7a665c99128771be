"""Answers on the money of make or buy: own cost, how long a lot lasts, where both cost the same."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.parts import grouped
from toolkit.lessons.handed_over import amount
from toolkit.lessons.sourcing_firm import MONTH, SourcingFirm
from toolkit.words import Words, number_text


def own_cost(firm: SourcingFirm, book: Words) -> Answer | None:
    """(Material + labour) ÷ (1 − share spoiled)."""
    right = firm.own_cost
    if firm.cost is None or right is None:
        return None
    material, minutes, wage, spoiled = firm.cost
    labour = minutes * wage / 60
    return Answer(
        value=right,
        wrong={
            "material_only": material,
            "no_spoilage": material + labour,
            "spoilage_added": (material + labour) * (1 + spoiled),
            "spoilage_of_material": material / (1 - spoiled) + labour,
            "no_labour": material / (1 - spoiled),
            "whole_hour": (material + wage) / (1 - spoiled),
            "minutes_as_yen": (material + minutes) / (1 - spoiled),
        },
        params={
            "material": grouped(material),
            "minutes": f"{minutes:g}",
            "wage": grouped(wage),
            "labour": grouped(labour),
            "both": grouped(material + labour),
            "spoiled": number_text(spoiled, "share", book.lang).replace(".0%", "%"),
            "kept": f"{1 - spoiled:g}",
            "cost": grouped(right),
        },
    )


def lot_days(firm: SourcingFirm, book: Words) -> Answer | None:
    """Days the lot of the lowest quote lasts at expected demand."""
    quote = min(firm.quotes, key=lambda one: one.quote, default=None)
    if quote is None or firm.demand is None or not firm.demand[1] or not quote.lot:
        return None
    expected, days = firm.demand[1], firm.lot_days(quote) or 0.0
    usable = amount(firm.terms, "usable_days")
    late = usable is not None and days > usable
    params = {
        "name": quote.name,
        "quote": grouped(quote.quote),
        "lot": grouped(quote.lot),
        "expected": grouped(expected),
        "days": f"{days:.1f}",
        "cash": grouped(quote.lot * quote.quote),
        "usable": "—" if usable is None else f"{usable:g}",
        "left": grouped(quote.lot - expected * (usable or 0) / MONTH),
    }
    verdict = book.text(f"lessons.make_or_buy.lot_days.{'late' if late else 'early'}", **params)
    return Answer(
        value=days,
        wrong={
            "months": quote.lot / expected,
            "backwards": expected / quote.lot * MONTH,
            "by_days": quote.lot / MONTH,
            "with_lead": days + quote.lead_days,
            "half": days / 2,
            **({"usable_days": usable} if usable is not None else {}),
        },
        params={**params, "verdict": verdict},
    )


def break_even(firm: SourcingFirm, book: Words) -> Answer | None:
    """Fixed yen ÷ (quote − yen a unit with the machine)."""
    right = firm.break_even
    if right is None or firm.machine is None or firm.chosen is None:
        return None
    fixed, unit = firm.machine
    quote, hand = firm.chosen.quote, firm.own_cost
    return Answer(
        value=right,
        wrong={
            "by_quote": fixed / quote,
            "by_unit": fixed / unit if unit else 0.0,
            "added": fixed / (quote + unit),
            "a_year": right * 12,
            **_against_hand(fixed, unit, quote, hand),
        },
        params=break_even_params(firm),
    )


def _against_hand(
    fixed: float, unit: float, quote: float, hand: float | None
) -> Mapping[str, Given]:
    if hand is None:
        return {}
    by_hand = {"hand_to_machine": hand - unit, "hand_to_quote": hand - quote}
    return {code: fixed / gap for code, gap in by_hand.items() if gap > 0}


def break_even_params(firm: SourcingFirm) -> dict[str, str]:
    """What fills words about the quantity where making and buying cost the same."""
    if firm.machine is None or firm.chosen is None:
        return {}
    fixed, unit = firm.machine
    quote = firm.chosen
    return {
        "fixed": grouped(fixed),
        "unit": grouped(unit),
        "name": quote.name,
        "quote": grouped(quote.quote),
        "gap": grouped(quote.quote - unit),
        "break_even": f"{firm.break_even or 0:.1f}",
        "lot": grouped(quote.lot),
        "cash": grouped(quote.lot * quote.quote),
        "lead": f"{quote.lead_days:g}",
        "hand": grouped(firm.own_cost) if firm.own_cost is not None else "—",
    }


def reorder_point(firm: SourcingFirm, book: Words) -> Answer | None:
    """Daily demand × lead days + safety stock."""
    quote, safety = firm.chosen, amount(firm.terms, "safety")
    if quote is None or firm.demand is None or safety is None:
        return None
    expected = firm.demand[1]
    used = expected / MONTH * quote.lead_days
    return Answer(
        value=used + safety,
        wrong={
            "no_safety": used,
            "safety_alone": safety,
            "month_not_day": expected * quote.lead_days + safety,
            "a_month": expected + safety,
            "the_lot": quote.lot,
            "lead_days": quote.lead_days,
        },
        params={
            "name": quote.name,
            "expected": grouped(expected),
            "lead": f"{quote.lead_days:g}",
            "safety": grouped(safety),
            "daily": f"{expected / MONTH:.2f}",
            "used": f"{used:.1f}",
            "point": f"{used + safety:.1f}",
        },
    )
