"""Answers on what a parcel costs: carriage and boxes, the firm's own work, the break-even."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from toolkit import resources
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.fulfillment_frames import months_frame
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import currency, exact, shown
from toolkit.measures.months import DAYS_A_WEEK, DAYS_A_YEAR, MONTHS_A_YEAR
from toolkit.words import Words, number_text

PARCEL, OWN = "delivery.yen_per_parcel", "delivery.own_work_per_order_yen"
FOUR_WEEKS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What a forwarding firm asks: a month's base, and the work on each parcel."""

    base: float
    each: float
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWork:
    """The firm's own work for one order, and what it is made of."""

    hours: float
    wage: float
    on_cost: float
    orders: int
    yen: float


@cache
def quote() -> Quote:
    """The quote of the lesson."""
    text = resources.content("lessons", "fulfillment.toml").read_text("utf-8")
    found = tomllib.loads(text)["quote"]
    base, each = float(found["base"]), float(found["each"])
    return Quote(base=base, each=each, currency=str(found["currency"]))


def own_work_of(firm: ClientFirm) -> OwnWork | None:
    """Fact ``delivery.own_work_per_order_yen`` with its parts; None where one is not known."""
    fact = firm.diagnosis.facts.get(OWN)
    hours, wage = firm.number("q.ful.hours"), firm.number("q.pla.wage")
    if fact is None or fact.number is None or not fact.n or hours is None or wage is None:
        return None
    on_cost = setting("labour_on_cost")
    return OwnWork(hours=hours, wage=wage, on_cost=on_cost, orders=fact.n, yen=fact.number)


def break_even_of(firm: ClientFirm) -> float | None:
    """Shipments a month above which the quote is cheaper than the firm's own work.

    None where the quote never is, or where the firm counts in another currency.
    """
    own, asked = own_work_of(firm), quote()
    if own is None or own.yen <= asked.each or currency(firm) != asked.currency:
        return None
    return asked.base / (own.yen - asked.each)


def parcel_yen(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``delivery.yen_per_parcel``: carriage and packing of a year ÷ parcels."""
    months, right = months_frame(firm, book), firm.number(PARCEL)
    if months is None or right is None:
        return None
    sums = months[["orders", "parcels", "carriage", "packing"]].sum()
    spent = float(sums["carriage"] + sums["packing"])
    fees = float(months["fees"].sum()) if "fees" in months else 0.0
    return Answer(
        value=right,
        wrong={
            "carriage_only": float(sums["carriage"] / sums["parcels"]),
            "per_order": spent / float(sums["orders"]),
            "net_of_fees": (spent - fees) / float(sums["parcels"]),
            "a_month": spent / MONTHS_A_YEAR,
            "upside_down": float(sums["parcels"]) / spent,
        },
        params={
            "carriage": exact(float(sums["carriage"]), firm, book),
            "packing": exact(float(sums["packing"]), firm, book),
            "spent": exact(spent, firm, book),
            "parcels": number_text(int(sums["parcels"]), "count", book.lang),
            "orders": number_text(int(sums["orders"]), "count", book.lang),
            "split": number_text(int(sums["parcels"] - sums["orders"]), "count", book.lang),
            "each": _yen(right, firm, book),
            "paid": number_text(
                firm.number("delivery.customer_share_of_shipping"), "share", book.lang
            ),
        },
    )


def own_work(firm: ClientFirm, book: Words) -> Answer | None:
    """Hours a week × weeks of a year × wage with on-cost ÷ orders of the year."""
    own = own_work_of(firm)
    if own is None:
        return None
    weeks = DAYS_A_YEAR / DAYS_A_WEEK
    return Answer(
        value=own.yen,
        wrong={
            "no_on_cost": own.yen / own.on_cost,
            "four_weeks": own.yen * FOUR_WEEKS * MONTHS_A_YEAR / weeks,
            "one_week": own.yen / weeks,
            "a_month": own.yen * own.orders / MONTHS_A_YEAR,
            "month_over_year": own.yen / MONTHS_A_YEAR,
        },
        params=own_params(own, firm, book),
    )


def break_even(firm: ClientFirm, book: Words) -> Answer | None:
    """Base ÷ (own work − quote for each): parcels a month."""
    own, point = own_work_of(firm), break_even_of(firm)
    if own is None or point is None:
        return None
    asked, carried = quote(), firm.number(PARCEL) or 0.0
    plain = own.yen / own.on_cost - asked.each
    return Answer(
        value=point,
        wrong={
            "base_over_each": asked.base / asked.each,
            "base_over_own": asked.base / own.yen,
            "a_year": point * MONTHS_A_YEAR,
            "gap_alone": own.yen - asked.each,
            **(
                {"carriage_in_own": asked.base / (own.yen + carried - asked.each)}
                if carried
                else {}
            ),
            **({"no_on_cost": asked.base / plain} if plain > 0 else {}),
        },
        params={**own_params(own, firm, book), **cost_params(firm, book)},
    )


def own_params(own: OwnWork, firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about the firm's own work."""
    weeks = DAYS_A_YEAR / DAYS_A_WEEK
    yearly = own.hours * weeks * own.wage * own.on_cost
    return {
        "hours": f"{own.hours:g}",
        "weeks": f"{weeks:.2f}",
        "wage": _yen(own.wage, firm, book),
        "wage_plain": f"{own.wage:g}",
        "on_cost": f"{own.on_cost:g}",
        "orders": number_text(own.orders, "count", book.lang),
        "orders_plain": str(own.orders),
        "yearly": exact(yearly, firm, book),
        "own": _yen(own.yen, firm, book),
        "minutes": f"{own.hours * weeks * 60 / own.orders:.1f}",
    }


def cost_params(firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about the quote and the month in which it begins to pay."""
    own, point, asked = own_work_of(firm), break_even_of(firm), quote()
    assert own is not None
    assert point is not None
    monthly = own.orders / MONTHS_A_YEAR
    saved = (own.yen - asked.each) * monthly - asked.base
    return {
        "base": _yen(asked.base, firm, book),
        "base_plain": f"{asked.base:g}",
        "each": _yen(asked.each, firm, book),
        "each_plain": f"{asked.each:g}",
        "own": _yen(own.yen, firm, book),
        "gap": _yen(own.yen - asked.each, firm, book),
        "own_exact": number_text(own.yen, "ratio", book.lang),
        "gap_exact": number_text(own.yen - asked.each, "ratio", book.lang),
        "point": number_text(round(point), "count", book.lang),
        "exact": f"{point:.1f}",
        "monthly": number_text(round(monthly), "count", book.lang),
        "saved": _yen(saved, firm, book),
    }


def _yen(value: float, firm: ClientFirm, book: Words) -> str:
    return shown(round(value), "yen", firm, book)


COSTS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "parcel_yen": parcel_yen,
    "own_work": own_work,
    "break_even": break_even,
}
