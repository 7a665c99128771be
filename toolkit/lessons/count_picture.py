"""Customers by number of orders, counted rightly and by rows, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, LINE, RUST, SOFT
from toolkit.lessons.client_firm import ClientFirm
from toolkit.lessons.order_counts import order_counts
from toolkit.measures.customer_count import CLASSES
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

WORDS: Final = "lessons.payment_and_crm.picture"
ROW, HEAD, LEFT, RIGHT = 46.0, 50.0, 96.0, 76.0
BAR, GAP = 0.34, 0.19


def classes_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """A pair of bars a class of customers: orders counted once, and rows taken for orders."""
    found = order_counts(firm)
    if found is None:
        return None
    orders, rows = (_classes(counts) for counts in (found.per_customer, found.rows_per_customer))
    ax = picture.sheet(None, HEAD + ROW * len(CLASSES) + 8, (LEFT, RIGHT, HEAD, 8))
    ax.set_xlim(0, max(*orders, *rows, 1))
    ax.set_ylim(len(CLASSES) - 0.5, -0.5)
    ax.axvline(0, color=SOFT, linewidth=0.9)
    for place, pair in enumerate(zip(orders, rows, strict=True)):
        _pair(ax, place, pair, book)
    for code, colour, up in (("orders", BLUE, 36), ("rows", RUST, 18)):
        text = book.text(f"{WORDS}.{code}")
        lettering.put(ax, 0, -0.5, text, bold=True, colour=colour, offset=(0, up))
    return ax


def _pair(ax: Axes, place: int, pair: tuple[int, int], book: Words) -> None:
    low = CLASSES[place]
    high = CLASSES[place + 1] - 1 if place + 1 < len(CLASSES) else None
    form = "open" if high is None else "one" if high == low else "between"
    name = book.text(f"{WORDS}.{form}", low=str(low), high=str(high))
    lettering.put(ax, 0, place, name, at=("right", "center"), offset=(-10, 0))
    for value, colour, side in ((pair[0], BLUE, -GAP), (pair[1], RUST, GAP)):
        at = place + side
        ax.barh(at, value, height=BAR, color=colour, linewidth=0)
        shown = number_text(value, "count", book.lang)
        lettering.put(ax, value, at, shown, size=lettering.SMALL, colour=colour, offset=(6, 0))
    if place:
        ax.axhline(place - 0.5, color=LINE, linewidth=0.5, zorder=0)


def _classes(counts: pd.Series[int]) -> tuple[int, ...]:
    bounds = (*CLASSES[1:], None)
    return tuple(
        int(((counts >= low) & (counts < high if high else counts >= low)).sum())
        for low, high in zip(CLASSES, bounds, strict=True)
    )
