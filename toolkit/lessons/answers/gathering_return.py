"""Answers on when advertising comes back, and how much more may be spent on a new customer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.sales_figures import share, summaries, yen
from toolkit.measures.cohort_margin import lives
from toolkit.measures.months import MONTHS_A_YEAR
from toolkit.measures.won_customers import MIN_N, allowed_months, won_customers
from toolkit.words import Words

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What new customers left, month after month, against what one cost.

    ``margins`` has the mean margin per customer up to 0, 1, … months; ``allowed`` the months in
    which advertising has to come back.
    """

    margins: tuple[float, ...]
    cost: float
    rate: float
    allowed: int | None
    customers: int
    period: tuple[str, str]

    @property
    def month(self) -> int | None:
        """The first month in which the margin reached the cost."""
        return first_month(self.margins, self.cost)


@lru_cache(maxsize=8)
def returned(firm: ClientFirm) -> Return | None:
    """Margin and cost of the customers the facts are about; None where either is not known."""
    s = summaries(firm)
    found = None if s is None else lives(s)
    if s is None or found is None or not found.margin.number:
        return None
    won = won_customers(s, found)
    if won is None or won.cpo is None or won.cpo <= 0 or len(won.members) < MIN_N:
        return None
    return Return(
        margins=tuple(found.cumulated(won.members, won.horizon).mean(axis=0).tolist()),
        cost=won.cpo,
        rate=found.margin.number,
        allowed=allowed_months(s),
        customers=len(won.members),
        period=won.period,
    )


def first_month(values: tuple[float, ...], cost: float) -> int | None:
    """The first place that reaches a cost.

    >>> first_month((1.0, 3.0, 5.0), 3.0), first_month((1.0,), 3.0)
    (1, None)
    """
    return next((month for month, value in enumerate(values) if value >= cost), None)


def payback_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """Months since the first order, and the margin per customer up to then."""
    import pandas as pd

    found = returned(firm)
    if found is None:
        return None
    months = list(range(len(found.margins)))
    return pd.DataFrame({"month": months, "margin": [round(x, 1) for x in found.margins]})


def payback_month(firm: ClientFirm, book: Words) -> Answer | None:
    """The first month in which the margin per customer reached the cost of one."""
    found = returned(firm)
    if found is None or found.month is None:
        return None
    last = len(found.margins) - 1
    wrong: dict[str, Given] = {
        "month_before": found.month - 1,
        "first_orders": found.cost / found.margins[0],
        "straight_line": found.cost / (found.margins[-1] / last),
        "allowed_months": found.allowed or MONTHS_A_YEAR,
    }
    by_sales = first_month(tuple(x / found.rate for x in found.margins), found.cost)
    if by_sales is not None:
        wrong["sales_counted"] = by_sales
    return Answer(
        value=found.month,
        wrong=wrong,
        params={
            **return_params(firm, book, found),
            "month": str(found.month),
            "reached": yen(firm, book, found.margins[found.month]),
            "before": yen(firm, book, found.margins[found.month - 1] if found.month else 0.0),
        },
    )


def headroom(firm: ClientFirm, book: Words) -> Answer | None:
    """What may be spent on a new customer, less what is spent."""
    found = returned(firm)
    if found is None or found.allowed is None or found.allowed >= len(found.margins):
        return None
    most = found.margins[found.allowed]
    wrong: dict[str, Given] = {
        "backwards": found.cost - most,
        "allowable_alone": most,
        "first_order": found.margins[0] - found.cost,
        "sales_counted": most / found.rate - found.cost,
        "ratio": most / found.cost,
    }
    return Answer(
        value=most - found.cost,
        wrong=wrong,
        params={
            **return_params(firm, book, found),
            "most": yen(firm, book, most),
            "room": yen(firm, book, most - found.cost),
        },
    )


def return_params(firm: ClientFirm, book: Words, found: Return) -> dict[str, str]:
    """What fills words about the margin of new customers and their cost."""
    return {
        "cost": yen(firm, book, found.cost),
        "rate": share(book, found.rate),
        "first": yen(firm, book, found.margins[0]),
        "allowed": "—" if found.allowed is None else str(found.allowed),
        "customers": f"{found.customers:,}",
        "from": found.period[0][:7],
        "to": found.period[1][:7],
        "last": str(len(found.margins) - 1),
        "straight": f"{found.cost / (found.margins[-1] / (len(found.margins) - 1)):.1f}",
    }
