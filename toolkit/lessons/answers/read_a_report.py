"""The lesson on reading a report: its tables, its picture, its answers, and the defence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.parts import terms
from toolkit.lessons.answers.report_checks import checks, judged_share, not_urgent, swing
from toolkit.lessons.answers.report_orders import REPEAT, aov, orders, params, repeat_rate
from toolkit.lessons.client_firm import ClientFirm, own, shipped
from toolkit.lessons.delivered import delivered
from toolkit.lessons.report_picture import anatomy
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]
WORDS: Final = "lessons.read_a_report"
FIGURE_TOLERANCE: Final = 0.0006  # a share quoted in percent to one decimal


def defence(firm: ClientFirm, book: Words) -> Answer | None:
    """Signs of a defended figure: its value, its definition, n and period, and the rows."""
    fact = firm.diagnosis.facts.get(REPEAT)
    if fact is None or fact.number is None or delivered(firm) is None:
        return None
    filled = params(firm, book)
    model = book.text(f"{WORDS}.defence.model", **filled)
    years = tuple(day[:4] for day in fact.period or ())
    return Answer(
        value=model,
        params={**filled, "model": model},
        signs=(
            Sign(code="value", figures=(fact.number,), tolerance=FIGURE_TOLERANCE),
            Sign(code="definition", terms=terms(book, f"{WORDS}.terms.definition")),
            Sign(code="n", terms=(f"{fact.n:,}", str(fact.n))),
            Sign(code="period", terms=years),
            Sign(code="rows", terms=terms(book, f"{WORDS}.terms.rows")),
        ),
    )


def orders_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Every order line as delivered, cancelled ones marked."""
    return delivered(firm)


ANSWERS: Final[Mapping[str, Callable[[ClientFirm, Words], Answer | None]]] = {
    "judged_share": judged_share,
    "orders": orders,
    "aov": aov,
    "repeat_rate": repeat_rate,
    "swing": swing,
    "not_urgent": not_urgent,
    "defence": defence,
}
FRAMES: Final = {"checks": checks, "orders": orders_frame}
PICTURES: Final = {"finding": anatomy}
