"""The lesson on payment, systems and CRM: its tables, what comes first, the written memo."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final

from toolkit.frameworks.framework import UNKNOWN
from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.count_customers import (
    REPEAT_RATE,
    TOP,
    by_hand,
    count_params,
    customers,
    orders_per_customer,
    repeat_rate,
    top_sales_share,
)
from toolkit.lessons.answers.parts import chosen, terms
from toolkit.lessons.answers.system_cost import (
    FEES,
    SYSTEM,
    planned_share,
    system_over,
    system_params,
    system_share,
    system_year,
)
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.lessons.count_few import few_lines
from toolkit.lessons.count_picture import classes_picture
from toolkit.lessons.order_counts import order_counts
from toolkit.lessons.order_lines import order_lines, whole_amounts
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

WORDS: Final = "lessons.payment_and_crm"
MOVES: Final = {"a": "strategy", "b": "process", "c": "tool", "d": "database"}
FIGURE_TOLERANCE: Final = 0.0011  # a percentage quoted to one decimal, or cut


def first_step(firm: ClientFirm, book: Words) -> Answer | None:
    """Strategy, then process and people, then IT: the first of them that is missing."""
    crm = firm.objects().get("crm")
    move = None if crm is None else _move(crm)
    if crm is None or move is None:
        return None
    params = _standing(firm, crm, book)
    return chosen(
        MOVES,
        move,
        params={**params, "why": book.text(f"{WORDS}.first_step.why.{move}", **params)},
    )


def memo(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a memo: what comes first, a figure of the count, how it was counted, a date."""
    found, crm = order_counts(firm), firm.objects().get("crm")
    move = None if crm is None else _move(crm)
    if found is None or crm is None or move is None:
        return None
    rates = [rate for key in (REPEAT_RATE, TOP) if (rate := firm.number(key)) is not None]
    params = {**count_params(found, book), **_standing(firm, crm, book)}
    counted = (params["people"], params["known_orders"], params["again"], params["short_each"])
    plain = tuple(text.replace(",", "") for text in counted)
    model = book.text(f"{WORDS}.memo.model.{move}", **params)
    return Answer(
        value=model,
        params={**params, "model": model, "asked": book.text(f"{WORDS}.memo.asked.{move}")},
        signs=(
            Sign(code="first", terms=terms(book, f"{WORDS}.terms.{move}")),
            Sign(
                code="figure",
                terms=(*counted, *plain),
                figures=tuple(rates),
                tolerance=FIGURE_TOLERANCE,
            ),
            Sign(code="key", terms=terms(book, f"{WORDS}.terms.key")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


def _few(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    found = order_counts(firm)
    lines = None if found is None else few_lines(found)
    if lines is None:
        return None
    marks = {True: book.text(f"{WORDS}.yes"), False: ""}
    return whole_amounts(lines).assign(
        customer=lines["customer"].fillna(""),
        order_date=lines["order_date"].dt.strftime("%Y-%m-%d"),
        cancelled=lines["cancelled"].map(marks),
    )


def _lines(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    lines = order_lines(firm)
    return None if lines is None else whole_amounts(lines)


def _year(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """A row a month: sales, cost of the system, payment fees; all costs beside them."""
    told = system_year(firm)
    if told is None:
        return None
    shown = ["month", "sales", SYSTEM, *(name for name in (FEES,) if name in told.items)]
    costs = told.months[list(told.items)].sum(axis=1)
    return whole_amounts(told.months[shown].assign(all_costs=costs))


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "system_share": system_share,
    "system_over": system_over,
    "by_hand": by_hand,
    "customers": customers,
    "orders_per_customer": orders_per_customer,
    "repeat_rate": repeat_rate,
    "top_sales_share": top_sales_share,
    "first_step": first_step,
    "memo": memo,
}
FRAMES: Final = {"year": _year, "few": _few, "lines": _lines}
PICTURES: Final = {"classes": classes_picture}


def _move(crm: Any) -> str | None:
    """The first of strategy, process, tool that is missing; None where it was not asked."""
    for move in ("strategy", "process"):
        answer = getattr(crm, move)
        if answer in (None, UNKNOWN):
            return None
        if answer != "yes":
            return move
    return "database" if _near_line(crm) else "tool"


def _near_line(crm: Any) -> bool:
    """Whether sales have met the line, or the move to a database has to begin now."""
    move = crm.migration
    return crm.line_state == "passed" or (move is not None and move.months_left <= 0)


def _standing(firm: ClientFirm, crm: Any, book: Words) -> dict[str, str]:
    """What was answered on strategy, process and tool; sales beside the line; the system."""
    told = system_year(firm)
    said = {
        name: book.text(f"{WORDS}.said.{getattr(crm, name) or UNKNOWN}")
        for name in ("strategy", "process", "tool")
    }
    currency = str(firm.diagnosis.client["currency"])
    amounts = {"year_sales": crm.sales_12m_yen, "line": setting("dedicated_db_sales")}
    money = {k: _rough(v, book, currency) for k, v in amounts.items()}
    lead = sum((crm.phase_months or {}).values())
    known = told is not None and planned_share(firm) is not None
    system = system_params(firm, told, book) if told is not None and known else {}
    text = book.text(f"{WORDS}.system_told.{'known' if known else 'unknown'}", **system)
    return {**said, **money, "lead": f"{lead:.0f}", "system_told": text}


def _rough(value: float | None, book: Words, currency: str) -> str:
    """An amount as it is spoken of; a round one without its zeros."""
    return number_text(value, "yen", book.lang, currency).replace(".00", "")
