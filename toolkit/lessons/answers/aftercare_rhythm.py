"""Answers on rhythm: the interval between orders, and who has been silent for longer than that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.answers.aftercare_orders import LONG, SHORT, History, history
from toolkit.lessons.client_firm import ClientFirm
from toolkit.measures.orders import REGULAR_ORDERS, SILENT_INTERVALS
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

TWICE: Final = 2  # orders


def interval(firm: ClientFirm, book: Words) -> Answer | None:
    """customers.purchase_interval_median_days: the middle of all gaps between two orders."""
    found = history(firm)
    if found is None or not found.orders["gap"].notna().any():
        return None
    gaps, people = found.orders["gap"].dropna(), found.people
    value = float(gaps.median())
    return Answer(
        value=value,
        wrong={
            "mean": float(gaps.mean()),
            "mean_of_means": float(people["mean_gap"].mean()),
            "median_of_medians": float(people["rhythm"].median()),
            "first_gap": float(people["wait"].median()),
            "span": _spans(found),
            "lines": _with_lines(found),
            "whole_days": float((gaps // 1).median()),
        },
        params={
            "count": number_text(len(gaps), "count", book.lang),
            **_days("median", value, book),
            **_days("mean", float(gaps.mean()), book),
            **_days("first", float(people["wait"].median()), book),
            **_days("people", float(people["mean_gap"].mean()), book),
        },
    )


def dormant(firm: ClientFirm, book: Words) -> Answer | None:
    """customers.dormant_rate: silent for over twice the own median, of three orders or more."""
    found = history(firm)
    regular = None if found is None else found.people[found.people["orders"] >= REGULAR_ORDERS]
    if found is None or regular is None or regular.empty:
        return None
    late = regular["silent"] > SILENT_INTERVALS * regular["rhythm"]
    value = float(late.mean())
    return Answer(
        value=value,
        wrong=_wrong_silence(found, regular, value),
        params={
            "hits": number_text(int(late.sum()), "count", book.lang),
            "count": number_text(len(regular), "count", book.lang),
            "as_of": found.as_of.isoformat(),
            "regular": str(REGULAR_ORDERS),
            "times": str(SILENT_INTERVALS),
            "rate": f"{value:.3f}",
            "rate_percent": number_text(value, "share", book.lang),
        },
    )


def _wrong_silence(found: History, regular: pd.DataFrame, value: float) -> dict[str, Given]:
    people, silent = found.people, regular["silent"]
    shop = float(found.orders["gap"].median())
    repeaters = people[people["orders"] >= TWICE]
    late = int((silent > SILENT_INTERVALS * regular["rhythm"]).sum())
    return {
        "once": float((silent > regular["rhythm"]).mean()),
        "one_line": float((silent > LONG).mean()),
        "short_line": float((silent > SHORT).mean()),
        "shop_rhythm": float((silent > SILENT_INTERVALS * shop).mean()),
        "mean_rhythm": float((silent > SILENT_INTERVALS * regular["mean_gap"]).mean()),
        "all_below": late / len(people),
        "two_orders": float((repeaters["silent"] > SILENT_INTERVALS * repeaters["rhythm"]).mean()),
        "awake": 1 - value,
    }


def _spans(found: History) -> float:
    """First to last order ÷ orders: one gap too many below the line."""
    bought = found.people[found.people["orders"] >= TWICE]
    days = (bought["last"] - bought["first"]).dt.days
    return float(days.sum() / bought["orders"].sum())


def _with_lines(found: History) -> float:
    """The median with each further line of an order as an order of the same day."""
    import pandas as pd

    orders = found.orders
    further = orders.loc[orders.index.repeat((orders["line_count"] - 1).clip(lower=0)), "gap"] * 0
    return float(pd.concat([orders["gap"].dropna(), further.fillna(0)]).median())


def _days(name: str, value: float, book: Words) -> dict[str, str]:
    return {name: number_text(value, "days", book.lang)}
