"""Answers on the composition of cost: a share of sales, the margin, an order, a discount."""

from __future__ import annotations

from typing import Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.ledger import Ledger, ledger
from toolkit.lessons.margin_words import WORDS, columns, money, named, percent, sums
from toolkit.measures.months import MONTHS_A_YEAR
from toolkit.words import Words

ADVERTISING, GOODS = "advertising", "cogs"
DISCOUNT: Final = 0.1  # the discount the lesson asks about
WHOLE: Final = 100  # sales in the composition of cost


def cost_share(firm: ClientFirm, book: Words) -> Answer | None:
    """Advertising of sales = 100 over all whole months (costs.advertising_ratio)."""
    told = ledger(firm)
    if told is None or not told.total(ADVERTISING):
        return None
    spent, months, year = told.total(ADVERTISING), told.months, told.latest()
    share, recent = spent / told.sales, year.total(ADVERTISING) / year.sales
    last = told.latest(1)
    monthly = months[ADVERTISING] / months["sales"]
    return Answer(
        value=share * WHOLE,
        wrong={
            "of_costs": spent / told.total(*told.items) * WHOLE,
            "monthly_mean": float(monthly.mean()) * WHOLE,
            "latest_year": recent * WHOLE,
            "last_month": last.total(ADVERTISING) / last.sales * WHOLE if last.sales else 0.0,
            "as_share": share,
            "upside_down": told.sales / spent,
        },
        params={
            **_period(told),
            "spent": money(spent, told, book),
            "sales": money(told.sales, told, book),
            "of_hundred": f"{share * WHOLE:.2f}",
            "recent": f"{recent * WHOLE:.2f}",
            "mean": f"{float(monthly.mean()) * WHOLE:.2f}",
            "turn": book.text(f"{WORDS}.turn.{'up' if recent > share else 'down'}"),
        },
    )


def contribution_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """1 − variable costs ÷ sales over all whole months (costs.contribution_margin_rate)."""
    told = ledger(firm)
    if told is None:
        return None
    variable, sales = told.total(*told.variable), told.sales
    rates = 1 - told.months[list(told.variable)].sum(axis=1) / told.months["sales"]
    return Answer(
        value=told.rate,
        wrong={
            "gross_margin": 1 - told.total(GOODS) / sales,
            "advertising_in": 1 - told.total(*told.variable, ADVERTISING) / sales,
            "all_costs": 1 - told.total(*told.items) / sales,
            "markup": (sales - variable) / variable,
            "variable_share": variable / sales,
            "monthly_mean": float(rates.mean()),
            "last_month": float(rates.iloc[-1]),
        },
        params={
            **_period(told),
            "worked": sums(told, told.variable, book),
            "variable": money(variable, told, book),
            "sales": money(sales, told, book),
            "left": money(sales - variable, told, book),
            "rate": f"{told.rate:.3f}",
            "percent": percent(told.rate, book),
            "gross": percent(1 - told.total(GOODS) / sales, book),
            "items": named(told.variable, book),
            "others": named(told.fixed, book),
            "columns": columns(told.variable),
        },
    )


def one_more_order(firm: ClientFirm, book: Words) -> Answer | None:
    """Contribution margin ÷ orders over the latest twelve whole months."""
    found = ledger(firm)
    if found is None:
        return None
    told = found.latest()
    orders, sales = told.total("orders"), told.sales
    left = sales * told.rate
    of_month = (told.months["sales"] - told.months[list(told.variable)].sum(axis=1)) / told.months[
        "orders"
    ]
    return Answer(
        value=left / orders,
        wrong={
            "whole_price": sales / orders,
            "gross_margin": (sales - told.total(GOODS)) / orders,
            "advertising_in": (left - told.total(ADVERTISING)) / orders,
            "after_all_costs": (left - told.total(*told.fixed)) / orders,
            "cost_of_order": told.total(*told.variable) / orders,
            "monthly_mean": float(of_month.mean()),
            "per_month": left / len(told.months),
        },
        params={
            **_period(told),
            "sales": money(sales, told, book),
            "variable": money(sales - left, told, book),
            "orders": f"{orders:,.0f}",
            "usual": money(sales / orders, told, book),
            "rate": f"{told.rate:.4f}",
            "left": money(left, told, book),
            "each": money(left / orders, told, book),
            "percent": percent(told.rate, book),
        },
    )


def discount_orders(firm: ClientFirm, book: Words) -> Answer | None:
    """How many more orders, as a share, a discount needs to leave the same contribution margin."""
    found = ledger(firm)
    if found is None or found.latest().rate <= DISCOUNT:
        return None
    told = found.latest()
    rate, gross = told.rate, 1 - told.total(GOODS) / told.sales
    after = (rate - DISCOUNT) / (1 - DISCOUNT)
    kept = {"gross_margin": gross / (gross - DISCOUNT) - 1} if gross > DISCOUNT else {}
    wrong: dict[str, Given] = {
        **kept,
        "as_the_price": DISCOUNT,
        "same_sales": 1 / (1 - DISCOUNT) - 1,
        "share_lost": DISCOUNT / rate,
        "rates_compared": rate / after - 1,
        "times_as_many": rate / (rate - DISCOUNT),
    }
    monthly = told.total("orders") / len(told.months)
    more = rate / (rate - DISCOUNT) - 1
    return Answer(
        value=more,
        wrong=wrong,
        params={
            "discount": f"{DISCOUNT:.0%}",
            "off": f"{DISCOUNT:.2f}",
            "kept": f"{1 - DISCOUNT:.2f}",
            "rate": f"{rate:.4f}",
            "left_now": f"{rate * 100:.1f}",
            "left_after": f"{(rate - DISCOUNT) * 100:.1f}",
            "price_after": f"{(1 - DISCOUNT) * 100:.0f}",
            "cost": f"{(1 - rate) * 100:.1f}",
            "lost": percent(DISCOUNT / rate, book),
            "share": f"{more:.3f}",
            "percent": percent(more, book),
            "monthly": f"{monthly:,.0f}",
            "needed": f"{monthly * (1 + more):,.0f}",
        },
    )


def _period(told: Ledger) -> dict[str, str]:
    months = told.months["month"]
    return {
        "months": str(len(told.months)),
        "first": str(months.iloc[0]),
        "last": str(months.iloc[-1]),
        "year": str(min(MONTHS_A_YEAR, len(told.months))),
    }
