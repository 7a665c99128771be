"""Answers on what the system costs: of sales = 100, and against the share planned for it."""

from __future__ import annotations

from typing import Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.ledger import Ledger, ledger
from toolkit.lessons.margin_words import money, percent
from toolkit.words import Words

RATIO: Final = "costs.system_cost_ratio_12m"
ALL_MONTHS: Final = "costs.system_cost_ratio"
SYSTEM, FEES = "system", "payment_fee"
WHOLE: Final = 100
HALF_YEAR: Final = 6


def system_year(firm: ClientFirm) -> Ledger | None:
    """The months the share of the system is made of; None where it was not booked."""
    told = ledger(firm, RATIO)
    return told if told is not None and SYSTEM in told.items else None


def system_share(firm: ClientFirm, book: Words) -> Answer | None:
    """System cost of sales = 100 over the latest twelve months (costs.system_cost_ratio_12m)."""
    told = system_year(firm)
    if told is None or not told.total(SYSTEM):
        return None
    cost, monthly = told.total(SYSTEM), told.months[SYSTEM] / told.months["sales"]
    half, whole = told.latest(HALF_YEAR), ledger(firm, ALL_MONTHS)
    longer: dict[str, Given] = {}
    if whole is not None:
        longer["all_months"] = whole.total(SYSTEM) / whole.sales * WHOLE
    return Answer(
        value=cost / told.sales * WHOLE,
        wrong={
            **longer,
            "fees_in": told.total(SYSTEM, FEES) / told.sales * WHOLE,
            "fees_alone": told.total(FEES) / told.sales * WHOLE,
            "of_costs": cost / told.total(*told.items) * WHOLE,
            "monthly_mean": float(monthly.mean()) * WHOLE,
            "half_year": half.total(SYSTEM) / half.sales * WHOLE if half.sales else 0.0,
            "as_share": cost / told.sales,
        },
        params=system_params(firm, told, book),
    )


def system_over(firm: ClientFirm, book: Words) -> Answer | None:
    """System cost of a year less the share planned for it; negative where there is room."""
    told, planned = system_year(firm), planned_share(firm)
    if told is None or planned is None:
        return None
    cost = told.total(SYSTEM)
    over = cost - planned * told.sales
    return Answer(
        value=over,
        wrong={
            "per_month": over / len(told.months),
            "fees_in": over + told.total(FEES),
            "of_costs": cost - planned * told.total(*told.items),
            "planned_alone": planned * told.sales,
            "whole_cost": cost,
            "backwards": -over,
            "of_cost": planned * cost,
        },
        params=system_params(firm, told, book),
    )


def planned_share(firm: ClientFirm) -> float | None:
    """The client's own planned share, else the guide where there is one for its trade."""
    payment = firm.objects().get("payment")
    plan = getattr(payment, "planned_shares", None) or {}
    return plan.get(SYSTEM, getattr(payment, "guide_share", None))


def contracts_year(firm: ClientFirm) -> float | None:
    """Yearly cost of the contracts that can go, as answered."""
    return getattr(firm.objects().get("payment"), "contracts_year_yen", None)


def system_params(firm: ClientFirm, told: Ledger, book: Words) -> dict[str, str]:
    """What fills words about the cost of the system."""
    planned, contracts = planned_share(firm), contracts_year(firm)
    cost, months = told.total(SYSTEM), told.months["month"]
    over = cost - (planned or 0.0) * told.sales
    state = "unknown" if contracts is None else "over" if over > contracts else "within"
    after = (cost - (contracts or 0.0)) / told.sales
    params = {
        "months": str(len(months)),
        "first": str(months.iloc[0]),
        "last": str(months.iloc[-1]),
        "cost": money(cost, told, book),
        "sales": money(told.sales, told, book),
        "of_hundred": f"{cost / told.sales * WHOLE:.2f}",
        "fees": f"{told.total(FEES) / told.sales * WHOLE:.2f}",
        "both": f"{told.total(SYSTEM, FEES) / told.sales * WHOLE:.2f}",
        "planned": "—" if planned is None else percent(planned, book).replace(".0%", "%"),
        "planned_of_hundred": "—" if planned is None else f"{planned * WHOLE:.2f}",
        "planned_share": "—" if planned is None else f"{planned:g}",
        "allowed": money((planned or 0.0) * told.sales, told, book),
        "over": money(over, told, book),
        "contracts": "—" if contracts is None else money(contracts, told, book),
        "after": percent(after, book),
    }
    told_of = book.text(f"lessons.payment_and_crm.system_over.contracts.{state}", **params)
    return {**params, "contracts_told": told_of}
