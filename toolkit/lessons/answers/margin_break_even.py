"""Answers on break-even: the sales of a month it takes, and the margin of safety."""

from __future__ import annotations

from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.margin_rates import ADVERTISING, GOODS
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.ledger import Ledger, ledger
from toolkit.lessons.margin_words import (
    WORDS,
    columns,
    money,
    named,
    percent,
    rough,
    sums,
)
from toolkit.measures.break_even import PERSONNEL
from toolkit.words import MINUS, Words


def year_of(firm: ClientFirm) -> Ledger | None:
    """The latest twelve whole months; None where personnel or a margin is missing."""
    found = ledger(firm)
    told = None if found is None else found.latest()
    return told if told is not None and PERSONNEL in told.items and told.rate > 0 else None


def needed_sales(told: Ledger) -> float:
    """Sales of a month at which the contribution margin pays the other costs."""
    return told.total(*told.fixed) / len(told.months) / told.rate


def break_even_sales(firm: ClientFirm, book: Words) -> Answer | None:
    """Fixed costs of a month ÷ contribution margin rate (costs.break_even_sales_yen)."""
    told = year_of(firm)
    if told is None:
        return None
    count, fixed, rate = len(told.months), told.total(*told.fixed), told.rate
    paid = fixed - told.total(ADVERTISING)
    gross = 1 - told.total(GOODS) / told.sales
    rates = 1 - told.months[list(told.variable)].sum(axis=1) / told.months["sales"]
    by_month = told.months[list(told.fixed)].sum(axis=1) / rates
    return Answer(
        value=needed_sales(told),
        wrong={
            "fixed_alone": fixed / count,
            "without_advertising": paid / count / rate,
            "without_personnel": (fixed - told.total(PERSONNEL)) / count / rate,
            "gross_margin": fixed / count / gross,
            "all_costs": told.total(*told.items) / count / rate,
            "whole_costs_alone": told.total(*told.items) / count,
            "times_rate": fixed / count * rate,
            "whole_year": fixed / rate,
            "advertising_twice": fixed / count / (rate - told.total(ADVERTISING) / told.sales),
            "monthly_mean": float(by_month.mean()),
        },
        params={
            **_params(told, book),
            "worked": sums(told, told.fixed, book),
            "fixed_year": money(fixed, told, book),
            "others": named(told.fixed, book),
            "columns": columns(told.fixed),
            "biggest": named((max(told.fixed, key=told.total),), book),
        },
    )


def safety_margin(firm: ClientFirm, book: Words) -> Answer | None:
    """(Sales − break-even sales) ÷ sales, below nought where sales fall short."""
    told = year_of(firm)
    if told is None:
        return None
    needed, usual = needed_sales(told), told.sales / len(told.months)
    value = 1 - needed / usual
    state = "below" if value < 0 else "above"
    params = _params(told, book)
    return Answer(
        value=value,
        wrong={
            "break_even_ratio": needed / usual,
            "of_break_even": usual / needed - 1,
            "backwards": needed / usual - 1,
            "without_advertising": 1
            - (told.total(*told.fixed) - told.total(ADVERTISING)) / told.rate / told.sales,
            "profit_share": told.rate - told.total(*told.fixed) / told.sales,
            "amount": usual - needed,
        },
        params={**params, "why": book.text(f"{WORDS}.safety_margin.why.{state}", **params)},
    )


def _params(told: Ledger, book: Words) -> dict[str, str]:
    """What fills words about break-even and the sales there are."""
    count = len(told.months)
    needed, usual = needed_sales(told), told.sales / count
    each = told.sales * told.rate / told.total("orders")
    gap = abs(needed - usual)
    return {
        "months": str(count),
        "fixed": money(told.total(*told.fixed) / count, told, book),
        "rate": f"{told.rate:.4f}",
        "percent_rate": percent(told.rate, book),
        "needed": money(needed, told, book),
        "usual": money(usual, told, book),
        "rough_needed": rough(needed, told, book),
        "rough_usual": rough(usual, told, book),
        "ratio": f"{needed / usual:.4f}",
        "value": f"{1 - needed / usual:.3f}".replace("-", MINUS),
        "percent": percent(1 - needed / usual, book),
        "gap": money(gap, told, book),
        "rough_gap": rough(gap, told, book),
        "rough_fixed": rough(told.total(*told.fixed) / count, told, book),
        "rough_each": rough(each, told, book),
        "exact_rate": f"{told.rate:.6f}",
        "gap_profit": rough(gap * told.rate, told, book),
        "gap_orders": f"{gap * told.rate / each:,.0f}",
        "each": money(each, told, book),
        "orders": f"{told.total('orders') / count:,.0f}",
    }


def told_params(told: Ledger, book: Words) -> dict[str, str]:
    """The same for the judgement and the written answer."""
    return _params(told, book)
