"""What the client's own work costs for one order sent (自社でお届けする1件あたりの人件費)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from toolkit.facts import Fact, unknown
from toolkit.measures.house import size
from toolkit.measures.lines import covered_orders, twelve_months
from toolkit.measures.months import DAYS_A_WEEK, DAYS_A_YEAR, period_after
from toolkit.measures.orders import between

if TYPE_CHECKING:
    from toolkit.measures.summaries import Summaries

COST = "delivery.own_work_per_order_yen"
HOURS, WAGE = "q.ful.hours", "q.pla.wage"


def own_dispatch_facts(s: Summaries) -> Iterator[Fact]:
    """Hours a week × wage with its on-cost, over a year ÷ the orders of that year.

    Material and carriage are not in it: a quote for the work leaves them as they are.
    """
    said = [s.answers.get((question, None)) for question in (HOURS, WAGE)]
    hours, wage = (value if isinstance(value, int | float) else None for value in said)
    if hours is None or wage is None:
        lacking = HOURS if hours is None else WAGE
        reason = "answered_unknown" if "unknown" in said else "not_asked"
        yield unknown(COST, reason, needs=(lacking,))
        return
    covered = covered_orders(s)
    if covered is None or s.orders is None:
        yield unknown(COST, "no_table", needs=("orders",))
        return
    over = twelve_months(covered)
    span = period_after(over.after, over.upto)
    n = len(between(s.orders, over.after, over.upto))
    if not over.whole:
        yield unknown(COST, "immature", needs=("orders",), period=span)
        return
    yearly = hours * DAYS_A_YEAR / DAYS_A_WEEK * wage * size(s, "labour_on_cost")
    yield Fact(id=COST, value=yearly / n, n=n, period=span, basis="said", needs=(HOURS, WAGE))
