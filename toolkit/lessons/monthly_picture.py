"""Picture of a client's months: three shares, one above the other, each on its own scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, LINE, RUST, TEAL
from toolkit.lessons.monthly import monthly_frame
from toolkit.words import Words, month_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from toolkit.lessons.client_firm import ClientFirm

WORDS = "lessons.capstone.picture"
SHARES = (
    ("carts", "sessions", BLUE),
    ("returned", "orders", RUST),
    ("complaints", "orders", TEAL),
)
LABEL = 170.0
VALUE = 74.0
BAND = 108.0
EDGE = 16.0
FOOT = 34.0
RISE = 0.72  # of a band that its line may fill
YEARS = 25  # months shown: the latest and the two years before
EVERY = 6


def monthly_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Carts of visits, returns of orders, complaints of orders, by month."""
    made = monthly_frame(firm, book)
    if made is None:
        return None
    months = made.tail(YEARS).reset_index(drop=True)
    shown = [one for one in SHARES if one[0] in months and one[1] in months]
    if not shown:
        return None
    height = EDGE + BAND * len(shown) + FOOT
    ax = picture.sheet(None, height, (LABEL, VALUE, EDGE, FOOT))
    ax.set_xlim(0, len(months) - 1)
    ax.set_ylim(len(shown), 0)
    for place, (part, whole, colour) in enumerate(shown):
        _band(ax, place, (months[part] / months[whole].replace(0, 1)), colour)
        lines = lettering.fit(book.text(f"{WORDS}.{part}"), LABEL - 16, bold=True, lines=2)
        lettering.put_lines(ax, 0, place + 0.6, lines, bold=True, at="right", offset=(-12, 0))
    for place in range(0, len(months), EVERY):
        text = month_text(str(months["month"][place]), book.lang)
        lettering.put(ax, place, len(shown), text, size=lettering.SMALL, at=("center", "top"),
                      offset=(0, -8))  # fmt: skip
    return ax


def _band(ax: Axes, place: int, share: pd.Series, colour: str) -> None:
    """One line from the foot of its band; its highest month reaches the top."""
    top = float(share.max()) or 1.0
    ax.axhline(place + 1, color=LINE, linewidth=0.8)
    ax.plot(share.index, place + 1 - share / top * RISE, color=colour, linewidth=2)
    last = float(share.iloc[-1])
    at = place + 1 - last / top * RISE
    lettering.put(ax, len(share) - 1, at, f"{last:.1%}", bold=True, colour=colour, offset=(8, 0))
