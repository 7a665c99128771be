"""Pictures of the lesson on fulfillment: days until orders are sent, and own work by the quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, INK, LINE, RUST, SOFT
from toolkit.lessons.answers.fulfillment_cost import break_even_of, own_work_of, quote
from toolkit.lessons.answers.fulfillment_days import days_between
from toolkit.lessons.answers.fulfillment_frames import orders_frame, volume
from toolkit.lessons.client_firm import ClientFirm
from toolkit.words import Words, number_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.fulfillment.picture"
CROWDED = 12  # columns beyond which only every other is lettered
ROOM = 1.3  # of the largest month, to the right and above
WIDE = 96.0
DASHES = (0, (4, 3))


def days_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """A column a day: how many orders were sent that many days after they came in."""
    orders = orders_frame(firm, book)
    gaps = None if orders is None else days_between(orders, "order_date", "shipped_at")
    if gaps is None or gaps.empty:
        return None
    counts = (gaps // 1).astype(int).value_counts().sort_index()
    ax = picture.sheet(None, 256, (16, 16, 50, 46))
    first, last = int(counts.index[0]), int(counts.index[-1])
    ax.set_xlim(first - 0.6, last + 0.6)
    ax.set_ylim(0, float(counts.max()))
    ax.axhline(0, color=SOFT, linewidth=0.9)
    every = last - first < CROWDED
    for day, count in zip(map(int, counts.index), counts, strict=True):
        ax.bar(day, count, width=0.7, color=BLUE)
        if every:
            shown = number_text(int(count), "count", book.lang)
            lettering.put(ax, day, count, shown, at=("center", "bottom"), offset=(0, 4))
    step = 1 if every else 2
    names = [(float(day), str(day)) for day in range(first, last + 1, step)]
    picture.below(ax, names)
    _head(ax, book.text(f"{WORDS}.orders"))
    lettering.note(
        ax, 1, 0, book.text(f"{WORDS}.days"), at=("right", "top"), offset=(0, -28), across="axes"
    )
    return ax


def break_even_picture(firm: ClientFirm, book: Words) -> Axes | None:
    """Two lines over parcels a month: the firm's own work and the quote; a dot a month of late."""
    work, point, months = own_work_of(firm), break_even_of(firm), volume(firm, book)
    if work is None or point is None or not months:
        return None
    asked, far = quote(), max(max(months), point) * ROOM
    ax = picture.sheet(None, 332, (74, WIDE + 40, 48, 56))
    ax.set_xlim(0, far)
    ax.set_ylim(0, work.yen * far)
    ax.axhline(0, color=SOFT, linewidth=0.9)
    lines = (("own", 0.0, work.yen, BLUE), ("quote", asked.base, asked.each, RUST))
    for name, base, each, colour in lines:
        end = base + each * far
        ax.plot([0, far], [base, end], color=colour, linewidth=2.2, clip_on=False)
        label = lettering.fit(book.text(f"{WORDS}.{name}"), WIDE + 28, bold=True, lines=2)
        lettering.put_lines(ax, far, end, label, bold=True, colour=colour, offset=(8, 0))
    ax.plot([point] * 2, [0, work.yen * point], color=INK, linewidth=1, linestyle=DASHES)
    _dots(ax, months, work.yen)
    _scales(ax, far, work.yen * far, book)
    return ax


def _dots(ax: Axes, months: list[float], each: float) -> None:
    ax.plot(
        months,
        [each * value for value in months],
        marker="o",
        markersize=6,
        linewidth=0,
        markerfacecolor="white",
        markeredgecolor=BLUE,
        clip_on=False,
    )


def _scales(ax: Axes, far: float, top: float, book: Words) -> None:
    from matplotlib.ticker import MaxNLocator

    across = [value for value in MaxNLocator(5).tick_values(0, far) if 0 <= value <= far]
    up = [value for value in MaxNLocator(4).tick_values(0, top) if 0 < value <= top]
    picture.below(ax, [(value, number_text(int(value), "count", book.lang)) for value in across])
    for value in up:
        ax.axhline(value, color=LINE, linewidth=0.7, zorder=0)
        shown = number_text(value, "yen", book.lang)
        lettering.note(ax, 0, value, shown, at=("right", "center"), offset=(-8, 0), across="axes")
    _head(ax, book.text(f"{WORDS}.month_yen"))
    lettering.note(
        ax, 1, 0, book.text(f"{WORDS}.parcels"), at=("right", "top"), offset=(0, -30), across="axes"
    )


def _head(ax: Axes, text: str) -> None:
    top = ax.get_ylim()[1]
    lettering.note(ax, 0, top, text, at=("left", "bottom"), offset=(0, 24), across="axes")
