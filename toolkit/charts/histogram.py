"""How many customers bought how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.columns import NO_MARKS, Reader, numbers, texts
from toolkit.charts.palette import BLUE, BLUES, INK, SOFT

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from pandas import DataFrame


def histogram(  # noqa: PLR0913 — the one signature of every chart
    frame: DataFrame,
    *,
    labels: Mapping[str, str],
    ax: Axes | None = None,
    marks: Mapping[str, float] = NO_MARKS,
    lang: str = "ja",
    currency: str = "JPY",
) -> Axes:
    """A column per number of purchases: its share above, the number of customers below.

    Args:
        frame: times, customers, share (0–1).
        labels: ``item.<times>`` (for example the open last class), ``axis.x``, ``customers``.
        ax: axes to draw on.
        marks: not used.
        lang: language of numbers.
        currency: not used.
    """
    reader = Reader(labels=labels, lang=lang, currency=currency)
    times, shares = texts(frame, "times"), numbers(frame, "share")
    ax = picture.sheet(ax, 250, (96, 0, 24, 46))
    ax.set_xlim(-0.5, max(len(times), 1) - 0.5)
    ax.set_ylim(0, max([share for share in shares if share is not None], default=1.0) or 1.0)
    ax.axhline(0, color=SOFT, linewidth=0.9)
    for place, share in enumerate(shares):
        if share is not None:
            first = place == 0
            ax.bar(place, share, width=0.68, color=BLUE if first else BLUES[3])
            lettering.put(
                ax,
                place,
                share,
                reader.value(share, "share", "share"),
                bold=first,
                colour=BLUE if first else INK,
                at=("center", "bottom"),
                offset=(0, 5),
            )
    across, _ = picture.points(ax)
    room = across / max(len(times), 1) - 4
    small = lettering.SMALL
    names = [lettering.fit(reader.item(name), room, size=small)[0] for name in times]
    picture.below(ax, list(enumerate(names)))
    people = enumerate(numbers(frame, "customers"))
    picture.below(
        ax, [(i, reader.value(n, "customers")) for i, n in people if n is not None], row=1
    )
    for text, drop in ((reader.word("axis.x", "times"), -7), (reader.word("customers"), -23)):
        lettering.put(
            ax,
            0,
            0,
            lettering.fit(text, 92, size=small)[0],
            size=small,
            colour=SOFT,
            at=("left", "top"),
            offset=(-96, drop),
            across="axes",
        )
    return ax
