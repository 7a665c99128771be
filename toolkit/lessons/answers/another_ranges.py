"""Answers on ranges: sales at the low end, how far the ends are apart, a middle, order numbers."""

from __future__ import annotations

import math

from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.parts import grouped
from toolkit.lessons.dossier_firm import Dossier
from toolkit.words import Words, number_text

MONTH = 30
ROUNDED = -4  # an estimate is told to ten thousand yen
DAILY_MARGIN = 2  # twice a fortnight taken for a month


def range_params(firm: Dossier, book: Words) -> dict[str, str]:
    """What fills words about the ranges."""
    (v1, v2), (c1, c2), (o1, o2) = firm.factors
    return {
        "visits_low": grouped(v1),
        "visits_high": grouped(v2),
        "share_low": f"{c1:.4g}",
        "share_high": f"{c2:.4g}",
        "order_low": grouped(o1),
        "order_high": grouped(o2),
        "low": grouped(firm.low),
        "high": grouped(firm.high),
        "times": f"{firm.high / firm.low:.2f}",
        "ratios": " × ".join(f"{high / low:.3g}" for low, high in firm.factors),
        "middle": grouped(math.sqrt(firm.low * firm.high)),
        "orders_low": grouped(v1 * c1),
        "orders_high": grouped(v2 * c2),
        "average": grouped((firm.low + firm.high) / 2),
        "low_spoken": number_text(firm.low, "yen", book.lang),
        "high_spoken": number_text(firm.high, "yen", book.lang),
    }


def low_sales(firm: Dossier, book: Words) -> Answer | None:
    """Visits × conversion × order value, each at its low end."""
    if not firm.factors:
        return None
    (v1, _), (c1, _), (o1, o2) = firm.factors
    middles = math.prod((low + high) / 2 for low, high in firm.factors)
    return Answer(
        value=firm.low,
        wrong={
            "no_conversion": v1 * o1,
            "orders_only": v1 * c1,
            "high_end": firm.high,
            "mixed": v1 * c1 * o2,
            "middles": middles,
        },
        params=range_params(firm, book),
    )


def width(firm: Dossier, book: Words) -> Answer | None:
    """High ÷ low: the product of the ratios."""
    if not firm.factors or firm.high == firm.low:
        return None
    ratios = [high / low for low, high in firm.factors]
    return Answer(
        value=firm.high / firm.low,
        wrong={
            "added": sum(ratios),
            "widest": max(ratios),
            "average": sum(ratios) / len(ratios),
            "difference": firm.high - firm.low,
            "backwards": firm.low / firm.high,
            "less_one": firm.high / firm.low - 1,
        },
        params=range_params(firm, book),
    )


def middle(firm: Dossier, book: Words) -> Answer | None:
    """Square root of low × high: as many times above the one as below the other."""
    if not firm.factors or firm.high == firm.low:
        return None
    return Answer(
        value=math.sqrt(firm.low * firm.high),
        wrong={
            "average": (firm.low + firm.high) / 2,
            "middles": math.prod((low + high) / 2 for low, high in firm.factors),
            "half_of_high": firm.high / 2,
            "low_end": firm.low,
            "high_end": firm.high,
        },
        params=range_params(firm, book),
    )


def by_numbers(firm: Dossier, book: Words) -> Answer | None:
    """Difference of two order numbers ÷ days between × 30."""
    if firm.numbers is None or not firm.factors:
        return None
    gap, days = firm.numbers
    orders = gap / days * MONTH
    (_, _), (_, _), (o1, o2) = firm.factors
    return Answer(
        value=orders,
        wrong={
            "gap_alone": gap,
            "a_day": gap / days,
            "doubled": gap * DAILY_MARGIN,
            "by_month": gap / MONTH,
            "a_week": gap / days * 7,
            "a_year": gap / days * 365,
        },
        params={
            **range_params(firm, book),
            "gap": grouped(gap),
            "days": f"{days:g}",
            "daily": f"{gap / days:.1f}",
            "orders": grouped(orders),
            "sales_low": number_text(round(orders * o1, ROUNDED), "yen", book.lang),
            "sales_high": number_text(round(orders * o2, ROUNDED), "yen", book.lang),
        },
    )
