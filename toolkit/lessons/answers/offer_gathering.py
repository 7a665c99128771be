"""Answers on what surrounds an offer: a contact won by a free offer, an addition proposed."""

from __future__ import annotations

from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.parts import grouped
from toolkit.lessons.handed_over import Row, amount, amounts
from toolkit.lessons.offer_firm import OfferFirm
from toolkit.words import Words, number_text

FREE = ("sent", "making_yen", "sending_yen", "advertising_yen", "consented", "bought")


def contact_cost(firm: OfferFirm, book: Words) -> Answer | None:
    """All a free offer cost ÷ the contacts that agreed to be written to."""
    found = amounts(firm.free, FREE)
    if found is None:
        return None
    sent, making, sending, advertising, consented, bought = found
    whole = making + sending + advertising
    if not (sent and consented and bought):
        return None
    return Answer(
        value=whole / consented,
        wrong={
            "by_sent": whole / sent,
            "without_advertising": (making + sending) / consented,
            "making_only": making / consented,
            "by_buyer": whole / bought,
            "advertising_only": advertising / consented,
        },
        params={
            "sent": grouped(sent),
            "making": grouped(making),
            "sending": grouped(sending),
            "advertising": grouped(advertising),
            "whole": grouped(whole),
            "consented": grouped(consented),
            "bought": grouped(bought),
            "cost": grouped(whole / consented),
            "by_buyer": grouped(whole / bought),
            "margin": grouped(firm.now.margin) if firm.now else "—",
        },
    )


def add_on_share(firm: OfferFirm, book: Words) -> Answer | None:
    """Orders with at least one add-on ÷ all orders."""
    lines = firm.lines
    orders = {line.get("order_id") for line in lines}
    extra = [line for line in lines if line.get("kind") == "add_on"]
    taken = {line.get("order_id") for line in extra}
    sales = _sum(lines, "amount_yen")
    units = _sum(extra, "quantity")
    if not taken or not sales:
        return None
    share = len(taken) / len(orders)
    return Answer(
        value=share,
        wrong={
            "of_lines": len(extra) / len(lines),
            "lines_by_orders": len(extra) / len(orders),
            "units_by_orders": units / len(orders),
            "of_sales": _sum(extra, "amount_yen") / sales,
            "of_others": len(taken) / max(len(orders) - len(taken), 1),
            "without": 1 - share,
        },
        params={
            "orders": str(len(orders)),
            "taken": str(len(taken)),
            "lines": str(len(extra)),
            "share": f"{share:.3f}",
            "percent": number_text(share, "share", book.lang),
            "each": grouped(_sum(extra, "amount_yen") / len(orders)),
        },
    )


def _sum(lines: list[Row] | tuple[Row, ...], name: str) -> float:
    return sum(amount(line, name) or 0.0 for line in lines)
