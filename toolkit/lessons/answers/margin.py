"""The lesson on margin and break-even: its tables, its judgement and the written explanation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.margin_break_even import (
    break_even_sales,
    needed_sales,
    safety_margin,
    told_params,
    year_of,
)
from toolkit.lessons.answers.margin_rates import (
    contribution_rate,
    cost_share,
    discount_orders,
    one_more_order,
)
from toolkit.lessons.answers.parts import terms
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.lessons.ledger import Ledger, ledger
from toolkit.lessons.margin_pictures import break_even_picture, composition_picture
from toolkit.lessons.margin_words import WORDS, money, percent, rough
from toolkit.lessons.order_lines import counted_orders, order_lines, whole_amounts
from toolkit.measures.months import MONTHS_A_YEAR
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

RECENT: Final = 6  # months the composition is compared with the plan over, as in the diagnosis
OPTIONS: Final[Mapping[str, tuple[str, ...]]] = {
    "a": ("advertising",),
    "b": ("cogs",),
    "c": ("logistics", "packing"),
    "d": ("system",),
    "e": ("personnel",),
}
ROUNDED: Final = (3, 4, 5)  # places an amount may be rounded to, as powers of ten
LEAST_DIGITS: Final = 9  # of those places at least: 99,110 may be called 100,000
EXACT: Final = 100  # of those places from which a digit may be cut off rather than rounded
TEN_THOUSAND, MILLION = 10_000, 1_000_000
NONE_OVER, NONE_LETTER = "none_over", "f"


def first_cost(firm: ClientFirm, book: Words) -> Answer | None:
    """The cost furthest over its planned share, or over the year before where there is no plan."""
    found = ledger(firm)
    base = None if found is None else _base(firm, found)
    if found is None or base is None:
        return None
    told = found.latest(RECENT)
    gaps = {
        letter: _share(told, names) - sum(base[name] for name in names if name in base)
        for letter, names in OPTIONS.items()
        if any(name in told.items for name in names) and any(name in base for name in names)
    }
    if not gaps:
        return None
    worst = max(gaps, key=lambda letter: gaps[letter])
    against = "plan" if _plan(firm) else "year_before"
    right = worst if gaps[worst] > setting("plan_margin") else NONE_LETTER
    params = {
        **_standings(told, base, gaps, book),
        "base": book.text(f"{WORDS}.base.{against}"),
        "base_name": book.text(f"{WORDS}.base.{against}_name"),
        "limit": _points(setting("plan_margin"), book).lstrip("+"),
        "months": str(len(told.months)),
        "worst": book.text(f"{WORDS}.choice.{_code(worst)}"),
        "worst_gap": _points(gaps[worst], book),
        "monthly": rough(gaps[worst] * told.sales / len(told.months), told, book),
    }
    why = book.text(f"{WORDS}.first_cost.why.{_code(right)}", **params)
    return Answer(
        value=right,
        wrong={_code(x): x for x in (*OPTIONS, NONE_LETTER) if x != right},
        params={**params, "why": why},
        options=(*OPTIONS, NONE_LETTER),
    )


def explanation(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of an explanation in plain words: the level, where sales stand, an order, a date."""
    told = year_of(firm)
    if told is None:
        return None
    params = told_params(told, book)
    needed, usual = needed_sales(told), told.sales / len(told.months)
    state = "below" if usual < needed else "above"
    model = book.text(f"{WORDS}.explanation.model.{state}", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(code="level", terms=_ways(needed, told, book)),
            Sign(
                code="now",
                terms=(
                    *_ways(usual, told, book),
                    *_ways(abs(usual - needed), told, book),
                    percent(abs(1 - needed / usual), book),
                    number_text(abs(1 - needed / usual), "share", book.lang).replace(".0%", "%"),
                ),
            ),
            Sign(code="order", terms=terms(book, f"{WORDS}.terms.order")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


def _totals(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row for sales, orders and each cost: over all whole months, and over the latest twelve."""
    import pandas as pd

    told = ledger(firm)
    if told is None:
        return None
    year = told.latest(MONTHS_A_YEAR)
    names = ("sales", "orders", *told.items)
    return pd.DataFrame(
        {
            "item": names,
            "name": [book.text(f"{WORDS}.code.{name}") for name in names],
            "all_months": [round(told.total(name)) for name in names],
            "year": [round(year.total(name)) for name in names],
        }
    )


def _months(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    told = ledger(firm)
    return None if told is None else whole_amounts(told.months)


def _half(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The last whole month as seen on its 15th, beside the month as it ended."""
    import pandas as pd

    found, lines = ledger(firm), order_lines(firm)
    if found is None or lines is None:
        return None
    told = found.latest(1)
    orders, month = counted_orders(lines), str(told.months["month"].iloc[0])
    days = orders["order_date"]
    early = orders[(days.dt.strftime("%Y-%m") == month) & (days.dt.day <= MID)]
    sales = [float(early["amount"].sum()), told.sales]
    costs = told.total(*told.items)
    return pd.DataFrame(
        {
            "seen_on": [f"{month}-{MID}", book.text(f"{WORDS}.month_end")],
            "sales": [round(value) for value in sales],
            "costs": [round(costs)] * len(sales),
            "costs_to_sales": [round(costs / value, 3) if value else None for value in sales],
        }
    )


MID: Final = 15
ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "cost_share": cost_share,
    "contribution_rate": contribution_rate,
    "one_more_order": one_more_order,
    "discount_orders": discount_orders,
    "break_even_sales": break_even_sales,
    "safety_margin": safety_margin,
    "first_cost": first_cost,
    "explanation": explanation,
}
FRAMES: Final = {"totals": _totals, "months": _months, "half": _half}
PICTURES: Final = {"composition": composition_picture, "break_even": break_even_picture}


def _code(letter: str) -> str:
    return OPTIONS[letter][0] if letter in OPTIONS else NONE_OVER


def _plan(firm: ClientFirm) -> Mapping[str, float]:
    return getattr(firm.objects().get("payment"), "planned_shares", None) or {}


def _base(firm: ClientFirm, found: Ledger) -> Mapping[str, float] | None:
    """Planned shares, else those of the six months a year before."""
    plan = _plan(firm)
    if plan:
        return plan
    before = found.months.iloc[-RECENT - MONTHS_A_YEAR : -MONTHS_A_YEAR]
    if len(before) < RECENT or before["sales"].sum() <= 0:
        return None
    earlier = Ledger(months=before, currency=found.currency)
    return {name: _share(earlier, (name,)) for name in earlier.items}


def _share(told: Ledger, names: tuple[str, ...]) -> float:
    return told.total(*names) / told.sales if told.sales else 0.0


def _standings(
    told: Ledger, base: Mapping[str, float], gaps: Mapping[str, float], book: Words
) -> dict[str, str]:
    """For each option its share of sales, its planned share, and how far apart they are."""
    made = {}
    for letter, names in OPTIONS.items():
        code, gap = _code(letter), gaps.get(letter)
        planned = sum(base.get(name, 0.0) for name in names)
        made[f"{code}_now"] = percent(_share(told, names), book) if gap is not None else "—"
        made[f"{code}_base"] = percent(planned, book) if gap is not None else "—"
        made[f"{code}_gap"] = _points(gap, book) if gap is not None else "—"
    return made


def _points(value: float, book: Words) -> str:
    return number_text(value, "points", book.lang)


def _ways(value: float, told: Ledger, book: Words) -> tuple[str, ...]:
    """How an amount may be written: to the yen, rounded, in tens of thousands, in millions."""
    places = [p for p in ROUNDED if value >= LEAST_DIGITS * 10**p]
    whole = {round(value), *(round(value, -p) for p in places)}
    whole |= {value // 10**p * 10**p for p in places if value >= EXACT * 10**p}
    texts = [number_text(amount, "count", book.lang) for amount in sorted(whole)]
    said = {f"{amount / TEN_THOUSAND:.0f}" for amount in whole if amount % TEN_THOUSAND == 0}
    texts += [book.text(f"{WORDS}.tens", amount=amount) for amount in sorted(said)]
    if value >= MILLION / 10:
        shown = {f"{value / MILLION:.{digits}f}" for digits in (1, 2)}
        texts += [book.text(f"{WORDS}.millions", amount=amount) for amount in sorted(shown)]
    return (money(value, told, book), f"{value:.0f}", *texts)
