"""Answers on volume and punctuality: the busy day, lines an order, days to ship, late orders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from toolkit.lessons.answer import Answer
from toolkit.lessons.answers.fulfillment_frames import days_frame, lines_frame, orders_frame
from toolkit.lessons.client_firm import ClientFirm
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd

SLOWEST_TENTH, MIDDLE, QUICKEST_TENTH = 0.9, 0.5, 0.1


def busy_day(firm: ClientFirm, book: Words) -> Answer | None:
    """Orders on the day that nine days in ten do not exceed, over a year of calendar days.

    None where orders come on fewer than half the days: there is no such thing as a usual day.
    """
    days = days_frame(firm, book)
    if days is None or days["orders"].median() == 0:
        return None
    orders = days["orders"]
    right = float(orders.quantile(SLOWEST_TENTH))
    mean, usual, most = float(orders.mean()), float(orders.median()), float(orders.max())
    return Answer(
        value=right,
        wrong={
            "lines": float(days["lines"].quantile(SLOWEST_TENTH)),
            "mean": mean,
            "median": usual,
            "maximum": most,
            "of_maximum": most * SLOWEST_TENTH,
            "low_end": float(orders.quantile(QUICKEST_TENTH)),
        },
        params={
            "days": _n(len(days), book),
            "total": _n(int(orders.sum()), book),
            "busy": f"{right:g}",
            "mean": f"{mean:.1f}",
            "median": f"{usual:g}",
            "maximum": f"{most:g}",
            "times": f"{right / usual:.1f}",
        },
    )


def lines_per_order(firm: ClientFirm, book: Words) -> Answer | None:
    """Lines ÷ orders over all the data: how many kinds of goods a picker fetches for a parcel."""
    lines = lines_frame(firm, book)
    if lines is None or lines.empty:
        return None
    sizes = lines.groupby("order_id").size()
    right = len(lines) / len(sizes)
    wrong: dict[str, float] = {
        "upside_down": len(sizes) / len(lines),
        "median": float(sizes.median()),
        "one_line_only": float((sizes == 1).mean()),
    }
    if "quantity" in lines:
        wrong["pieces"] = float(lines["quantity"].sum()) / len(sizes)
    return Answer(
        value=right,
        wrong=wrong,
        params={
            "lines": _n(len(lines), book),
            "orders": _n(len(sizes), book),
            "ratio": f"{right:.2f}",
            "single": number_text(float((sizes == 1).mean()), "share", book.lang),
        },
    )


def ship_p90(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``delivery.ship_days_p90``: days within which nine orders in ten were sent."""
    orders = orders_frame(firm, book)
    right = firm.number("delivery.ship_days_p90")
    gaps = None if orders is None else days_between(orders, "order_date", "shipped_at")
    if gaps is None or orders is None or right is None or gaps.empty:
        return None
    wrong = {
        "median": float(gaps.median()),
        "mean": float(gaps.mean()),
        "maximum": float(gaps.max()),
        "of_maximum": float(gaps.max()) * SLOWEST_TENTH,
        "low_end": float(gaps.quantile(QUICKEST_TENTH)),
        "counted_in": right + 1,
    }
    return Answer(
        value=right,
        wrong=wrong,
        params={
            "n": _n(len(gaps), book),
            "unsent": _n(len(orders) - len(gaps), book),
            "p90": f"{right:g}",
            "median": f"{float(gaps.median()):g}",
            "mean": f"{float(gaps.mean()):.2f}",
            "maximum": f"{float(gaps.max()):g}",
            "within": number_text(float((gaps <= right).mean()), "share", book.lang),
        },
    )


def late_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Fact ``delivery.late_rate_by_day``: delivered on a later day than promised."""
    orders, right = orders_frame(firm, book), firm.number("delivery.late_rate_by_day")
    if orders is None or right is None:
        return None
    promised, delivered = _days(orders["promised_at"]), _days(orders["delivered_at"])
    both = promised.notna() & delivered.notna()
    late, n = int((delivered > promised).sum()), int(both.sum())
    open_ones = int((promised.notna() & delivered.isna()).sum())
    recent = firm.number("delivery.late_rate_by_day_12m")
    wrong = {
        "all_orders": late / len(orders),
        "same_day": int((delivered >= promised).sum()) / n,
        "kept": 1 - late / n,
        "open_as_late": (late + open_ones) / int(promised.notna().sum()),
        **_line_share(firm, book),
        **({} if recent is None else {"recent": recent}),
    }
    return Answer(
        value=right,
        wrong=wrong,
        params={
            "late": _n(late, book),
            "n": _n(n, book),
            "all": _n(len(orders), book),
            "promised": _n(int(promised.notna().sum()), book),
            "open": _n(open_ones, book),
            "percent": number_text(right, "share", book.lang),
            "recent_percent": number_text(recent, "share", book.lang),
        },
    )


def days_between(frame: pd.DataFrame, start: str, end: str) -> pd.Series[Any] | None:
    """Days from one date to another where both are known and in order.

    Calendar days; elapsed time where both carry a time of day, as the fact counts.
    """
    import pandas as pd

    if start not in frame or end not in frame:
        return None
    first, last = frame[start], frame[end]
    if not all((times.dropna() != _days(times).dropna()).any() for times in (first, last)):
        first, last = _days(first), _days(last)
    between: Any = last - first
    gaps: pd.Series[Any] = (between / pd.Timedelta(days=1)).dropna()
    return gaps[gaps >= 0]


def _line_share(firm: ClientFirm, book: Words) -> dict[str, float]:
    lines = lines_frame(firm, book)
    if lines is None:
        return {}
    promised, delivered = _days(lines["promised_at"]), _days(lines["delivered_at"])
    n = int((promised.notna() & delivered.notna()).sum())
    return {"lines": int((delivered > promised).sum()) / n} if n else {}


def _days(times: pd.Series[Any]) -> pd.Series[Any]:
    days: pd.Series[Any] = times.dt.normalize()
    return days


def _n(value: int, book: Words) -> str:
    return number_text(value, "count", book.lang)


DAYS: Final = {
    "busy_day": busy_day,
    "lines_per_order": lines_per_order,
    "ship_p90": ship_p90,
    "late_rate": late_rate,
}
