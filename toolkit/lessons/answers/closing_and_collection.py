"""The lesson on promotion, closing and collection: its answers and the call to a late payer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from toolkit.lessons.answer import Answer, Sign
from toolkit.lessons.answers.closing_difference import (
    WORDS,
    better,
    difference_low,
    sources_frame,
)
from toolkit.lessons.answers.closing_leads import days_to_win, leads_frame, win_before, win_rate
from toolkit.lessons.answers.closing_money import (
    ageing_frame,
    call_first,
    cash_gap,
    debtors,
    dso,
    invoices_frame,
    overdue_rate,
)
from toolkit.lessons.answers.closing_shop import (
    cart_to_order,
    extra_orders,
    net_per_send,
    promotions_frame,
    source_rate,
    traffic_frame,
)
from toolkit.lessons.answers.parts import terms
from toolkit.lessons.closing_pictures import ageing_picture, sources_picture, steps_picture
from toolkit.lessons.sales_figures import yen
from toolkit.lessons.two_clients import TwoClients, own, shipped
from toolkit.words import Words

__all__ = ["ANSWERS", "FRAMES", "PICTURES", "own", "shipped"]

TEN_THOUSAND: Final = 10_000
ROUNDED: Final = 0.6  # of ten thousand yen: a sum quoted in 万円


def letter(firm: TwoClients, book: Words) -> Answer | None:
    """Signs of a call to a late payer: sum, due day, why, until when."""
    found = debtors(firm, book)
    if found is None or found.empty:
        return None
    most = found.sort_values("overdue", ascending=False, kind="stable").iloc[0]
    amount, days = float(most["overdue"]), float(most["oldest"])
    params = {
        "debtor": str(most["debtor"]),
        "overdue": yen(firm, book, amount),
        "days": f"{days:.0f}",
    }
    model = book.text(f"{WORDS}.letter.model", **params)
    return Answer(
        value=model,
        params={**params, "model": model},
        signs=(
            Sign(
                code="amount",
                terms=(params["overdue"], f"{amount:,.0f}", f"{amount:.0f}"),
                figures=(amount / TEN_THOUSAND,),
                tolerance=ROUNDED,
            ),
            Sign(code="due", terms=terms(book, f"{WORDS}.terms.due")),
            Sign(code="ask", terms=terms(book, f"{WORDS}.terms.ask")),
            Sign(code="term", terms=terms(book, f"{WORDS}.terms.time")),
        ),
    )


ANSWERS: Final[Mapping[str, Callable[[TwoClients, Words], Answer | None]]] = {
    "cart_to_order": cart_to_order,
    "source_rate": source_rate,
    "extra_orders": extra_orders,
    "net_per_send": net_per_send,
    "win_rate": win_rate,
    "win_before": win_before,
    "days_to_win": days_to_win,
    "difference_low": difference_low,
    "better": better,
    "dso": dso,
    "overdue_rate": overdue_rate,
    "call_first": call_first,
    "cash_gap": cash_gap,
    "letter": letter,
}

FRAMES: Final = {
    "traffic": traffic_frame,
    "promotions": promotions_frame,
    "leads": leads_frame,
    "sources": sources_frame,
    "invoices": invoices_frame,
    "ageing": ageing_frame,
}
PICTURES: Final = {
    "steps": steps_picture,
    "sources": sources_picture,
    "ageing": ageing_picture,
}
