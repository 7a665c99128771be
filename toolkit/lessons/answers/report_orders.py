"""Answers that follow a figure of the report back to its rows: orders, order value, repeat rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.client_text import period_text, shown
from toolkit.lessons.delivered import delivered
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

TWICE = 2  # orders that make a customer one who came back
REPEAT = "customers.repeat_rate"
F2 = "customers.f2_conversion[window_days=180]"


def orders(firm: ClientFirm, book: Words) -> Answer | None:
    """How many orders there are: the fact ``customers.orders``, each number counted once."""
    lines, right = delivered(firm), firm.number("customers.orders")
    if lines is None or right is None:
        return None
    kept = lines[~lines["cancelled"]]
    return Answer(
        value=right,
        wrong={
            "lines": float(len(kept)),
            "all_lines": float(len(lines)),
            "with_cancelled": float(lines["order_id"].nunique()),
            "customers": float(kept["customer_id"].nunique()),
            "cancelled_only": float(lines.loc[lines["cancelled"], "order_id"].nunique()),
        },
        params=params(firm, book),
    )


def aov(firm: ClientFirm, book: Words) -> Answer | None:
    """Net sales ÷ orders: the fact ``customers.aov``."""
    lines, right = delivered(firm), firm.number("customers.aov")
    if lines is None or right is None:
        return None
    kept = lines[~lines["cancelled"]]
    per_order = kept.groupby("order_id")["amount"].sum()
    return Answer(
        value=right,
        wrong={
            "per_line": float(kept["amount"].mean()),
            "with_cancelled": float(lines["amount"].sum() / lines["order_id"].nunique()),
            "per_customer": float(kept["amount"].sum() / max(kept["customer_id"].nunique(), 1)),
            "middle": float(per_order.median()),
            "total": float(kept["amount"].sum()),
        },
        params=params(firm, book),
    )


def repeat_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Customers with two orders or more ÷ customers: the fact ``customers.repeat_rate``."""
    lines, right = delivered(firm), firm.number(REPEAT)
    if lines is None or right is None:
        return None
    kept = lines[~lines["cancelled"]]
    counts = kept.groupby("customer_id")["order_id"].nunique()
    n = len(counts)
    wrong: dict[str, Given] = {
        "by_line": _twice(kept.groupby("customer_id").size()),
        "with_cancelled": _twice(lines.groupby("customer_id")["order_id"].nunique()),
        "repeat_orders": 1 - n / float(counts.sum()),
        "once": float((counts == 1).mean()),
        "twice_only": float((counts == TWICE).mean()),
        "more_than_twice": float((counts > TWICE).mean()),
        "per_customer": float(counts.mean()),
        "heads": float((counts >= TWICE).sum()),
    }
    within = firm.number(F2)
    if within is not None:
        wrong["within_180"] = within
    return Answer(value=right, wrong=wrong, params=params(firm, book))


def _twice(counts: pd.Series[int]) -> float:
    return float((counts >= TWICE).mean())


def params(firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills the sentences about a firm's orders."""
    lines = delivered(firm)
    if lines is None:
        return {}
    kept = lines[~lines["cancelled"]]
    counts = kept.groupby("customer_id")["order_id"].nunique()
    number = firm.number
    return {
        "company": str(firm.diagnosis.client.get("company_name") or ""),
        "lines": f"{len(kept):,}",
        "all_lines": f"{len(lines):,}",
        "orders": f"{number('customers.orders') or 0:,.0f}",
        "all_orders": f"{lines['order_id'].nunique():,}",
        "dropped": f"{lines.loc[lines['cancelled'], 'order_id'].nunique():,}",
        "customers": f"{len(counts):,}",
        "returning": f"{int((counts >= TWICE).sum()):,}",
        "repeat_orders": f"{1 - len(counts) / max(int(counts.sum()), 1):.3f}",
        "sales": shown(number("customers.net_sales"), "yen", firm, book),
        "sales_exact": f"{number('customers.net_sales') or 0:,.0f}",
        "aov": shown(number("customers.aov"), "yen", firm, book),
        "per_line": shown(float(kept["amount"].mean()), "yen", firm, book),
        "rate": f"{number(REPEAT) or 0:.3f}",
        "percent": number_text(number(REPEAT), "share", book.lang),
        "f2": number_text(number(F2), "share", book.lang),
        "period": period_text(firm.diagnosis.facts.find(REPEAT), book),
    }
