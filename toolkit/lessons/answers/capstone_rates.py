"""Answers on figures counted again: a return rate, its rise, and the band of chance around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from math import sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING, Final

from toolkit.frameworks.setting import setting
from toolkit.lessons.answer import Answer, Given
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.days import days
from toolkit.measures.months import MONTHS_A_YEAR, months_before
from toolkit.words import Words, date_text, number_text

if TYPE_CHECKING:
    import pandas as pd

RATE: Final = "delivery.return_rate"
YEAR: Final = "delivery.return_rate_12m"
RISE: Final = "delivery.return_rate_yoy"
Z_95: Final = NormalDist().inv_cdf(0.975)
Z_80: Final = NormalDist().inv_cdf(0.9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One stretch of time: orders shipped in it, and how many of them came back in time."""

    first: date
    last: date
    shipped: int
    returned: int

    @property
    def rate(self) -> float:
        """Share of the shipped that came back."""
        return self.returned / self.shipped

    @property
    def variance(self) -> float:
        """Of the share, by chance alone."""
        return self.rate * (1 - self.rate) / self.shipped


def return_rate(firm: ClientFirm, book: Words) -> Answer | None:
    """Orders with a return ÷ orders shipped, over the whole period."""
    sent, right = shipments(firm), firm.number(RATE)
    if sent is None or right is None:
        return None
    shipped, back = sent[sent["shipped_at"].notna()], sent["returned_at"].notna()
    hits = int(shipped["returned_at"].notna().sum())
    year = firm.number(YEAR)
    wrong: dict[str, Given] = {
        "of_kept": hits / (len(shipped) - hits),
        "of_customers": hits / shipped["customer_id"].nunique(),
        "customers_only": sent.loc[back, "customer_id"].nunique() / sent["customer_id"].nunique(),
        "kept_share": 1 - right,
    }
    if year is not None:
        wrong["last_year_only"] = year
    return Answer(
        value=right,
        wrong=wrong,
        params={
            "hits": f"{hits:,}",
            "shipped": f"{len(shipped):,}",
            "rate": number_text(right, "share", book.lang),
            "exact": f"{right:.4f}",
        },
    )


def return_rise(firm: ClientFirm, book: Words) -> Answer | None:
    """This year's share less that of the year before, in shares."""
    sides = sides_of(firm)
    if sides is None:
        return None
    before, now = sides
    wrong: dict[str, Given] = {
        "this_year": now.rate,
        "backwards": before.rate - now.rate,
        "together": (now.returned + before.returned) / (now.shipped + before.shipped),
    }
    if before.returned:
        wrong["relative"] = now.rate / before.rate - 1
        wrong["counts"] = now.returned / before.returned - 1
    return Answer(value=now.rate - before.rate, wrong=wrong, params=side_params(firm, book))


def noise_band(firm: ClientFirm, book: Words) -> Answer | None:
    """Half the 95 % interval of the difference of the two shares."""
    sides = sides_of(firm)
    if sides is None or not all(side.returned for side in sides):
        return None
    before, now = sides
    error = sqrt(before.variance + now.variance)
    return Answer(
        value=Z_95 * error,
        wrong={
            "one_year": Z_95 * sqrt(now.variance),
            "halves_added": Z_95 * (sqrt(before.variance) + sqrt(now.variance)),
            "error_only": error,
            "eighty": Z_80 * error,
            "no_root": Z_95 * (before.variance + now.variance),
        },
        params=side_params(firm, book),
    )


def side_params(firm: ClientFirm, book: Words) -> dict[str, str]:
    """What fills words about the two years compared."""
    sides = sides_of(firm)
    if sides is None:
        return {}
    before, now = sides
    rise, band = now.rate - before.rate, Z_95 * sqrt(before.variance + now.variance)
    return {
        "before": f"{before.returned:,} ÷ {before.shipped:,} = {before.rate:.4f}",
        "now": f"{now.returned:,} ÷ {now.shipped:,} = {now.rate:.4f}",
        "before_rate": f"{before.rate:.4f}",
        "now_rate": f"{now.rate:.4f}",
        "before_n": f"{before.shipped}",
        "now_n": f"{now.shipped}",
        "rise": f"{rise:.4f}",
        "rise_points": number_text(rise, "points", book.lang),
        "band": f"{band:.4f}",
        "band_points": number_text(band, "points", book.lang).lstrip("+"),
        "reading": book.text(
            f"lessons.capstone.noise_band.{'beyond' if abs(rise) > band else 'within'}"
        ),
    }


def returns_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The two years compared: orders shipped, and how many came back within the window.

    Returns:
        frame with period, shipped and returned, the earlier year first.
    """
    import pandas as pd

    sides = sides_of(firm)
    if sides is None:
        return None
    rows = [(_days(one, book), one.shipped, one.returned) for one in sides]
    return pd.DataFrame(rows, columns=["period", "shipped", "returned"])


def _days(side: Side, book: Words) -> str:
    start, end = (date_text(day, book.lang) for day in (side.first, side.last))
    return book.text("lessons.common.period", start=start, end=end)


def orders_frame(firm: ClientFirm, book: Words) -> pd.DataFrame | None:
    """The orders as the recount needs them."""
    return shipments(firm)


def shipments(firm: ClientFirm) -> pd.DataFrame | None:
    """One row an order, cancelled ones left out; None without days of shipping and return.

    Returns:
        frame with order_id, customer_id, shipped_at and returned_at (days), and wrong_item where
        the client records it.
    """
    rows = firm.rows("orders")
    needed = ("order_id", "customer_id", "shipped_at", "returned_at")
    if rows is None or any(name not in rows for name in needed):
        return None
    also = [name for name in ("wrong_item",) if name in rows]
    made = rows[[*needed, *also]].copy()
    for name in needed[2:]:
        made[name] = days(made[name])
    for name in also:
        made[name] = made[name].eq(True)
    kept = {"customer_id": "first", "shipped_at": "max", "returned_at": "min"}
    return made.groupby("order_id", as_index=False).agg({**kept, **dict.fromkeys(also, "max")})


@cache
def sides_of(firm: ClientFirm) -> tuple[Side, Side] | None:
    """The year before and the latest one, by the definition of ``delivery.return_rate_yoy``."""
    fact, sent = firm.diagnosis.facts.get(YEAR), shipments(firm)
    rise = firm.number(RISE)
    if fact is None or not fact.known or fact.period is None or sent is None or rise is None:
        return None
    last = date.fromisoformat(fact.period[1])
    ends = [months_before(last, MONTHS_A_YEAR * years) for years in (2, 1, 0)]
    before, now = (_side(sent, after, upto) for after, upto in pairwise(ends))
    if not before.shipped or not now.shipped:
        return None
    return before, now


def _side(sent: pd.DataFrame, after: date, upto: date) -> Side:
    import pandas as pd

    day = sent["shipped_at"]
    inside = sent[(day > pd.Timestamp(after)) & (day <= pd.Timestamp(upto))]
    window = pd.Timedelta(days=setting("return_window_days"))
    back = (inside["returned_at"] - inside["shipped_at"]) <= window
    return Side(
        first=after + timedelta(days=1),
        last=upto,
        shipped=len(inside),
        returned=int(back.sum()),
    )
