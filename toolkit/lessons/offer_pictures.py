"""Pictures of offers: who keeps what an order is worth, and what four weeks leave over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.charts import lettering, picture
from toolkit.charts.palette import BLUE, LINE, OCHRE, PAPER, RUST, SLATE, SOFT
from toolkit.lessons.offer_firm import OfferFirm, Plan
from toolkit.words import Words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WORDS = "lessons.offer.picture"
LABEL = 196.0  # points kept for the names of offers
ROW = 52.0
HEAD = 46.0
FOOT = 30.0
BAR = 0.5
NARROW = 40.0  # points under which no figure is set inside a bar
COLOURS = {"cost": SLATE, "ours": BLUE, "theirs": OCHRE}


def exchange_picture(firm: OfferFirm, book: Words) -> Axes | None:
    """A bar an offer as long as it is worth: its cost, what the firm keeps, what is left over."""
    plans = [plan for plan in firm.plans if plan.worth is not None]
    if not plans:
        return None
    ax = _sheet(len(plans))
    longest = max(max(plan.worth or 0, plan.price) for plan in plans)
    ax.set_xlim(0, longest)
    scale = picture.points(ax)[0] / longest
    for place, plan in enumerate(plans):
        _name(ax, place, plan)
        _stack(ax, place, plan, scale)
    at = 0.0
    for code, colour in COLOURS.items():
        text = book.text(f"{WORDS}.{code}")
        lettering.put(ax, at, -0.5, text, bold=True, colour=colour, offset=(0, 24))
        at += (lettering.width(text, bold=True) + 28) / scale
    _put(ax, 0, len(plans) - 0.5, book.text(f"{WORDS}.price"), (8 - LABEL, -14), small=True)
    return ax


def _put(  # noqa: PLR0913 — as lettering.put
    ax: Axes, x: float, y: float, text: str, offset: tuple[float, float], *, small: bool = False
) -> None:
    """A plain text at a place, moved by some points."""
    size = lettering.SMALL if small else lettering.SIZE
    lettering.put(ax, x, y, text, size=size, colour=SOFT, offset=offset)


def _stack(ax: Axes, place: int, plan: Plan, scale: float) -> None:
    parts = {"cost": plan.cost, "ours": plan.margin, "theirs": (plan.worth or 0) - plan.price}
    left = 0.0
    for code, width in parts.items():
        if width <= 0:
            continue
        ax.barh(place, width, left=left, height=BAR, color=COLOURS[code], linewidth=0)
        if width * scale >= NARROW:
            lettering.put(
                ax,
                left + width / 2,
                place,
                f"{width:,.0f}",
                size=lettering.SMALL,
                colour=PAPER,
                at=("center", "center"),
            )
        left += width
    ax.plot([plan.price] * 2, [place - 0.36, place + 0.36], color=RUST, linewidth=2.4)


def month_picture(firm: OfferFirm, book: Words) -> Axes | None:
    """A bar an offer: what the expected orders leave over; a rule marks what is left today."""
    plans = [plan for plan in firm.plans if plan.orders]
    if not plans:
        return None
    ax = _sheet(len(plans))
    longest = max(plan.left() for plan in plans)
    ax.set_xlim(min(0.0, *(plan.left() for plan in plans)) * 1.3, longest * 1.34)
    today = plans[0].left()
    for place, plan in enumerate(plans):
        _name(ax, place, plan)
        colour = BLUE if plan.left() > today else SOFT
        ax.barh(place, plan.left(), height=BAR, color=colour if place else LINE, linewidth=0)
        shown = book.text(
            f"{WORDS}.left", left=f"{plan.left():,.0f}", orders=f"{plan.orders or 0:,.0f}"
        )
        _put(ax, max(plan.left(), today), place, shown, (8, 0))
    ax.plot([today] * 2, [-0.5, len(plans) - 0.5], color=RUST, linewidth=1.6, linestyle=(0, (4, 3)))
    _put(ax, 0, -0.5, book.text(f"{WORDS}.today"), (0, 24))
    return ax


def _sheet(rows: int) -> Axes:
    ax = picture.sheet(None, HEAD + ROW * rows + FOOT, (LABEL, 16, HEAD, FOOT))
    ax.set_ylim(rows - 0.5, -0.5)
    return ax


def _name(ax: Axes, place: int, plan: Plan) -> None:
    lines = lettering.fit(f"{plan.key}  {plan.name}", LABEL - 18, lines=2)
    x = ax.get_xlim()[0]
    lettering.put_lines(ax, x, place, lines, at="right", offset=(-10, 0))
